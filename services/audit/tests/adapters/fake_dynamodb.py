"""DynamoDB in memory behind a real client: it sees the HTTP requests that the client sends."""

import io
import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from functools import cache
from typing import Any

import boto3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config

TABLE = "audit-trail"
LOG_TABLE = "audit-log"

Body = dict[str, Any]


class FakeDynamoDb:
    """The tables audit-trail and audit-log.

    Attributes:
        items: Records by datasetId, as in a request: binary values are base64.
        pending: Items of pending entries by the id of the entry, likewise.
        calls: Operation and request body of each request.
        responses: Come before those from memory.
    """

    def __init__(self) -> None:
        self.items: dict[str, Body] = {}
        self.pending: dict[str, Body] = {}
        self.calls: list[tuple[str, Body]] = []
        self.responses: list[Callable[[Body], tuple[int, Body]]] = []
        self.client = _session().client(
            "dynamodb",
            # As `countersign_common.aws.clients` sets it, without the pauses between attempts.
            config=Config(retries={"mode": "standard", "total_max_attempts": 2}, parameter_validation=False),
        )
        self.client.meta.events.register("before-send.dynamodb", self._send)

    @property
    def operations(self) -> list[str]:
        """The operations in order."""
        return [operation for operation, _ in self.calls]

    def _send(self, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        operation = _text(request.headers["X-Amz-Target"]).split(".")[1]
        body = json.loads(request.body)
        self.calls.append((operation, body))
        respond = self.responses.pop(0) if self.responses else getattr(self, f"_{operation}")
        status, response = respond(body)
        return AWSResponse(
            request.url, status, {"x-amzn-RequestId": "r"}, _Raw(json.dumps(response).encode())
        )

    def _TransactWriteItems(self, body: Body) -> tuple[int, Body]:
        puts = [each["Put"] for each in body["TransactItems"]]
        keys = [(put["TableName"], _key_of(put["Item"])) for put in puts]
        assert len(keys) <= 100
        assert len(set(keys)) == len(keys), "a transaction can have an item only once"
        reasons = [*map(self._reason, puts)]
        if any(reason["Code"] != "None" for reason in reasons):
            return canceled(*reasons)(body)
        for (table, key), put in zip(keys, puts, strict=True):
            (self.items if table == TABLE else self.pending)[key] = put["Item"]
        return 200, {}

    def _reason(self, put: Body) -> Body:
        key = _key_of(put["Item"])
        if put["TableName"] == TABLE:
            assert put["ConditionExpression"] == "attribute_not_exists(datasetId)"
            if key in self.items:
                return {"Code": "ConditionalCheckFailed", "Item": self.items[key]}
        elif "ConditionExpression" in put:
            assert put["ConditionExpression"] == "attribute_not_exists(pk) OR #hash = :hash"
            if self.pending.get(key, put["Item"])["hash"] != put["ExpressionAttributeValues"][":hash"]:
                return {"Code": "ConditionalCheckFailed"}
        return {"Code": "None"}

    def _GetItem(self, body: Body) -> tuple[int, Body]:
        item = self.items.get(body["Key"]["datasetId"]["S"])
        return 200, {} if item is None else {"Item": item}

    def _BatchGetItem(self, body: Body) -> tuple[int, Body]:
        keys = [key["datasetId"]["S"] for key in body["RequestItems"][TABLE]["Keys"]]
        assert len(keys) <= 100
        found = [self.items[key] for key in sorted(keys, reverse=True) if key in self.items]
        return 200, {"Responses": {TABLE: found}, "UnprocessedKeys": {}}

    def _Query(self, body: Body) -> tuple[int, Body]:
        """The index has keys only."""
        assert body["IndexName"] == "workflow"
        workflow_id = body["ExpressionAttributeValues"][":workflowId"]["S"]
        found = [item for item in self.items.values() if item.get("workflowId", {}).get("S") == workflow_id]
        found.sort(
            key=lambda item: int(item["sequence"]["N"]), reverse=not body.get("ScanIndexForward", True)
        )
        keys = [{name: item[name] for name in ("datasetId", "workflowId", "sequence")} for item in found]
        start = 0
        if "ExclusiveStartKey" in body:
            start = keys.index(body["ExclusiveStartKey"]) + 1
        end = start + body.get("Limit", len(keys))
        last = {"LastEvaluatedKey": keys[end - 1]} if end < len(keys) else {}
        return 200, {"Items": keys[start:end], **last}

    def _Scan(self, body: Body) -> tuple[int, Body]:
        assert body["ConsistentRead"] is True
        return 200, {"Items": list(self.items.values())}


def canceled(*reasons: Body) -> Callable[[Body], tuple[int, Body]]:
    """Return a response: the transaction is canceled for these reasons, one per item."""
    return failing("TransactionCanceledException", CancellationReasons=list(reasons))


def failing(code: str, **members: Any) -> Callable[[Body], tuple[int, Body]]:
    """Return a response with an error of DynamoDB."""
    return lambda _: (400, {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "Message": code, **members})


def binary(value: bytes) -> Body:
    """Return a binary value as in a request."""
    return {"B": b64encode(value).decode()}


def bytes_of(attribute: Body) -> bytes:
    """Return the bytes of a binary value."""
    return b64decode(attribute["B"])


@cache
def _session() -> boto3.Session:
    """Return one session for all tests: loading the service's model is what takes time."""
    return boto3.Session("key", "secret", region_name="eu-west-1")


class _Raw(io.BytesIO):
    """A response body as botocore reads it."""

    def stream(self, **_: Any) -> Any:
        yield self.read()


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def _key_of(item: Body) -> str:
    key: str = item.get("datasetId", item.get("sk"))["S"]
    return key
