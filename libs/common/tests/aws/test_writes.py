"""Batches of writes."""

from typing import Any

import pytest
from countersign_common.aws.writes import WRITE_ATTEMPTS, WRITE_LIMIT, batch_write
from countersign_common.errors import StoreUnavailableError

REQUESTS = [{"PutRequest": {"Item": {"pk": {"S": str(number)}}}} for number in range(WRITE_LIMIT + 5)]


class FakeDynamoDb:
    """Writes all but the last request of a call, until it has been called `busy_calls` times."""

    def __init__(self, busy_calls: int = 0) -> None:
        self.busy_calls = busy_calls
        self.sizes: list[int] = []
        self.written: list[Any] = []

    def batch_write_item(self, *, RequestItems: dict[str, list[Any]]) -> dict[str, Any]:
        requests = RequestItems["a-table"]
        self.sizes.append(len(requests))
        left = requests[-1:] if len(self.sizes) <= self.busy_calls else []
        self.written += requests[: len(requests) - len(left)]
        return {"UnprocessedItems": {"a-table": left} if left else {}}


def write(client: Any, requests: list[Any], pauses: list[float]) -> None:
    batch_write(client, "a-table", requests, pause=pauses.append)


def test_no_call_has_more_writes_than_dynamodb_accepts():
    client = FakeDynamoDb()
    write(client, REQUESTS, [])
    assert sorted(client.sizes) == [5, WRITE_LIMIT]
    assert sorted(map(str, client.written)) == sorted(map(str, REQUESTS))


def test_nothing_to_write_is_no_call():
    client = FakeDynamoDb()
    write(client, [], [])
    assert client.sizes == []


def test_only_unprocessed_writes_are_repeated_after_a_pause():
    client, pauses = FakeDynamoDb(busy_calls=1), list[float]()
    write(client, REQUESTS[:3], pauses)
    assert client.sizes == [3, 1]
    assert client.written == REQUESTS[:3]
    assert len(pauses) == 1


def test_writes_that_stay_unprocessed_are_an_unavailable_store():
    client = FakeDynamoDb(busy_calls=WRITE_ATTEMPTS)
    with pytest.raises(StoreUnavailableError):
        write(client, REQUESTS[:2], [])
    assert client.sizes == [2] + [1] * (WRITE_ATTEMPTS - 1)
