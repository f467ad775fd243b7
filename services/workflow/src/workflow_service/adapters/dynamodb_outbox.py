"""The outbox: events that were committed and not yet handed on, in the DynamoDB table `workflow`."""

from collections.abc import Iterator
from datetime import datetime
from heapq import merge
from typing import Any

from countersign_common.clock import to_rfc3339

from workflow_service.adapters.attributes import Item, drawn, text
from workflow_service.adapters.event_items import SHARDS, event_from, event_key
from workflow_service.use_cases.relay_outbox import Unreadable
from workflow_service.use_cases.seal import SealedEvent

PAGE = 25
"""Events of one page of a shard; one can have 300 KB, and DynamoDB ends a page at 1 MB."""


class DynamoDbOutbox:
    """An event is in it as long as its item has the attributes `outbox` and `outboxShard`."""

    def __init__(self, client: Any, table: str) -> None:
        """
        Args:
            client: a DynamoDB client.
            table: the table's name.
        """
        self._client = client
        self._table = table

    def clear(self, event: SealedEvent) -> None:
        """Strike an event out."""
        self._client.update_item(
            TableName=self._table,
            Key=event_key(event),
            UpdateExpression="REMOVE outbox, outboxShard",
            # Without it an event that is gone would come back as an empty item.
            ConditionExpression="attribute_exists(pk)",
        )

    def pending(self, until: datetime) -> Iterator[SealedEvent | Unreadable]:
        """What has been pending since before an instant, oldest first over all shards."""
        shards = [self._shard(shard, until) for shard in SHARDS]
        return map(_readable, merge(*shards, key=lambda item: str(item["occurredAt"]["S"])))

    def _shard(self, shard: str, until: datetime) -> Iterator[Item]:
        query = {
            "TableName": self._table,
            "IndexName": "outbox",
            "KeyConditionExpression": "outboxShard = :shard AND occurredAt < :until",
            "ExpressionAttributeValues": {":shard": text(shard), ":until": text(to_rfc3339(until))},
        }
        return drawn(self._client, query, page=PAGE)


def _readable(item: Item) -> SealedEvent | Unreadable:
    try:
        return event_from(item)
    except (LookupError, TypeError, ValueError) as error:
        key = f"{item['pk']['S']} {item['sk']['S']}"
        return Unreadable(key, f"{type(error).__name__}: {error}")
