"""What Powertools reads when a handler is wired."""

import pytest


@pytest.fixture(autouse=True)
def _telemetry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "audit")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Countersign")
