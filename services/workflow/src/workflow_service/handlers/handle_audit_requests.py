"""workflow-handle-audit-requests: sends events again that the audit service lacks, and removes what it has erased."""

from collections.abc import Sequence

from countersign_common.aws.sqs import Failures, Message, sqs_handler
from countersign_common.events.cloud_event import CloudEvent, InvalidEventError
from countersign_common.events.erasure_event import ERASURE, ERASURE_TYPE, Erasure
from countersign_common.events.resend_request import RESEND_REQUEST, RESEND_REQUEST_TYPE, ResendRequest
from countersign_common.telemetry import Telemetry

from workflow_service.bootstrap.handle_audit_requests import AuditRequests, build_audit_requests
from workflow_service.use_cases.erase_copies import TIME_BUDGET


def consume(requests: AuditRequests, messages: Sequence[Message], telemetry: Telemetry) -> Failures:
    """Process a batch of resend requests and erasures. A message that fails doesn't affect the others.

    A request for an event that this service doesn't have is logged and counted, and its message succeeds: repeating it
    would change nothing. The audit service keeps its finding.
    """
    failures: dict[str, str] = {}
    counts = {"EventsResent": 0, "EventsNotResendable": 0, "EventsErased": 0}
    deadline = requests.clock() + TIME_BUDGET
    for message in messages:
        try:
            match audit_request(message.event):
                case Erasure() as erasure:
                    counts["EventsErased"] += requests.erase_copies(erasure, deadline)
                case ResendRequest() as request:
                    counts[_resend(requests, request, telemetry)] += 1
        except InvalidEventError as error:
            failures[message.message_id] = f"invalid event: {error}"
        except Exception as error:
            failures[message.message_id] = f"{type(error).__name__}: {error}"
    for metric, count in counts.items():
        telemetry.count(metric, count)
    return failures


def audit_request(event: CloudEvent) -> ResendRequest | Erasure:
    """Return the request or the erasure in a CloudEvent.

    Raises:
        InvalidEventError: It has another type, or its data doesn't match the contract.
    """
    if event.type == ERASURE_TYPE:
        return ERASURE.load(event.data)
    if event.type == RESEND_REQUEST_TYPE:
        return RESEND_REQUEST.load(event.data)
    raise InvalidEventError(f"Events of type {event.type!r} don't belong in this queue.")


def _resend(requests: AuditRequests, request: ResendRequest, telemetry: Telemetry) -> str:
    """Send an event again, and return the metric that counts it."""
    reason = requests.resend_event(request)
    if reason is None:
        return "EventsResent"
    telemetry.warning(
        "event can't be sent again",
        workflowId=request.workflow_id,
        sequence=request.sequence,
        eventId=request.event_id,
        reason=reason,
    )
    return "EventsNotResendable"


handler = sqs_handler(consume, build_audit_requests, function="handle-audit-requests")
