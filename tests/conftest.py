"""Fixtures for the suites across services. The first test that uses `cloud` starts it.

With pytest-xdist, several tests use the cloud at once. Two marks say how a test fits in:

- `waits`: for minutes, mostly for a schedule. Such tests start first, so that others run meanwhile.
- `alone`: it changes or stops what others use. Such tests come last, and run while no other test does.
"""

import fcntl
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from harness.chromium import headless_chromium
from harness.scenario import Scenario
from harness.shared_cloud import describe_servers, prepare, shared_cloud
from harness.stores import Stores
from local_cloud.errors import CloudError
from local_cloud.people import Person
from local_cloud.running import RunningCloud
from repository import STATE

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def pytest_configure(config: pytest.Config) -> None:
    """Stop the cloud at the end of the run."""
    prepare(config)


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests that wait first, then those with a browser, one for each module, and last those that run alone."""
    order = {item: _order(item) for item in items}
    for item in items:
        if order[item] == _ALONE:
            item.add_marker(pytest.mark.xdist_group("alone"))
        elif order[item] == _BROWSER and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
    items.sort(key=order.__getitem__)


_WAITS, _BROWSER, _OTHERS, _ALONE = range(4)


def _order(item: pytest.Item) -> int:
    marks = {mark.name for mark in item.iter_markers()}
    if marks & {"waits", "alone"}:
        return _WAITS if "waits" in marks else _ALONE
    return _BROWSER if "browser" in getattr(item, "fixturenames", ()) else _OTHERS


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Share the cloud with the tests of other workers, unless the test runs alone."""
    if "cloud" not in getattr(item, "fixturenames", ()):
        return (yield)
    STATE.mkdir(exist_ok=True)
    with (STATE / "test-in-progress.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX if item.get_closest_marker("alone") else fcntl.LOCK_SH)
        return (yield)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Show the servers of the deployed cloud."""
    if (description := describe_servers()) is not None:
        terminalreporter.section("cloud")
        terminalreporter.write_line(description)


@pytest.fixture(scope="session")
def cloud() -> RunningCloud:
    """The run's deployed cloud."""
    return shared_cloud()


# Tokens expire after 15 minutes, which is less than a run takes: sign in for each test (10 ms).
@pytest.fixture
def auditor(cloud: RunningCloud) -> Person:
    """A member of auditors, who may read everything."""
    return cloud.sign_in("auditor")


@pytest.fixture
def admin(cloud: RunningCloud) -> Person:
    """A member of admins, who may write schemes and read everything."""
    return cloud.sign_in("admin")


@pytest.fixture
def scenario(cloud: RunningCloud) -> Scenario:
    """A scheme and users for one test."""
    return Scenario.create(cloud)


@pytest.fixture(scope="session")
def stores(cloud: RunningCloud) -> Stores:
    """The tables and queues, as the root user."""
    return Stores(cloud)


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Headless Chromium, one for each run: Playwright can be started only once in a process."""
    try:
        with headless_chromium() as running:
            yield running
    except CloudError as error:
        pytest.fail(str(error))
