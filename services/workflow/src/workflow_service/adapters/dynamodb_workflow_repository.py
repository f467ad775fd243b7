"""Workflows, their events and idempotency records, in the DynamoDB table `workflow`."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from countersign_common.aws.errors import store_errors
from countersign_common.aws.items import Item, from_item, projection, to_item, to_value
from countersign_common.aws.reads import BATCH_LIMIT, batch_get, query_items
from countersign_common.aws.transactions import conflicts

from workflow_service.adapters.commit_items import commit_item
from workflow_service.adapters.event_items import (
    HISTORY_ATTRIBUTES,
    ROUND_ATTRIBUTES,
    event_from_item,
    event_item,
    history_entry_from_item,
    round_from_item,
)
from workflow_service.adapters.keys import (
    LAST_SEQUENCE,
    event_key,
    event_sort_key,
    idempotency_key,
    inbox_key,
    inbox_partition,
    newest_scheme_key,
    sequence_in,
    state_key,
    workflow_id_at,
    workflow_id_in,
)
from workflow_service.adapters.scheme_items import scheme_from_item
from workflow_service.adapters.workflow_items import (
    DECIDED,
    INBOX,
    MINE,
    REQUESTED_SUMMARY_ATTRIBUTES,
    ListKey,
    inbox_item,
    requested_summary_from_item,
    state_item,
    summary_from_item,
    unchanged,
    workflow_from_item,
)
from workflow_service.domain.errors import VersionConflictError
from workflow_service.domain.events import HistoryEntry, Round, SealedEvent
from workflow_service.domain.idempotency import IdempotencyKey, IdempotencyRecord
from workflow_service.domain.scheme import Scheme
from workflow_service.domain.transition import Commit
from workflow_service.domain.workflow import ListedWorkflow, Workflow, WorkflowSummary

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoDbWorkflowRepository:
    """A `WorkflowRepository`. Every method makes one call, lists one per page, `decided_by` two."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def get(self, workflow_id: str) -> Workflow | None:
        item = self._get_item(state_key(workflow_id))
        return None if item is None else workflow_from_item(item)

    def get_for_update(
        self, workflow_id: str, key: IdempotencyKey | None
    ) -> tuple[Workflow | None, IdempotencyRecord | None]:
        item, record = self._get_with_record(state_key(workflow_id), key)
        return (None if item is None else workflow_from_item(item)), record

    def get_for_creation(
        self, scheme_id: str, key: IdempotencyKey | None
    ) -> tuple[Scheme | None, IdempotencyRecord | None]:
        item, record = self._get_with_record(newest_scheme_key(scheme_id), key)
        return (None if item is None else scheme_from_item(item)), record

    def get_with_event(self, workflow_id: str, sequence: int) -> tuple[Workflow, SealedEvent] | None:
        state, event = self._get_both(state_key(workflow_id), event_key(workflow_id, sequence))
        return None if state is None or event is None else (workflow_from_item(state), event_from_item(event))

    def commit(self, commit: Commit) -> None:
        # botocore adds a ClientRequestToken: a retry after a lost response writes nothing twice.
        with conflicts(VersionConflictError):
            self._client.transact_write_items(TransactItems=self._writes(commit))

    def history(self, workflow_id: str, *, after: int, page_size: int) -> Iterator[HistoryEntry]:
        query = {
            "TableName": self._table,
            "ConsistentRead": True,
            "Limit": page_size,
            "KeyConditionExpression": "pk = :workflow AND sk BETWEEN :first AND :last",
            "ExpressionAttributeValues": {
                ":workflow": state_key(workflow_id)["pk"],
                ":first": to_value(event_sort_key(after + 1)),
                ":last": to_value(event_sort_key(LAST_SEQUENCE)),
            },
            **projection(HISTORY_ATTRIBUTES),
        }
        return map(history_entry_from_item, query_items(self._client, query))

    def requested_by(self, user_id: str, *, before: str | None, page_size: int) -> Iterator[WorkflowSummary]:
        return self._summaries(MINE, user_id, before, page_size)

    def waiting_for(self, principal: str, *, before: str | None, page_size: int) -> Iterator[WorkflowSummary]:
        return self._summaries(INBOX, inbox_partition(principal), before, page_size)

    def decided_by(self, user_id: str, *, before: str | None, page_size: int) -> Iterator[ListedWorkflow]:
        items = self._newest_first(DECIDED, user_id, before, page_size)
        while batch := list(islice(items, min(page_size, BATCH_LIMIT))):
            positions = [item[DECIDED.position]["S"] for item in batch]
            workflow_ids = {position: workflow_id_at(position) for position in positions}
            states = self._requested_summaries(set(workflow_ids.values()))
            for position in positions:
                workflow = states.get(workflow_ids[position])
                # If the user decided later again, the workflow is already in the list, at the newer position.
                if workflow is not None and workflow.decided_position(user_id) == position:
                    yield ListedWorkflow(workflow, position)

    def rounds(self, workflow_id: str, sequences: Sequence[int]) -> Sequence[Round]:
        found = batch_get(
            self._client,
            self._table,
            [event_key(workflow_id, sequence) for sequence in sequences],
            consistent=True,
            attributes=ROUND_ATTRIBUTES,
        )
        by_sequence = {sequence_in(item["sk"]["S"]): round_from_item(item) for item in found}
        return [by_sequence[sequence] for sequence in sequences if sequence in by_sequence]

    def _requested_summaries(self, workflow_ids: Iterable[str]) -> dict[str, WorkflowSummary]:
        found = batch_get(
            self._client,
            self._table,
            [state_key(workflow_id) for workflow_id in workflow_ids],
            consistent=True,
            attributes=REQUESTED_SUMMARY_ATTRIBUTES,
        )
        return {workflow_id_in(item["pk"]["S"]): requested_summary_from_item(item) for item in found}

    def _summaries(
        self, key: ListKey, owner: str, before: str | None, page_size: int
    ) -> Iterator[WorkflowSummary]:
        return (summary_from_item(item, key) for item in self._newest_first(key, owner, before, page_size))

    def _newest_first(self, key: ListKey, owner: str, before: str | None, page_size: int) -> Iterator[Item]:
        start = {} if before is None else {":before": to_value(before)}
        query = {
            "TableName": self._table,
            **({"ConsistentRead": True} if key.index is None else {"IndexName": key.index}),
            "ScanIndexForward": False,
            "Limit": page_size,
            "KeyConditionExpression": f"{key.owner} = :owner"
            + (f" AND {key.position} < :before" if start else ""),
            "ExpressionAttributeValues": {":owner": to_value(owner), **start},
        }
        return query_items(self._client, query)

    def _get_item(self, key: Item) -> Item | None:
        with store_errors():
            return self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True).get("Item")

    def _get_both(self, first: Item, second: Item) -> tuple[Item | None, Item | None]:
        found = batch_get(self._client, self._table, [first, second], consistent=True)
        by_key = {(item["pk"]["S"], item["sk"]["S"]): item for item in found}
        first_item, second_item = (by_key.get((key["pk"]["S"], key["sk"]["S"])) for key in (first, second))
        return first_item, second_item

    def _get_with_record(
        self, key: Item, idempotency: IdempotencyKey | None
    ) -> tuple[Item | None, IdempotencyRecord | None]:
        if idempotency is None:
            return self._get_item(key), None
        item, record = self._get_both(key, idempotency_key(idempotency))
        return item, None if record is None else _record_from_item(record)

    def _writes(self, commit: Commit) -> list[Any]:
        transition, requested_at = commit.transition, commit.transition.before.sort_key
        return [
            self._put(state_item(transition.after), **unchanged(transition.before)),
            self._put(event_item(commit.event), ConditionExpression="attribute_not_exists(pk)"),
            self._put(commit_item(commit.event)),
            *(self._put(inbox_item(transition.after, principal)) for principal in transition.added_approvers),
            *(
                {"Delete": {"TableName": self._table, "Key": inbox_key(principal, requested_at)}}
                for principal in transition.removed_approvers
            ),
            *self._record_writes(commit),
        ]

    def _record_writes(self, commit: Commit) -> list[Any]:
        if commit.idempotency_key is None or commit.idempotency_record is None:
            return []
        return [
            self._put(
                idempotency_key(commit.idempotency_key) | _record_values(commit.idempotency_record),
                # DynamoDB deletes expired items late, up to days: an expired record counts as absent.
                ConditionExpression="attribute_not_exists(pk) OR expiresAt <= :now",
                ExpressionAttributeValues={":now": to_value(int(commit.at.timestamp()))},
            )
        ]

    def _put(self, item: Item, **condition: Any) -> dict[str, Any]:
        return {"Put": {"TableName": self._table, "Item": item, **condition}}


def _record_values(record: IdempotencyRecord) -> Item:
    return to_item(
        {
            "fingerprint": record.fingerprint,
            "workflowId": record.workflow_id,
            "version": record.version,
            "expiresAt": int(record.expires_at.timestamp()),
        }
    )


def _record_from_item(item: Item) -> IdempotencyRecord:
    values = from_item(item)
    return IdempotencyRecord(
        fingerprint=values["fingerprint"],
        workflow_id=values["workflowId"],
        version=values["version"],
        expires_at=datetime.fromtimestamp(values["expiresAt"], UTC),
    )
