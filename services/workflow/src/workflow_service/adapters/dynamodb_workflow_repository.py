"""Workflows, their events and the answers to requests, in the DynamoDB table `workflow`."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError

from workflow_service.adapters.attributes import Item, drawn, key, number, projection, text
from workflow_service.adapters.event_items import HISTORY, event_item, history_entry_from, sequence_text
from workflow_service.adapters.scheme_items import newest_key, scheme_from
from workflow_service.adapters.workflow_items import (
    INBOX,
    MINE,
    SUMMARY,
    Index,
    approver_item,
    approver_key,
    state_item,
    state_key,
    view_attribute,
    view_of,
    workflow_from,
)
from workflow_service.domain.scheme import Scheme
from workflow_service.domain.workflow import Transition, Workflow
from workflow_service.use_cases.commit import Commit, Outrun
from workflow_service.use_cases.once import Answered, Once
from workflow_service.use_cases.show_history import HistoryEntry

READ_TRIES = 3
"""How often a batch read is asked for what it left out under load."""

_LOST_RACE = frozenset({"None", "ConditionalCheckFailed", "TransactionConflict"})


class DynamoDbWorkflows:
    """Reads and commits; one call each, consistent."""

    def __init__(self, client: Any, table: str) -> None:
        """
        Args:
            client: a DynamoDB client.
            table: the table's name.
        """
        self._client = client
        self._table = table

    def workflow(self, workflow_id: str) -> Workflow | None:
        """A workflow's newest state."""
        item = self._read(state_key(workflow_id), None)[0]
        return None if item is None else workflow_from(item)

    def workflow_and_answer(
        self, workflow_id: str, once: Once | None
    ) -> tuple[Workflow | None, Answered | None]:
        """A workflow's newest state, and what a request was answered before."""
        item, answered = self._read(state_key(workflow_id), once)
        return (None if item is None else workflow_from(item)), answered

    def scheme_and_answer(self, scheme_id: str, once: Once | None) -> tuple[Scheme | None, Answered | None]:
        """The newest version of a scheme, and what a request was answered before."""
        item, answered = self._read(newest_key(scheme_id), once)
        return (None if item is None else scheme_from(item)), answered

    def commit(self, commit: Commit) -> None:
        """Write state, event, answer and inbox entries at once, or nothing.

        Raises:
            Outrun: the state was changed meanwhile, or the request answered.
        """
        try:
            # botocore adds a ClientRequestToken: a retry after a lost answer writes nothing twice.
            self._client.transact_write_items(TransactItems=self._writes(commit))
        except self._client.exceptions.TransactionCanceledException as error:
            if lost_a_race(error):
                raise Outrun from error
            raise

    def history(self, workflow_id: str, *, after: int, page: int) -> Iterator[HistoryEntry]:
        """A workflow's events after a sequence, in order."""
        query = {
            "TableName": self._table,
            "ConsistentRead": True,
            "KeyConditionExpression": "pk = :workflow AND sk BETWEEN :first AND :last",
            "ExpressionAttributeValues": {
                ":workflow": state_key(workflow_id)["pk"],
                ":first": text(sequence_text(after + 1)),
                ":last": text(sequence_text(10**10 - 1)),
            },
            **projection(HISTORY),
        }
        return map(history_entry_from, drawn(self._client, query, page=page))

    def requested_by(self, user_id: str, *, before: str | None, page: int) -> Iterator[Workflow]:
        """A person's own workflows, newest first, without their data."""
        return self._newest_first(MINE, user_id, before, page)

    def waiting_for(self, principal: str, *, before: str | None, page: int) -> Iterator[Workflow]:
        """Workflows that wait for somebody, newest first, without their data."""
        return self._newest_first(INBOX, principal, before, page)

    def _newest_first(self, index: Index, of: str, before: str | None, page: int) -> Iterator[Workflow]:
        start = {} if before is None else {":before": text(before)}
        query = {
            "TableName": self._table,
            "IndexName": index.name,
            "ScanIndexForward": False,
            "KeyConditionExpression": f"{index.of} = :of"
            + (f" AND {index.place} < :before" if start else ""),
            "ExpressionAttributeValues": {":of": text(of), **start},
            **projection(SUMMARY),
        }
        return map(workflow_from, drawn(self._client, query, page=page))

    def _read(self, wanted: Item, once: Once | None) -> tuple[Item | None, Answered | None]:
        """An item, and with a key the answer to it, in one consistent read."""
        if once is None:
            answer = self._client.get_item(TableName=self._table, Key=wanted, ConsistentRead=True)
            return answer.get("Item"), None
        record_key = _record_key(once)
        found = {item["pk"]["S"]: item for item in self._read_both([wanted, record_key])}
        record = found.get(record_key["pk"]["S"])
        return found.get(wanted["pk"]["S"]), None if record is None else _answered_from(record)

    def _read_both(self, keys: list[Item]) -> list[Item]:
        items: list[Item] = []
        request: dict[str, Any] = {self._table: {"Keys": keys, "ConsistentRead": True}}
        for _ in range(READ_TRIES):
            answer = self._client.batch_get_item(RequestItems=request)
            items.extend(answer["Responses"].get(self._table, []))
            request = answer.get("UnprocessedKeys") or {}
            if not request:
                return items
        # Half an answer would be taken for an absence.
        raise TimeoutError(f"the table left keys unread {READ_TRIES} times over")

    def _writes(self, commit: Commit) -> list[Item]:
        transition, workflow_id = commit.transition, commit.transition.after.workflow_id
        writes = [
            self._put(state_item(transition.after), **_still(transition)),
            self._put(event_item(commit.event), ConditionExpression="attribute_not_exists(pk)"),
        ]
        writes += [self._put(approver_item(transition.after, principal)) for principal in transition.asked]
        writes += [
            {"Delete": {"TableName": self._table, "Key": approver_key(workflow_id, principal)}}
            for principal in transition.released
        ]
        if commit.once is not None and commit.answered is not None:
            # TTL deletes late, up to days: a record that has expired counts as gone and is replaced.
            writes.append(
                self._put(
                    _record_item(commit.once, commit.answered),
                    ConditionExpression="attribute_not_exists(pk) OR expiresAt <= :now",
                    ExpressionAttributeValues={":now": number(int(commit.at.timestamp()))},
                )
            )
        return writes

    def _put(self, item: Item, **condition: Any) -> Item:
        return {"Put": {"TableName": self._table, "Item": item, **condition}}


def _still(transition: Transition) -> dict[str, Any]:
    """The condition that the state is what the transition started from."""
    if transition.before.version == 0:
        return {"ConditionExpression": "attribute_not_exists(pk)"}
    return {
        "ConditionExpression": "#version = :before",
        "ExpressionAttributeNames": {"#version": "version"},
        "ExpressionAttributeValues": {":before": number(transition.before.version)},
    }


def _record_key(once: Once) -> Item:
    return key(f"IDEMPOTENCY#{once.user_id}#{once.key}", "RECORD")


def _record_item(once: Once, answered: Answered) -> Item:
    return _record_key(once) | {
        "fingerprint": text(answered.fingerprint),
        "view": view_attribute(answered.view),
        "expiresAt": number(int(answered.expires_at.timestamp())),
    }


def _answered_from(item: Item) -> Answered:
    expires_at = datetime.fromtimestamp(int(item["expiresAt"]["N"]), UTC)
    return Answered(item["fingerprint"]["S"], view_of(item["view"]), expires_at)


def lost_a_race(error: ClientError) -> bool:
    """Whether a transaction was cancelled for nothing but what somebody else had written."""
    reasons: list[Any] = error.response.get("CancellationReasons", [])
    codes = {reason.get("Code") or "None" for reason in reasons}
    return bool(codes - {"None"}) and codes <= _LOST_RACE
