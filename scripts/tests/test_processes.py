"""Only what a cloud started itself is ended."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from local_cloud import processes
from local_cloud.waiting import wait_until

SLEEPER = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)",
]


def _started(command: list[str], folder: Path) -> processes.ProcessId:
    log = folder / "log"
    process = processes.start(command, environment=dict(os.environ), folder=folder, log=log)
    wait_until(lambda: log.read_text() or None, what="the process to say that it is up")
    return process


def test_a_started_process_is_alive_until_it_is_stopped(tmp_path: Path) -> None:
    process = _started(SLEEPER, tmp_path)
    assert processes.is_alive(process)
    assert processes.stop(process)
    assert not processes.is_alive(process)


def test_another_process_with_the_same_number_is_not_ours(tmp_path: Path) -> None:
    process = _started(SLEEPER, tmp_path)
    stranger = replace(process, started="another time")
    assert not processes.is_alive(stranger)
    assert processes.stop(stranger)
    assert processes.is_alive(process)
    processes.stop(process)


def test_a_process_that_does_not_end_is_killed_and_that_is_said(tmp_path: Path) -> None:
    process = _started(STUBBORN, tmp_path)
    assert not processes.stop(process, patience=0.2)
    assert not processes.is_alive(process)


def test_what_a_process_leaves_behind_ends_with_it(tmp_path: Path) -> None:
    child = f"import subprocess; print(subprocess.Popen({SLEEPER!r}, stdout=-3).pid, flush=True); input()"
    process = _started(
        [sys.executable, "-c", f"import time\n{child.replace('input()', 'time.sleep(60)')}"], tmp_path
    )
    left_behind = processes.identified(int((tmp_path / "log").read_text()))
    assert processes.is_alive(left_behind)
    processes.stop(process)
    wait_until(lambda: not processes.is_alive(left_behind) or None, what="its child to end")


def test_a_process_that_ended_by_itself_is_not_alive(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "print('up')"]
    ended = subprocess.run(command, check=False, capture_output=True)
    assert ended.returncode == 0
    process = processes.start(command, environment={}, folder=tmp_path, log=tmp_path / "log")
    assert processes.stop(process)


@pytest.mark.parametrize("variable", ["HOME", "AWS_PROFILE"])
def test_a_process_sees_only_the_environment_it_is_given(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "mine")
    command = [sys.executable, "-c", f"import os; print(os.environ.get({variable!r}, 'nothing'), flush=True)"]
    log = tmp_path / "log"
    processes.start(command, environment={}, folder=tmp_path, log=log)
    assert wait_until(lambda: log.read_text() or None, what="the process to say what it sees") == "nothing\n"
