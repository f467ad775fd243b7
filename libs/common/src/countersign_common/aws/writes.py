"""DynamoDB writes: batches of puts and deletes, with retries."""

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from countersign_common.aws.backoff import backoff_seconds
from countersign_common.aws.errors import busy, store_errors
from countersign_common.parallel import map_parallel

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

WRITE_LIMIT = 25
"""Maximum number of puts and deletes in one BatchWriteItem call (DynamoDB quota)."""

WRITE_ATTEMPTS = 6
"""Maximum number of calls for one batch."""


def batch_write(
    client: "DynamoDBClient",
    table: str,
    requests: Sequence[Any],
    *,
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Put and delete items, in parallel and in any order. It can be repeated.

    Args:
        client: A DynamoDB client, which may be used from several threads.
        table: Name of the table.
        requests: `{"PutRequest": {"Item": …}}` or `{"DeleteRequest": {"Key": …}}`, each key once.
        pause: Waits this many seconds before a retry.

    Raises:
        StoreUnavailableError: Some writes are not done after all attempts.
    """

    def write(start: int) -> None:
        left: Any = {table: list(requests[start : start + WRITE_LIMIT])}
        for attempt in range(WRITE_ATTEMPTS):
            if attempt:
                pause(backoff_seconds(attempt))
            with store_errors():
                left = client.batch_write_item(RequestItems=left).get("UnprocessedItems")
            if not left:
                return
        raise busy()

    map_parallel(write, range(0, len(requests), WRITE_LIMIT))
