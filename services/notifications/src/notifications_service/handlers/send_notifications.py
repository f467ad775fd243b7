"""notifications/send_notifications: sends the notifications of the queue's workflow events."""

from collections.abc import Sequence

from countersign_common.aws.sqs import Failures, Message, sqs_handler
from countersign_common.clock import from_rfc3339
from countersign_common.events.cloud_event import CloudEvent, InvalidEventError
from countersign_common.events.workflow_event import WORKFLOW_EVENT, WORKFLOW_EVENT_TYPE
from countersign_common.ids import is_id
from countersign_common.telemetry import Telemetry

from notifications_service.bootstrap import build_sender
from notifications_service.domain.notification import IncomingEvent
from notifications_service.domain.recipients import notification_kind_for
from notifications_service.use_cases.send_notifications import SendNotifications


def consume(
    send_notifications: SendNotifications, messages: Sequence[Message], telemetry: Telemetry
) -> Failures:
    """Send the notifications of a batch. A message with an invalid event fails alone."""
    events: dict[str, IncomingEvent] = {}
    invalid: dict[str, str] = {}
    for message in messages:
        try:
            events[message.message_id] = incoming_event(message.event)
        except InvalidEventError as error:
            invalid[message.message_id] = f"invalid event: {error}"
    unused = [
        event.data.action_type
        for event in events.values()
        if notification_kind_for(event.data.action_type) is None
    ]
    if unused:
        telemetry.count("EventsWithoutNotification", len(unused))
        telemetry.info("events without notification", actionTypes=sorted(set(unused)))
    return {**invalid, **send_notifications(events)}


def incoming_event(event: CloudEvent) -> IncomingEvent:
    """Return the workflow event in a CloudEvent.

    Raises:
        InvalidEventError: It has another type, its id is not a UUID, or its data doesn't match the contract.
    """
    if event.type != WORKFLOW_EVENT_TYPE:
        raise InvalidEventError(f"Events of type {event.type!r} don't belong in this queue.")
    if not is_id(event.id):
        raise InvalidEventError("The event's id is not a UUID in lower case.")
    data = WORKFLOW_EVENT.load(event.data)
    return IncomingEvent(event.id, event.correlation_id, from_rfc3339(data.occurred_at), data)


handler = sqs_handler(consume, build_sender, function="send-notifications")
