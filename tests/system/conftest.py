"""Fixtures for the system tests."""

import pytest

from harness.scenario import Scenario


@pytest.fixture(scope="module")
def module_scenario(cloud) -> Scenario:
    """The users of `shared_scenario`. Their tokens can expire before the module's last test."""
    return Scenario.create(cloud)


@pytest.fixture
def shared_scenario(module_scenario: Scenario) -> Scenario:
    """One scenario for a whole module, for tests whose requests are rejected and change nothing."""
    return module_scenario.sign_in_again()


@pytest.fixture(scope="module")
def shared_draft(module_scenario: Scenario) -> str:
    """The id of a draft that no test changes."""
    return module_scenario.sign_in_again().create_draft()
