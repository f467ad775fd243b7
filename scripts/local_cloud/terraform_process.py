"""Run Terraform commands with `-json`: progress, errors, and what an interrupt does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable, Mapping
from typing import Any

from local_cloud import processes
from local_cloud.processes import ProcessId
from local_cloud.progress import Detail


class TerraformEventReader:
    """Reads the events of one command ("Machine-Readable UI" of the Terraform documentation).

    Attributes:
        errors: The error diagnostics so far, each with its address.
    """

    def __init__(self, detail: Detail) -> None:
        self.errors: list[str] = []
        self._detail = detail
        self._planned = 0
        self._done = 0

    def on_line(self, line: str) -> None:
        """Read one line of output. A line that isn't an event is the last output of a crashed command."""
        try:
            event: dict[str, Any] = json.loads(line)
        except json.JSONDecodeError:
            if line.strip():
                self.errors.append(line.strip())
            return
        match event.get("type"):
            case "change_summary" if event["changes"].get("operation") == "plan":
                self._planned = sum(event["changes"][change] for change in ("add", "change", "remove"))
            case "apply_complete" if self._planned:  # without a plan, it is a data source
                self._done += 1
                self._detail(f"{self._done} of {self._planned} · {event['hook']['resource']['addr']}")
            case "apply_progress":
                hook = event["hook"]
                waiting = f"{hook['resource']['addr']} for {hook.get('elapsed_seconds', 0):.0f} s"
                self._detail(f"{self._done} of {self._planned} · waiting for {waiting}")
            case "refresh_complete":
                self._detail(f"read {event['hook']['resource']['addr']}")
            case "diagnostic" if event["diagnostic"].get("severity") == "error":
                found = event["diagnostic"]
                where = found.get("address") or (found.get("range") or {}).get("filename")
                text = " ".join(filter(None, (found["summary"], found.get("detail"))))
                self.errors.append(f"  {where}: {text}" if where else f"  {text}")


def run(
    command: list[str],
    *,
    environment: Mapping[str, str],
    on_start: Callable[[ProcessId], None],
    on_line: Callable[[str], None],
    finish: bool,
) -> int:
    """Run a command in its own session, so that an interrupt of the terminal doesn't reach it.

    An interrupt that reaches Terraform cancels its calls. Resources that exist by then are not in its state and
    can't be created again under the same name.

    Args:
        environment: The command's whole environment.
        finish: Whether an interrupt waits for its end. A second interrupt kills it.

    Returns:
        The exit code.

    Raises:
        KeyboardInterrupt: It was interrupted, and has ended by now.
    """
    interrupted = False
    with subprocess.Popen(
        command,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        on_start(processes.identify(process.pid))
        assert process.stdout is not None
        while True:
            try:
                for line in process.stdout:
                    on_line(line)
                exit_code = process.wait()
                break
            except KeyboardInterrupt:
                if interrupted or not finish:
                    os.killpg(process.pid, signal.SIGKILL)
                    raise
                interrupted = True
    if interrupted:
        raise KeyboardInterrupt
    return exit_code
