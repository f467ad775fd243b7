"""Calls in parallel: for reads that each wait for a store."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

MAX_THREADS = 16
"""Number of calls at the same time, in the whole process."""

_NAME = "map-parallel"


def map_parallel(call: Callable[[ItemT], ResultT], items: Iterable[ItemT]) -> list[ResultT]:
    """Return the results of a call for each item, in order.

    Raises:
        Exception: What the first call that failed has raised.
    """
    listed = list(items)
    # Nested calls run sequentially: otherwise, all threads could wait for each other.
    if len(listed) < 2 or threading.current_thread().name.startswith(_NAME):
        return [call(item) for item in listed]
    return list(_executor().map(call, listed))


# Starting threads for each use takes longer than the reads of a warm store.
@cache
def _executor() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(MAX_THREADS, thread_name_prefix=_NAME)
