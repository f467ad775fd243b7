"""What every suite across services has at hand. Importing this starts nothing; asking for `cloud` does."""

from typing import Any

import pytest

from harness.people import account
from harness.scenario import Scenario
from harness.shared_cloud import describe_servers, prepare, shared_cloud
from harness.stores import Stores
from local_cloud.people import Person
from local_cloud.running import RunningCloud


def pytest_configure(config: pytest.Config) -> None:
    """Name the run, so that the cloud ends with it."""
    prepare(config)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Which engines carried the suites on the deployed cloud."""
    if (told := describe_servers()) is not None:
        terminalreporter.section("cloud")
        terminalreporter.write_line(told)


@pytest.fixture(scope="session")
def cloud() -> RunningCloud:
    """The run's one deployed cloud, started at its first use."""
    return shared_cloud()


@pytest.fixture(scope="session")
def auditor(cloud: RunningCloud) -> Person:
    """Of the group auditors: may read every record."""
    return account(cloud, "auditor")


@pytest.fixture(scope="session")
def admin(cloud: RunningCloud) -> Person:
    """Of the group admins: defines schemes."""
    return account(cloud, "admin")


@pytest.fixture
def scenario(cloud: RunningCloud) -> Scenario:
    """A scheme and its people, of this test alone."""
    return Scenario.create(cloud)


@pytest.fixture(scope="session")
def stores(cloud: RunningCloud) -> Stores:
    """The tables and queues, seen as root."""
    return Stores(cloud)
