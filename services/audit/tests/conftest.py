"""What every test of the service needs."""

import pytest
from hypothesis import settings

# The duration of an example depends on the machine.
settings.register_profile("countersign", deadline=None)
settings.load_profile("countersign")


@pytest.fixture(autouse=True)
def _telemetry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set what Powertools and the check of senders read when a handler is built."""
    monkeypatch.setenv("ALLOWED_SENDERS", "the-producer")
    monkeypatch.setenv("DEAD_LETTER_QUEUE_URL", "https://sqs.eu-central-1.amazonaws.com/1/a-dlq")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "audit")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Countersign")
