"""Handing a committed event on to both queues: right after its commit, or later from the outbox."""

from typing import Protocol

from workflow_service.use_cases.seal import Messages, SealedEvent


class Delivery(Protocol):
    """Takes messages to the audit trail's queue and to the notifications' queue."""

    def deliver(self, messages: Messages) -> None:
        """Send both, side by side. Raises anything when one of them was not taken."""
        ...


class Outbox(Protocol):
    """Remembers which committed events are still to be handed on."""

    def clear(self, event: SealedEvent) -> None:
        """Strike out an event that both queues have taken."""
        ...


class Warn(Protocol):
    """Tells the log what went wrong and was dealt with."""

    def __call__(self, message: str, **keys: object) -> None: ...


def hand_on(
    event: SealedEvent, messages: Messages, *, delivery: Delivery, outbox: Outbox, warn: Warn
) -> bool:
    """Send an event's messages, then strike it out of the outbox.

    Never fails: the event is committed and the outbox holds it, so whatever goes wrong here is made good by
    the next relay. A message sent twice does no harm; the consumers know its id.

    Returns:
        Whether it is handed on and struck out.
    """
    try:
        delivery.deliver(messages)
        outbox.clear(event)
    except Exception as error:
        warn("event stays in the outbox", **failure_of(event, error))
        return False
    return True


def failure_of(event: SealedEvent, error: Exception) -> dict[str, str]:
    """The keys of a line that tells what went wrong with an event."""
    return {
        "correlationId": event.correlation_id,
        "eventId": event.event_id,
        "workflowId": event.workflow_id,
        "reason": f"{type(error).__name__}: {error}",
    }
