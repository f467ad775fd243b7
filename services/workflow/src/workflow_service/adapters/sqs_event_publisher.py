"""Publishes events to the two SQS queues."""

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from countersign_common.aws.sqs import send_arguments
from countersign_common.events.cloud_event import EventMessage

from workflow_service.domain.events import EventMessages

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

TIMEOUT_SECONDS = 7.0
"""How long to wait for the second send. The client's own timeouts are shorter; this is for when they fail."""


class SqsEventPublisher:
    """An `EventPublisher` that sends to both queues in parallel, to one of them from a thread."""

    def __init__(
        self, client: "SQSClient", *, audit_trail_queue_url: str, notifications_queue_url: str
    ) -> None:
        """
        Args:
            client: An SQS client, which may be used from several threads.
            audit_trail_queue_url, notifications_queue_url: The queues.
        """
        self._client = client
        self._audit_trail_queue_url = audit_trail_queue_url
        self._notifications_queue_url = notifications_queue_url
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="notifications-queue")

    def publish(self, messages: EventMessages) -> None:
        second = self._executor.submit(self._send, self._notifications_queue_url, messages.notifications)
        try:
            self._send(self._audit_trail_queue_url, messages.audit_trail)
        finally:
            # Also if the first send failed: after a return, Lambda freezes the thread in the middle of its send.
            second.result(TIMEOUT_SECONDS)

    def _send(self, queue_url: str, message: EventMessage) -> None:
        self._client.send_message(QueueUrl=queue_url, **send_arguments(message))
