"""The notifications table and calls of clients, for tests of adapters."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import ClientError

TABLE = "the-table"


def create_table(client: Any) -> None:
    """Create the notifications table with the keys and indexes that Terraform defines."""
    attributes = ("notificationId", "recipient", "unreadOf", "position")
    client.create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "notificationId", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in attributes],
        GlobalSecondaryIndexes=[
            {
                "IndexName": index,
                "KeySchema": [
                    {"AttributeName": key, "KeyType": "HASH"},
                    {"AttributeName": "position", "KeyType": "RANGE"},
                ],
                "Projection": projection,
            }
            for index, key, projection in (
                ("recipient", "recipient", {"ProjectionType": "KEYS_ONLY"}),
                ("unread", "unreadOf", {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["workflowId"]}),
            )
        ],
    )


@contextmanager
def calls_of(client: Any) -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """Record operation and parameters of each call of a client."""
    calls: list[tuple[str, dict[str, Any]]] = []
    event = f"provide-client-params.{client.meta.service_model.service_id.hyphenize()}"

    def record(params: dict[str, Any], model: Any, **_: Any) -> None:
        calls.append((model.name, params))

    client.meta.events.register(event, record)
    try:
        yield calls
    finally:
        client.meta.events.unregister(event, record)


def an_error(code: str, operation: str = "AnyOperation", **response: Any) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": code}, **response}, operation)  # type: ignore[arg-type]


@contextmanager
def failing(client: Any, operation: str, *errors: Exception | None) -> Iterator[None]:
    """Raise these errors in the next calls of an operation; None, and every later call, passes."""
    rest = iter(errors)
    event = f"before-call.{client.meta.service_model.service_id.hyphenize()}.{operation}"

    def fail(**_: Any) -> None:
        error = next(rest, None)
        if error is not None:
            raise error

    client.meta.events.register(event, fail)
    try:
        yield
    finally:
        client.meta.events.unregister(event, fail)
