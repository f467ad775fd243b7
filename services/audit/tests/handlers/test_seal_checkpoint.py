"""audit/seal_checkpoint, from the scheduled event to the metrics."""

import json
from typing import Any

import pytest
from countersign_common.lazy import Lazy
from countersign_common.telemetry import Telemetry

from audit_service.domain.errors import LogDamagedError
from audit_service.handlers import seal_checkpoint

from ..sealing_fakes import World, entry

SCHEDULED = {"version": "0", "source": "aws.scheduler"}


class Context:
    aws_request_id = "invocation"

    def get_remaining_time_in_millis(self) -> int:
        return 50_000


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    world.record(entry(1), entry(2))
    monkeypatch.setattr(seal_checkpoint, "lazy", Lazy(lambda: (world.run(), Telemetry("seal-checkpoint"))))
    return world


def metrics_of(output: str) -> dict[str, Any]:
    (metrics,) = (line for line in map(json.loads, output.splitlines()) if "_aws" in line)
    return {
        definition["Name"]: metrics[definition["Name"]][0]
        for definition in metrics["_aws"]["CloudWatchMetrics"][0]["Metrics"]
    }


def test_a_run_publishes_its_counts_and_logs_the_size(world: World, capsys, caplog):
    counts = {"size": 2, "sealed": 2, "pending": 0, "oldestPendingSeconds": 0.0}
    assert seal_checkpoint.handler(SCHEDULED, Context()) == counts
    assert metrics_of(capsys.readouterr().out) == {
        "CheckpointRefused": 0,
        "EntriesSealed": 2,
        "PendingEntries": 0,
        "OldestPendingSeconds": 0,
    }
    (line,) = (line for line in caplog.records if line.message == "checkpoint sealed")
    assert line.size == 2


def test_a_refusal_is_an_error_a_metric_and_a_log_line(world: World, capsys, caplog):
    seal_checkpoint.handler(SCHEDULED, Context())
    capsys.readouterr()
    world.objects.clear()
    with pytest.raises(LogDamagedError):
        seal_checkpoint.handler(SCHEDULED, Context())
    assert metrics_of(capsys.readouterr().out) == {"CheckpointRefused": 1}
    (line,) = (line for line in caplog.records if line.message == "checkpoint refused")
    assert line.reason == "tile/0/000.p/2 is missing."


def test_a_run_next_to_another_one_does_nothing(world: World, capsys):
    world.owner = "another run"
    world.until = world.now
    assert seal_checkpoint.handler(SCHEDULED, Context()) == {"isRunning": True}
    assert world.signed == []
    assert "_aws" not in capsys.readouterr().out


def test_a_run_knows_how_much_time_is_left(world: World, monkeypatch: pytest.MonkeyPatch):
    seconds: list[float] = []
    monkeypatch.setattr(
        seal_checkpoint, "lazy", Lazy(lambda: (lambda left: seconds.append(left()), Telemetry("test")))
    )
    seal_checkpoint.handler(SCHEDULED, Context())
    assert seconds == [50.0]
