"""How far manifests have come, in one item of the DynamoDB table `workflow`."""

from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from countersign_common.aws.errors import is_condition_failed, store_errors
from countersign_common.aws.items import Item, from_item, to_item, to_value
from countersign_common.clock import from_rfc3339
from countersign_common.events.manifest import manifest_name

from workflow_service.adapters.keys import manifest_state_key
from workflow_service.domain.errors import VersionConflictError
from workflow_service.domain.manifests import ManifestState

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoDbManifestProgress:
    """A `ManifestProgress`. Only the function that publishes manifests writes it, a few times a minute."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def get(self) -> ManifestState | None:
        with store_errors():
            response = self._client.get_item(
                TableName=self._table, Key=manifest_state_key(), ConsistentRead=True
            )
        item = response.get("Item")
        return None if item is None else _state_from_item(item)

    def replace(self, before: ManifestState | None, after: ManifestState) -> None:
        with store_errors():
            try:
                self._client.put_item(TableName=self._table, Item=_item(after), **_condition(before))
            except ClientError as error:
                if is_condition_failed(error):
                    raise VersionConflictError from error
                raise


def _condition(before: ManifestState | None) -> Any:
    if before is None:
        return {"ConditionExpression": "attribute_not_exists(pk)"}
    names = {"#sequence": "sequence", "#sha256": "sha256", "#pinnedTo": "pinnedTo"}
    values = {":sequence": to_value(before.sequence), ":sha256": to_value(before.sha256)}
    pinned = "attribute_not_exists(#pinnedTo)"
    if before.pinned_to is not None:
        pinned, values[":pinnedTo"] = "#pinnedTo = :pinnedTo", to_value(manifest_name(before.pinned_to))
    return {
        "ConditionExpression": f"#sequence = :sequence AND #sha256 = :sha256 AND {pinned}",
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": values,
    }


def _item(state: ManifestState) -> Item:
    return manifest_state_key() | to_item(
        {
            "to": manifest_name(state.to),
            "sequence": state.sequence,
            "sha256": state.sha256,
            "sweepCursor": state.sweep_cursor,
            "pinnedTo": None if state.pinned_to is None else manifest_name(state.pinned_to),
        }
    )


def _state_from_item(item: Item) -> ManifestState:
    values = from_item(item)
    pinned_to = values.get("pinnedTo")
    return ManifestState(
        to=from_rfc3339(values["to"]),
        sequence=values["sequence"],
        sha256=values["sha256"],
        sweep_cursor=values.get("sweepCursor"),
        pinned_to=None if pinned_to is None else from_rfc3339(pinned_to),
    )
