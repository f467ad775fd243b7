"""What the system tests share beyond the cloud."""

import pytest

from harness.scenario import Scenario


@pytest.fixture(scope="module")
def shared_scenario(cloud) -> Scenario:
    """A scenario for a whole module: for tests whose requests are refused and leave nothing behind."""
    return Scenario.create(cloud)


@pytest.fixture(scope="module")
def shared_draft(shared_scenario: Scenario) -> str:
    """A draft of the shared_scenario's requester, which nothing may change."""
    return shared_scenario.create_draft()
