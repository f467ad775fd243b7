"""Fixtures of every test."""

from itertools import count

import pytest
from hypothesis import settings

# How long an example takes depends on the machine.
settings.register_profile("countersign", deadline=None)
settings.load_profile("countersign")

_number = count()


@pytest.fixture(autouse=True)
def telemetry_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the metrics namespace, a service name per test (Powertools has one stream for each), and the senders."""
    monkeypatch.setenv("ALLOWED_SENDERS", "the-producer")
    monkeypatch.setenv("DEAD_LETTER_QUEUE_URL", "https://sqs.eu-central-1.amazonaws.com/1/a-dlq")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Countersign")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", f"common-{next(_number)}")
    monkeypatch.delenv("AWS_LAMBDA_FUNCTION_NAME", raising=False)
