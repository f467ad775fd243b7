"""Errors that a person can fix, and how the commands report them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console


class CloudError(Exception):
    """A command can't do its work.

    Args:
        message: What is wrong, in a sentence.
        fix: The command or step that fixes it, if one is known.
    """

    def __init__(self, message: str, fix: str | None = None) -> None:
        super().__init__(f"{message} Fix: {fix}" if fix else message)


@contextmanager
def exit_on_error(logs: Path | None = None) -> Iterator[None]:
    """Print an error as one message, with the folder of the logs, and exit with code 1."""
    try:
        yield
    except (CloudError, BotoCoreError, ClientError) as error:
        console = Console(stderr=True)
        console.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        if logs is not None and logs.is_dir():
            console.print(f"Logs: {logs}", highlight=False, soft_wrap=True)
        raise typer.Exit(1) from None
