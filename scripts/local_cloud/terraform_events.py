"""Terraform's machine-readable events (`-json`), retold as one line of progress."""

from __future__ import annotations

import json
from typing import Any

from local_cloud.progress import Step


class TerraformEventReader:
    """Listens to one command's events.

    Attributes:
        errors: the error diagnostics so far, each with where it happened.
    """

    def __init__(self, step: Step) -> None:
        self.errors: list[str] = []
        self._step = step
        self._refreshed = 0
        self._planned = 0
        self._done = 0

    def hear(self, line: str) -> None:
        """Take one line of Terraform's output; what is not an event is a last word of a broken run."""
        try:
            event = json.loads(line)
        except json.JSONDecodeError:
            if line.strip():
                self.errors.append(line.strip())
            return
        told = getattr(self, f"_{event.get('type')}", None)
        if told is not None:
            told(event)

    def _refresh_complete(self, _: dict[str, Any]) -> None:
        self._refreshed += 1
        self._step.detail(f"read {self._refreshed} resources")

    def _change_summary(self, event: dict[str, Any]) -> None:
        changes = event["changes"]
        if changes.get("operation") == "plan":
            self._planned = changes["add"] + changes["change"] + changes["remove"]

    def _apply_complete(self, event: dict[str, Any]) -> None:
        if not self._planned:
            return  # a data source that was read for the plan
        self._done += 1
        self._step.detail(f"{self._done} of {self._planned} · {event['hook']['resource']['addr']}")

    def _apply_progress(self, event: dict[str, Any]) -> None:
        hook = event["hook"]
        waiting = f"{hook['resource']['addr']} for {hook.get('elapsed_seconds', 0):.0f} s"
        self._step.detail(f"{self._done} of {self._planned} · waiting on {waiting}")

    def _diagnostic(self, event: dict[str, Any]) -> None:
        diagnostic = event["diagnostic"]
        if diagnostic.get("severity") != "error":
            return
        where = diagnostic.get("address") or (diagnostic.get("range") or {}).get("filename")
        said = " ".join(filter(None, (diagnostic["summary"], diagnostic.get("detail"))))
        self.errors.append(f"  {where}: {said}" if where else f"  {said}")
