"""Fixtures for the system tests."""

import pytest

from harness.scenario import Scenario


@pytest.fixture(scope="module")
def shared_scenario(cloud) -> Scenario:
    """A scenario for a whole module, for tests whose requests are rejected and change nothing."""
    return Scenario.create(cloud)


@pytest.fixture(scope="module")
def shared_draft(shared_scenario: Scenario) -> str:
    """A draft that no test may change."""
    return shared_scenario.create_draft()
