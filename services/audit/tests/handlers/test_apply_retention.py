"""audit/apply_retention, from the scheduled event to the metrics."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from countersign_common.lazy import Lazy
from countersign_common.telemetry import Telemetry

from audit_service.bootstrap.retention import RetentionService
from audit_service.domain.errors import SearchUnavailableError
from audit_service.handlers import apply_retention
from audit_service.use_cases.apply_retention import ApplyRetention
from audit_service.use_cases.drop_expired_indices import DropExpiredIndices

from ..builders import dataset_id
from ..erasure_fakes import NOON, FakeJobs, FakeRequests
from ..fakes import FakeRepository
from ..retention_fakes import FakeMonths, expected_records

NEW = dataset_id(1)


class Context:
    aws_request_id = "invocation"

    def get_remaining_time_in_millis(self) -> int:
        return 300_000


def run(monkeypatch: pytest.MonkeyPatch, months: FakeMonths) -> dict[str, Any]:
    service = RetentionService(
        ApplyRetention(FakeJobs(), FakeRequests(), lambda: NOON, lambda: NEW),
        DropExpiredIndices(months, FakeRepository(), expected_records(lambda: NOON, 1)),
    )
    monkeypatch.setattr(apply_retention, "lazy", Lazy(lambda: (service, Telemetry("apply-retention"))))
    return apply_retention.handler({"source": "aws.scheduler"}, Context())


def test_a_run_starts_an_erasure_and_drops_indices(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    result = run(monkeypatch, FakeMonths(m2025_01=[]))
    assert result == {"erasureId": NEW, "resumedErasureIds": [], "droppedMonths": ["2025.01"]}
    (metrics,) = (line for line in map(json.loads, capsys.readouterr().out.splitlines()) if "_aws" in line)
    assert (metrics["IndicesDropped"], metrics["ErasuresResumed"]) == ([1], [0])


def test_without_the_search_engine_the_erasure_starts(monkeypatch: pytest.MonkeyPatch):
    class Months(FakeMonths):
        def months(self) -> Sequence[str]:
            raise SearchUnavailableError("busy")

    assert run(monkeypatch, Months())["erasureId"] == NEW
