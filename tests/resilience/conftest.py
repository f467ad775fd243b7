"""The relay publishes stuck events after 30 seconds, so all of them are created before the first test."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from harness.scenario import sign_in_again
from harness.stuck_events import StuckEvent, create_stuck_events


@pytest.fixture(scope="session")
def stuck_events(cloud) -> dict[str, StuckEvent]:
    """One stuck event for each case."""
    return create_stuck_events(cloud)


@pytest.fixture
def stuck_event(stuck_events: dict[str, StuckEvent]) -> Callable[[str], StuckEvent]:
    """Return the stuck event of a case, with users whose tokens have not expired."""

    def signed_in(case: str) -> StuckEvent:
        event = stuck_events[case]
        return replace(
            event,
            scenario=event.scenario.sign_in_again(),
            second_approver=sign_in_again(event.second_approver),
        )

    return signed_in
