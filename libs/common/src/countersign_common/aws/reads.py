"""DynamoDB reads: queries over all pages, and batch reads in parallel, with retries."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from countersign_common.aws.backoff import backoff_seconds
from countersign_common.aws.errors import store_errors
from countersign_common.aws.items import Item, projection
from countersign_common.errors import StoreUnavailableError
from countersign_common.parallel import map_parallel

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

BATCH_LIMIT = 100
"""Maximum number of keys in one BatchGetItem call (DynamoDB quota)."""

BATCH_ATTEMPTS = 5
"""Maximum number of calls for one batch. A response has at most 16 MB, so large items take several calls."""


def query_items(client: "DynamoDBClient", query: Mapping[str, Any]) -> Iterator[Item]:
    """Yield the items of a query. Fetches the next page when it is needed.

    Args:
        client: A DynamoDB client.
        query: Arguments of `query`. `Limit` is the size of a page, not of the result; `ExclusiveStartKey` is where
            the first page starts.

    Raises:
        StoreUnavailableError: DynamoDB is busy or does not respond.
    """
    arguments = dict(query)
    while True:
        with store_errors():
            response = client.query(**arguments)
        yield from response["Items"]
        if not response.get("LastEvaluatedKey"):
            return
        arguments["ExclusiveStartKey"] = response["LastEvaluatedKey"]


def query_partition(client: "DynamoDBClient", table: str, partition: str, **options: Any) -> Iterator[Item]:
    """Yield the items of a partition of a table whose keys are `pk` and `sk`, strongly consistent.

    Args:
        client: A DynamoDB client.
        table: Name of the table.
        partition: The value of `pk`.
        options: More arguments of `query`, as in `query_items`.

    Raises:
        StoreUnavailableError: DynamoDB is busy or does not respond.
    """
    query = {
        "TableName": table,
        "KeyConditionExpression": "pk = :pk",
        "ExpressionAttributeValues": {":pk": {"S": partition}},
        "ConsistentRead": True,
        **options,
    }
    return query_items(client, query)


def batch_get(
    client: "DynamoDBClient",
    table: str,
    keys: Sequence[Item],
    *,
    consistent: bool = False,
    attributes: Sequence[str] | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> list[Item]:
    """Return the items of these keys, in any order. Keys without an item are left out.

    Args:
        client: A DynamoDB client, which may be used from several threads.
        table: Name of the table.
        keys: The keys, without duplicates.
        consistent: Whether the reads are strongly consistent.
        attributes: Names or paths of the attributes to return; None for all.
        pause: Waits this many seconds before a retry.

    Raises:
        StoreUnavailableError: Keys are unprocessed after all attempts. Without the error, their items would look
            missing.
    """
    projected = {} if attributes is None else projection(attributes)

    def read(start: int) -> list[Item]:
        request = {"Keys": list(keys[start : start + BATCH_LIMIT]), "ConsistentRead": consistent}
        return list(_batch(client, table, request | projected, pause))

    batches = map_parallel(read, range(0, len(keys), BATCH_LIMIT))
    return [item for items in batches for item in items]


def _batch(
    client: "DynamoDBClient", table: str, read: dict[str, Any], pause: Callable[[float], None]
) -> Iterator[Item]:
    request: Any = {table: read}
    for attempt in range(BATCH_ATTEMPTS):
        if attempt:
            pause(backoff_seconds(attempt))
        with store_errors():
            response = client.batch_get_item(RequestItems=request)
        yield from response.get("Responses", {}).get(table, [])
        request = response.get("UnprocessedKeys")
        if not request:
            return
    left = len(request[table]["Keys"])
    raise StoreUnavailableError(f"The database is busy: {left} items could not be read.")
