"""Publishes events to the audit trail's SQS queue."""

from typing import TYPE_CHECKING

from countersign_common.aws.sqs import send_arguments
from countersign_common.events.cloud_event import EventMessage

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class SqsAuditTrailPublisher:
    """An `AuditTrailPublisher`."""

    def __init__(self, client: "SQSClient", queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def publish(self, message: EventMessage) -> None:
        self._client.send_message(QueueUrl=self._queue_url, **send_arguments(message))
