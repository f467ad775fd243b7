"""Show somebody their notifications, newest first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from countersign_common.cursors import Cursors
from countersign_common.problems import Fault, bad_request

from notifications_service.domain.notification import Notification
from notifications_service.use_cases.ports import Inbox

Status = Literal["unread", "all"]

_POSITION = re.compile(r"[0-9T:.-]{23}Z#[0-9a-f-]{36}\Z")


@dataclass(frozen=True)
class Page:
    """A page of the list.

    Attributes:
        items: newest first, at most as many as were asked for.
        unread_count: of the whole inbox, counted up to 1,000.
        cursor: where the next page starts; None at the end.
    """

    items: Sequence[Notification]
    unread_count: int
    cursor: str | None


def list_notifications(
    user_id: str, *, status: Status, limit: int, cursor: str | None = None, inbox: Inbox
) -> Page:
    """One page of a user's notifications.

    Args:
        status: all of them, or the unread ones.
        limit: 1 to 100.
        cursor: of the page before, for the same user and status; None for the first.

    Raises:
        Problem: 400, for a cursor that this list did not give.
    """
    cursors = Cursors("notifications", status, user_id)
    after = _position(cursors.read(cursor))
    read = inbox.newest_unread if status == "unread" else inbox.newest
    part = read(user_id, limit=limit, after=after)
    return Page(part.notifications, inbox.unread_count(user_id), cursors.write(part.next_position))


def _position(given: object) -> str | None:
    """A cursor can be made up by who knows how it is written; it must still be a position before a store sees it."""
    if given is None:
        return None
    if not isinstance(given, str) or not _POSITION.match(given):
        raise bad_request([Fault("query", "/cursor", "not a cursor of this list with these filters")])
    return given
