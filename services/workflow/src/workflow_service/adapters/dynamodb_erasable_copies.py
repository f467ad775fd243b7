"""Copies of erased parts, in the DynamoDB table `workflow`."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from countersign_common.aws.errors import is_condition_failed, store_errors
from countersign_common.aws.items import Item, from_item, projection, to_value
from countersign_common.aws.reads import batch_get, query_items
from countersign_common.compression import unpack_text

from workflow_service.adapters.keys import (
    LAST_SEQUENCE,
    SCHEMES,
    event_key,
    event_sort_key,
    inbox_key,
    scheme_partition,
    sequence_in,
    state_key,
)
from workflow_service.adapters.workflow_items import unchanged, workflow_from_item
from workflow_service.domain.erasure import EventCopies, EventErasure, StateErasure
from workflow_service.domain.errors import VersionConflictError
from workflow_service.domain.workflow import Workflow

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_EVENT_ATTRIBUTES = ("sk", "sealed", "person.salt", "content.salt", "title", "requester.name")
_REQUESTER_NAME = "requester.#name"
_NAME = {"#name": "name"}


class DynamoDbErasableCopies:
    """`ErasableCopies`. Each erasure is one update or delete, which does nothing when it is repeated."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def get(self, workflow_id: str) -> Workflow | None:
        with store_errors():
            response = self._client.get_item(
                TableName=self._table, Key=state_key(workflow_id), ConsistentRead=True
            )
        item = response.get("Item")
        return None if item is None else workflow_from_item(item)

    def events(self, workflow_id: str, sequences: Sequence[int] | None) -> Iterator[EventCopies]:
        if sequences is None:
            return map(_event_copies, self._all_events(workflow_id))
        keys = [event_key(workflow_id, each) for each in dict.fromkeys(sequences)]
        found = batch_get(self._client, self._table, keys, consistent=True, attributes=_EVENT_ATTRIBUTES)
        return map(_event_copies, found)

    def erase_state(self, workflow: Workflow, erasure: StateErasure) -> Workflow:
        content = erasure.content and not workflow.content_erased
        requester_name = erasure.requester_name and not workflow.requester.erased
        if not content and not requester_name:
            return workflow
        removed = ([_REQUESTER_NAME] if requester_name else []) + (
            ["title", "#data", "requested", "preview"] if content else []
        )
        condition = unchanged(workflow)
        names = condition.pop("ExpressionAttributeNames")
        names |= (_NAME if requester_name else {}) | ({"#data": "data"} if content else {})
        values = condition.pop("ExpressionAttributeValues") | {":one": to_value(1)}
        if content:
            values[":true"] = to_value(True)
        response = self._update(
            state_key(workflow.workflow_id),
            f"REMOVE {', '.join(removed)} ADD erasures :one"
            + (" SET contentErased = :true" if content else ""),
            ExpressionAttributeNames=names,
            ExpressionAttributeValues=values,
            ReturnValues="ALL_NEW",
            **condition,
        )
        if response is None:
            raise VersionConflictError
        return workflow_from_item(response["Attributes"])

    def erase_inboxes(self, workflow: Workflow, erasure: StateErasure) -> None:
        for principal in workflow.waits_for:
            key = inbox_key(principal, workflow.sort_key)
            if erasure.content:
                with store_errors():
                    self._client.delete_item(TableName=self._table, Key=key)
            elif erasure.requester_name:
                # A decision may have deleted the item in the meantime.
                self._remove(key, [_REQUESTER_NAME], _NAME)

    def erase_event(self, workflow_id: str, erasure: EventErasure) -> None:
        removed = [
            *(["person"] if erasure.person else []),
            *(["content", "title", "#comment"] if erasure.content else []),
            *([_REQUESTER_NAME] if erasure.requester_name else []),
        ]
        names = ({"#comment": "comment"} if erasure.content else {}) | (
            _NAME if erasure.requester_name else {}
        )
        self._remove(event_key(workflow_id, erasure.sequence), removed, names)

    def erase_scheme_author(self, user_id: str) -> None:
        for newest in self._written_by(SCHEMES, user_id):
            self._erase_author(newest, user_id)
        for scheme in self._keys(SCHEMES):
            for version in self._written_by(scheme_partition(str(scheme["sk"]["S"])), user_id):
                self._erase_author(version, user_id)

    def _all_events(self, workflow_id: str) -> Iterator[Item]:
        query = {
            "TableName": self._table,
            "ConsistentRead": True,
            "KeyConditionExpression": "pk = :workflow AND sk BETWEEN :first AND :last",
            "ExpressionAttributeValues": {
                ":workflow": state_key(workflow_id)["pk"],
                ":first": to_value(event_sort_key(1)),
                ":last": to_value(event_sort_key(LAST_SEQUENCE)),
            },
            **projection(_EVENT_ATTRIBUTES),
        }
        return query_items(self._client, query)

    def _keys(self, partition: str) -> Iterator[Item]:
        return query_items(self._client, self._query(partition, {}) | projection(("pk", "sk")))

    def _written_by(self, partition: str, user_id: str) -> Iterator[Item]:
        """Yield the scheme items of a partition that have the user's name."""
        query = self._query(partition, {":user": to_value(user_id)})
        return query_items(
            self._client,
            query
            | projection(("pk", "sk", "createdBy.userId", "createdBy.name"))
            | {"FilterExpression": "#createdBy.#userId = :user AND attribute_exists(#createdBy.#name)"},
        )

    def _query(self, partition: str, values: Item) -> dict[str, Any]:
        return {
            "TableName": self._table,
            "ConsistentRead": True,
            "KeyConditionExpression": "pk = :partition",
            "ExpressionAttributeValues": {":partition": to_value(partition), **values},
        }

    def _erase_author(self, item: Item, user_id: str) -> None:
        # Another admin may have written a new version in the meantime.
        self._update(
            {"pk": item["pk"], "sk": item["sk"]},
            "REMOVE createdBy.#name",
            ConditionExpression="createdBy.userId = :user",
            ExpressionAttributeNames=_NAME,
            ExpressionAttributeValues={":user": to_value(user_id)},
        )

    def _remove(self, key: Item, paths: Sequence[str], names: dict[str, str]) -> None:
        """Remove attributes of an item, if there is one."""
        self._update(
            key,
            f"REMOVE {', '.join(paths)}",
            ConditionExpression="attribute_exists(pk)",
            **({"ExpressionAttributeNames": names} if names else {}),
        )

    def _update(self, key: Item, expression: str, **arguments: Any) -> Any | None:
        """Update an item; return None if the condition doesn't hold."""
        with store_errors():
            try:
                return self._client.update_item(
                    TableName=self._table, Key=key, UpdateExpression=expression, **arguments
                )
            except ClientError as error:
                if is_condition_failed(error):
                    return None
                raise


def _event_copies(item: Item) -> EventCopies:
    values = from_item(item)
    return EventCopies(
        sequence=sequence_in(values["sk"]),
        event_id=_event_id(values),
        person="person" in values,
        content="content" in values or "title" in values,
        requester_name="name" in values.get("requester", {}),
    )


def _event_id(values: dict[str, Any]) -> str:
    """Return an event's id; an empty text if the event can't be read, so that no erasure matches it."""
    try:
        return str(json.loads(unpack_text(values["sealed"]))["eventId"])
    except (LookupError, TypeError, ValueError):
        return ""
