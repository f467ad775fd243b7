"""What is known of the log besides the tree, in the audit-log table. `log_items.py` has the items."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from countersign_common.aws.errors import store_errors
from countersign_common.aws.items import Item
from countersign_common.aws.reads import batch_get, query_items, query_partition
from countersign_common.clock import to_rfc3339
from countersign_common.parallel import map_parallel

from audit_service.adapters.log_items import (
    CHECKPOINTS,
    SHARDS,
    STATE_KEY,
    cosignature_item,
    cosignature_of,
    cosignature_partition,
    entry_item,
    entry_key,
    erased_partition,
    pending_key,
    pending_partition,
    pending_times,
    positions_of,
    published_checkpoint,
)
from audit_service.domain.keys import MAX_ENTRY_BYTES, is_key
from audit_service.domain.log.entries import Entry, LeafPosition
from audit_service.domain.log.notes import NoteSignature
from audit_service.ports import PendingEntries, PublishedCheckpoint

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

COUNT_LIMIT = 1_000
"""Pending entries are counted up to this number in each shard."""


class DynamoDbLogIndex:
    """The port `LogIndex` on the audit-log table."""

    def __init__(
        self, client: "DynamoDBClient", table: str, pause: Callable[[float], None] = time.sleep
    ) -> None:
        """
        Args:
            client: A client with timeouts.
            table: Name of the table.
            pause: Waits this many seconds before a batch read is continued.
        """
        self._client = client
        self._table = table
        self._pause = pause

    def newest_checkpoint(self) -> PublishedCheckpoint | None:
        """Return the checkpoint in the state, strongly consistent."""
        with store_errors():
            response = self._client.get_item(TableName=self._table, Key=STATE_KEY, ConsistentRead=True)
        item = response.get("Item")
        # A sealer that has not sealed yet has stored its lease only.
        return None if item is None or "note" not in item else published_checkpoint(dict(item))

    def list_checkpoints(self, *, before: str | None, page_size: int) -> Iterator[PublishedCheckpoint]:
        """Query the history backward."""
        condition = "pk = :pk" if before is None else "pk = :pk AND sk < :before"
        values: Item = {":pk": {"S": CHECKPOINTS}}
        if before is not None:
            values[":before"] = {"S": before}
        query = {
            "TableName": self._table,
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": values,
            "ScanIndexForward": False,
            "Limit": page_size,
        }
        return (published_checkpoint(item) for item in query_items(self._client, query))

    def positions(self, entry_ids: Sequence[str]) -> Mapping[str, LeafPosition]:
        """Read the positions in batches, strongly consistent."""
        return positions_of(
            self._batch_get([entry_key(each) for each in entry_ids if is_key(each, MAX_ENTRY_BYTES)])
        )

    def restore_positions(self, entries: Mapping[Entry, int]) -> None:
        """Put the positions, in parallel: the permission for batches would also allow to delete items."""

        def put(position: tuple[Entry, int]) -> None:
            with store_errors():
                self._client.put_item(TableName=self._table, Item=entry_item(*position))

        map_parallel(put, entries.items())

    def pending_since(self, entry_ids: Sequence[str]) -> Mapping[str, datetime]:
        """Read the pending items in batches, strongly consistent."""
        return pending_times(
            self._batch_get([pending_key(each) for each in entry_ids if is_key(each, MAX_ENTRY_BYTES)])
        )

    def count_pending(self) -> PendingEntries:
        """Query each shard, with the time of up to COUNT_LIMIT entries."""

        def times(shard: int) -> list[datetime]:
            with store_errors():
                response = self._client.query(
                    TableName=self._table,
                    KeyConditionExpression="pk = :pk",
                    ExpressionAttributeValues={":pk": {"S": pending_partition(shard)}},
                    ProjectionExpression="sk, addedAt",
                    ConsistentRead=True,
                    Limit=COUNT_LIMIT,
                )
            return list(pending_times(response["Items"]).values())

        found = [time for shard in map_parallel(times, range(SHARDS)) for time in shard]
        return PendingEntries(len(found), min(found, default=None))

    def erasures_of(self, dataset_id: str) -> list[str]:
        """Query what the erasure function noted about a record."""
        if not is_key(dataset_id, MAX_ENTRY_BYTES):
            return []
        items = query_partition(self._client, self._table, erased_partition(dataset_id))
        return [item["sk"]["S"] for item in items]

    def cosignatures(self, size: int) -> list[NoteSignature]:
        """Query the cosignatures of a size."""
        items = query_partition(self._client, self._table, cosignature_partition(size))
        return [cosignature_of(item) for item in items]

    def add_cosignature(self, size: int, cosignature: NoteSignature, at: datetime) -> None:
        """Put the cosignature."""
        with store_errors():
            self._client.put_item(
                TableName=self._table, Item=cosignature_item(size, cosignature, to_rfc3339(at))
            )

    def _batch_get(self, keys: Sequence[Item]) -> list[Item]:
        return batch_get(self._client, self._table, keys, consistent=True, pause=self._pause)
