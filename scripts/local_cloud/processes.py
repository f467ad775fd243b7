"""Processes that outlive the command that starts them, ended later by no more than their own id."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ProcessId:
    """A process, told apart from a later one that was given the same number.

    Attributes:
        pid: the number.
        started: when it started, in the system's own notation.
    """

    pid: int
    started: str


def start(command: list[str], *, environment: Mapping[str, str], folder: Path, log: Path) -> ProcessId:
    """Start `command` in a session of its own, so that it outlives this program; its output is added to `log`."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            env=dict(environment),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return identified(process.pid)


def identified(pid: int) -> ProcessId:
    """The process that has the number `pid` now."""
    return ProcessId(pid, _start_time(pid) or "gone")


def is_alive(process: ProcessId) -> bool:
    """Whether that very process runs."""
    _reap(process.pid)
    return _start_time(process.pid) == process.started


def stop(process: ProcessId, patience: float = 30.0) -> bool:
    """Ask the process to end, and wait; what it started and left behind is killed.

    Args:
        process: one that `start` answered.
        patience: seconds to wait before it is killed.

    Returns:
        Whether it ended by itself (or had ended before); False when it had to be killed.
    """
    for end_signal, wait in ((signal.SIGTERM, patience), (signal.SIGKILL, 5.0)):
        if not is_alive(process):
            return True
        os.kill(process.pid, end_signal)
        deadline = time.monotonic() + wait
        while is_alive(process) and time.monotonic() < deadline:
            time.sleep(0.05)
        if not is_alive(process):
            # Of its own group, which `start` made: MiniStack's functions notice only seconds later that it is gone.
            with suppress(ProcessLookupError, PermissionError):  # nothing is left of it; on macOS the latter
                os.killpg(process.pid, signal.SIGKILL)
            return end_signal is signal.SIGTERM
    return False


def _start_time(pid: int) -> str | None:
    """The start time of a process that runs; None when there is none or only its exit code is left."""
    if Path("/proc/self/stat").exists():
        try:
            # After the name in parentheses, which may hold blanks: state is the 3rd field, starttime the 22nd.
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return None
        return None if fields[0] in "ZX" else fields[19]
    answer = subprocess.run(
        ["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.split(maxsplit=1)
    return answer[1].strip() if len(answer) == 2 and not answer[0].startswith("Z") else None


def _reap(pid: int) -> None:
    """Let go of a child that ended, when it is this program's."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return
