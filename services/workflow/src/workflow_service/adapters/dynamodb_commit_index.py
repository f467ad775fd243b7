"""The commit index, in the DynamoDB table `workflow`."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from heapq import merge
from typing import TYPE_CHECKING

from countersign_common.aws.items import Item, to_value
from countersign_common.aws.reads import query_items
from countersign_common.clock import to_rfc3339

from workflow_service.adapters.commit_items import committed_event_from_item
from workflow_service.adapters.keys import COMMIT_SHARDS, commit_partition
from workflow_service.domain.manifests import CommittedEvent, UnreadableEntry

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_HOUR = timedelta(hours=1)


class DynamoDbCommitIndex:
    """A `CommitIndex`: eight partitions for each hour, merged by time."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def between(self, start: datetime, end: datetime) -> Iterator[CommittedEvent | UnreadableEntry]:
        hour = start.replace(minute=0, second=0, microsecond=0)
        while hour < end:
            shards = [self._shard(hour, shard, start, end) for shard in range(COMMIT_SHARDS)]
            yield from map(_entry, merge(*shards, key=lambda item: str(item["sk"]["S"])))
            hour += _HOUR

    def _shard(self, hour: datetime, shard: int, start: datetime, end: datetime) -> Iterator[Item]:
        query = {
            "TableName": self._table,
            "ConsistentRead": True,
            # A sort key continues after its time, so no sort key is equal to `:end`.
            "KeyConditionExpression": "pk = :partition AND sk BETWEEN :start AND :end",
            "ExpressionAttributeValues": {
                ":partition": to_value(commit_partition(to_rfc3339(hour), shard)),
                ":start": to_value(to_rfc3339(start)),
                ":end": to_value(to_rfc3339(end)),
            },
        }
        return query_items(self._client, query)


def _entry(item: Item) -> CommittedEvent | UnreadableEntry:
    try:
        return committed_event_from_item(item)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        return UnreadableEntry(f"{item['pk']['S']} {item['sk']['S']}", f"{type(error).__name__}: {error}")
