"""audit/reconcile, from the scheduled event to the metrics."""

import json
from typing import Any

import pytest
from countersign_common.lazy import Lazy
from countersign_common.telemetry import Telemetry
from marshmallow import ValidationError

from audit_service.handlers import reconcile

from ..integrity_fakes import IntegrityWorld, record_at, workflow_id

SCHEDULED = {"version": "0", "source": "aws.scheduler"}


class Context:
    aws_request_id = "invocation"

    def get_remaining_time_in_millis(self) -> int:
        return 50_000


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> IntegrityWorld:
    world = IntegrityWorld()
    world.minute(record_at(world.now, 1, 1, workflow_id=workflow_id(1)))
    service = world.reconcile()
    monkeypatch.setattr(reconcile, "lazy", Lazy(lambda: (service, Telemetry("reconcile"))))
    return world


def metrics_of(output: str) -> dict[str, Any]:
    (metrics,) = (line for line in map(json.loads, output.splitlines()) if "_aws" in line)
    return {
        definition["Name"]: metrics[definition["Name"]]
        for definition in metrics["_aws"]["CloudWatchMetrics"][0]["Metrics"]
    }


def test_a_run_publishes_its_counts(world: IntegrityWorld, capsys: pytest.CaptureFixture[str]):
    (dataset_id,) = world.records.stored
    del world.records.stored[dataset_id]
    counts = reconcile.handler(SCHEDULED, Context())
    assert {"manifests": 1, "events": 1, "leaves": 2, "resends": 1, "opened": 1}.items() <= counts.items()
    metrics = metrics_of(capsys.readouterr().out)
    assert {name: value[0] for name, value in metrics.items()} == {
        "IntegrityFindings": 0,  # it is being repaired
        "ManifestsChecked": 1,
        "EventsChecked": 1,
        "RecordsRepaired": 1,
        "PendingEntries": 0,
        "SealLagSeconds": 0,
        "ManifestLagSeconds": 60,
    }


def test_an_invocation_can_set_the_budget_of_the_sweep(world: IntegrityWorld):
    reconcile.handler(SCHEDULED, Context())
    assert reconcile.handler({"sweep": 0}, Context())["isSwept"] is False
    assert reconcile.handler({"sweep": 100}, Context())["isSwept"] is True
    with pytest.raises(ValidationError):
        reconcile.handler({"sweep": "all"}, Context())


def test_records_that_can_not_be_indexed_are_logged_by_id(
    world: IntegrityWorld, caplog: pytest.LogCaptureFixture
):
    (dataset_id,) = world.records.stored
    world.index.unindexable = {dataset_id}
    assert reconcile.handler(SCHEDULED, Context())["unindexable"] == 1
    logged = [vars(record) for record in caplog.records if record.message == "record not indexed"]
    assert [each["datasetId"] for each in logged] == [dataset_id]
