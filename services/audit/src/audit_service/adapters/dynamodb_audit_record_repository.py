"""The audit-trail table in DynamoDB.

Keys: `datasetId`; the index `workflow` has `workflowId` and `sequence`, and projects keys only. Nothing here updates or
deletes.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from countersign_common.aws.errors import store_errors
from countersign_common.aws.reads import BATCH_LIMIT, batch_get, query_items
from countersign_common.aws.transactions import cancellation_reasons, is_canceled
from countersign_common.pagination import Page

from audit_service.adapters.record_items import item_of, record_of
from audit_service.domain.audit_record import AuditRecord
from audit_service.ports import StoreResult

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

TRANSACTION_BYTES = 4_000_000
"""A transaction can have 4 MB in all (4,194,304 bytes), attribute names included."""

SCAN_LIMIT = 200
"""Records on a page of a rebuild: one `_bulk` of about 100 KB, which the index handles well within its time-out."""

_NEWEST_CHUNK = 10


class DynamoDbAuditRecordRepository:
    """The port `AuditRecordRepository` on a DynamoDB table."""

    def __init__(
        self, client: "DynamoDBClient", table: str, pause: Callable[[float], None] = time.sleep
    ) -> None:
        """
        Args:
            client: With time-outs.
            table: Name of the table.
            pause: Waits this many seconds before a batch read is continued.
        """
        self._client = client
        self._table = table
        self._pause = pause

    def add(self, records: Sequence[AuditRecord]) -> StoreResult:
        """Store records in one transaction of conditional puts: BatchWriteItem has no conditions.

        A transaction is all or nothing. If some ids exist, or another transaction writes one of them, a second
        transaction stores the others. So ten records take one call, at most two; only a batch of more than 4 MB
        starts with more than one transaction.
        """
        existing: dict[str, AuditRecord] = {}
        failed: dict[str, str] = {}
        for batch in _transactions(records):
            first = self._transact(batch)
            existing |= first.existing
            rest = [record for record in batch if record.dataset_id in first.failed]
            if rest:
                second = self._transact(rest)
                existing |= second.existing
                failed |= second.failed
        return StoreResult(existing, failed)

    def get(self, dataset_id: str) -> AuditRecord | None:
        """Return a record, strongly consistent."""
        with store_errors():
            response = self._client.get_item(TableName=self._table, Key=_key(dataset_id), ConsistentRead=True)
        item = response.get("Item")
        return None if item is None else record_of(dict(item))

    def get_many(self, dataset_ids: Sequence[str]) -> Mapping[str, AuditRecord]:
        """Return records by id, strongly consistent: a record that was just indexed must not look missing."""
        items = batch_get(
            self._client, self._table, [*map(_key, dataset_ids)], consistent=True, pause=self._pause
        )
        return {record.dataset_id: record for record in map(record_of, items)}

    def list_by_workflow(self, workflow_id: str) -> Iterator[AuditRecord]:
        """Query the keys, then read the items in batches."""
        ids = self._dataset_ids(workflow_id)
        while batch := list(islice(ids, BATCH_LIMIT)):
            yield from self._in_order(batch)

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
        query = {
            "TableName": self._table,
            "IndexName": "workflow",
            "KeyConditionExpression": "workflowId = :workflowId",
            "ExpressionAttributeValues": {":workflowId": {"S": workflow_id}},
            **options,
        }
        return (item["datasetId"]["S"] for item in query_items(self._client, query))

    def _in_order(self, dataset_ids: Sequence[str]) -> Iterable[AuditRecord]:
        found = self.get_many(dataset_ids)
        return [found[dataset_id] for dataset_id in dataset_ids if dataset_id in found]

    def _transact(self, records: Sequence[AuditRecord]) -> StoreResult:
        """Store all records or none; then return those that exist and those that could have been stored."""
        try:
            with store_errors():
                self._client.transact_write_items(TransactItems=[self._put(record) for record in records])
        except ClientError as error:
            if not is_canceled(error):
                raise
            return _canceled(records, error)
        return StoreResult({}, {})

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


def _key(dataset_id: str) -> Any:
    return {"datasetId": {"S": dataset_id}}


def _canceled(records: Sequence[AuditRecord], error: ClientError) -> StoreResult:
    existing: dict[str, AuditRecord] = {}
    failed: dict[str, str] = {}
    for record, reason in zip(records, cancellation_reasons(error), strict=True):
        if reason["Code"] == "ConditionalCheckFailed":
            existing[record.dataset_id] = record_of(reason["Item"])
        else:
            failed[record.dataset_id] = f"not stored: the transaction was canceled ({reason['Code']})"
    return StoreResult(existing, failed)


def _transactions(records: Sequence[AuditRecord]) -> Iterator[list[AuditRecord]]:
    """Yield the records in as few transactions as the limit allows."""
    batch: list[AuditRecord] = []
    size = 0
    for record in records:
        if batch and size + record.size > TRANSACTION_BYTES:
            yield batch
            batch, size = [], 0
        batch.append(record)
        size += record.size
    if batch:
        yield batch
