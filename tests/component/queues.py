"""Queues for one test, created on any engine from Terraform's definitions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from engines.definitions import Definitions
from engines.engine import Engine
from local_cloud.waiting import wait_until


@dataclass(frozen=True)
class Queue:
    """A queue.

    Attributes:
        client: A boto3 client for its engine.
        url: URL of the queue.
    """

    client: Any
    url: str

    def bodies(self, count: int) -> list[str]:
        """Receive and delete messages until there are this many, and return their bodies."""
        taken: list[str] = []

        def enough() -> bool:
            for message in self.receive():
                taken.append(message["Body"])
                self.client.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
            return len(taken) >= count

        wait_until(enough, timeout=10.0, what=f"{count} messages")
        return taken

    def receive(self) -> list[dict[str, Any]]:
        """Receive at most ten messages."""
        response = self.client.receive_message(
            QueueUrl=self.url, MaxNumberOfMessages=10, MessageSystemAttributeNames=["ApproximateReceiveCount"]
        )
        messages: list[dict[str, Any]] = response.get("Messages", [])
        return messages

    def is_empty(self) -> bool:
        """Return whether it has no message, neither visible nor in flight."""
        counts = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        response = self.client.get_queue_attributes(QueueUrl=self.url, AttributeNames=counts)
        return all(response["Attributes"][count] == "0" for count in counts)


@contextmanager
def new_queue(engine: Engine, definitions: Definitions, kind: str) -> Iterator[Queue]:
    """Create an empty queue of a kind: `audit-trail` or `notifications`. Delete it at the end."""
    client = engine.client("sqs")
    url = client.create_queue(QueueName=f"{kind}-{uuid4().hex[:12]}", Attributes=definitions.queues[kind])[
        "QueueUrl"
    ]
    try:
        yield Queue(client, url)
    finally:
        client.delete_queue(QueueUrl=url)
