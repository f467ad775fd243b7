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
    """Return the first `limit` items as a page. Reads one item more, to know whether there is a next page."""
    source = iter(items)
    taken = list(islice(source, limit))
    has_more = len(taken) == limit and next(source, None) is not None
    return Page(taken, position_of(taken[-1]) if has_more else None)
