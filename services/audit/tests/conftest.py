"""What every test of the service needs."""

import pytest
from hypothesis import settings

# The duration of an example depends on the machine.
settings.register_profile("countersign", deadline=None)
settings.load_profile("countersign")


@pytest.fixture(autouse=True)
def _telemetry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set what Powertools reads when a handler is built."""
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "audit")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Countersign")
