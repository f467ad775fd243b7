"""Only processes that a cloud started are ended."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from local_cloud import processes
from local_cloud.waiting import wait_until

SLEEPS = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]
IGNORES_SIGTERM = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)",
]


def _start(command: list[str], folder: Path) -> processes.ProcessId:
    log = folder / "log"
    process = processes.start(command, environment=dict(os.environ), folder=folder, log=log)
    wait_until(log.read_text, timeout=10, what="output")
    return process


def test_a_process_is_alive_until_it_is_stopped(tmp_path: Path) -> None:
    process = _start(SLEEPS, tmp_path)
    assert processes.is_alive(process)
    assert processes.stop(process)
    assert not processes.is_alive(process)


def test_another_process_with_the_same_number_is_left_alone(tmp_path: Path) -> None:
    process = _start(SLEEPS, tmp_path)
    other = replace(process, started=process.started - 1)
    assert not processes.is_alive(other)
    assert processes.stop(other)
    assert processes.is_alive(process)
    processes.stop(process)


def test_a_process_that_ignores_sigterm_is_killed(tmp_path: Path) -> None:
    process = _start(IGNORES_SIGTERM, tmp_path)
    assert not processes.stop(process, timeout=0.2)
    assert not processes.is_alive(process)


def test_child_processes_end_with_the_process(tmp_path: Path) -> None:
    program = f"import subprocess, time; print(subprocess.Popen({SLEEPS!r}, stdout=-3).pid, flush=True)"
    process = _start([sys.executable, "-c", f"{program}; time.sleep(60)"], tmp_path)
    child = processes.identify(int((tmp_path / "log").read_text()))
    assert processes.is_alive(child)
    processes.stop(process)
    wait_until(lambda: not processes.is_alive(child), timeout=10)


def test_a_process_that_has_ended_is_not_alive(tmp_path: Path) -> None:
    process = _start([sys.executable, "-c", "print('up')"], tmp_path)
    wait_until(lambda: not processes.is_alive(process), timeout=10)
    assert processes.stop(process)


@pytest.mark.parametrize("variable", ["HOME", "AWS_PROFILE"])
def test_a_process_has_only_the_given_environment(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "mine")
    command = [sys.executable, "-c", f"import os; print(os.environ.get({variable!r}, 'nothing'), flush=True)"]
    log = tmp_path / "log"
    processes.start(command, environment={}, folder=tmp_path, log=log)
    assert wait_until(log.read_text, timeout=10) == "nothing\n"


def test_a_process_of_another_program_ends_although_that_has_not_waited_for_it() -> None:
    program = "import subprocess as s, time; print(s.Popen(['sleep', '60'], start_new_session=True).pid, flush=True)"
    command = [sys.executable, "-c", f"{program}; time.sleep(60)"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert processes.stop(processes.identify(int(parent.stdout.readline())), timeout=5.0)
        parent.kill()
