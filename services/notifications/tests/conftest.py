"""What every test of this service has around it."""

from itertools import count

import pytest

from .aws import FakeAws

_number = count()


@pytest.fixture(autouse=True)
def telemetry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The metrics' namespace, and a logger of the test's own: Powertools keeps one stream for each service name."""
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Countersign")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", f"notifications-{next(_number)}")


@pytest.fixture
def aws() -> FakeAws:
    """AWS without a network, for the adapters."""
    return FakeAws()
