"""Processes that outlive the command that starts them."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from local_cloud.waiting import holds_for


@dataclass(frozen=True)
class ProcessId:
    """A process. The start time distinguishes it from a later process with the same number.

    Attributes:
        started: Start time, in seconds since the epoch.
    """

    pid: int
    started: float


def start(command: list[str], *, environment: Mapping[str, str], folder: Path, log: Path) -> ProcessId:
    """Start `command` in its own session, so that it outlives this program, and append its output to `log`."""
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
    return identify(process.pid)


def identify(pid: int) -> ProcessId:
    """Return the process that has the number `pid` now."""
    try:
        return ProcessId(pid, psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return ProcessId(pid, 0.0)


def is_alive(process: ProcessId) -> bool:
    """Return whether this process runs; one that has ended and was not waited for does not."""
    return _find(process) is not None


def stop(process: ProcessId, timeout: float = 30.0) -> bool:
    """Terminate a process that `start` returned, then kill what is left of its process group.

    Args:
        timeout: Seconds to wait before it is killed.

    Returns:
        Whether it ended by itself, now or earlier; False if it had to be killed.
    """
    found = _find(process)
    if found is None:
        return True
    found.terminate()
    # Not psutil's `wait`: another program can be the parent, and hasn't waited for the process when it has ended.
    ended = not holds_for(timeout, lambda: is_alive(process))
    # MiniStack's functions notice only after seconds that it is gone.
    with suppress(ProcessLookupError, PermissionError):  # an empty group; macOS reports the latter
        os.killpg(process.pid, signal.SIGKILL)
    holds_for(5.0, lambda: is_alive(process))
    return ended


def _find(process: ProcessId) -> psutil.Process | None:
    try:
        found = psutil.Process(process.pid)
        if found.status() == psutil.STATUS_ZOMBIE:
            with suppress(ChildProcessError):
                os.waitpid(process.pid, os.WNOHANG)
            return None
        return found if found.create_time() == process.started else None
    except psutil.NoSuchProcess:
        return None
