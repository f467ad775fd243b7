"""Requests that are sent again: the same key and the same request get the first answer again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from countersign_common.problems import Fault, Problem

from workflow_service.domain.visibility import View

REMEMBERED_FOR = timedelta(hours=24)
"""How long an Idempotency-Key means the same request; then it is as good as new."""


@dataclass(frozen=True)
class Once:
    """A request's claim to be done once only.

    Attributes:
        user_id: whose key it is; another user's same key is another key.
        key: 1 to 128 printable ASCII characters.
        fingerprint: of what is asked, 64 hex digits.
    """

    user_id: str
    key: str
    fingerprint: str


@dataclass(frozen=True)
class Answered:
    """What is remembered of a request that was done.

    Attributes:
        fingerprint: of what was asked.
        view: what was answered.
        expires_at: when it counts as forgotten, whether the store has dropped it by then or not.
    """

    fingerprint: str
    view: View
    expires_at: datetime


def first_answer(once: Once | None, answered: Answered | None, now: datetime) -> View | None:
    """What this very request was answered before; None when it was never done, or too long ago.

    Raises:
        Problem: 422, when the key was used for another request.
    """
    if once is None or answered is None or answered.expires_at <= now:
        return None
    if answered.fingerprint != once.fingerprint:
        detail = "This key was used for another request; a new request needs a new key."
        raise Problem(
            422, "idempotency-key-reused", detail, [Fault("header", "/Idempotency-Key", "used before")]
        )
    return answered.view
