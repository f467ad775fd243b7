"""The outbox: events in the DynamoDB table `workflow` that have not been published yet."""

from collections.abc import Iterator
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING

from countersign_common.aws.errors import store_errors
from countersign_common.aws.items import Item, to_value
from countersign_common.aws.reads import batch_get, query_items
from countersign_common.clock import to_rfc3339

from workflow_service.adapters.event_items import (
    OUTBOX_ATTRIBUTE,
    OUTBOX_INDEX,
    OUTBOX_SHARDS,
    event_or_unreadable,
)
from workflow_service.adapters.keys import event_key
from workflow_service.domain.events import SealedEvent, UnreadableEvent

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEYS_PER_QUERY = 100
EVENTS_PER_READ = 25
"""Events that are read at once: an event can have 230 KB, and DynamoDB returns 16 MB per call."""


class DynamoDbOutbox:
    """An `Outbox`: an event is in it while its item has the attribute `outboxShard`.

    The index `outbox` has keys only, so the events are read from the table.
    """

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def remove(self, event: SealedEvent) -> None:
        with store_errors():
            self._client.update_item(
                TableName=self._table,
                Key=event_key(event.workflow_id, event.sequence),
                UpdateExpression=f"REMOVE {OUTBOX_ATTRIBUTE}",
                # Without it, an update of an event that doesn't exist would create an empty item.
                ConditionExpression="attribute_exists(pk)",
            )

    def pending(self, before: datetime) -> Iterator[SealedEvent | UnreadableEvent]:
        shards = [self._shard(shard, before) for shard in OUTBOX_SHARDS]
        entries = merge(*shards, key=lambda entry: str(entry["occurredAt"]["S"]))
        while batch := list(islice(entries, EVENTS_PER_READ)):
            yield from self._read(batch)

    def _shard(self, shard: str, before: datetime) -> Iterator[Item]:
        query = {
            "TableName": self._table,
            "IndexName": OUTBOX_INDEX,
            "Limit": KEYS_PER_QUERY,
            "KeyConditionExpression": f"{OUTBOX_ATTRIBUTE} = :shard AND occurredAt < :before",
            "ExpressionAttributeValues": {
                ":shard": to_value(shard),
                ":before": to_value(to_rfc3339(before)),
            },
        }
        return query_items(self._client, query)

    def _read(self, entries: list[Item]) -> Iterator[SealedEvent | UnreadableEvent]:
        """Yield the events of index entries, in their order."""
        keys = [{"pk": entry["pk"], "sk": entry["sk"]} for entry in entries]
        found = batch_get(self._client, self._table, keys, consistent=True)
        items = {(item["pk"]["S"], item["sk"]["S"]): item for item in found}
        for entry in entries:
            item = items.get((entry["pk"]["S"], entry["sk"]["S"]))
            # The index is eventually consistent: what was removed from the outbox meanwhile is skipped.
            if item is not None and OUTBOX_ATTRIBUTE in item:
                yield event_or_unreadable(item)
