"""Terraform's events, and what an interrupt does to a command."""

import json
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from local_cloud import processes, terraform_process
from local_cloud.processes import ProcessId
from local_cloud.state import StateFolder
from local_cloud.terraform import NAME, Terraform
from local_cloud.terraform_process import TerraformEventReader

# Prints, then runs until the file `end` exists.
_RUNS = "import os, time\nprint('running', flush=True)\nwhile not os.path.exists('end'): time.sleep(0.01)\n"


def _read(*events: Mapping[str, object]) -> tuple[TerraformEventReader, list[str]]:
    details: list[str] = []
    reader = TerraformEventReader(details.append)
    for event in events:
        reader.on_line(json.dumps(event))
    return reader, details


def test_progress_counts_the_planned_changes() -> None:
    plan = {"type": "change_summary", "changes": {"add": 2, "change": 1, "remove": 0, "operation": "plan"}}
    done = {"type": "apply_complete", "hook": {"resource": {"addr": "module.table.this"}}}
    _, details = _read(plan, done, done)
    assert details[-1] == "2 of 3 · module.table.this"


def test_errors_are_kept_with_their_address_and_warnings_are_not() -> None:
    error = {
        "severity": "error",
        "summary": "No such role.",
        "detail": "Make it first.",
        "address": "aws_x.this",
    }
    warning = {"severity": "warning", "summary": "Old style."}
    reader, _ = _read(
        {"type": "diagnostic", "diagnostic": error}, {"type": "diagnostic", "diagnostic": warning}
    )
    assert reader.errors == ["  aws_x.this: No such role. Make it first."]


def test_output_that_is_no_event_is_an_error() -> None:
    reader, _ = _read()
    reader.on_line("panic: out of memory\n")
    assert reader.errors == ["panic: out of memory"]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A command that ends when the file `end` exists."""
    monkeypatch.chdir(tmp_path)
    # A background process, such as a CI job, may ignore interrupts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield [sys.executable, "-c", _RUNS]
    signal.signal(signal.SIGINT, before)


def test_an_interrupt_waits_for_the_end_of_an_apply(command: list[str]) -> None:
    started: list[ProcessId] = []

    def interrupt(_line: str) -> None:
        threading.Timer(0.2, Path("end").touch).start()
        os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        terraform_process.run(
            command, environment={}, on_start=started.append, on_line=interrupt, finish=True
        )
    assert Path("end").exists()
    assert not processes.is_alive(started[0])


def test_an_interrupt_kills_a_first_apply(command: list[str]) -> None:
    started: list[ProcessId] = []

    def interrupt(_line: str) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        terraform_process.run(
            command, environment={}, on_start=started.append, on_line=interrupt, finish=False
        )
    assert not Path("end").exists()
    assert not processes.is_alive(started[0])


@pytest.mark.parametrize("applied_before", [False, True])
def test_an_interrupted_first_apply_is_detected(applied_before: bool, tmp_path: Path) -> None:
    state = StateFolder("demo", tmp_path)
    record = state.read_or_create()
    assert not Terraform(state, record, tmp_path).end_interrupted()
    record.processes[NAME] = ProcessId(os.getpid(), 1.0)
    state.write(record)
    if applied_before:
        (state.path / "outputs.json").write_text("{}")
    read = StateFolder("demo", tmp_path).read_or_create()
    assert Terraform(state, read, tmp_path).end_interrupted() is not applied_before
    assert state.read() == read
    assert NAME not in read.processes
