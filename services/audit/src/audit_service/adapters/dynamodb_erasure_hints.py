"""Which erasure events name a record, in the audit-log table. `log_items.py` has the items."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from countersign_common.aws.reads import query_partition
from countersign_common.aws.writes import batch_write
from countersign_common.parallel import map_parallel
from countersign_common.proof.commitment import PARTS, Part

from audit_service.adapters.log_items import erased_item, erased_partition, erased_parts_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoDbErasureHints:
    """The port `ErasureHints` on the audit-log table."""

    def __init__(
        self, client: "DynamoDBClient", table: str, pause: Callable[[float], None] = time.sleep
    ) -> None:
        """
        Args:
            client: A client with timeouts, and a connection for each thread.
            table: Name of the table.
            pause: Waits this many seconds before a batch write is continued.
        """
        self._client = client
        self._table = table
        self._pause = pause

    def add(self, event_id: str, parts: Mapping[str, Sequence[Part]]) -> None:
        """Put an item for each record."""
        requests = [
            {"PutRequest": {"Item": erased_item(dataset_id, event_id, named)}}
            for dataset_id, named in parts.items()
        ]
        batch_write(self._client, self._table, requests, pause=self._pause)

    def parts_of(self, dataset_ids: Sequence[str]) -> Mapping[str, frozenset[Part]]:
        """Query the partition of each record with strong consistency."""
        found = dict(zip(dataset_ids, map_parallel(self._parts_of, dataset_ids), strict=True))
        return {dataset_id: parts for dataset_id, parts in found.items() if parts}

    def _parts_of(self, dataset_id: str) -> frozenset[Part]:
        named = {
            part
            for item in query_partition(self._client, self._table, erased_partition(dataset_id))
            for part in erased_parts_of(item)
        }
        return frozenset(part for part in PARTS if part in named)
