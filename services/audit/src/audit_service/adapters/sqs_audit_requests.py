"""The queue `audit-requests`: what the function `audit-erase` does."""

from typing import TYPE_CHECKING, Any

from countersign_common.aws.errors import store_errors
from countersign_common.aws.sqs import send_arguments
from countersign_common.clock import Clock, to_rfc3339
from countersign_common.events.cloud_event import CloudEvent
from countersign_common.ids import NewId

from audit_service.domain.erasure_request import ERASURE_REQUEST, ERASURE_REQUEST_TYPE, ErasureRequest
from audit_service.domain.own_events import OWN_EVENT, OWN_EVENT_TYPE, OWN_SOURCE, OwnEvent

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class SqsAuditRequests:
    """The port `AuditRequests` on an SQS queue."""

    def __init__(self, client: "SQSClient", queue_url: str, clock: Clock, new_id: NewId) -> None:
        """
        Args:
            client: A client with timeouts.
            queue_url: URL of the queue.
            clock: The time of the messages.
            new_id: Ids of requests. An own event has one already.
        """
        self._client = client
        self._queue_url = queue_url
        self._clock = clock
        self._new_id = new_id

    def request_erasure(self, erasure_id: str, *, delay_seconds: int = 0) -> None:
        """Send a message that is delivered after the delay."""
        event = self._event(
            self._new_id(),
            ERASURE_REQUEST_TYPE,
            f"erasure/{erasure_id}",
            erasure_id,
            ERASURE_REQUEST.dump(ErasureRequest(erasure_id)),
        )
        self._send(event, DelaySeconds=delay_seconds)

    def record(self, event: OwnEvent) -> None:
        """Send the event."""
        subject = f"{event.target.type}/{event.target.id}"
        data = OWN_EVENT.dump(event)
        self._send(self._event(event.event_id, OWN_EVENT_TYPE, subject, event.request_id, data))

    def _event(
        self, event_id: str, event_type: str, subject: str, correlation_id: str, data: dict[str, Any]
    ) -> CloudEvent:
        return CloudEvent(
            id=event_id,
            source=OWN_SOURCE,
            type=event_type,
            subject=subject,
            time=to_rfc3339(self._clock()),
            correlation_id=correlation_id,
            data=data,
        )

    def _send(self, event: CloudEvent, **options: Any) -> None:
        with store_errors():
            self._client.send_message(
                QueueUrl=self._queue_url, **send_arguments(event.to_message()), **options
            )
