"""Opaque cursors: where the next page of a list starts, bound to the list that gave them."""

import base64
import binascii
import hashlib
import json
from typing import Any

from countersign_common.problems import Fault, Problem, bad_request


class Cursors:
    """The cursors of one list as one caller asks for it.

    A cursor carries a digest of what it belongs to; in another list, with other filters or for another
    caller it is refused rather than giving a page that means nothing.
    """

    def __init__(self, *belongs_to: Any) -> None:
        """
        Args:
            belongs_to: the list's name, its filters, the caller: JSON values.
        """
        text = json.dumps(belongs_to, sort_keys=True, default=str)
        self._digest = hashlib.sha256(text.encode()).hexdigest()[:16]

    def write(self, position: Any) -> str | None:
        """A cursor for a position (any JSON value); None, the end of the list, stays None."""
        if position is None:
            return None
        text = json.dumps([self._digest, position], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def read(self, cursor: str | None) -> Any:
        """The position in a cursor, or None when there is none.

        Raises:
            Problem: 400, for a cursor that this list did not give.
        """
        if cursor is None:
            return None
        try:
            padded = cursor + "=" * (-len(cursor) % 4)
            digest, position = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        except (binascii.Error, ValueError, TypeError, RecursionError) as error:
            raise _not_ours() from error
        if digest != self._digest or position is None:
            raise _not_ours()
        return position


def _not_ours() -> Problem:
    return bad_request([Fault("query", "/cursor", "not a cursor of this list with these filters")])
