"""Progress messages on the terminal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

Detail = Callable[[str], None]
"""Shows what a step is doing now; cheap, so call it whenever there is something new."""


class Progress:
    """Shows steps and how long they take: a spinner on a terminal, lines elsewhere."""

    _INTERVAL = 5.0  # seconds between details where there is no terminal

    def __init__(self, console: Console | None = None, *, silent: bool = False) -> None:
        self._console = console or Console(quiet=silent)

    @contextmanager
    def step(self, title: str) -> Iterator[Detail]:
        """Show `title` while the body runs, then its duration."""
        started = shown = time.monotonic()

        def print_line(text: str) -> None:
            nonlocal shown
            if time.monotonic() - shown >= self._INTERVAL:
                shown = time.monotonic()
                self._console.print(f"[dim]  {text}[/]", highlight=False)

        mark = "[red]✗[/]"
        try:
            if self._console.is_terminal:
                with self._console.status(f"{title} …") as status:
                    yield lambda text: status.update(
                        f"{title} [dim]{time.monotonic() - started:.0f} s · {text}[/]"
                    )
            else:
                self._console.print(f"[dim]…[/] {title}", highlight=False)
                yield print_line
            mark = "[green]✓[/]"
        finally:
            self._console.print(f"{mark} {title} [dim]{time.monotonic() - started:.1f} s[/]", highlight=False)


SILENT = Progress(silent=True)
