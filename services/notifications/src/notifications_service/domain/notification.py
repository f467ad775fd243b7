"""Notifications: one recipient's copy of what happened to a workflow, and whether it was read."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from countersign_common.clock import to_rfc3339
from countersign_common.events.workflow_event import EventActionOwner, WorkflowEvent
from countersign_common.ids import UUID_PATTERN, derived_id

RETENTION = timedelta(days=90)
"""How long a notification is stored after its creation."""

POSITION_PATTERN = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z#" + UUID_PATTERN.pattern
)
"""Matches every `Notification.position`."""

Failures = Mapping[str, str]
"""Ids of what failed, with the reason."""


class NotificationKind(StrEnum):
    """What a notification is about."""

    APPROVAL_REQUESTED = "APPROVAL_REQUESTED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"


@dataclass(frozen=True)
class IncomingEvent:
    """A workflow event as a message delivers it.

    Attributes:
        event_id: A UUID.
        correlation_id: Of the HTTP request that caused the event.
        occurred_at: The event's own, in UTC.
        data: What happened.
    """

    event_id: str
    correlation_id: str
    occurred_at: datetime
    data: WorkflowEvent


@dataclass(frozen=True)
class ErasedParts:
    """The parts of an event that were erased.

    Attributes:
        person: The name of the action owner.
        content: Title and comment.
    """

    person: bool
    content: bool


@dataclass(frozen=True)
class Resolution:
    """The action that ended a request for approval: no decision is needed after it.

    Attributes:
        event_id, sequence, action_type: Of the action's event.
        by: Who acted. The name is empty once it was erased.
        at: When, in UTC.
    """

    event_id: str
    sequence: int
    action_type: str
    by: EventActionOwner
    at: datetime

    def without_name(self) -> "Resolution":
        """Return the resolution once the name was erased."""
        return replace(self, by=replace(self.by, name=""))


@dataclass(frozen=True)
class Notification:
    """One recipient's notification of one action.

    Attributes:
        notification_id: Derived from event and recipient, so that it is the same in every delivery.
        recipient: User id of the one user who may see and mark it.
        workflow_id, title, scheme, step_id, round, sequence, action_type, outcome, action_owner, comment,
            occurred_at: Of the event. Action type and outcome may be names that this version doesn't know. Title and
            name are empty once they were erased.
        created_at: In UTC.
        correlation_id: Of the HTTP request that caused the event.
        read: Whether the recipient has marked it as read, or it is resolved.
        resolution: What ended the request for approval; None for one that is pending, and for other kinds.
    """

    notification_id: str
    recipient: str
    type: NotificationKind
    workflow_id: str
    title: str
    scheme: str
    step_id: str | None
    round: int
    sequence: int
    action_type: str
    outcome: str
    action_owner: EventActionOwner
    comment: str | None
    occurred_at: datetime
    created_at: datetime
    correlation_id: str
    read: bool = False
    resolution: Resolution | None = None

    @property
    def content_erased(self) -> bool:
        """Whether title and comment were erased: a title is never empty otherwise."""
        return not self.title

    @property
    def position(self) -> str:
        """Sort key within the recipient's notifications: time of creation, then id."""
        return f"{to_rfc3339(self.created_at)}#{self.notification_id}"

    def without(self, parts: ErasedParts) -> "Notification":
        """Return the notification without what was erased of its event."""
        owner = replace(self.action_owner, name="") if parts.person else self.action_owner
        if parts.content:
            return replace(self, action_owner=owner, title="", comment=None)
        return replace(self, action_owner=owner)

    def resolved(self, resolution: Resolution) -> "Notification":
        """Return the notification as resolved. It is read, because no decision is needed anymore."""
        return replace(self, resolution=resolution, read=True)

    @property
    def expires_at(self) -> datetime:
        """When the notification is deleted."""
        return self.created_at + RETENTION


@dataclass(frozen=True)
class StoreResult:
    """The result of storing notifications.

    Attributes:
        created: Notifications that are new.
        existing: Notifications that an earlier delivery has stored, as they are stored: they may have been read since.
        failures: By notification id.
    """

    created: Sequence[Notification]
    existing: Sequence[Notification]
    failures: Failures


def create_notifications(
    event: IncomingEvent, kind: NotificationKind, recipients: Iterable[str], created_at: datetime
) -> list[Notification]:
    """Return the notification of each recipient of an event."""
    data = event.data
    return [
        Notification(
            notification_id=derived_id(event.event_id, recipient),
            recipient=recipient,
            type=kind,
            workflow_id=data.workflow_id,
            title=data.title,
            scheme=data.scheme,
            step_id=data.step_id,
            round=data.round,
            sequence=data.sequence,
            action_type=data.action_type,
            outcome=data.outcome,
            action_owner=data.action_owner,
            comment=data.comment,
            occurred_at=event.occurred_at,
            created_at=created_at,
            correlation_id=event.correlation_id,
        )
        for recipient in recipients
    ]
