"""A notification: what one recipient is told about one action, and whether it was read."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from notifications_service.domain.action import ActionType, Outcome, Person

RETENTION = timedelta(days=90)
"""How long a notification is kept after it was made."""


class NotificationType(StrEnum):
    """What a notification is about."""

    APPROVAL_REQUESTED = "APPROVAL_REQUESTED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"


@dataclass(frozen=True)
class Notification:
    """What one recipient is told about one action.

    Attributes:
        notification_id: the same for the same event and recipient, however often it is delivered.
        recipient: a userId; nobody else may see or mark it.
        type: what it is about.
        workflow_id, title, scheme, step_id, round, sequence, action_type, outcome, action_owner, comment,
            occurred_at: of the action.
        created_at: when it was made, UTC.
        read: whether the recipient has marked it so.
        correlation_id: of the request that the action came from.
    """

    notification_id: str
    recipient: str
    type: NotificationType
    workflow_id: str
    title: str
    scheme: str
    step_id: str | None
    round: int
    sequence: int
    action_type: ActionType
    outcome: Outcome
    action_owner: Person
    comment: str | None
    occurred_at: datetime
    created_at: datetime
    correlation_id: str
    read: bool = False

    @property
    def expires_at(self) -> datetime:
        """When it may be forgotten."""
        return self.created_at + RETENTION
