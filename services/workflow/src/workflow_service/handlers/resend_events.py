"""workflow-resend-events: sends the events that the audit service lacks again."""

from collections.abc import Sequence

from countersign_common.aws.sqs import Failures, Message, sqs_handler
from countersign_common.events.cloud_event import CloudEvent, InvalidEventError
from countersign_common.events.resend_request import RESEND_REQUEST, RESEND_REQUEST_TYPE, ResendRequest
from countersign_common.telemetry import Telemetry

from workflow_service.bootstrap import build_resend_event
from workflow_service.use_cases.resend_event import ResendEvent


def consume(resend_event: ResendEvent, messages: Sequence[Message], telemetry: Telemetry) -> Failures:
    """Send the events of a batch of requests. A request that fails does so alone.

    A request for what this service doesn't have is logged and counted, and its message succeeds: to repeat it would
    change nothing. The audit service keeps its finding.
    """
    failures: dict[str, str] = {}
    sent = unknown = 0
    for message in messages:
        try:
            request = resend_request(message.event)
            reason = resend_event(request)
        except InvalidEventError as error:
            failures[message.message_id] = f"invalid event: {error}"
            continue
        except Exception as error:
            failures[message.message_id] = f"{type(error).__name__}: {error}"
            continue
        if reason is None:
            sent += 1
            continue
        unknown += 1
        telemetry.warning(
            "event can't be sent again",
            workflowId=request.workflow_id,
            sequence=request.sequence,
            eventId=request.event_id,
            reason=reason,
        )
    telemetry.count("EventsResent", sent)
    telemetry.count("EventsNotResendable", unknown)
    return failures


def resend_request(event: CloudEvent) -> ResendRequest:
    """Return the request in a CloudEvent.

    Raises:
        InvalidEventError: It has another type, or its data doesn't match the contract.
    """
    if event.type != RESEND_REQUEST_TYPE:
        raise InvalidEventError(f"Events of type {event.type!r} don't belong in this queue.")
    return RESEND_REQUEST.load(event.data)


handler = sqs_handler(consume, build_resend_event, function="resend-events")
