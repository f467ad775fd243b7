"""The console in Chromium, as on a slow phone: `make bench-web`.

The browser slows its processor down to a quarter, and the network to 1.6 Mbit/s with 150 ms of latency. The figures
are the browser's own: resource timing, paint timing, event timing and long tasks. It deploys to a local cloud of its
own, or uses the running one that COUNTERSIGN_CLOUD names.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

# Neither the local cloud's code nor the test suite's is an installed package.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from playwright.sync_api import expect

from harness.chromium import headless_chromium
from harness.console import TIMEOUT_MS, Console
from harness.loading import loaded_files, seen, wait_for_rows, watch_loading
from harness.scenario import Scenario, sign_in_again
from local_cloud.cloud import NAME_VARIABLE, Cloud
from local_cloud.environment import isolated_environment
from local_cloud.progress import Progress
from local_cloud.running import RunningCloud

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

CPU_SLOWDOWN = 4
BITS_PER_SECOND = 1_600_000
LATENCY_MS = 150
SIZES = (220, 1_000)
ROUNDS = 3
WRITERS = 4
SETTLE_MS = 6_000
"""How long to watch for further requests and paints, longer than anything that the console starts by a timer."""

ROW = "[data-workflow]"


class Report:
    """Prints the rows of a table."""

    def __init__(self) -> None:
        print("\n| console | measured | goal |\n|---|---|---|")

    def row(self, name: str, measured: str, goal: str = "") -> None:
        """Print a row."""
        print(f"| {name} | {measured} | {goal} |", flush=True)

    def times(self, name: str, milliseconds: list[float], goal: str = "") -> None:
        """Print the median and the range of times, in seconds."""
        low, high = (f"{each / 1000:.2f}" for each in (min(milliseconds), max(milliseconds)))
        self.row(name, f"{statistics.median(milliseconds) / 1000:.2f} s ({low}-{high})", goal)


def main(
    keep: Annotated[bool, typer.Option(help="Keep the cloud running for the next run.")] = False,
) -> None:
    """Measure the console and print a table as Markdown."""
    named = os.environ.get(NAME_VARIABLE)
    isolated_environment(os.environ)
    expect.set_options(timeout=TIMEOUT_MS)
    progress = Progress()
    cloud = Cloud.named(named or "bench", progress)
    try:
        running = cloud.running() if named else cloud.up()
        scenarios = []
        for size in SIZES:
            with progress.step(f"Requesting {size:,} approvals"):
                scenarios.append(_with_requests(running, size))
        small, large = scenarios
        with headless_chromium() as browser:
            report = Report()
            _measure_first_visit(browser, small, report)
            with _window(browser, small) as console:
                _measure_loads(console, report)
                _measure_events(console, small, report)
            with _window(browser, large) as console:
                _measure_many_rows(console, report)
    finally:
        if not keep and not named:
            cloud.wipe()


def _with_requests(cloud: RunningCloud, count: int) -> Scenario:
    """Return a scenario whose approver has this number of requests in the inbox."""
    scenario = Scenario.create(cloud)

    def request(numbers: range) -> None:
        requester = sign_in_again(scenario.requester)
        for number in numbers:
            data = {"destination": f"Office {number % 7}", "amount": 100 + number, "currency": "EUR"}
            requester.create_workflow(scenario.scheme, "REQUEST", title=f"Trip {number:04}", data=data)

    with ThreadPoolExecutor(WRITERS) as executor:
        list(executor.map(request, [range(first, count, WRITERS) for first in range(WRITERS)]))
    # The other services handle the events of the last requests for some time.
    while len(sign_in_again(scenario.approver).list_notifications()) < min(count, 100):
        time.sleep(1)
    return scenario


def _slow_down(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    network = {"offline": False, "latency": LATENCY_MS}
    throughput = BITS_PER_SECOND / 8
    limits = {"downloadThroughput": throughput, "uploadThroughput": throughput}
    session.send("Network.emulateNetworkConditions", {**network, **limits})
    session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})


@contextmanager
def _window(browser: Browser, scenario: Scenario) -> Iterator[Console]:
    """Sign the approver in, in a tab that isn't slowed down: it keeps the session while other tabs load."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    watch_loading(context)
    page = context.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    console = Console(page, scenario.cloud.console_url)
    again = scenario.sign_in_again()
    console.enter(again.approver, "/work")
    yield console
    context.close()


def _measure_first_visit(browser: Browser, scenario: Scenario, report: Report) -> None:
    """Count what the first visit loads, the way to managed login and back included."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    watch_loading(context)
    console = Console(context.new_page(), scenario.cloud.console_url)
    console.open("/work")
    console.sign_in(scenario.approver.email, scenario.approver.password)
    rows = wait_for_rows(console.page)
    console.wait_until_live()
    console.page.wait_for_timeout(SETTLE_MS)
    needed = loaded_files(console.page, before=rows)
    everything = loaded_files(console.page)
    scripts, styles = (
        sum(file.size for file in needed if file.path.endswith(suffix)) / 1000 for suffix in (".js", ".css")
    )
    report.row("first load of the inbox, JavaScript and CSS, gzip", f"{scripts + styles:.0f} kB", "≤ 250 kB")
    report.row("of it JavaScript", f"{scripts:.0f} kB")
    report.row("of it CSS", f"{styles:.0f} kB")
    later = sum(file.size for file in everything) / 1000 - scripts - styles
    report.row("loaded in the background after that (MQTT, dialogs, panels)", f"{later:.0f} kB")
    context.close()


def _measure_loads(console: Console, report: Report) -> None:
    """Load the inbox with an empty cache, and reload it with a full one."""
    paints, cold, warm, warm_paints = [], [], [], []
    lists: Counter[str] = Counter()
    requests: list[int] = []
    for _ in range(ROUNDS):
        page = console.page.context.new_page()
        page.set_default_timeout(60_000)
        _slow_down(page)
        page.context.new_cdp_session(page).send("Network.clearBrowserCache")
        page.goto(f"{console.url}#/work")
        cold.append(wait_for_rows(page))
        page.wait_for_timeout(SETTLE_MS)
        paints.append(float(seen(page)["paint"]))
        for _ in range(2):
            # Not the first reload: Chromium compiles scripts for the cache when it has seen them twice.
            sent = _requests_of(page)
            page.reload()
            rows = wait_for_rows(page)
            page.wait_for_timeout(SETTLE_MS)
        warm.append(rows)
        warm_paints.append(float(seen(page)["paint"]))
        requests.append(len(sent))
        lists |= Counter(each for each in sent if "?" in each)
        page.close()
    report.times("largest contentful paint, empty cache", paints, "≤ 2.5 s")
    report.times("rows, empty cache", cold)
    report.times("rows after a reload, signed in", warm, "≤ 2 s")
    report.times("largest contentful paint after a reload", warm_paints)
    report.row("requests to the API per start", str(max(requests)))
    report.row("fetches of one list per start", str(max(lists.values())), "1")


def _requests_of(page: Page) -> list[str]:
    """Return a list that grows with the page's calls of the API."""
    sent: list[str] = []

    def on_request(request: object) -> None:
        url = str(getattr(request, "url", ""))
        if "/workflows" in url or "/notifications" in url:
            sent.append(f"{getattr(request, 'method', '')} {url}")

    page.on("request", on_request)
    return sent


def _measure_events(console: Console, scenario: Scenario, report: Report) -> None:
    """Count the requests after an event, and take the times until messages are shown."""
    scenario = scenario.sign_in_again()
    page = console.page
    _slow_down(page)
    counts, toasts, confirmations = [], [], []
    for number in range(ROUNDS):
        title = f"Event {number}"
        sent = _requests_of(page)
        page.evaluate(
            "(text) => Object.assign(countersignLoading, { text, textAt: null })",
            f"asks you to approve “{title}”",
        )
        began = time.time()
        scenario.create_pending(title=title)
        toasts.append(_shown_at(page) - began * 1000)
        page.wait_for_timeout(2_000)
        counts.append(len(sent))

        page.locator(ROW).filter(has_text=title).click()
        page.get_by_role("heading", name=title, exact=True).wait_for()
        console.button("Approve").click()
        page.evaluate("(text) => Object.assign(countersignLoading, { text, textAt: null })", "You approved")
        console.dialog.get_by_role("button", name="Approve", exact=True).click()
        confirmed = _shown_at(page)
        confirmations.append(confirmed - float(seen(page)["clickAt"]))
        page.wait_for_timeout(10_000)  # until the confirmation disappears
    report.row("requests per pushed event, 220 rows", str(max(counts)), "1")
    report.times("another person's request to the message", toasts)
    report.times("click on Approve to the confirmation", confirmations)


def _shown_at(page: Page) -> float:
    page.wait_for_function("() => window.countersignLoading.textAt")
    return float(seen(page)["textAt"])


def _press(page: Page, target: Locator) -> None:
    """Click what is drawn at the place of an element: the sticky copy of a table's header covers the header."""
    box = target.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def _measure_many_rows(console: Console, report: Report) -> None:
    """Sort, filter, select and scroll a list of 1,000 rows."""
    page = console.page
    _slow_down(page)
    began = time.monotonic()
    _press(page, page.get_by_role("button", name="Title"))
    page.locator(ROW).filter(has_text="Trip 0000").wait_for()
    report.row("first sort of 1,000 rows, with fetching them", f"{time.monotonic() - began:.1f} s")
    page.wait_for_timeout(1_000)
    clear = "() => { countersignLoading.tasks.length = countersignLoading.events.length = 0; }"
    actions: dict[str, Callable[[], None]] = {
        "sort": lambda: _press(page, page.get_by_role("button", name="Requester")),
        "select a row": lambda: page.get_by_role("checkbox").nth(3).check(force=True),
        "select all of the page": lambda: page.get_by_role("checkbox").first.check(force=True),
        "open the preview": lambda: page.locator(ROW).nth(4).click(),
        "next row (j)": lambda: page.keyboard.press("j"),
        "filter": lambda: page.get_by_label("Filter", exact=True).fill("Office 3"),
        "next page": lambda: page.get_by_role("button", name="Next page").click(),
    }
    for name, act in actions.items():
        page.evaluate(clear)
        act()
        page.wait_for_timeout(2_000)
        found = seen(page)
        slowest = max((each["duration"] for each in found["events"]), default=0)
        longest = max((each["duration"] for each in found["tasks"]), default=0)
        report.row(f"1,000 rows: {name}", f"{slowest:.0f} ms, longest task {longest:.0f} ms", "≤ 200 ms")
    page.evaluate(clear)
    frames = page.evaluate(
        """async () => {
            const frames = [];
            let last = performance.now();
            for (let frame = 0; frame < 60; frame += 1) {
                window.scrollBy(0, 40);
                await new Promise(requestAnimationFrame);
                frames.push(performance.now() - last);
                last = performance.now();
            }
            return frames;
        }"""
    )
    longest = max(frames)
    report.row(
        "1,000 rows: scroll", f"longest frame {longest:.0f} ms, median {statistics.median(frames):.0f} ms"
    )


if __name__ == "__main__":
    typer.run(main)
