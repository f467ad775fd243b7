"""Run sequences of commands in parallel and summarize their results."""

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
from xml.etree import ElementTree

from rich.console import Console
from rich.table import Table

from repository import ROOT

_INTERVAL = 20.0  # seconds between two messages about a running command


@dataclass(frozen=True)
class Command:
    """One command.

    Attributes:
        name: Name in the summary.
        arguments: Program and arguments.
        folder: Working folder.
        streamed: Show the output while it runs, not only if it fails.
        report: The JUnit XML file that it writes, if any.
    """

    name: str
    arguments: Sequence[str]
    folder: Path = ROOT
    streamed: bool = False
    report: Path | None = None


@dataclass(frozen=True)
class Result:
    """How a command ended: test counts and duration. A command without a report counts as one test."""

    name: str
    passed: int
    failed: int
    skipped: int
    seconds: float


class ParallelRunner:
    """Runs commands. If it is interrupted, it interrupts what it started.

    Args:
        console: Where to print.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._running: set[subprocess.Popen[str]] = set()
        self._interrupted = False

    def run(self, sequences: Sequence[Sequence[Command]]) -> list[Result]:
        """Run the sequences in parallel, and every command even if another one fails."""
        with ThreadPoolExecutor(max_workers=len(sequences)) as executor:
            futures = [executor.submit(self._run_sequence, sequence) for sequence in sequences]
            try:
                return [result for future in futures for result in future.result()]
            except KeyboardInterrupt:
                self._interrupted = True
                for process in list(self._running):
                    os.killpg(process.pid, signal.SIGINT)
                raise

    def _run_sequence(self, commands: Sequence[Command]) -> list[Result]:
        return [self._run(command) for command in commands if not self._interrupted]

    def _run(self, command: Command) -> Result:
        started = time.monotonic()
        pipe = None if command.streamed else subprocess.PIPE
        # In its own session: an interrupt reaches it once, from here.
        process = subprocess.Popen(
            command.arguments,
            cwd=command.folder,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            stdout=pipe,
            stderr=pipe and subprocess.STDOUT,
            start_new_session=True,
        )
        self._running.add(process)
        threading.Thread(target=self._show_progress, args=(command, process, started), daemon=True).start()
        output, _ = process.communicate()
        self._running.discard(process)
        seconds, failed = time.monotonic() - started, process.returncode != 0
        mark = "[red]✗[/]" if failed else "[green]✓[/]"
        self._console.print(f"{mark} {command.name} [dim]{seconds:.1f} s[/]", highlight=False)
        if failed and output:
            self._console.print(output, markup=False, highlight=False)
        return Result(command.name, *_counts(command.report, failed), seconds)

    def _show_progress(self, command: Command, process: subprocess.Popen[str], started: float) -> None:
        while True:
            time.sleep(_INTERVAL)
            if process.returncode is not None:
                return
            waited = time.monotonic() - started
            self._console.print(f"[dim]… {command.name} {waited:.0f} s[/]", highlight=False)


def print_summary(results: Sequence[Result], console: Console) -> bool:
    """Print a table and the totals. Return whether everything passed."""
    table = Table("", "passed", "failed", "skipped", "seconds")
    for each in results:
        counts = map(str, (each.passed, each.failed, each.skipped))
        table.add_row(each.name, *counts, f"{each.seconds:.0f}", style="red" if each.failed else None)
    console.print(table)
    passed, failed, skipped = (
        sum(getattr(each, name) for each in results) for name in ("passed", "failed", "skipped")
    )
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return not failed


def _counts(report: Path | None, command_failed: bool) -> tuple[int, int, int]:
    """Return passed, failed and skipped tests."""
    if report is None or not report.exists():
        return int(not command_failed), int(command_failed), 0
    suites = list(ElementTree.parse(report).getroot().iter("testsuite"))  # noqa: S314 - our own file
    tests, failures, errors, skipped = (
        sum(int(suite.get(name, 0)) for suite in suites)
        for name in ("tests", "failures", "errors", "skipped")
    )
    failed = failures + errors
    # The run itself may fail, for example if it is interrupted.
    return tests - failed - skipped, failed or int(command_failed), skipped
