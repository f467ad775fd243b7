"""Calls in parallel: for reads that each wait for a store."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

MAX_THREADS = 16


def map_parallel(
    call: Callable[[ItemT], ResultT], items: Iterable[ItemT], threads: int = MAX_THREADS
) -> list[ResultT]:
    """Return the results of a call for each item, in order.

    Raises:
        Exception: What the first call that failed has raised.
    """
    listed = list(items)
    if len(listed) < 2:
        return [call(item) for item in listed]
    with ThreadPoolExecutor(min(threads, len(listed))) as executor:
        return list(executor.map(call, listed))
