"""What every test of the library has around it."""

from itertools import count

import pytest

_number = count()


@pytest.fixture(autouse=True)
def telemetry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The metrics' namespace, and a logger of the test's own: Powertools keeps one stream for each service name."""
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Countersign")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", f"common-{next(_number)}")
    monkeypatch.delenv("AWS_LAMBDA_FUNCTION_NAME", raising=False)
