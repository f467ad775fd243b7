"""What the sealer remembers, in the audit-log table. `log_items.py` has the items."""

import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from countersign_common.aws.errors import is_condition_failed, store_errors
from countersign_common.aws.items import Item
from countersign_common.aws.reads import batch_get
from countersign_common.aws.transactions import conflicts
from countersign_common.aws.writes import batch_write
from countersign_common.clock import from_rfc3339, to_rfc3339
from countersign_common.parallel import map_parallel

from audit_service.adapters.log_items import (
    PLAN_KEY,
    SHARDS,
    STATE_KEY,
    checkpoint_key,
    entry_item,
    entry_key,
    pending_entry,
    pending_key,
    pending_partition,
    positions_of,
)
from audit_service.domain.errors import LogDamagedError
from audit_service.domain.log.entries import Entry, LeafPosition, pack_bundle, unpack_bundle
from audit_service.domain.log.merkle import EMPTY_ROOT
from audit_service.domain.log.sealing import LeaseLostError, LogState, SealingPlan
from audit_service.ports import PendingPage, PublishedCheckpoint

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_COMPRESSION_LEVEL = 1


class DynamoDbSealingLedger:
    """The port `SealingLedger` on the audit-log table."""

    def __init__(
        self, client: "DynamoDBClient", table: str, pause: Callable[[float], None] = time.sleep
    ) -> None:
        """
        Args:
            client: A client with timeouts and at least MAX_THREADS connections.
            table: Name of the table.
            pause: Waits this many seconds before a batch is continued.
        """
        self._client = client
        self._table = table
        self._pause = pause

    def acquire(self, owner: str, now: datetime, until: datetime) -> LogState | None:
        """Take the lease, and read the state in the same call."""
        try:
            with store_errors():
                response = self._client.update_item(
                    TableName=self._table,
                    Key=STATE_KEY,
                    UpdateExpression="SET leaseOwner = :owner, leaseUntil = :until",
                    ConditionExpression="attribute_not_exists(leaseUntil) OR leaseUntil < :now",
                    ExpressionAttributeValues={
                        ":owner": {"S": owner},
                        ":until": {"S": to_rfc3339(until)},
                        ":now": {"S": to_rfc3339(now)},
                    },
                    ReturnValues="ALL_NEW",
                )
        except ClientError as error:
            if not is_condition_failed(error):
                raise
            return None
        return self._state(dict(response["Attributes"]))

    def release(self, owner: str) -> None:
        """Remove the lease."""
        try:
            with store_errors():
                self._client.update_item(
                    TableName=self._table,
                    Key=STATE_KEY,
                    UpdateExpression="REMOVE leaseOwner, leaseUntil",
                    ConditionExpression="leaseOwner = :owner",
                    ExpressionAttributeValues={":owner": {"S": owner}},
                )
        except ClientError as error:
            if not is_condition_failed(error):
                raise

    def pending(self, limit: int) -> PendingPage:
        """Query all shards, each up to its share of the limit. A shard is sorted by id; ids sort by time."""
        responses = map_parallel(lambda shard: self._shard(shard, limit // SHARDS), range(SHARDS))
        entries, unreadable = [], []
        for item in (item for response in responses for item in response["Items"]):
            try:
                entries.append(pending_entry(item))
            except ValueError:
                unreadable.append(f"{item['pk']['S']} {item['sk']['S']}")
        entries.sort(key=lambda pending: (pending.added_at, pending.entry.entry_id))
        is_complete = not any(response.get("LastEvaluatedKey") for response in responses)
        return PendingPage(entries, unreadable, is_complete)

    def positions(self, entry_ids: Sequence[str]) -> Mapping[str, LeafPosition]:
        """Read the positions in batches, strongly consistent."""
        keys = [*map(entry_key, entry_ids)]
        return positions_of(batch_get(self._client, self._table, keys, consistent=True, pause=self._pause))

    def discard(self, entry_ids: Sequence[str]) -> None:
        """Delete pending items."""
        self._write([{"DeleteRequest": {"Key": pending_key(entry_id)}} for entry_id in entry_ids])

    def plan(self, owner: str, plan: SealingPlan) -> None:
        """Store the plan and its size in the state, in one transaction."""
        is_first = "attribute_not_exists(#size)" if plan.size == 0 else "#size = :size"
        with conflicts(LeaseLostError):
            self._client.transact_write_items(
                TransactItems=[
                    {
                        "Update": {
                            "TableName": self._table,
                            "Key": STATE_KEY,
                            "UpdateExpression": "SET planned = :planned",
                            "ConditionExpression": (
                                f"leaseOwner = :owner AND attribute_not_exists(planned) AND {is_first}"
                            ),
                            "ExpressionAttributeNames": {"#size": "size"},
                            "ExpressionAttributeValues": {
                                ":owner": {"S": owner},
                                ":planned": {"N": str(plan.new_size)},
                                **({":size": {"N": str(plan.size)}} if plan.size else {}),
                            },
                        }
                    },
                    {
                        "Put": {
                            "TableName": self._table,
                            "Item": {
                                **PLAN_KEY,
                                "size": {"N": str(plan.size)},
                                "entries": {"B": _packed(plan.entries)},
                            },
                        }
                    },
                ]
            )

    def commit(self, owner: str, plan: SealingPlan, checkpoint: PublishedCheckpoint) -> None:
        """Store the checkpoint in the state and in the history, in one transaction."""
        signed = checkpoint.signed
        values: Item = {
            "size": {"N": str(signed.checkpoint.size)},
            "root": {"B": signed.checkpoint.root},
            "note": {"S": signed.note},
        }
        is_first = "attribute_not_exists(#size)" if plan.size == 0 else "#size = :before"
        with conflicts(LeaseLostError):
            self._client.transact_write_items(
                TransactItems=[
                    {
                        "Update": {
                            "TableName": self._table,
                            "Key": STATE_KEY,
                            "UpdateExpression": (
                                "SET #size = :size, #root = :root, #note = :note, sealedAt = :sealedAt"
                            ),
                            "ConditionExpression": f"leaseOwner = :owner AND planned = :size AND {is_first}",
                            "ExpressionAttributeNames": {f"#{name}": name for name in values},
                            "ExpressionAttributeValues": {
                                **{f":{name}": value for name, value in values.items()},
                                ":sealedAt": {"S": checkpoint.signed_at},
                                ":owner": {"S": owner},
                                **({":before": {"N": str(plan.size)}} if plan.size else {}),
                            },
                        }
                    },
                    {
                        "Put": {
                            "TableName": self._table,
                            "Item": {**checkpoint_key(checkpoint.signed_at), **values},
                        }
                    },
                ]
            )

    def finish(self, owner: str, plan: SealingPlan) -> None:
        """Store positions, and only then delete pending items: a reader always finds an entry."""
        indexed = enumerate(plan.entries, plan.size)
        self._write([{"PutRequest": {"Item": entry_item(entry, index)}} for index, entry in indexed])
        self.discard([entry.entry_id for entry in plan.entries])
        try:
            with store_errors():
                self._client.update_item(
                    TableName=self._table,
                    Key=STATE_KEY,
                    UpdateExpression="REMOVE planned",
                    ConditionExpression="leaseOwner = :owner AND planned = :planned AND #size = :planned",
                    ExpressionAttributeNames={"#size": "size"},
                    ExpressionAttributeValues={
                        ":owner": {"S": owner},
                        ":planned": {"N": str(plan.new_size)},
                    },
                )
        except ClientError as error:
            if not is_condition_failed(error):
                raise
            raise LeaseLostError from error

    def _state(self, item: Item) -> LogState:
        """Return the state of an item, with the plan that is stored next to it.

        Raises:
            LogDamagedError: They don't fit.
        """
        try:
            size = int(item["size"]["N"]) if "size" in item else 0
            planned = int(item["planned"]["N"]) if "planned" in item else None
            state = LogState(
                size=size,
                root=item["root"]["B"] if size else EMPTY_ROOT,
                note=item["note"]["S"] if size else None,
                sealed_at=from_rfc3339(item["sealedAt"]["S"]) if size else None,
                plan=None if planned is None else self._plan(),
            )
        except (AttributeError, KeyError, TypeError, ValueError, zlib.error) as error:
            raise LogDamagedError("The log's state can't be read.") from error
        plan = state.plan
        if plan is not None and (plan.new_size != planned or size not in (plan.size, plan.new_size)):
            raise LogDamagedError("The log's plan is not the one of its state.")
        return state

    def _plan(self) -> SealingPlan:
        with store_errors():
            response = self._client.get_item(TableName=self._table, Key=PLAN_KEY, ConsistentRead=True)
        item = response["Item"]
        entries = unpack_bundle(zlib.decompress(item["entries"]["B"]))
        return SealingPlan(int(item["size"]["N"]), tuple(entries))

    def _shard(self, shard: int, limit: int) -> Any:
        with store_errors():
            return self._client.query(
                TableName=self._table,
                KeyConditionExpression="pk = :pk",
                ExpressionAttributeValues={":pk": {"S": pending_partition(shard)}},
                ConsistentRead=True,
                Limit=limit,
            )

    def _write(self, requests: Sequence[Any]) -> None:
        batch_write(self._client, self._table, requests, pause=self._pause)


def _packed(entries: Sequence[Entry]) -> bytes:
    """Return a compressed bundle: the hexadecimal digits of ids and hashes take half of their bytes."""
    return zlib.compress(pack_bundle(entries), _COMPRESSION_LEVEL)
