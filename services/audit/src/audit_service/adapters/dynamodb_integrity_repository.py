"""The progress and findings of reconciliation, in the audit-integrity table. `integrity_items.py` has the items."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from countersign_common.aws.errors import store_errors
from countersign_common.aws.items import Item
from countersign_common.aws.reads import batch_get, query_items
from countersign_common.aws.writes import batch_write
from countersign_common.pagination import Page, paginate

from audit_service.adapters.integrity_items import (
    FINDINGS,
    PROGRESS_KEY,
    RESOLVED,
    attestation_item,
    attestation_key,
    attestations_of,
    finding_item,
    finding_key,
    findings_of,
    progress_item,
    progress_of,
)
from audit_service.domain.integrity import Attestation, FindingChanges, FoundFinding, Progress

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

COUNT_LIMIT = 10_000
"""Open findings are counted up to this number."""

_PAGE = 1_000


class DynamoDbIntegrityRepository:
    """The port `IntegrityRepository` on the audit-integrity table."""

    def __init__(
        self, client: "DynamoDBClient", table: str, pause: Callable[[float], None] = time.sleep
    ) -> None:
        """
        Args:
            client: A client with timeouts.
            table: Name of the table.
            pause: Waits this many seconds before a batch is continued.
        """
        self._client = client
        self._table = table
        self._pause = pause

    def progress(self) -> Progress:
        """Return the item, strongly consistent."""
        with store_errors():
            response = self._client.get_item(TableName=self._table, Key=PROGRESS_KEY, ConsistentRead=True)
        item = response.get("Item")
        return Progress() if item is None else progress_of(dict(item))

    def save_progress(self, progress: Progress) -> None:
        """Put the item."""
        with store_errors():
            self._client.put_item(TableName=self._table, Item=progress_item(progress))

    def open_findings(self, *, after: str, limit: int) -> Page[FoundFinding, str]:
        """Query open findings, strongly consistent."""
        query = self._partition(FINDINGS, Limit=min(limit + 1, _PAGE), ConsistentRead=True)
        if after:
            query["ExclusiveStartKey"] = finding_key(after)
        found = findings_of(query_items(self._client, query))
        return paginate(found, limit, lambda each: each.finding.key)

    def open_findings_by_key(self, keys: Sequence[str]) -> Mapping[str, FoundFinding]:
        """Read open findings in batches, strongly consistent."""
        found = findings_of(self._batch_get([*map(finding_key, keys)]))
        return {each.finding.key: each for each in found}

    def resolved_findings(self, *, before: str | None, limit: int) -> Page[FoundFinding, str]:
        """Query resolved findings backward. A position is the sort key."""
        query = self._partition(RESOLVED, Limit=min(limit + 1, _PAGE), ScanIndexForward=False)
        if before is not None:
            query["ExclusiveStartKey"] = {"pk": {"S": RESOLVED}, "sk": {"S": before}}
        page = paginate(query_items(self._client, query), limit, lambda item: str(item["sk"]["S"]))
        return Page([*findings_of(page.items)], page.next_position)

    def count_open(self) -> int:
        """Count by query, page by page."""
        query: Any = self._partition(FINDINGS, Select="COUNT", ConsistentRead=True)
        count = 0
        while count < COUNT_LIMIT:
            with store_errors():
                response = self._client.query(**query)
            count += response["Count"]
            if not response.get("LastEvaluatedKey"):
                break
            query["ExclusiveStartKey"] = response["LastEvaluatedKey"]
        return min(count, COUNT_LIMIT)

    def change(self, changes: FindingChanges) -> None:
        """Put open and resolved findings first, and then delete those that were open, so that none is lost."""
        self._write([_put(finding_item(each)) for each in (*changes.open, *changes.resolved)])
        self._write([{"DeleteRequest": {"Key": finding_key(each.finding.key)}} for each in changes.resolved])

    def attestations(self, workflow_ids: Sequence[str]) -> Mapping[str, Attestation]:
        """Read items in batches, strongly consistent."""
        found = attestations_of(self._batch_get([*map(attestation_key, workflow_ids)]))
        return {each.state.workflow_id: each for each in found}

    def save_attestations(self, attestations: Sequence[Attestation]) -> None:
        """Put items in batches."""
        self._write([_put(attestation_item(each)) for each in attestations])

    def _partition(self, partition: str, **options: Any) -> dict[str, Any]:
        return {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :pk",
            "ExpressionAttributeValues": {":pk": {"S": partition}},
            **options,
        }

    def _batch_get(self, keys: Sequence[Item]) -> list[Item]:
        return batch_get(self._client, self._table, keys, consistent=True, pause=self._pause)

    def _write(self, requests: Sequence[Any]) -> None:
        batch_write(self._client, self._table, requests, pause=self._pause)


def _put(item: Item) -> Item:
    return {"PutRequest": {"Item": item}}
