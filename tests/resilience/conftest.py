"""Events are stuck_events at the beginning of these tests and looked at again at their end.

So the half minute and more after which the relay takes them passes while the others run.
"""

import pytest

from harness.stuck_events import StuckEvent, create_stuck_events


@pytest.fixture(scope="session")
def stuck_events(cloud) -> dict[str, StuckEvent]:
    """Events stuck_events in every way, by story."""
    return create_stuck_events(cloud)
