"""The stub for SQS that the resilience tests use."""

import os
from typing import Any

import boto3
import pytest
from botocore.config import Config

from component.queues import Queue
from engines.engine import Engine
from harness.listening import expect_loopback
from harness.sqs_stub import QueueBehavior, sqs_stub
from local_cloud.processes import identify

ATTRIBUTES = {
    "data": {"DataType": "Binary", "BinaryValue": bytes(range(256))},
    "kind": {"DataType": "String", "StringValue": "é"},
    "count": {"DataType": "Number", "StringValue": "7"},
}


def client(url: str) -> Any:
    """Return a client of the stub that doesn't retry."""
    return boto3.client(
        "sqs",
        "us-east-1",
        endpoint_url=url,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}),
    )


def test_a_message_is_delivered_with_its_attributes_as_they_were_sent(
    sqs: Engine, audit_trail_queue: Queue
) -> None:
    with sqs_stub(sqs.client("sqs"), QueueBehavior.DELIVER, QueueBehavior.UNAVAILABLE) as stub:
        sent = client(stub.url).send_message(
            QueueUrl=audit_trail_queue.url, MessageBody="é", MessageAttributes=ATTRIBUTES
        )
        expect_loopback(identify(os.getpid()))
    (message,) = audit_trail_queue.client.receive_message(
        QueueUrl=audit_trail_queue.url, WaitTimeSeconds=5, MessageAttributeNames=["All"]
    )["Messages"]
    assert (message["Body"], message["MessageAttributes"]) == ("é", ATTRIBUTES)
    assert (sent["MessageId"], sent["MD5OfMessageBody"]) == (message["MessageId"], message["MD5OfBody"])
    assert stub.arrived == ["audit-trail"]


def test_an_unavailable_queue_gets_nothing(sqs: Engine, audit_trail_queue: Queue) -> None:
    with sqs_stub(sqs.client("sqs"), QueueBehavior.UNAVAILABLE, QueueBehavior.DELIVER) as stub:
        sender = client(stub.url)
        with pytest.raises(sender.exceptions.ClientError, match="ServiceUnavailable"):
            sender.send_message(QueueUrl=audit_trail_queue.url, MessageBody="a message")
    assert audit_trail_queue.is_empty()
