"""Publish a committed event: right after its commit, or later from the outbox."""

from dataclasses import dataclass

from countersign_common.telemetry import Warn

from workflow_service.domain.events import EventMessages, SealedEvent
from workflow_service.ports import EventPublisher, Outbox


@dataclass(frozen=True)
class PublishEvent:
    """Send an event's messages, then remove it from the outbox.

    It never raises: the event is committed and in the outbox, so the next relay run repeats what fails here. Consumers
    recognize a message that is sent twice by its id.
    """

    publisher: EventPublisher
    outbox: Outbox
    warn: Warn

    def __call__(self, event: SealedEvent, messages: EventMessages) -> bool:
        """Return whether the event was published and removed from the outbox."""
        try:
            self.publisher.publish(messages)
            self.outbox.remove(event)
        except Exception as error:
            self.warn("event stays in the outbox", **log_keys(event, error))
            return False
        return True


def log_keys(event: SealedEvent, error: Exception) -> dict[str, str]:
    """Return the keys of a log line about an event that failed."""
    return {
        "correlationId": event.correlation_id,
        "eventId": event.event_id,
        "workflowId": event.workflow_id,
        "reason": f"{type(error).__name__}: {error}",
    }
