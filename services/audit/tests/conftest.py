"""What every test of the service has around it."""

import pytest
from hypothesis import settings

# How long an example takes says more about the machine than about the service.
settings.register_profile("countersign", deadline=None)
settings.load_profile("countersign")


@pytest.fixture(autouse=True)
def _telemetry(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Powertools reads when a handler is wired."""
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "audit")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Countersign")
