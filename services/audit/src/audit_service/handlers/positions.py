"""Where a page of a search goes on: from a cursor to a position, and back."""

from countersign_common.cursors import Cursors
from countersign_common.ids import is_id
from countersign_common.problems import Fault, bad_request
from countersign_common.requests import Request

from audit_service.domain.search import Position


class Positions:
    """The positions of one search: its cursors fit no other route, filters or caller."""

    def __init__(self, request: Request) -> None:
        filters, principals = vars(request.query["filters"]), sorted(request.caller.principals)
        self._cursors = Cursors(request.route, filters, principals)
        self._given = request.query["cursor"]

    def start(self) -> Position | None:
        """Behind which the page begins; None at the beginning. Raises Problem 400 for a cursor of another list."""
        match self._cursors.read(self._given):
            case None:
                return None
            case [int(occurred_at), str(dataset_id)] if (
                type(occurred_at) is int and 0 <= occurred_at < 2**53 and is_id(dataset_id)
            ):
                return Position(occurred_at, dataset_id)
        # A digest can be copied onto another position: what is in a cursor is input like any other.
        raise bad_request([Fault("query", "/cursor", "not a cursor of this list with these filters")])

    def cursor_behind(self, last: Position | None) -> str | None:
        """The cursor of the next page; None when there is none."""
        return self._cursors.write(None if last is None else [last.occurred_at, last.dataset_id])
