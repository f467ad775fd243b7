"""The outbox: events in the DynamoDB table `workflow` that have not been published yet."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING

from countersign_common.aws.errors import store_errors
from countersign_common.aws.items import Item, to_value
from countersign_common.aws.reads import batch_get, query_items
from countersign_common.clock import to_rfc3339

from workflow_service.adapters.commit_items import (
    OUTBOX_ATTRIBUTE,
    OUTBOX_INDEX,
    OUTBOX_POSITION,
    OUTBOX_SHARDS,
    expiry_of,
    key_of,
)
from workflow_service.adapters.event_items import event_or_unreadable
from workflow_service.adapters.keys import event_key
from workflow_service.domain.events import SealedEvent, UnreadableEvent

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEYS_PER_QUERY = 100
EVENTS_PER_READ = 25
"""Events that are read at once: an event can have 230 KB, and DynamoDB returns 16 MB per call."""


class DynamoDbOutbox:
    """An `Outbox`: an event is in it while its entry in the commit index has the attribute `outboxShard`.

    The index `outbox` has keys only, so the entries and their events are read from the table.
    """

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def remove(self, event: SealedEvent) -> None:
        with store_errors():
            self._client.update_item(
                TableName=self._table,
                Key=key_of(event),
                UpdateExpression=f"REMOVE {OUTBOX_ATTRIBUTE} SET expiresAt = :expiry",
                # Without the condition, an update of an entry that doesn't exist would create an item.
                ConditionExpression="attribute_exists(pk)",
                ExpressionAttributeValues={":expiry": to_value(expiry_of(event))},
            )

    def pending(self, before: datetime) -> Iterator[SealedEvent | UnreadableEvent]:
        shards = [self._shard(shard, before) for shard in OUTBOX_SHARDS]
        entries = merge(*shards, key=lambda entry: str(entry[OUTBOX_POSITION]["S"]))
        while batch := list(islice(entries, EVENTS_PER_READ)):
            yield from self._read(batch)

    def _shard(self, shard: str, before: datetime) -> Iterator[Item]:
        query = {
            "TableName": self._table,
            "IndexName": OUTBOX_INDEX,
            "Limit": KEYS_PER_QUERY,
            "KeyConditionExpression": f"{OUTBOX_ATTRIBUTE} = :shard AND {OUTBOX_POSITION} < :before",
            "ExpressionAttributeValues": {
                ":shard": to_value(shard),
                ":before": to_value(to_rfc3339(before)),
            },
        }
        return query_items(self._client, query)

    def _read(self, found: list[Item]) -> Iterator[SealedEvent | UnreadableEvent]:
        """Yield the events of what was found in the index, in its order."""
        stored = self._items({"pk": each["pk"], "sk": each["sk"]} for each in found)
        entries = (stored.get(_position(each)) for each in found)
        # The index is eventually consistent: events that were removed from the outbox since are skipped.
        pending = [each for each in entries if each is not None and OUTBOX_ATTRIBUTE in each]
        keys = [_event_key(entry) for entry in pending]
        events = self._items(key for key in keys if key is not None)
        for entry, key in zip(pending, keys, strict=True):
            event, occurred_at = (
                None if key is None else events.get(_position(key)),
                entry[OUTBOX_POSITION]["S"],
            )
            if event is None:
                yield UnreadableEvent(" ".join(_position(entry)), "the entry names no event", occurred_at)
            else:
                yield event_or_unreadable(event, occurred_at)

    def _items(self, keys: Iterable[Item]) -> dict[tuple[str, str], Item]:
        """Return the items with these keys, by their keys."""
        # BatchGetItem rejects duplicate keys.
        distinct = {_position(key): key for key in keys}
        found = batch_get(self._client, self._table, list(distinct.values()), consistent=True)
        return {_position(item): item for item in found}


def _position(item: Item) -> tuple[str, str]:
    return item["pk"]["S"], item["sk"]["S"]


def _event_key(entry: Item) -> Item | None:
    """Return the key of an entry's event; None if the entry is damaged."""
    try:
        return event_key(entry["workflowId"]["S"], int(entry["sequence"]["N"]))
    except (LookupError, ValueError):
        return None
