"""Sends erasures to the workflow service's and the notifications service's queue."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from countersign_common.aws.errors import store_errors
from countersign_common.aws.sqs import send_arguments
from countersign_common.clock import Clock, to_rfc3339
from countersign_common.events.cloud_event import CloudEvent
from countersign_common.events.erasure_event import ERASURE, ERASURE_TYPE, Erasure
from countersign_common.parallel import map_parallel

from audit_service.domain.own_events import OWN_SOURCE

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class SqsErasurePublisher:
    """The port `ErasurePublisher` on SQS queues."""

    def __init__(self, client: "SQSClient", queue_urls: Sequence[str], clock: Clock) -> None:
        """
        Args:
            client: A client with timeouts.
            queue_urls: URL of a queue of each service.
            clock: The time of the messages.
        """
        self._client = client
        self._queue_urls = queue_urls
        self._clock = clock

    def publish(self, erasure: Erasure) -> None:
        """Send the same event to each queue."""
        event = CloudEvent(
            id=erasure.event_id,
            source=OWN_SOURCE,
            type=ERASURE_TYPE,
            subject=f"erasure/{erasure.event_id}",
            time=to_rfc3339(self._clock()),
            correlation_id=erasure.event_id,
            data=ERASURE.dump(erasure),
        )
        arguments = send_arguments(event.to_message())

        def send(queue_url: str) -> None:
            with store_errors():
                self._client.send_message(QueueUrl=queue_url, **arguments)

        map_parallel(send, self._queue_urls)
