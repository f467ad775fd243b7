"""Fixtures for the suites across services. The first test that uses `cloud` starts it."""

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

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def pytest_configure(config: pytest.Config) -> None:
    """Stop the cloud at the end of the run."""
    prepare(config)


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
