"""DynamoDB, S3 and SQS by moto: the service's own clients, with the calls recorded and errors on request."""

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from countersign_common.aws.clients import dynamodb_client, s3_client, sqs_client
from countersign_common.events.cloud_event import CloudEvent, EventMessage

from workflow_service.adapters.workflow_items import SUMMARY_ATTRIBUTES

Item = dict[str, Any]
Fault = Callable[[Any], "AwsError | None"]
"""Called with the parameters of a call; returns the error that AWS responds with, or None to let it pass."""

QUEUES = ("audit-trail", "notifications")


@dataclass(frozen=True)
class AwsError:
    """An error response of AWS."""

    code: str
    members: dict[str, Any] = field(default_factory=dict)

    def response(self, url: str) -> AWSResponse:
        body = json.dumps({"__type": f"com.amazonaws#{self.code}", "message": self.code, **self.members})
        return AWSResponse(url, 400, {}, _Raw(body.encode()))


class _Raw(BytesIO):
    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.read()


class Aws:
    """A table, a bucket and two queues for one test at a time.

    Attributes:
        table, bucket: Their names.
        calls: Operations with their parameters, in order; retries of the SDK are not among them.
        attempts: Operations in order, retries included.
        faults: By operation.
    """

    def __init__(self) -> None:
        self.dynamodb = dynamodb_client()
        self.s3 = s3_client()
        self.sqs = sqs_client()
        self.table = ""
        self.bucket = ""
        self.queue_urls: dict[str, str] = {}
        self.calls: list[tuple[str, Any]] = []
        self.attempts: list[str] = []
        self.faults: dict[str, Fault] = {}
        self._numbers = itertools.count()
        for client, service in ((self.dynamodb, "dynamodb"), (self.sqs, "sqs")):
            client.meta.events.register(f"provide-client-params.{service}", self._record)
            client.meta.events.register_first(f"before-send.{service}", self._respond)

    def reset(self) -> None:
        """Start with an empty table, bucket and queues, and no faults."""
        number = next(self._numbers)
        self.table = f"workflow-{number}"
        self.dynamodb.create_table(TableName=self.table, **table_definition())
        self.bucket = f"manifests-{number}"
        self.s3.create_bucket(
            Bucket=self.bucket,
            CreateBucketConfiguration={"LocationConstraint": "eu-central-1"},
            ObjectLockEnabledForBucket=True,
        )
        self.queue_urls = {
            queue: self.sqs.create_queue(QueueName=f"{queue}-{number}")["QueueUrl"] for queue in QUEUES
        }
        self.faults.clear()
        self.forget_calls()

    def forget_calls(self) -> None:
        self.calls.clear()
        self.attempts.clear()

    @property
    def operations(self) -> list[str]:
        return [operation for operation, _ in self.calls]

    def items(self) -> dict[tuple[str, str], Item]:
        """Return the items of the table by partition and sort key."""
        calls, attempts = list(self.calls), list(self.attempts)
        pages = self.dynamodb.get_paginator("scan").paginate(TableName=self.table, ConsistentRead=True)
        found = {(item["pk"]["S"], item["sk"]["S"]): item for page in pages for item in page["Items"]}
        self.calls[:], self.attempts[:] = calls, attempts
        return found

    def put(self, item: Item) -> None:
        """Write an item directly."""
        self.dynamodb.put_item(TableName=self.table, Item=item)

    def delete(self, key: tuple[str, str]) -> None:
        """Delete an item directly."""
        pk, sk = key
        self.dynamodb.delete_item(TableName=self.table, Key={"pk": {"S": pk}, "sk": {"S": sk}})

    def messages(self, queue: str) -> list[EventMessage]:
        """Take all messages out of a queue, in the order in which they were sent."""
        found: list[EventMessage] = []
        url = self.queue_urls[queue]
        while batch := self.sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"]
        ).get("Messages"):
            for message in batch:
                attributes = message.get("MessageAttributes", {})
                texts = {name: attribute["BinaryValue"] for name, attribute in attributes.items()}
                found.append(EventMessage(message["Body"], texts))
                self.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return found

    def events(self, queue: str) -> list[CloudEvent]:
        """Take all events out of a queue."""
        return [CloudEvent.from_message(message) for message in self.messages(queue)]

    def _record(self, params: Any, model: Any, **_: Any) -> None:
        self.calls.append((model.name, params))

    def _respond(self, request: AWSPreparedRequest, event_name: str, **_: Any) -> AWSResponse | None:
        operation = event_name.rsplit(".", 1)[-1]
        self.attempts.append(operation)
        fault = self.faults.get(operation)
        error = None if fault is None else fault(json.loads(request.body))
        if error is None:
            return None
        # botocore calls all handlers and takes the first response: moto must not recognize the request.
        url, request.url = request.url, "http://fault.invalid"
        return error.response(url)


def always(code: str, **members: Any) -> Fault:
    """Return a fault for every call."""
    return lambda _: AwsError(code, members)


def first(times: int, code: str) -> Fault:
    """Return a fault for the first calls only."""
    remaining = iter(range(times))
    return lambda _: None if next(remaining, None) is None else AwsError(code)


def table_definition() -> Any:
    """Return the table as Terraform creates it."""
    names = ("pk", "sk", "mineOf", "updatedAt", "decidedBy", "decidedAt", "outboxShard", "occurredAt")
    summary = {"ProjectionType": "INCLUDE", "NonKeyAttributes": list(SUMMARY_ATTRIBUTES)}
    keys_only = {"ProjectionType": "KEYS_ONLY"}
    return {
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in names],
        "KeySchema": _key("pk", "sk"),
        "GlobalSecondaryIndexes": [
            {"IndexName": "mine", "KeySchema": _key("mineOf", "updatedAt"), "Projection": summary},
            {"IndexName": "decided", "KeySchema": _key("decidedBy", "decidedAt"), "Projection": keys_only},
            {"IndexName": "outbox", "KeySchema": _key("outboxShard", "occurredAt"), "Projection": keys_only},
        ],
    }


def _key(hash_key: str, range_key: str) -> Any:
    return [
        {"AttributeName": hash_key, "KeyType": "HASH"},
        {"AttributeName": range_key, "KeyType": "RANGE"},
    ]
