"""notifications/send_notifications: sends notifications of workflow events, and removes what was erased from them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from countersign_common.aws.sqs import Failures, Message, sqs_handler
from countersign_common.clock import from_rfc3339
from countersign_common.events.cloud_event import CloudEvent, InvalidEventError
from countersign_common.events.erasure_event import ERASURE, ERASURE_TYPE, Erasure
from countersign_common.events.workflow_event import WORKFLOW_EVENT, WORKFLOW_EVENT_TYPE
from countersign_common.ids import is_id
from countersign_common.telemetry import Telemetry

from notifications_service.bootstrap.send_notifications import QueueService, build_queue_service
from notifications_service.domain.notification import IncomingEvent
from notifications_service.domain.recipients import notification_kind_for
from notifications_service.use_cases.erase_copies import TIME_BUDGET


def consume(service: QueueService, messages: Sequence[Message], telemetry: Telemetry) -> Failures:
    """Send the notifications of a batch, then remove what was erased. A message with an invalid event fails alone."""
    deadline = service.clock() + TIME_BUDGET
    events: dict[str, IncomingEvent] = {}
    erasures: dict[str, Erasure] = {}
    invalid: dict[str, str] = {}
    for message in messages:
        try:
            if message.event.type == ERASURE_TYPE:
                erasures[message.message_id] = ERASURE.load(message.event.data)
            else:
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
    failures = {**invalid, **service.send_notifications(events)} if events else invalid
    return {**failures, **_erase(service, erasures, deadline, telemetry)}


def _erase(
    service: QueueService, erasures: Mapping[str, Erasure], deadline: datetime, telemetry: Telemetry
) -> Failures:
    failures: dict[str, str] = {}
    erased = 0
    for message_id, erasure in erasures.items():
        try:
            erased += service.erase_copies(erasure, deadline)
        except Exception as error:
            failures[message_id] = f"{type(error).__name__}: {error}"
    if erasures:
        telemetry.count("NotificationsErased", erased)
    return failures


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


handler = sqs_handler(consume, build_queue_service, function="send-notifications")
