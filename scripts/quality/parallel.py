"""Commands run side by side in lanes: one after another within a lane, each lane beside the others."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

_QUIET = 20.0  # seconds after which a running command is mentioned again


@dataclass(frozen=True)
class Command:
    """One command.

    Attributes:
        name: what it is called in the summary.
        arguments: program and arguments.
        folder: where it runs.
        streamed: show its output as it comes, rather than only when it has failed.
        report: where it writes JUnit XML, if it does.
    """

    name: str
    arguments: Sequence[str]
    folder: Path
    streamed: bool = False
    report: Path | None = None


@dataclass(frozen=True)
class Outcome:
    """How a command ended: its exit code and how long it took in seconds."""

    command: Command
    exit_code: int
    seconds: float


class Lanes:
    """Runs lanes of commands, and ends what it started when it is interrupted."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._running: set[subprocess.Popen[str]] = set()
        self._lock = threading.Lock()
        self._interrupted = threading.Event()

    def run(self, lanes: Sequence[Sequence[Command]]) -> list[Outcome]:
        """Run every command, whatever becomes of the others; the outcomes lane by lane."""
        with ThreadPoolExecutor(max_workers=len(lanes)) as pool:
            futures = [pool.submit(self._lane, lane) for lane in lanes]
            try:
                return [outcome for future in futures for outcome in future.result()]
            except KeyboardInterrupt:
                self._end()
                raise

    def _lane(self, commands: Sequence[Command]) -> list[Outcome]:
        return [self._outcome(command) for command in commands if not self._interrupted.is_set()]

    def _outcome(self, command: Command) -> Outcome:
        began = time.monotonic()
        # A session of its own: an interrupt reaches it once, from here, with everything that it started.
        process = subprocess.Popen(
            list(command.arguments),
            cwd=command.folder,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            stdout=None if command.streamed else subprocess.PIPE,
            stderr=None if command.streamed else subprocess.STDOUT,
            start_new_session=True,
        )
        with self._lock:
            self._running.add(process)
        output = self._wait(command, process, began)
        with self._lock:
            self._running.discard(process)
        seconds = time.monotonic() - began
        mark = "[green]✓[/]" if process.returncode == 0 else "[red]✗[/]"
        self._console.print(f"{mark} {command.name} [dim]{seconds:.1f} s[/]", highlight=False)
        if process.returncode != 0 and output:
            self._console.print(output, markup=False, highlight=False)
        return Outcome(command, process.returncode, seconds)

    def _wait(self, command: Command, process: subprocess.Popen[str], began: float) -> str:
        while True:
            try:
                output, _ = process.communicate(timeout=_QUIET)
            except subprocess.TimeoutExpired:
                waited = time.monotonic() - began
                self._console.print(f"[dim]… {command.name} {waited:.0f} s[/]", highlight=False)
            else:
                return output or ""

    def _end(self) -> None:
        self._interrupted.set()
        with self._lock:
            for process in self._running:
                os.killpg(process.pid, signal.SIGINT)
