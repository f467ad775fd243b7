"""The store of full datasets: the audit-trail table in DynamoDB.

Keys: `datasetId`; index `workflow` on `workflowId` and `sequence`. Nothing here updates or deletes.
"""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from audit_service.adapters.record_items import item_of, record_of
from audit_service.domain.audit_record import AuditRecord
from audit_service.use_cases.ports import Added, ScannedPage, StoreUnavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

TRANSACTION_BYTES = 4_000_000
"""A transaction takes 4 MB in all (4,194,304 bytes), attribute names included."""

READ_ATTEMPTS = 5
"""A BatchGetItem answers at most 16 MB, and a hundred records of the largest size are 40 MB: three answers."""

SCAN_LIMIT = 200
"""Records in a page of a rebuild: one `_bulk` of about 100 KB, answered well within its time-out."""

_UNAVAILABLE = frozenset(
    {
        "InternalServerError",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "ThrottlingException",
        "TransactionInProgressException",
    }
)


class DynamoDbRecords:
    """The port `Records` on a DynamoDB table."""

    def __init__(
        self, client: "DynamoDBClient", table: str, pause: Callable[[float], None] = time.sleep
    ) -> None:
        """
        Args:
            client: with time-outs.
            table: its name.
            pause: waits so many seconds between two attempts to read.
        """
        self._client = client
        self._table = table
        self._pause = pause

    def add(self, records: Sequence[AuditRecord]) -> Added:
        """One transaction of conditional puts, for BatchWriteItem knows no condition.

        A transaction is all or nothing: when some ids are taken, or another transaction is at one of them, the others
        are written by a second one. So ten records cost one call, and two at the most; only a batch over 4 MB
        is more than one transaction to begin with.
        """
        existing: dict[str, AuditRecord] = {}
        refused: dict[str, str] = {}
        for batch in _within_limit(records):
            first = self._transact(batch)
            existing |= first.existing
            rest = [record for record in batch if record.dataset_id in first.refused]
            if rest:
                second = self._transact(rest)
                existing |= second.existing
                refused |= second.refused
        return Added(existing, refused)

    def get(self, dataset_id: str) -> AuditRecord | None:
        """Strongly consistent."""
        with _available():
            answer = self._client.get_item(
                TableName=self._table, Key={"datasetId": {"S": dataset_id}}, ConsistentRead=True
            )
        item = answer.get("Item")
        return None if item is None else record_of(item)

    def get_many(self, dataset_ids: Sequence[str]) -> Mapping[str, AuditRecord]:
        """One BatchGetItem, and more only for what it left unprocessed; StoreUnavailable when some stay so."""
        found: dict[str, AuditRecord] = {}
        wanted: list[Any] = [{"datasetId": {"S": dataset_id}} for dataset_id in dataset_ids]
        for attempt in range(READ_ATTEMPTS):
            with _available():
                answer = self._client.batch_get_item(RequestItems={self._table: {"Keys": wanted}})
            for record in map(record_of, answer["Responses"].get(self._table, ())):
                found[record.dataset_id] = record
            if not answer["UnprocessedKeys"]:
                return found
            wanted = list(answer["UnprocessedKeys"][self._table]["Keys"])
            # Full jitter, so that those who were turned away together do not come back together.
            self._pause(random.uniform(0, 0.05 * 2**attempt))  # noqa: S311
        raise StoreUnavailable(f"{len(wanted)} records could not be read; the store is busy.")

    def newest_of(self, workflow_id: str) -> AuditRecord | None:
        """From the index, backwards, one item."""
        with _available():
            answer = self._client.query(
                **self._of_workflow(workflow_id),
                ScanIndexForward=False,
                Limit=1,
            )
        return next(map(record_of, answer["Items"]), None)

    def all_of(self, workflow_id: str) -> Iterable[AuditRecord]:
        """From the index, page by page."""
        start: dict[str, Any] = {}
        while True:
            with _available():
                answer = self._client.query(**self._of_workflow(workflow_id), **start)
            yield from map(record_of, answer["Items"])
            if "LastEvaluatedKey" not in answer:
                return
            start = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}

    def scan(self, after: str | None) -> ScannedPage:
        """One page of a scan, strongly consistent, for the reason in `use_cases.rebuild_index`."""
        start: dict[str, Any] = {} if after is None else {"ExclusiveStartKey": {"datasetId": {"S": after}}}
        with _available():
            answer = self._client.scan(TableName=self._table, Limit=SCAN_LIMIT, ConsistentRead=True, **start)
        last = answer.get("LastEvaluatedKey")
        return ScannedPage(
            [record_of(item) for item in answer["Items"]], last["datasetId"]["S"] if last else None
        )

    def _transact(self, records: Sequence[AuditRecord]) -> Added:
        """Write all of them; else none, with those that stand in the way, and those that could have been."""
        try:
            with _available():
                self._client.transact_write_items(TransactItems=[self._put(record) for record in records])
        except self._client.exceptions.TransactionCanceledException as error:
            existing: dict[str, AuditRecord] = {}
            refused: dict[str, str] = {}
            for record, reason in zip(records, error.response["CancellationReasons"], strict=True):
                if reason["Code"] == "ConditionalCheckFailed":
                    existing[record.dataset_id] = record_of(reason["Item"])
                else:
                    refused[record.dataset_id] = (
                        f"not stored: the transaction was cancelled ({reason['Code']})"
                    )
            return Added(existing, refused)
        return Added({}, {})

    def _put(self, record: AuditRecord) -> "TransactWriteItemTypeDef":
        return {
            "Put": {
                "TableName": self._table,
                "Item": item_of(record),
                "ConditionExpression": "attribute_not_exists(datasetId)",
                # What stands there comes back with the refusal, which saves reading it.
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }

    def _of_workflow(self, workflow_id: str) -> Any:
        return {
            "TableName": self._table,
            "IndexName": "workflow",
            "KeyConditionExpression": "workflowId = :workflowId",
            "ExpressionAttributeValues": {":workflowId": {"S": workflow_id}},
        }


def _within_limit(records: Sequence[AuditRecord]) -> Iterator[list[AuditRecord]]:
    """The records in as few runs as transactions allow."""
    run: list[AuditRecord] = []
    size = 0
    for record in records:
        if run and size + record.size > TRANSACTION_BYTES:
            yield run
            run, size = [], 0
        run.append(record)
        size += record.size
    if run:
        yield run


@contextmanager
def _available() -> Iterator[None]:
    """Tells a store that does not answer, after the SDK's own retries, from one that was asked wrongly."""
    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] not in _UNAVAILABLE:
            raise
        raise StoreUnavailable("The store is busy.") from error
    except BotoCoreError as error:
        raise StoreUnavailable(f"The store does not answer ({type(error).__name__}).") from error
