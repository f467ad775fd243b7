"""The audit-trail table in DynamoDB.

Keys: `datasetId`; the index `workflow` has `workflowId` and `sequence`, and projects keys only. Nothing here updates or
deletes. What is stored is also put into the audit-log table, in the same transaction, for the sealer to find.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from countersign_common.aws.errors import store_errors
from countersign_common.aws.reads import batch_get, query_items
from countersign_common.aws.transactions import cancellation_reasons, is_canceled
from countersign_common.clock import Clock, system_clock
from countersign_common.pagination import Page

from audit_service.adapters.log_items import pending_item
from audit_service.adapters.record_items import item_of, record_of
from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.keys import is_key
from audit_service.domain.log.entries import Entry, EntryKind
from audit_service.ports import StoreResult, WorkflowPosition

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

TRANSACTION_BYTES = 4_000_000
"""A transaction can have 4 MB in all (4,194,304 bytes), attribute names included."""

TRANSACTION_ADDITIONS = 50
"""A transaction can have 100 items, and a record takes two."""

PENDING_BYTES = 200
"""More than a pending entry has."""

SCAN_LIMIT = 200
"""Records on a page of a rebuild: one `_bulk` of about 100 KB, which the index handles well within its time-out."""

_NEWEST_CHUNK = 10


class DynamoDbAuditRecordRepository:
    """The port `AuditRecordRepository` on a DynamoDB table."""

    def __init__(
        self,
        client: "DynamoDBClient",
        table: str,
        log_table: str,
        clock: Clock = system_clock,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """
        Args:
            client: A client with timeouts.
            table: Name of the table of records.
            log_table: Name of the audit-log table.
            clock: Says since when an entry is pending.
            pause: Waits this many seconds before a batch read is continued.
        """
        self._client = client
        self._table = table
        self._log_table = log_table
        self._clock = clock
        self._pause = pause

    def add(self, records: Sequence[AuditRecord], manifests: Sequence[Entry] = ()) -> StoreResult:
        """Store records and manifests in one transaction of conditional puts: BatchWriteItem has no conditions.

        A transaction is all or nothing. If some ids exist, or another transaction writes one of them, a second
        transaction stores the others. So ten records take one call, at most two; only a batch of more than 4 MB
        starts with more than one transaction.
        """
        existing: dict[str, AuditRecord] = {}
        failed: dict[str, str] = {}
        for batch in _transactions([*records, *manifests]):
            first = self._transact(batch)
            existing |= first.existing
            failed |= first.failed
            rest = [addition for addition in batch if _id_of(addition) in first.canceled]
            if rest:
                second = self._transact(rest)
                existing |= second.existing
                failed |= {**second.failed, **second.canceled}
        return StoreResult(existing, failed)

    def get(self, dataset_id: str) -> AuditRecord | None:
        """Return a record, strongly consistent."""
        with store_errors():
            response = self._client.get_item(TableName=self._table, Key=_key(dataset_id), ConsistentRead=True)
        item = response.get("Item")
        return None if item is None else record_of(dict(item))

    def get_many(self, dataset_ids: Sequence[str]) -> Mapping[str, AuditRecord]:
        """Return records by id, strongly consistent: a record that was just indexed must not look missing."""
        keys = [_key(each) for each in dataset_ids if is_key(each)]
        items = batch_get(self._client, self._table, keys, consistent=True, pause=self._pause)
        return {record.dataset_id: record for record in map(record_of, items)}

    def list_positions(
        self, workflow_id: str, *, after: WorkflowPosition | None, limit: int
    ) -> list[WorkflowPosition]:
        """Query the keys of the index."""
        start: dict[str, Any] = {}
        if after is not None:
            start["ExclusiveStartKey"] = {
                **_key(after.dataset_id),
                "workflowId": {"S": workflow_id},
                "sequence": {"N": str(after.sequence)},
            }
        items = islice(query_items(self._client, self._by_workflow(workflow_id, Limit=limit, **start)), limit)
        # Whoever can write to the table can store any number: it only orders the records.
        return [
            WorkflowPosition(int(Decimal(item["sequence"]["N"])), item["datasetId"]["S"]) for item in items
        ]

    def list_newest_first(self, workflow_id: str) -> Iterator[AuditRecord]:
        """Query the keys, then read the newest item, and more only if they are consumed."""
        ids = self._dataset_ids(workflow_id, ScanIndexForward=False, Limit=_NEWEST_CHUNK)
        yield from self._in_order(list(islice(ids, 1)))
        while batch := list(islice(ids, _NEWEST_CHUNK)):
            yield from self._in_order(batch)

    def scan(self, after: str | None) -> Page[AuditRecord, str]:
        """Return one page of a strongly consistent scan."""
        start: dict[str, Any] = {} if after is None else {"ExclusiveStartKey": _key(after)}
        with store_errors():
            response = self._client.scan(
                TableName=self._table, Limit=SCAN_LIMIT, ConsistentRead=True, **start
            )
        last = response.get("LastEvaluatedKey")
        records = [record_of(dict(item)) for item in response["Items"]]
        return Page(records, last["datasetId"]["S"] if last else None)

    def _dataset_ids(self, workflow_id: str, **options: Any) -> Iterator[str]:
        query = self._by_workflow(workflow_id, **options)
        return (item["datasetId"]["S"] for item in query_items(self._client, query))

    def _by_workflow(self, workflow_id: str, **options: Any) -> dict[str, Any]:
        return {
            "TableName": self._table,
            "IndexName": "workflow",
            "KeyConditionExpression": "workflowId = :workflowId",
            "ExpressionAttributeValues": {":workflowId": {"S": workflow_id}},
            **options,
        }

    def _in_order(self, dataset_ids: Sequence[str]) -> Iterable[AuditRecord]:
        found = self.get_many(dataset_ids)
        return [found[dataset_id] for dataset_id in dataset_ids if dataset_id in found]

    def _transact(self, batch: Sequence[AuditRecord | Entry]) -> "_Outcome":
        """Store all or nothing; then return what exists and what could have been stored."""
        at = self._clock()
        writes = [self._writes(addition, at) for addition in batch]
        try:
            with store_errors():
                self._client.transact_write_items(TransactItems=[put for puts in writes for put in puts])
        except ClientError as error:
            if not is_canceled(error):
                raise
            return _canceled(batch, [len(puts) for puts in writes], error)
        return _Outcome()

    def _writes(self, addition: AuditRecord | Entry, at: datetime) -> "list[TransactWriteItemTypeDef]":
        """Return the puts of an addition. Those of conditions come first."""
        if isinstance(addition, Entry):
            return [self._put_pending(addition, at, condition="attribute_not_exists(pk) OR #hash = :hash")]
        entry = Entry(EntryKind.EVENT, addition.dataset_id, addition.hash)
        return [self._put(addition), self._put_pending(entry, at)]

    def _put(self, record: AuditRecord) -> "TransactWriteItemTypeDef":
        return {
            "Put": {
                "TableName": self._table,
                "Item": item_of(record),
                "ConditionExpression": "attribute_not_exists(datasetId)",
                # The existing item comes back in the error, which saves a read.
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }

    def _put_pending(
        self, entry: Entry, at: datetime, condition: str | None = None
    ) -> "TransactWriteItemTypeDef":
        item = pending_item(entry, at)
        put: Any = {"TableName": self._log_table, "Item": item}
        if condition is not None:
            put |= {
                "ConditionExpression": condition,
                "ExpressionAttributeNames": {"#hash": "hash"},
                "ExpressionAttributeValues": {":hash": item["hash"]},
            }
        return {"Put": put}


@dataclass(frozen=True)
class _Outcome:
    """The result of a transaction.

    Attributes:
        existing: datasetId → the stored record.
        failed: Id → reason, for what can't be stored.
        canceled: Id → reason, for what was not stored because of the others.
    """

    existing: Mapping[str, AuditRecord] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)
    canceled: Mapping[str, str] = field(default_factory=dict)


def _key(dataset_id: str) -> Any:
    return {"datasetId": {"S": dataset_id}}


def _id_of(addition: AuditRecord | Entry) -> str:
    return addition.entry_id if isinstance(addition, Entry) else addition.dataset_id


def _canceled(batch: Sequence[AuditRecord | Entry], widths: Sequence[int], error: ClientError) -> _Outcome:
    """Return what canceled a transaction.

    Args:
        batch: What should have been stored.
        widths: How many items of the transaction each of them has.
        error: Of the transaction.
    """
    existing: dict[str, AuditRecord] = {}
    failed: dict[str, str] = {}
    canceled: dict[str, str] = {}
    reasons = iter(cancellation_reasons(error))
    for addition, width in zip(batch, widths, strict=True):
        own = list(islice(reasons, width))
        codes = {reason["Code"] for reason in own}
        if "ConditionalCheckFailed" not in codes:
            reason = ", ".join(sorted(codes - {"None"})) or "None"
            canceled[_id_of(addition)] = f"not stored: the transaction was canceled ({reason})"
        elif isinstance(addition, Entry):
            failed[addition.entry_id] = "another manifest has this name"
        else:
            existing[addition.dataset_id] = record_of(own[0]["Item"])
    return _Outcome(existing, failed, canceled)


def _transactions(additions: Sequence[AuditRecord | Entry]) -> Iterator[list[AuditRecord | Entry]]:
    """Yield the additions in as few transactions as the limits allow."""
    batch: list[AuditRecord | Entry] = []
    size = 0
    for addition in additions:
        added = PENDING_BYTES + (0 if isinstance(addition, Entry) else addition.size)
        if batch and (size + added > TRANSACTION_BYTES or len(batch) == TRANSACTION_ADDITIONS):
            yield batch
            batch, size = [], 0
        batch.append(addition)
        size += added
    if batch:
        yield batch
