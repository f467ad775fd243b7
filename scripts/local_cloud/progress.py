"""Telling a person what is being done and how long it takes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from rich.console import Console


class Step(Protocol):
    """A step under way."""

    def detail(self, text: str) -> None:
        """Say what the step is at; cheap, may be called as often as there is news."""


class Progress(Protocol):
    """Where progress is told."""

    def step(self, title: str) -> AbstractContextManager[Step]:
        """A context in which the step `title` is under way."""


class TerminalProgress:
    """Steps as lines: a spinner while one runs on a terminal, a line now and then where there is none."""

    _QUIET = 5.0  # seconds between details in a log file

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console()

    @contextmanager
    def step(self, title: str) -> Iterator[Step]:
        """Show `title` while the body runs, then how long it took."""
        began = time.monotonic()
        try:
            if self._console.is_terminal:
                with self._console.status(f"{title} …") as status:
                    yield _Spinner(title, status.update)
            else:
                self._console.print(f"[dim]…[/] {title}", highlight=False)
                yield _Lines(self._console, self._QUIET)
        except BaseException:
            self._console.print(
                f"[red]✗[/] {title} [dim]{time.monotonic() - began:.1f} s[/]", highlight=False
            )
            raise
        self._console.print(f"[green]✓[/] {title} [dim]{time.monotonic() - began:.1f} s[/]", highlight=False)


class _Spinner:
    def __init__(self, title: str, update: _Update) -> None:
        self._title = title
        self._update = update
        self._began = time.monotonic()

    def detail(self, text: str) -> None:
        self._update(f"{self._title} [dim]{time.monotonic() - self._began:.0f} s · {text}[/]")


class _Update(Protocol):
    def __call__(self, status: str, /) -> None: ...


class _Lines:
    def __init__(self, console: Console, quiet: float) -> None:
        self._console = console
        self._quiet = quiet
        self._next = time.monotonic() + quiet

    def detail(self, text: str) -> None:
        now = time.monotonic()
        if now >= self._next:
            self._console.print(f"[dim]  {text}[/]", highlight=False)
            self._next = now + self._quiet


class SilentProgress:
    """Says nothing."""

    @contextmanager
    def step(self, title: str) -> Iterator[Step]:
        """Run the body."""
        yield _Silence()


class _Silence:
    def detail(self, text: str) -> None:
        del text
