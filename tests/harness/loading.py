"""What a browser says about the loading of the console: its own resource timing, paint timing and event timing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

WORKER = "session-worker.js"
"""The script of the session. It has no entry in the page's resource timing, because the page doesn't load it itself."""

_WATCH = """(() => {
    const seen = { rows: null, paint: 0, tasks: [], events: [], text: null, textAt: null, clickAt: null };
    window.countersignLoading = seen;
    const rows = () => document.querySelector('[data-workflow]');
    const text = () => seen.text && document.querySelector('.messages')?.textContent.includes(seen.text);
    new MutationObserver(() => {
        if (seen.rows === null && rows()) {
            seen.rows = 0;
            requestAnimationFrame(() => (seen.rows = performance.now()));
        }
        if (seen.textAt === null && text()) {
            seen.textAt = 0;
            requestAnimationFrame(() => (seen.textAt = Date.now()));
        }
    }).observe(document, { childList: true, subtree: true, characterData: true });
    const observe = (type, onEntry, options = {}) =>
        new PerformanceObserver((list) => list.getEntries().forEach(onEntry))
            .observe({ type, buffered: true, ...options });
    observe('largest-contentful-paint', ({ startTime }) => (seen.paint = startTime));
    observe('longtask', ({ startTime, duration }) => seen.tasks.push({ startTime, duration }));
    observe('event', ({ name, startTime, duration }) => seen.events.push({ name, startTime, duration }),
        { durationThreshold: 16 });
    addEventListener('click', () => (seen.clickAt = Date.now()), { capture: true });
})()"""

_FILES = """() => performance.getEntriesByType('resource')
    .map(({ name, encodedBodySize, startTime }) => ({ path: new URL(name).pathname, encodedBodySize, startTime }))
    .filter(({ path }) => path.endsWith('.js') || path.endsWith('.css'))"""


@dataclass(frozen=True)
class File:
    """A script or style sheet that a page has loaded.

    Attributes:
        size: Compressed bytes, without headers.
        at: When the request started, in milliseconds after the navigation.
    """

    path: str
    size: int
    at: float


def watch_loading(context: BrowserContext) -> None:
    """Have each page that is loaded from now on note when it shows rows, and what the browser reports."""
    context.add_init_script(_WATCH)


def seen(page: Page) -> dict[str, Any]:
    """Return what the page has noted, in milliseconds after the navigation.

    `rows`: when the first row was drawn. `paint`: the largest contentful paint. `tasks` and `events`: long tasks and
    slow interactions. `clickAt` and `textAt`: the last click, and when `text` was shown as a message (since 1970).
    """
    return dict(page.evaluate("() => window.countersignLoading"))


def wait_for_rows(page: Page) -> float:
    """Wait until the first row is drawn. Return when that was, in milliseconds after the navigation."""
    page.wait_for_function("() => window.countersignLoading?.rows")
    return float(seen(page)["rows"])


def loaded_files(page: Page, before: float | None = None) -> list[File]:
    """Return the scripts and style sheets that the page has requested, the session's included.

    Args:
        before: Only requests before this time, in milliseconds after the navigation.
    """
    page.evaluate(f"async () => {{ await (await fetch('{WORKER}')).text() }}")
    files = [File(each["path"], each["encodedBodySize"], each["startTime"]) for each in page.evaluate(_FILES)]
    worker = max(each.size for each in files if each.path.endswith(WORKER))
    needed = [
        each for each in files if not each.path.endswith(WORKER) and (before is None or each.at < before)
    ]
    return [*needed, File(WORKER, worker, 0.0)]
