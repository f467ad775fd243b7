"""What every suite across services has at hand. Importing this starts nothing; asking for `cloud` does."""

import pytest

from embedded_cloud.running import RunningCloud
from harness.office import Office
from harness.people import Person, account
from harness.shared_cloud import prepare, shared_cloud
from harness.stores import Stores


def pytest_configure(config: pytest.Config) -> None:
    """Name the run, so that the cloud ends with it."""
    prepare(config)


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
def office(cloud: RunningCloud) -> Office:
    """A scheme and its people, of this test alone."""
    return Office.opened(cloud)


@pytest.fixture(scope="session")
def stores(cloud: RunningCloud) -> Stores:
    """The tables and queues, seen as root."""
    return Stores(cloud)
