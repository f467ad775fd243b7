"""Opaque cursors: where the next page of a list starts. A cursor is valid only for the list that created it."""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, TypeVar

from countersign_common.http.problems import invalid_cursor
from countersign_common.http.request import Request
from countersign_common.http.response import Response, ok
from countersign_common.pagination import Page

PositionT = TypeVar("PositionT")


class Cursors(Generic[PositionT]):
    """The cursors of one list, as one caller requests it.

    A cursor contains a digest of its scope, so another list, other filters or another caller reject it. The digest is
    not secret: clients can make cursors by hand, so `parse` checks the position like any other input.
    """

    def __init__(self, parse: Callable[[Any], PositionT], *scope: Any) -> None:
        """
        Args:
            parse: Turns the decoded JSON of a position into a position; raises ValueError for anything else.
            scope: Name of the list, its filters, the caller: JSON values and datetimes.
        """
        self._parse = parse
        text = json.dumps(scope, sort_keys=True, default=datetime.isoformat)
        self._digest = hashlib.sha256(text.encode()).hexdigest()[:16]

    def write(self, position: Any) -> str | None:
        """Return the cursor of a position (a JSON value). None, the end of the list, stays None."""
        if position is None:
            return None
        text = json.dumps([self._digest, position], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def read(self, cursor: str | None) -> PositionT | None:
        """Return the position of a cursor; None if there is no cursor.

        Raises:
            ProblemError: 400 for a cursor that this list did not create.
        """
        if cursor is None:
            return None
        try:
            padded = cursor + "=" * (-len(cursor) % 4)
            digest, position = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
            if digest != self._digest:
                raise invalid_cursor()
            return self._parse(position)
        except (binascii.Error, ValueError, TypeError, RecursionError) as error:
            raise invalid_cursor() from error


def text_position(pattern: re.Pattern[str]) -> Callable[[Any], str]:
    """Return a parser of positions that are text of a pattern."""

    def parse(position: Any) -> str:
        if not isinstance(position, str) or not pattern.match(position):
            raise ValueError("not a position of this list")
        return position

    return parse


def page_response(
    request: Request,
    cursors: Cursors[PositionT],
    get_page: Callable[[PositionT | None, int], Page[Any, PositionT]],
) -> Response:
    """Return one page of a list as `{items, cursor}`.

    Args:
        request: Its query was loaded by a subclass of `PageQuery`.
        cursors: Of this list.
        get_page: Called with the position after which the page starts (None for the first page) and the limit.
    """
    page = get_page(cursors.read(request.query["cursor"]), request.query["limit"])
    return ok({"items": page.items, "cursor": cursors.write(page.next_position)})
