"""Queues of one test, made on any engine from Terraform's definitions."""

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
    """A queue of one test's own.

    Attributes:
        client: boto3's, of the engine it is on.
        url: the queue's.
    """

    client: Any
    url: str

    def bodies(self, count: int) -> list[str]:
        """The next messages' bodies, taken out of the queue; waits until there are so many."""
        taken: list[str] = []

        def enough() -> bool:
            for message in self.receive():
                taken.append(message["Body"])
                self.client.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
            return len(taken) >= count

        wait_until(enough, timeout=10.0, what=f"{count} messages")
        return taken

    def receive(self) -> list[dict[str, Any]]:
        """What the queue gives out now, at most ten messages, as Lambda's poller sees them."""
        answer = self.client.receive_message(
            QueueUrl=self.url, MaxNumberOfMessages=10, MessageSystemAttributeNames=["ApproximateReceiveCount"]
        )
        messages: list[dict[str, Any]] = answer.get("Messages", [])
        return messages

    def is_empty(self) -> bool:
        """Whether it has no message, seen or unseen."""
        counts = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        answer = self.client.get_queue_attributes(QueueUrl=self.url, AttributeNames=counts)
        return all(answer["Attributes"][count] == "0" for count in counts)


@contextmanager
def new_queue(engine: Engine, definitions: Definitions, kind: str) -> Iterator[Queue]:
    """An empty queue of a kind: `audit-trail` or `notifications`."""
    client = engine.client("sqs")
    url = client.create_queue(QueueName=f"{kind}-{uuid4().hex[:12]}", Attributes=definitions.queues[kind])[
        "QueueUrl"
    ]
    try:
        yield Queue(client, url)
    finally:
        client.delete_queue(QueueUrl=url)
