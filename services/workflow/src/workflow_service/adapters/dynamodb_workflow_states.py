"""The states of workflows for manifests, in the DynamoDB table `workflow`."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from countersign_common.aws.errors import store_errors
from countersign_common.aws.items import Item, from_item
from countersign_common.aws.reads import BATCH_LIMIT, batch_get
from countersign_common.compression import unpack_text
from countersign_common.events.manifest import ManifestWorkflow
from countersign_common.ids import is_id
from countersign_common.proof.canonical import MAX_SAFE_INTEGER
from countersign_common.proof.commitment import data_hash

from workflow_service.adapters.keys import event_key, state_key, workflow_id_in
from workflow_service.adapters.workflow_items import MINE
from workflow_service.domain.manifests import SweepPage, UnreadableEntry

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_STATE_ATTRIBUTES = ("pk", "version", "status", "headHash", "data", "contentErased")
_EVENT_ATTRIBUTES = ("pk", "content.salt")


class DynamoDbWorkflowStates:
    """A `WorkflowStates`. Two batch reads for each 100 workflows: their states, and the salts of their newest events.

    The state and its newest event are written in one transaction, so the second read finds the event of the first.
    """

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def attested(self, workflow_ids: Sequence[str]) -> Iterator[ManifestWorkflow | UnreadableEntry]:
        for start in range(0, len(workflow_ids), BATCH_LIMIT):
            yield from self._attested(workflow_ids[start : start + BATCH_LIMIT])

    def sweep(self, cursor: str | None, limit: int) -> SweepPage:
        found: list[str] = []
        position = _position(cursor)
        while len(found) < limit:
            response = self._scan(position, limit - len(found))
            found += [workflow_id_in(item["pk"]["S"]) for item in response["Items"]]
            position = response.get("LastEvaluatedKey")
            if not position:
                return SweepPage(tuple(found), None)
        return SweepPage(tuple(found), json.dumps(position))

    def _scan(self, position: Item | None, limit: int) -> Any:
        """Read a page of the index. Its only items are states."""
        query: Any = {
            "TableName": self._table,
            "IndexName": MINE.index,
            "Limit": limit,
            "ProjectionExpression": "pk",
        }
        with store_errors():
            if position is None:
                return self._client.scan(**query)
            try:
                return self._client.scan(**query, ExclusiveStartKey=position)
            except ClientError as error:
                if error.response.get("Error", {}).get("Code") != "ValidationException":
                    raise
                return self._client.scan(**query)

    def _attested(self, workflow_ids: Sequence[str]) -> Iterator[ManifestWorkflow | UnreadableEntry]:
        states = self._read([state_key(each) for each in workflow_ids], _STATE_ATTRIBUTES)
        versions = {each: _version(states[each]) for each in workflow_ids if each in states}
        keys = [event_key(each, version) for each, version in versions.items() if version is not None]
        events = self._read(keys, _EVENT_ATTRIBUTES)
        for workflow_id in workflow_ids:
            try:
                yield _workflow(workflow_id, states[workflow_id], events.get(workflow_id, {}))
            except (AttributeError, LookupError, TypeError, ValueError) as error:
                key = state_key(workflow_id)
                reason = f"{type(error).__name__}: {error}" if workflow_id in states else "no such item"
                yield UnreadableEntry(f"{key['pk']['S']} {key['sk']['S']}", reason)

    def _read(self, keys: list[Item], attributes: Sequence[str]) -> Mapping[str, dict[str, Any]]:
        """Return the values of items by workflow."""
        found = batch_get(self._client, self._table, keys, consistent=True, attributes=attributes)
        return {workflow_id_in(item["pk"]["S"]): from_item(item) for item in found}


def _version(state: Mapping[str, Any]) -> int | None:
    version = state.get("version")
    return version if type(version) is int and 1 <= version <= MAX_SAFE_INTEGER else None


def _workflow(workflow_id: str, state: Mapping[str, Any], event: Mapping[str, Any]) -> ManifestWorkflow:
    if not is_id(workflow_id):
        raise ValueError("the id is not a UUID")
    version = _version(state)
    if version is None or type(state["headHash"]) is not bytes or len(state["headHash"]) != 32:
        raise ValueError("the version or the hash is invalid")
    if type(state["status"]) is not str or not 1 <= len(state["status"]) <= 64:
        raise ValueError("the status is invalid")
    return ManifestWorkflow(
        workflow_id=workflow_id,
        version=version,
        head_hash=state["headHash"].hex(),
        status=state["status"],
        data_hash=_data_hash(state, event),
    )


def _data_hash(state: Mapping[str, Any], event: Mapping[str, Any]) -> str | None:
    """Return what attests a workflow's data; None if the content was erased from the state or from its newest event."""
    if state.get("contentErased"):
        return None
    data, salt = unpack_text(state["data"]), event.get("content", {}).get("salt")
    return data_hash(salt, data) if type(salt) is bytes else None


def _position(cursor: str | None) -> Item | None:
    try:
        position = None if cursor is None else json.loads(cursor)
    except ValueError:
        return None
    return position if isinstance(position, dict) else None
