"""Mark all of somebody's notifications as read."""

from dataclasses import dataclass
from datetime import datetime

from countersign_common.clock import Clock

from notifications_service.use_cases.ports import Inbox


@dataclass(frozen=True)
class Marked:
    """What was done.

    Attributes:
        marked: how many were unread and are read now.
    """

    marked: int


def mark_all(user_id: str, *, before: datetime | None = None, inbox: Inbox, clock: Clock) -> Marked:
    """Mark what is unread as read, up to and including an instant: what arrives meanwhile stays unread.

    One call marks at most 500; a caller with more unread asks again.

    Args:
        before: the instant, UTC; None for now.
    """
    return Marked(inbox.mark_all(user_id, until=before or clock()))
