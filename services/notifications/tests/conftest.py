"""Fixtures of all tests: telemetry's environment, and AWS as moto simulates it."""

from collections.abc import Iterator
from itertools import count

import pytest
from countersign_common.aws import clients
from moto import mock_aws

REGION = "eu-central-1"

_number = count()


@pytest.fixture(autouse=True)
def telemetry_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the metrics namespace, a service name per test (Powertools has one logger for each), and the senders."""
    monkeypatch.setenv("ALLOWED_SENDERS", "the-producer")
    monkeypatch.setenv("DEAD_LETTER_QUEUE_URL", "https://sqs.eu-central-1.amazonaws.com/1/a-dlq")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Countersign")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", f"notifications-{next(_number)}")


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let clients of `countersign_common.aws.clients` talk to moto."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    with mock_aws():
        clients.session.cache_clear()
        yield
    clients.session.cache_clear()
