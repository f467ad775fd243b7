"""DynamoDB and OpenSearch at the other end of the wire: real clients, real requests, no network.

Both answer from memory, keep each HTTP request that was made, and can be told what to answer next.
"""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import urllib3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.credentials import Credentials
from botocore.session import Session
from opensearchpy import OpenSearch

from audit_service.adapters.aws import aws_session, dynamodb_client
from audit_service.adapters.opensearch_connection import opensearch_client

TABLE = "audit-trail"
ENDPOINT = "https://search.example.com"

Body = dict[str, Any]


class DynamoDbWire:
    """A table. `calls` holds (operation, request body); `scripted` answers come before those from memory."""

    def __init__(self) -> None:
        self.items: dict[str, Body] = {}
        self.calls: list[tuple[str, Body]] = []
        self.scripted: list[Callable[[Body], tuple[int, Body]]] = []
        self.client = dynamodb_client(_session())
        self.client.meta.events.register("before-send.dynamodb", self._send)

    @property
    def operations(self) -> list[str]:
        """What was called, in order."""
        return [operation for operation, _ in self.calls]

    def _send(self, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        operation = _text(request.headers["X-Amz-Target"]).split(".")[1]
        asked = json.loads(request.body)
        self.calls.append((operation, asked))
        answer = self.scripted.pop(0) if self.scripted else getattr(self, f"_{operation}")
        status, body = answer(asked)
        return AWSResponse(request.url, status, {"x-amzn-RequestId": "r"}, _Raw(json.dumps(body).encode()))

    def _TransactWriteItems(self, asked: Body) -> tuple[int, Body]:
        puts = [each["Put"] for each in asked["TransactItems"]]
        ids = [put["Item"]["datasetId"]["S"] for put in puts]
        assert len(set(ids)) == len(ids), "a transaction takes an item once"
        assert {put["ConditionExpression"] for put in puts} == {"attribute_not_exists(datasetId)"}
        reasons = [
            {"Code": "ConditionalCheckFailed", "Item": self.items[each]}
            if each in self.items
            else {"Code": "None"}
            for each in ids
        ]
        if any(reason["Code"] != "None" for reason in reasons):
            return cancelled(*reasons)(asked)
        self.items |= {each: put["Item"] for each, put in zip(ids, puts, strict=True)}
        return 200, {}

    def _GetItem(self, asked: Body) -> tuple[int, Body]:
        item = self.items.get(asked["Key"]["datasetId"]["S"])
        return 200, {} if item is None else {"Item": item}

    def _BatchGetItem(self, asked: Body) -> tuple[int, Body]:
        keys = [key["datasetId"]["S"] for key in asked["RequestItems"][TABLE]["Keys"]]
        found = [self.items[key] for key in keys if key in self.items]
        return 200, {"Responses": {TABLE: found}, "UnprocessedKeys": {}}

    def _Query(self, asked: Body) -> tuple[int, Body]:
        workflow_id = asked["ExpressionAttributeValues"][":workflowId"]["S"]
        found = [item for item in self.items.values() if item["workflowId"]["S"] == workflow_id]
        found.sort(
            key=lambda item: int(item["sequence"]["N"]), reverse=not asked.get("ScanIndexForward", True)
        )
        return 200, {"Items": found[: asked.get("Limit")]}

    def _Scan(self, asked: Body) -> tuple[int, Body]:
        return 200, {"Items": list(self.items.values())}


def cancelled(*reasons: Body) -> Callable[[Body], tuple[int, Body]]:
    """A transaction that is cancelled for these reasons, one for each of its items."""
    return failing("TransactionCanceledException", CancellationReasons=list(reasons))


def failing(code: str, **members: Any) -> Callable[[Body], tuple[int, Body]]:
    """An error that DynamoDB answers."""
    return lambda _: (400, {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "Message": code, **members})


@dataclass(frozen=True)
class Requested:
    """An HTTP request that reached the engine; `url` is path and query."""

    method: str
    url: str
    body: str
    headers: Mapping[str, str]


class OpenSearchWire:
    """An engine that takes each document once. `calls` holds (method, path); `scripted` answers come first."""

    def __init__(self, credentials: Credentials | None = None) -> None:
        self.documents: dict[str, Body] = {}
        self.requests: list[Requested] = []
        self.scripted: list[Callable[[], tuple[int, Body]]] = []
        self.client: OpenSearch = opensearch_client(
            ENDPOINT, region="eu-west-1", credentials=credentials or Credentials("key", "secret")
        )
        for connection in self.client.transport.connection_pool.connections:
            connection.pool = self

    @property
    def calls(self) -> list[tuple[str, str]]:
        """Method and path of what was requested, in order."""
        return [(each.method, urlsplit(each.url).path) for each in self.requests]

    def sent(self, position: int = -1) -> Body:
        """The JSON body of a request."""
        return dict(json.loads(self.requests[position].body))

    def urlopen(
        self, method: str, url: str, body: bytes | None, *, headers: Mapping[str, str], **_: Any
    ) -> urllib3.HTTPResponse:
        """What urllib3's pool does over a connection."""
        request = Requested(method, url, (body or b"").decode(), dict(headers))
        self.requests.append(request)
        status, answer = self.scripted.pop(0)() if self.scripted else self._answer(request)
        return urllib3.HTTPResponse(
            json.dumps(answer).encode(), headers={"content-type": "application/json"}, status=status
        )

    def _answer(self, request: Requested) -> tuple[int, Body]:
        if request.url.startswith("/_bulk"):
            return 200, {"items": self._bulk(request.body)}
        if "_search" in request.url:
            return 200, {"hits": {"hits": []}}
        return 200, {"acknowledged": True}

    def _bulk(self, body: str) -> list[Body]:
        lines = [json.loads(line) for line in body.splitlines()]
        items = []
        for action, document in zip(lines[::2], lines[1::2], strict=True):
            target = action["create"]
            status = 409 if target["_id"] in self.documents else 201
            self.documents.setdefault(target["_id"], document | {"_index": target["_index"]})
            items.append({"create": {"_id": target["_id"], "status": status}})
        return items


@cache
def _session() -> Session:
    """One for all tests: it keeps the service's model, which is what takes time to load."""
    session = aws_session("eu-west-1")
    session.set_credentials("key", "secret")
    return session


class _Raw(io.BytesIO):
    """A body as botocore reads it."""

    def stream(self, **_: Any) -> Any:
        yield self.read()


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
