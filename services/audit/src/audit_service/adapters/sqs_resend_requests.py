"""Requests events from the workflow service, over its queue `workflow-requests`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from countersign_common.aws.errors import busy, store_errors
from countersign_common.aws.sqs import send_arguments
from countersign_common.clock import Clock, to_rfc3339
from countersign_common.events.cloud_event import CloudEvent
from countersign_common.events.resend_request import RESEND_REQUEST, RESEND_REQUEST_TYPE, ResendRequest
from countersign_common.ids import NewId
from countersign_common.parallel import map_parallel

from audit_service.domain.own_events import OWN_SOURCE

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

BATCH_LIMIT = 10
"""Maximum number of messages in one SendMessageBatch call (SQS quota)."""


class SqsResendRequests:
    """The port `ResendRequests` on an SQS queue."""

    def __init__(self, client: "SQSClient", queue_url: str, clock: Clock, new_id: NewId) -> None:
        """
        Args:
            client: A client with timeouts.
            queue_url: URL of the queue.
            clock: The time of the messages.
            new_id: Their ids.
        """
        self._client = client
        self._queue_url = queue_url
        self._clock = clock
        self._new_id = new_id

    def send(self, requests: Sequence[ResendRequest]) -> None:
        """Send ten messages in each call."""
        batches = [requests[start : start + BATCH_LIMIT] for start in range(0, len(requests), BATCH_LIMIT)]
        map_parallel(self._send_batch, batches)

    def _send_batch(self, batch: Sequence[ResendRequest]) -> None:
        entries: Any = [
            {"Id": str(number), **send_arguments(self._event(request).to_message())}
            for number, request in enumerate(batch)
        ]
        with store_errors():
            response = self._client.send_message_batch(QueueUrl=self._queue_url, Entries=entries)
        if response.get("Failed"):
            raise busy()

    def _event(self, request: ResendRequest) -> CloudEvent:
        event_id = self._new_id()
        return CloudEvent(
            id=event_id,
            source=OWN_SOURCE,
            type=RESEND_REQUEST_TYPE,
            subject=f"workflow/{request.workflow_id}",
            time=to_rfc3339(self._clock()),
            correlation_id=event_id,
            data=RESEND_REQUEST.dump(request),
        )
