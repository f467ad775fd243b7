"""The service's tables by moto: its own client, with its requests recorded and responses on request."""

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from countersign_common.aws.clients import dynamodb_client

TABLE = "audit-trail"
LOG_TABLE = "audit-log"

Body = dict[str, Any]
Response = Callable[[Body], tuple[int, Body]]


class Table:
    """Both tables, for one test at a time.

    Attributes:
        client: The service's client.
        calls: Operation and request body of each request, retries included.
        responses: Come before those of moto.
    """

    def __init__(self) -> None:
        self.client = dynamodb_client(attempts=2)
        self.calls: list[tuple[str, Body]] = []
        self.responses: list[Response] = []
        self._direct = dynamodb_client()
        self.client.meta.events.register_first("before-send.dynamodb", self._respond)
        self.client.meta.events.register("after-call.dynamodb.BatchGetItem", _reverse)

    def reset(self) -> None:
        """Create the tables, empty, in a new moto."""
        self._direct.create_table(TableName=TABLE, **table_definition())
        self._direct.create_table(TableName=LOG_TABLE, **log_table_definition())
        self.calls.clear()
        self.responses.clear()

    @property
    def operations(self) -> list[str]:
        """The operations in order."""
        return [operation for operation, _ in self.calls]

    def items(self) -> dict[str, Body]:
        """Return the records' items by datasetId."""
        return {item["datasetId"]["S"]: item for item in self._scan(TABLE)}

    def pending(self) -> dict[str, Body]:
        """Return the items of pending entries by the entry's id."""
        return {
            item["sk"]["S"]: item for item in self._scan(LOG_TABLE) if item["pk"]["S"].startswith("PENDING#")
        }

    def put(self, item: Body, table: str = TABLE) -> None:
        """Write an item directly."""
        self._direct.put_item(TableName=table, Item=item)

    def clear(self) -> None:
        """Delete all items directly."""
        self.delete(*self.items())
        self.clear_log(*self._scan(LOG_TABLE))

    def clear_log(self, *items: Body) -> None:
        """Delete items of the log's table directly."""
        for item in items:
            self._direct.delete_item(TableName=LOG_TABLE, Key={name: item[name] for name in ("pk", "sk")})

    def delete(self, *dataset_ids: str) -> None:
        """Delete items directly."""
        for dataset_id in dataset_ids:
            self._direct.delete_item(TableName=TABLE, Key={"datasetId": {"S": dataset_id}})

    def _scan(self, table: str) -> list[Body]:
        pages = self._direct.get_paginator("scan").paginate(TableName=table)
        return [item for page in pages for item in page["Items"]]

    def _respond(self, request: AWSPreparedRequest, event_name: str, **_: Any) -> AWSResponse | None:
        body = json.loads(request.body)
        self.calls.append((event_name.rpartition(".")[2], body))
        if not self.responses:
            return None
        status, response = self.responses.pop(0)(body)
        # botocore calls all handlers and takes the first response: moto must not recognize the request.
        url, request.url = request.url, "http://fault.invalid"
        return AWSResponse(url, status, {}, _Raw(json.dumps(response, default=_base64).encode()))


def table_definition() -> Any:
    """Return the table as Terraform creates it."""
    kinds = {"datasetId": "S", "workflowId": "S", "sequence": "N"}
    return {
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [
            {"AttributeName": name, "AttributeType": kind} for name, kind in kinds.items()
        ],
        "KeySchema": [{"AttributeName": "datasetId", "KeyType": "HASH"}],
        "GlobalSecondaryIndexes": [
            {
                "IndexName": "workflow",
                "KeySchema": [
                    {"AttributeName": "workflowId", "KeyType": "HASH"},
                    {"AttributeName": "sequence", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }
        ],
    }


def log_table_definition() -> Any:
    """Return the table of the log as Terraform creates it."""
    return {
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
        "KeySchema": [
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
    }


def canceled(*reasons: Body) -> Response:
    """Return a response: the transaction is canceled for these reasons, one per item."""
    return failing("TransactionCanceledException", CancellationReasons=list(reasons))


def failing(code: str, **members: Any) -> Response:
    """Return a response with an error of DynamoDB."""
    return lambda _: (400, {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "Message": code, **members})


class _Raw(BytesIO):
    """A response body as botocore reads it."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.read()


def _reverse(parsed: Body, **_: Any) -> None:
    """Return the items of a batch in another order than moto, which keeps that of the keys: DynamoDB has none."""
    for items in parsed.get("Responses", {}).values():
        items.reverse()


def _base64(value: bytes) -> str:
    return b64encode(value).decode()
