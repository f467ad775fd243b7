"""How the story is printed, as it happens."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from local_cloud.api import Answer
from local_cloud.mqtt import Received


class StoryPrinter:
    """Prints steps with their latency and notifications as they arrive; used from two threads."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._began = time.monotonic()
        self._lock = threading.Lock()

    def heading(self, text: str) -> None:
        """Begin a chapter."""
        self._console.print(f"\n[bold]{escape(text)}[/]")

    def begins(self) -> None:
        """An action begins now: notifications are timed from here."""
        with self._lock:
            self._began = time.monotonic()

    def did(self, who: str, what: str, answer: Answer) -> None:
        """An action was answered."""
        self._line("→", who, what, answer.seconds, "green")

    def arrived(self, who: str, received: Received) -> None:
        """A notification reached `who` over MQTT."""
        with self._lock:
            seconds = received.at - self._began
        notification = received.notification
        by = notification["actionOwner"]["name"]
        comment = f", “{notification['comment']}”" if notification.get("comment") else ""
        self._line("⚡", who, f"is told: {notification['type']} by {by}{comment}", seconds, "cyan")

    @contextmanager
    def waiting_for(self, what: str) -> Iterator[None]:
        """While the body waits: say so after two seconds, and every five from then on."""
        over = threading.Event()
        began = time.monotonic()

        def remind() -> None:
            pause = 2.0
            while not over.wait(pause):
                waited = time.monotonic() - began
                self._console.print(
                    f"[dim]            waiting for {escape(what)}, {waited:.0f} s[/]", highlight=False
                )
                pause = 5.0

        reminder = threading.Thread(target=remind, daemon=True)
        reminder.start()
        try:
            yield
        finally:
            over.set()
            reminder.join()

    def audit_trail(self, records: list[dict[str, Any]], seconds: float) -> None:
        """The records, oldest first, and how long after the last action the search found them all."""
        table = Table("#", "action", "by", "outcome", "at", "hash", box=None, pad_edge=False)
        for record in records:
            sealed = record["sealed"]
            person = (record["person"] or {}).get("name", "erased")
            at = sealed["occurredAt"][11:23]
            what = (str(sealed["sequence"]), sealed["actionType"], person, sealed["outcome"], at)
            table.add_row(*what, record["hash"][:16])
        self._console.print(table)
        self._console.print(f"[dim]found by search {seconds:.2f} s after the last action[/]", highlight=False)

    def verdict(self, verification: dict[str, Any], seconds: float) -> None:
        """What recomputing the chain says."""
        text = f"{verification['verdict']}, {verification['events']} events, head {verification['headHash'][:16]}"
        self._line("✓", "chain", text, seconds, "green")

    def intact_offline(self, seconds: float) -> None:
        """`countersign-verify`, which asks nobody, says the same of the same records."""
        self._line("✓", "verifier", "countersign-verify, offline: intact", seconds, "green")

    def _line(self, sign: str, who: str, what: str, seconds: float, colour: str) -> None:
        latency = f"[dim]{seconds * 1000:7.0f} ms[/]"
        self._console.print(
            f"{latency}  [{colour}]{sign}[/] {who:<9}  {escape(what)}", highlight=False, soft_wrap=True
        )
