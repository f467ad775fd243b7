"""DynamoDB reads. botocore's Stubber checks parameters and responses against the service's model."""

import random
import threading
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from countersign_common.aws.reads import BATCH_ATTEMPTS, BATCH_LIMIT, batch_get, query_items, query_partition
from countersign_common.errors import StoreUnavailableError


@pytest.fixture
def client() -> Any:
    return boto3.client("dynamodb", config=Config(retries={"mode": "standard", "total_max_attempts": 1}))


@pytest.fixture
def stub(client: Any) -> Iterator[Stubber]:
    with Stubber(client) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


def keys(*numbers: int) -> list[Any]:
    return [{"id": {"N": str(number)}} for number in numbers]


def batch(*numbers: int, consistent: bool = False) -> dict[str, Any]:
    return {"RequestItems": {"t": {"Keys": keys(*numbers), "ConsistentRead": consistent}}}


def found(*numbers: int, unprocessed: tuple[int, ...] = ()) -> dict[str, Any]:
    left = batch(*unprocessed)["RequestItems"] if unprocessed else {}
    return {"Responses": {"t": keys(*numbers)}, "UnprocessedKeys": left}


class Pauses(list[float]):
    """Remembers how long a caller would wait."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def test_batch_get_returns_the_items_and_leaves_out_missing_ones(client, stub):
    stub.add_response("batch_get_item", found(1, 3), batch(1, 2, 3))
    assert batch_get(client, "t", keys(1, 2, 3)) == keys(1, 3)


def test_batch_get_of_no_keys_calls_nothing(client, stub):
    assert batch_get(client, "t", []) == []


@pytest.mark.parametrize("consistent", [True, False])
def test_batch_get_passes_the_consistency_of_its_reads(client, stub, consistent):
    stub.add_response("batch_get_item", found(1), batch(1, consistent=consistent))
    batch_get(client, "t", keys(1), consistent=consistent)


def test_batch_get_reads_only_the_attributes_that_it_is_given(client, stub):
    expected = batch(1)
    expected["RequestItems"]["t"] |= {
        "ProjectionExpression": "#a.#b",
        "ExpressionAttributeNames": {"#a": "a", "#b": "b"},
    }
    stub.add_response("batch_get_item", found(1), expected)
    assert batch_get(client, "t", keys(1), attributes=["a.b"]) == keys(1)


class WaitingDynamoDb:
    """Returns what is asked for, once as many calls are waiting as it expects."""

    def __init__(self, calls: int) -> None:
        self._barrier = threading.Barrier(calls, timeout=10)
        self.sizes: list[int] = []

    def batch_get_item(self, *, RequestItems: dict[str, Any]) -> dict[str, Any]:
        self.sizes.append(len(RequestItems["t"]["Keys"]))
        self._barrier.wait()
        return {"Responses": {"t": RequestItems["t"]["Keys"]}}


def test_more_than_100_keys_are_read_in_batches_at_the_same_time():
    client: Any = WaitingDynamoDb(calls=3)
    assert BATCH_LIMIT == 100
    assert batch_get(client, "t", keys(*range(250))) == keys(*range(250))
    assert sorted(client.sizes) == [50, 100, 100]


def test_unprocessed_keys_are_requested_again_after_a_pause(client, stub):
    stub.add_response("batch_get_item", found(1, unprocessed=(2, 3)), batch(1, 2, 3))
    stub.add_response("batch_get_item", found(3, unprocessed=(2,)), batch(2, 3))
    stub.add_response("batch_get_item", found(2), batch(2))
    pauses = Pauses()
    assert batch_get(client, "t", keys(1, 2, 3), pause=pauses) == keys(1, 3, 2)
    assert len(pauses) == 2


def test_keys_that_stay_unprocessed_make_the_store_unavailable(client, stub):
    stub.add_response("batch_get_item", found(1, unprocessed=(2, 3)), batch(1, 2, 3))
    for _ in range(BATCH_ATTEMPTS - 1):
        stub.add_response("batch_get_item", found(unprocessed=(2, 3)), batch(2, 3))
    pauses = Pauses()
    with pytest.raises(StoreUnavailableError, match="2 items"):
        batch_get(client, "t", keys(1, 2, 3), pause=pauses)
    assert len(pauses) == BATCH_ATTEMPTS - 1
    assert sum(pauses) < 2


def test_pauses_are_random_and_grow(client, stub, monkeypatch):
    monkeypatch.setattr(random, "uniform", lambda _, most: most)
    for _ in range(BATCH_ATTEMPTS):
        stub.add_response("batch_get_item", found(unprocessed=(1,)))
    pauses = Pauses()
    with pytest.raises(StoreUnavailableError):
        batch_get(client, "t", keys(1), pause=pauses)
    assert pauses == [0.1, 0.2, 0.4, 0.8]


@pytest.mark.parametrize("code", ["ThrottlingException", "InternalServerError"])
def test_busy_store_is_unavailable(client, stub, code):
    stub.add_client_error("batch_get_item", code)
    stub.add_client_error("query", code)
    with pytest.raises(StoreUnavailableError):
        batch_get(client, "t", keys(1))
    with pytest.raises(StoreUnavailableError):
        list(query_items(client, {"TableName": "t"}))


def test_other_errors_pass_unchanged(client, stub):
    stub.add_client_error("batch_get_item", "ValidationException")
    with pytest.raises(ClientError, match="ValidationException"):
        batch_get(client, "t", keys(1))


QUERY = {"TableName": "t", "KeyConditionExpression": "id = :id", "Limit": 2}


def test_query_yields_the_items_of_all_pages(client, stub):
    (second, third) = keys(2, 4)
    stub.add_response("query", {"Items": keys(1, 2), "LastEvaluatedKey": second}, QUERY)
    stub.add_response(
        "query", {"Items": [], "LastEvaluatedKey": third}, {**QUERY, "ExclusiveStartKey": second}
    )
    stub.add_response("query", {"Items": keys(5)}, {**QUERY, "ExclusiveStartKey": third})
    assert list(query_items(client, QUERY)) == keys(1, 2, 5)


def test_query_that_starts_at_a_key_continues_after_its_first_page(client, stub):
    (first, second) = keys(1, 3)
    query = {**QUERY, "ExclusiveStartKey": first}
    stub.add_response("query", {"Items": keys(2, 3), "LastEvaluatedKey": second}, query)
    stub.add_response("query", {"Items": keys(4)}, {**QUERY, "ExclusiveStartKey": second})
    assert list(query_items(client, query)) == keys(2, 3, 4)
    assert query["ExclusiveStartKey"] == first


def test_query_reads_a_page_only_when_it_is_needed(client, stub):
    stub.add_response("query", {"Items": keys(1, 2), "LastEvaluatedKey": keys(2)[0]}, QUERY)
    items = query_items(client, QUERY)
    assert [next(items), next(items)] == keys(1, 2)


def test_a_partition_is_queried_strongly_consistent(client, stub):
    expected = {
        "TableName": "t",
        "KeyConditionExpression": "pk = :pk",
        "ExpressionAttributeValues": {":pk": {"S": "HOLDS"}},
        "ConsistentRead": True,
        "Limit": 5,
    }
    stub.add_response("query", {"Items": keys(1)}, expected)
    assert list(query_partition(client, "t", "HOLDS", Limit=5)) == keys(1)
