"""What the system tests share beyond the cloud."""

import pytest

from harness.office import Office


@pytest.fixture(scope="module")
def desk(cloud) -> Office:
    """An office for a whole module: for tests whose requests are refused and leave nothing behind."""
    return Office.opened(cloud)


@pytest.fixture(scope="module")
def desks_draft(desk: Office) -> str:
    """A draft of the desk's requester, which nothing may change."""
    return desk.draft()
