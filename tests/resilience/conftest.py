"""The relay publishes stuck events after half a minute, so they are created first and checked last."""

import pytest

from harness.stuck_events import StuckEvent, create_stuck_events


@pytest.fixture(scope="session")
def stuck_events(cloud) -> dict[str, StuckEvent]:
    """One stuck event for each case."""
    return create_stuck_events(cloud)
