"""A cache in the memory of a function's container."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from countersign_common.clock import Clock

KeyT = TypeVar("KeyT", bound=Hashable)
ValueT = TypeVar("ValueT")


class ExpiringCache(Generic[KeyT, ValueT]):
    """Values that are valid for some time. Threads can share it."""

    def __init__(self, clock: Clock, *, max_age: timedelta, max_size: int) -> None:
        """
        Args:
            clock: Its time.
            max_age: How long a value is valid after it was set.
            max_size: Maximum number of values. Beyond it, the value that was set first is removed.
        """
        self._clock = clock
        self._max_age = max_age
        self._max_size = max_size
        self._values: OrderedDict[KeyT, tuple[datetime, ValueT]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: KeyT) -> tuple[ValueT] | None:
        """Return the value in a tuple, because it may be None; None if there is no valid value."""
        now = self._clock()
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            set_at, value = found
            if now - set_at >= self._max_age:
                del self._values[key]
                return None
            return (value,)

    def set(self, key: KeyT, value: ValueT) -> None:
        """Set a value, which is valid from now on."""
        now = self._clock()
        with self._lock:
            self._values.pop(key, None)
            self._values[key] = (now, value)
            if len(self._values) > self._max_size:
                self._values.popitem(last=False)
