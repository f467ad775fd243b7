"""What the machine lacks, told in place of a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console

from local_cloud.errors import CloudError


@contextmanager
def complaints() -> Iterator[None]:
    """End the program with the message, and exit code 1, where the body raises CloudError."""
    try:
        yield
    except CloudError as error:
        Console(stderr=True).print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(1) from None
