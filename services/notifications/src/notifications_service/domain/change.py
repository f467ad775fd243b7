"""Changes of workflows, for the clients that show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from notifications_service.domain.notification import IncomingEvent


@dataclass(frozen=True)
class WorkflowChange:
    """Informs one participant that a workflow has changed. It has no content and is not stored.

    Attributes:
        recipient: User id.
        version: Of the workflow after the action: the sequence of its event.
        occurred_at: When, in UTC.
    """

    recipient: str
    workflow_id: str
    version: int
    occurred_at: datetime


def changes_of(event: IncomingEvent, participants: Iterable[str]) -> list[WorkflowChange]:
    """Return the change for each participant of an event."""
    data = event.data
    return [
        WorkflowChange(participant, data.workflow_id, data.sequence, event.occurred_at)
        for participant in participants
    ]
