"""Pages of lists."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list.

    Attributes:
        items: in the list's order.
        next_position: where the next page starts; None on the last one.
    """

    items: list[T]
    next_position: Any


def page_of(items: Iterable[T], limit: int, position_of: Callable[[T], Any]) -> Page[T]:
    """The first `limit` of what comes; one more is drawn to know whether there is a next page.

    Args:
        position_of: an item's place in the list; the next page starts after the last item's.
    """
    source: Iterator[T] = iter(items)
    taken = list(islice(source, limit))
    there_is_more = len(taken) == limit and next(source, None) is not None
    return Page(taken, position_of(taken[-1]) if there_is_more else None)
