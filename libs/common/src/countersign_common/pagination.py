"""Pages of lists."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

ItemT = TypeVar("ItemT")
PositionT = TypeVar("PositionT")


@dataclass(frozen=True)
class Page(Generic[ItemT, PositionT]):
    """One page of a list.

    Attributes:
        items: In the order of the list.
        next_position: Position of the last item, after which the next page starts; None on the last page.
    """

    items: Sequence[ItemT]
    next_position: PositionT | None = None


def paginate(
    items: Iterable[ItemT], limit: int, position_of: Callable[[ItemT], PositionT]
) -> Page[ItemT, PositionT]:
    """Return the first `limit` items (at least 1) as a page. Reads one more to know whether a page follows."""
    taken = list(islice(items, limit + 1))
    page = taken[:limit]
    return Page(page, position_of(page[-1]) if len(taken) > limit else None)
