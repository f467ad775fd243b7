"""Send an event to the audit trail again that the audit service lacks."""

from dataclasses import dataclass

from countersign_common.events.resend_request import ResendRequest

from workflow_service.domain.events import UnreadableEvent
from workflow_service.ports import AuditTrailPublisher, EventReader


@dataclass(frozen=True)
class ResendEvent:
    """Send the audit event of a committed event again, whether it was sent before or not.

    The audit trail recognizes it by its id. Notifications are not sent again.
    """

    events: EventReader
    publisher: AuditTrailPublisher

    def __call__(self, request: ResendRequest) -> str | None:
        """Return why the event can't be sent, now or later; None if it was sent.

        Raises:
            StoreUnavailableError: The database is busy or does not respond.
        """
        event = self.events.read(request.workflow_id, request.sequence)
        if event is None:
            return "There is no such event."
        if isinstance(event, UnreadableEvent):
            return f"The event can't be read: {event.reason}"
        if event.event_id != request.event_id:
            return f"The event has the id {event.event_id}."
        self.publisher.publish(event.messages().audit_trail)
        return None
