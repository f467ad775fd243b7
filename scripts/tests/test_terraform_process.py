"""An interrupt never cancels what Terraform is making."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from local_cloud import processes, terraform_process
from local_cloud.processes import ProcessId
from local_cloud.state import StateFolder
from local_cloud.terraform import NAME, Terraform

# Says that it is at work, then works on until its folder holds `end`.
_AT_WORK = (
    "import os, time\nprint('at work', flush=True)\nwhile not os.path.exists('end'): time.sleep(0.01)\n"
)


@pytest.fixture
def at_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A command that ends when `end` is in the current folder, in a process that heeds interrupts."""
    monkeypatch.chdir(tmp_path)
    # What a shell starts in the background, a CI job perhaps, is made to ignore them.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield [sys.executable, "-c", _AT_WORK]
    signal.signal(signal.SIGINT, before)


def test_an_interrupt_waits_for_the_end(at_work: list[str]) -> None:
    began: list[ProcessId] = []

    def interrupt_once(_line: str) -> None:
        threading.Timer(0.2, Path("end").touch).start()
        os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        terraform_process.run(at_work, environment={}, began=began.append, hear=interrupt_once, finish=True)
    assert Path("end").exists()
    assert not processes.is_alive(began[0])


def test_an_interrupt_of_what_nobody_needs_ends_it_at_once(at_work: list[str]) -> None:
    began: list[ProcessId] = []

    def interrupt(_line: str) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        terraform_process.run(at_work, environment={}, began=began.append, hear=interrupt, finish=False)
    assert not Path("end").exists()
    assert not processes.is_alive(began[0])


@pytest.mark.parametrize("applied_before", [False, True])
def test_only_an_interrupted_first_apply_leaves_what_terraform_does_not_know(
    applied_before: bool, tmp_path: Path
) -> None:
    state = StateFolder("demo", tmp_path)
    record = state.read_or_create()
    assert not Terraform(state, record, tmp_path).end_interrupted()
    record.processes[NAME] = ProcessId(os.getpid(), "long ago")
    state.write(record)
    if applied_before:
        (state.path / "outputs.json").write_text("{}")
    again = StateFolder("demo", tmp_path).read_or_create()
    assert Terraform(state, again, tmp_path).end_interrupted() is not applied_before
    assert state.read() == again
    assert NAME not in again.processes
