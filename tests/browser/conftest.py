"""A browser for the run, a window for each person; a picture of every window when a test fails."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from harness.chromium import FLAGS, chromium
from harness.console import TIMEOUT_MS, Console
from local_cloud.errors import CloudError
from local_cloud.people import Person
from repository import ROOT

_PICTURES = ROOT / "test-results"
_FAILED = pytest.StashKey[bool]()

expect.set_options(timeout=TIMEOUT_MS)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember whether the test failed, for the windows' last pictures."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    try:
        path = chromium()
    except CloudError as error:
        pytest.fail(str(error))
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture
def window(browser: Browser, cloud, request: pytest.FixtureRequest) -> Iterator[Callable[[], Console]]:
    """Opens windows that know nothing of each other, as of different people.

    A page that throws fails the test, whatever else it shows.
    """
    pages: list[Page] = []
    thrown: list[str] = []

    def opened() -> Console:
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.set_default_timeout(TIMEOUT_MS)
        page.on("pageerror", lambda error: thrown.append(str(error)))
        pages.append(page)
        return Console(page, cloud.console_url)

    yield opened
    failed = request.node.stash.get(_FAILED, False)
    for number, page in enumerate(pages, start=1):
        if failed:
            _PICTURES.mkdir(exist_ok=True)
            name = re.sub(r"\W+", "-", request.node.name)
            page.screenshot(path=_PICTURES / f"{name}-{number}.png", full_page=True)
        page.context.close()
    assert failed or thrown == []


@pytest.fixture
def enter(window: Callable[[], Console]) -> Callable[..., Console]:
    """A window in which a person has signed in, at an address."""

    def entered(person: Person, address: str = "") -> Console:
        return window().enter(person, address)

    return entered
