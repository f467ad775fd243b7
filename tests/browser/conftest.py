"""One window per user. A failed test leaves a screenshot of each of its windows."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from harness.console import TIMEOUT_MS, Console
from local_cloud.people import Person
from repository import ROOT

_SCREENSHOTS = ROOT / "test-results"
_FAILED = pytest.StashKey[bool]()

_REPORT_VIOLATIONS = """document.addEventListener('securitypolicyviolation', (violation) => window.reportViolation(
    `Content-Security-Policy: ${violation.effectiveDirective} blocks ${violation.blockedURI} ${violation.sample}`))"""

expect.set_options(timeout=TIMEOUT_MS)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Store whether the test failed, for the screenshots."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


@pytest.fixture
def open_window(browser: Browser, cloud, request: pytest.FixtureRequest) -> Iterator[Callable[[], Console]]:
    """A function that opens a window with a session of its own.

    An uncaught exception in a page, or a violation of its Content-Security-Policy, fails the test.
    """
    pages: list[Page] = []
    exceptions: list[str] = []

    # Not `exceptions.append`: Playwright sets an attribute on the function.
    def report(violation: str) -> None:
        exceptions.append(violation)

    def open_() -> Console:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.expose_function("reportViolation", report)
        context.add_init_script(_REPORT_VIOLATIONS)
        # A tab that the test opens itself is watched, too.
        context.on("page", lambda page: page.on("pageerror", lambda error: exceptions.append(str(error))))
        page = context.new_page()
        page.set_default_timeout(TIMEOUT_MS)
        pages.append(page)
        return Console(page, cloud.console_url)

    yield open_
    failed = request.node.stash.get(_FAILED, False)
    for number, page in enumerate(pages, start=1):
        if failed:
            _SCREENSHOTS.mkdir(exist_ok=True)
            name = re.sub(r"\W+", "-", request.node.name)
            page.screenshot(path=_SCREENSHOTS / f"{name}-{number}.png", full_page=True)
        page.context.close()
    assert failed or exceptions == []


@pytest.fixture
def sign_in(open_window: Callable[[], Console]) -> Callable[..., Console]:
    """A function that opens a window, signs a user in, and opens an address in the console."""

    def sign_in_(person: Person, address: str = "") -> Console:
        return open_window().enter(person, address)

    return sign_in_
