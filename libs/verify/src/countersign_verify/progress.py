"""Progress of long runs, on standard error."""

import sys
import time

FIRST_AFTER, EVERY = 2.0, 1.0
"""Seconds until the first line, and between lines."""


class Progress:
    """Prints how much was checked, if it takes longer than two seconds."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._next = self._started + FIRST_AFTER
        self._is_terminal = sys.stderr is not None and sys.stderr.isatty()
        self._is_shown = False

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._is_shown and self._is_terminal:
            sys.stderr.write("\n")

    def update(self, done: int, records: int) -> None:
        """Show how much was checked.

        Args:
            done: bytes.
            records: records or entries.
        """
        now = time.monotonic()
        if now < self._next or sys.stderr is None:
            return
        # In a file, the intervals get longer, so that there are few lines.
        self._next = now + (EVERY if self._is_terminal else max(EVERY, now - self._started))
        text = f"{records:,} checked, {done / 1_000_000:,.0f} MB in {now - self._started:.0f} s"
        sys.stderr.write(f"\r{text}" if self._is_terminal else f"{text}\n")
        sys.stderr.flush()
        self._is_shown = True
