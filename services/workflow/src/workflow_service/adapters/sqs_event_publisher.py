"""Delivery to the two queues over SQS."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from workflow_service.use_cases.seal import Messages

PATIENCE_SECONDS = 7.0
"""How long one send is waited for. The client gives up sooner (see `clients`); this holds if it does not."""


class SqsDelivery:
    """Sends both messages side by side: one of them in a thread of its own."""

    def __init__(self, client: Any, audit_trail_url: str, notifications_url: str) -> None:
        """
        Args:
            client: an SQS client; its calls may be made from several threads.
            audit_trail_url, notifications_url: of the queues.
        """
        self._client = client
        self._audit_trail_url = audit_trail_url
        self._notifications_url = notifications_url
        self._beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="notifications-queue")

    def deliver(self, messages: Messages) -> None:
        """Send both. Raises what went wrong with either of them, after both were tried."""
        beside = self._beside.submit(self._send, self._notifications_url, messages.notifications)
        try:
            self._send(self._audit_trail_url, messages.audit_trail)
        finally:
            beside.result(PATIENCE_SECONDS)

    def _send(self, queue_url: str, body: str) -> None:
        self._client.send_message(QueueUrl=queue_url, MessageBody=body)
