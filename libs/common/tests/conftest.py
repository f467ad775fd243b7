"""What every test of the library has around it."""

from itertools import count

import pytest
from hypothesis import settings

# How long an example takes says more about the machine than about the library.
settings.register_profile("countersign", deadline=None)
settings.load_profile("countersign")

_number = count()


@pytest.fixture(autouse=True)
def telemetry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The metrics' namespace, and a logger of the test's own: Powertools keeps one stream for each service name."""
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Countersign")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", f"common-{next(_number)}")
    monkeypatch.delenv("AWS_LAMBDA_FUNCTION_NAME", raising=False)
