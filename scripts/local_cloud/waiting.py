"""Waiting for something with a deadline."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from local_cloud.errors import CloudError

Value = TypeVar("Value")


def wait_until(
    probe: Callable[[], Value | None], *, what: str, patience: float = 10.0, pause: float = 0.1
) -> Value:
    """Ask `probe` until it has an answer.

    Args:
        probe: answers None for as long as there is nothing yet.
        what: what is waited for, for the error.
        patience: seconds.
        pause: seconds between two probes.

    Raises:
        CloudError: there was none within `patience` seconds.
    """
    deadline = time.monotonic() + patience
    while (value := probe()) is None:
        if time.monotonic() >= deadline:
            raise CloudError(f"Waited {patience:.0f} s in vain for {what}.")
        time.sleep(pause)
    return value
