"""Print the story while it happens."""

from __future__ import annotations

import time
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.status import Status
from rich.table import Table

from local_cloud.api import Response
from local_cloud.mqtt import ReceivedNotification
from local_cloud.people import Person


class StoryPrinter:
    """Prints actions with their latency, and notifications when they arrive, from two threads."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._started = time.monotonic()

    def heading(self, text: str) -> None:
        """Print a heading."""
        self._console.print(f"\n[bold]{escape(text)}[/]")

    def start_action(self) -> None:
        """Measure the latency of notifications from now on."""
        self._started = time.monotonic()

    def action(self, person: Person, text: str, response: Response) -> None:
        """Print an action that succeeded."""
        self._line("→", person.name, text, response.seconds, "green")

    def notification(self, person: Person, received: ReceivedNotification) -> None:
        """Print a notification that arrived over MQTT."""
        notification = received.notification
        comment = f", “{notification['comment']}”" if notification.get("comment") else ""
        text = f"notification: {notification['type']} by {notification['actionOwner']['name']}{comment}"
        self._line("⚡", person.name, text, received.at - self._started, "cyan")

    def waiting_for(self, what: str) -> Status:
        """Return a context that shows what the body waits for."""
        return self._console.status(f"waiting for {escape(what)}")

    def audit_trail(self, records: list[dict[str, Any]], seconds: float) -> None:
        """Print the records, oldest first, and after how long the search found all of them."""
        table = Table("#", "action", "by", "outcome", "at", "hash", box=None, pad_edge=False)
        for number, record in enumerate(records, start=1):
            sealed = record["sealed"]
            person = (record["person"] or {}).get("name", "erased")
            at = sealed["occurredAt"][11:23]
            table.add_row(
                str(number), sealed["actionType"], person, sealed["outcome"], at, record["hash"][:16]
            )
        self._console.print(table)
        self._console.print(f"[dim]found by search {seconds:.2f} s after the last action[/]", highlight=False)

    def proof(self, subject: str, text: str, seconds: float, *, is_valid: bool = True) -> None:
        """Print the result of a verification."""
        self._line("✓" if is_valid else "✗", subject, text, seconds, "green" if is_valid else "yellow")

    def _line(self, sign: str, subject: str, text: str, seconds: float, color: str) -> None:
        self._console.print(
            f"[dim]{seconds * 1000:7.0f} ms[/]  [{color}]{sign}[/] {subject:<9}  {escape(text)}",
            highlight=False,
            soft_wrap=True,
        )
