"""Where the functions' services are put together."""

from dataclasses import dataclass
from functools import partial
from typing import Any


@dataclass(frozen=True)
class Api:
    list_notifications: partial[Any]
    mark_notification: partial[Any]
    mark_all: partial[Any]
    open_session: partial[Any]


def api() -> Api:
    raise NotImplementedError
