"""DynamoDB and SQS without a network: real botocore clients whose requests are answered here before they are sent.

The table understands the expressions that this service writes, and no others.
"""

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config

Item = dict[str, Any]


class Refusal(Exception):
    """An error as AWS answers it."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.body = {"__type": f"com.amazonaws#{code}", "message": code, **more}


@dataclass
class FakeCloud:
    """A table, two queues, and the calls that were made.

    Attributes:
        items: by partition and sort key.
        sent: bodies of messages, by queue URL.
        calls: operations, in the order they came.
        failing: by operation, what answers in its stead (raises a Refusal, or gives an answer of its own).
        page_limit: items of a query's page, as a page that reaches 1 MB would end it.
    """

    items: dict[tuple[str, str], Item] = field(default_factory=dict)
    sent: dict[str, list[str]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    failing: dict[str, Callable[[Any], Any]] = field(default_factory=dict)
    page_limit: int = 1_000

    def answer(self, operation: str, asked: Any) -> Any:
        """Answer a call, and remember that it was made."""
        self.calls.append(operation)
        return self.failing.get(operation, self.usually(operation))(asked)

    def usually(self, operation: str) -> Callable[[Any], Any]:
        """What answers an operation when nothing is wrong."""
        return {
            "GetItem": self._get_item,
            "BatchGetItem": self._batch_get_item,
            "TransactWriteItems": self._transact_write_items,
            "UpdateItem": self._update_item,
            "Query": self._query,
            "SendMessage": self._send_message,
        }[operation]

    def _get_item(self, asked: Any) -> Any:
        assert asked["ConsistentRead"] is True
        item = self.items.get(_key(asked["Key"]))
        return {} if item is None else {"Item": item}

    def _batch_get_item(self, asked: Any) -> Any:
        found: dict[str, list[Item]] = {}
        for table, wanted in asked["RequestItems"].items():
            assert wanted["ConsistentRead"] is True
            keys = [_key(key) for key in wanted["Keys"]]
            # As on AWS, in no order to rely on.
            found[table] = [self.items[key] for key in reversed(keys) if key in self.items]
        return {"Responses": found, "UnprocessedKeys": {}}

    def _transact_write_items(self, asked: Any) -> Any:
        writes = asked["TransactItems"]
        assert len(writes) <= 100
        assert asked["ClientRequestToken"]
        keys = [_key(next(iter(write.values())).get("Key") or write["Put"]["Item"]) for write in writes]
        assert len(set(keys)) == len(keys), "a transaction names an item once"
        held = [
            _holds(next(iter(write.values())), self.items.get(key))
            for write, key in zip(writes, keys, strict=True)
        ]
        if not all(held):
            reasons = [{"Code": "None" if each else "ConditionalCheckFailed"} for each in held]
            raise Refusal("TransactionCanceledException", CancellationReasons=reasons)
        for write, key in zip(writes, keys, strict=True):
            if "Put" in write:
                self.items[key] = write["Put"]["Item"]
            else:
                self.items.pop(key, None)
        return {}

    def _update_item(self, asked: Any) -> Any:
        key = _key(asked["Key"])
        if not _holds(asked, self.items.get(key)):
            raise Refusal("ConditionalCheckFailedException")
        verb, names = asked["UpdateExpression"].split(" ", 1)
        assert verb == "REMOVE"
        removed = {name.strip() for name in names.split(",")}
        self.items[key] = {name: value for name, value in self.items[key].items() if name not in removed}
        return {}

    def _query(self, asked: Any) -> Any:
        conditions = _conditions(asked)
        names = [name for name, _ in conditions]
        found = [
            item
            for item in self.items.values()
            if all(name in item and test(item[name]["S"]) for name, test in conditions)
        ]
        order = names[-1] if len(names) > 1 or "IndexName" not in asked else _ORDER[asked["IndexName"]]
        order = "sk" if order == "pk" else order
        backwards = asked.get("ScanIndexForward") is False
        found.sort(key=lambda item: item[order]["S"], reverse=backwards)
        if "ExclusiveStartKey" in asked:
            places = [_key(item) for item in found]
            found = found[places.index(_key(asked["ExclusiveStartKey"])) + 1 :]
        page = min(asked["Limit"], self.page_limit)
        more = {} if len(found) < page else {"LastEvaluatedKey": _keys_only(found[page - 1])}
        return {"Items": [_projected(item, asked) for item in found[:page]], **more}

    def _send_message(self, asked: Any) -> Any:
        self.sent.setdefault(asked["QueueUrl"], []).append(asked["MessageBody"])
        return {"MessageId": "m"}


class Wire:
    """Clients whose calls end at whichever cloud is there; making a client takes longer than a test.

    Attributes:
        cloud: the one of the test that runs.
    """

    def __init__(self) -> None:
        self.cloud = FakeCloud()
        self.dynamodb = self._client("dynamodb")
        self.sqs = self._client("sqs")

    def _client(self, service: str) -> Any:
        client = boto3.client(
            service,
            region_name="eu-central-1",
            aws_access_key_id="AKIDEXAMPLE",
            aws_secret_access_key="a secret",
            endpoint_url="http://cloud.invalid",
            config=Config(retries={"total_max_attempts": 1}),
        )
        client.meta.events.register("before-send", self._answer)
        return client

    def _answer(self, request: AWSPreparedRequest, event_name: str, **_: Any) -> AWSResponse:
        operation, asked = event_name.rsplit(".", 1)[-1], json.loads(request.body)
        try:
            answer = json.dumps(self.cloud.answer(operation, asked))
            return AWSResponse(request.url, 200, {}, _Raw(answer.encode()))
        except Refusal as refusal:
            return AWSResponse(request.url, 400, {}, _Raw(json.dumps(refusal.body).encode()))


_ORDER = {"mine": "updatedAt", "inbox": "requestedAt", "outbox": "occurredAt"}


def _key(item: Item) -> tuple[str, str]:
    return item["pk"]["S"], item["sk"]["S"]


def _keys_only(item: Item) -> Item:
    return {"pk": item["pk"], "sk": item["sk"]}


def _holds(write: Any, item: Item | None) -> bool:
    """Whether a write's condition holds."""
    condition, values = write.get("ConditionExpression"), write.get("ExpressionAttributeValues", {})
    if condition is None:
        return True
    if condition == "attribute_exists(pk)":
        return item is not None
    if condition == "attribute_not_exists(pk)":
        return item is None
    if condition == "attribute_not_exists(pk) OR expiresAt <= :now":
        return item is None or int(item["expiresAt"]["N"]) <= int(values[":now"]["N"])
    assert condition == "#version = :before"
    return item is not None and item["version"] == values[":before"]


def _conditions(asked: Any) -> list[tuple[str, Callable[[str], bool]]]:
    """A key condition as attributes and what each must be; the sort key comes last."""
    values = {name: value["S"] for name, value in asked["ExpressionAttributeValues"].items()}
    text = re.sub(r"BETWEEN (\S+) AND (\S+)", r"BETWEEN \1,\2", asked["KeyConditionExpression"])
    tests: list[tuple[str, Callable[[str], bool]]] = []
    for part in text.split(" AND "):
        name, operator, operand = part.split(" ")
        if operator == "BETWEEN":
            low, high = (values[each] for each in operand.split(","))
            tests.append((name, lambda found, low=low, high=high: low <= found <= high))
        else:
            compare = {"=": str.__eq__, "<": str.__lt__, ">": str.__gt__}[operator]
            tests.append((name, lambda found, c=compare, v=values[operand]: bool(c(found, v))))
    return tests


def _projected(item: Item, asked: Any) -> Item:
    names = asked.get("ExpressionAttributeNames")
    if "ProjectionExpression" not in asked:
        return item
    wanted = {names[each.strip()] for each in asked["ProjectionExpression"].split(",")}
    return {name: value for name, value in item.items() if name in wanted}


class _Raw(io.BytesIO):
    """What AWSResponse reads its content from."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.read()
