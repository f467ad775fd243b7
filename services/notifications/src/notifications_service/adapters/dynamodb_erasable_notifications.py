"""Erasure in the notifications table."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from countersign_common.aws.errors import is_condition_failed, store_errors
from countersign_common.aws.items import from_item, projection, to_item
from countersign_common.clock import Clock

from notifications_service.adapters.notification_items import (
    COPY_ATTRIBUTES,
    copy_from_item,
    key_of,
    resolutions_in_item,
)
from notifications_service.domain.erasure import (
    IN_FLIGHT_FOR,
    SCANNED,
    SEGMENTS,
    ResolutionPlace,
    ScanPage,
)
from notifications_service.domain.notification import ErasedParts

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoDbErasableNotifications:
    """`ErasableNotifications` and `ScanProgress` on the notifications table.

    The progress of an erasure is an item with the erasure's id as key.
    """

    def __init__(self, client: "DynamoDBClient", table: str, clock: Clock) -> None:
        self._client = client
        self._table = table
        self._clock = clock

    def scan(self, segment: int, position: str | None) -> Iterator[ScanPage]:
        arguments: dict[str, Any] = {
            "TableName": self._table,
            "ConsistentRead": True,
            "Segment": segment,
            "TotalSegments": SEGMENTS,
            **projection(COPY_ATTRIBUTES),
        }
        while position != SCANNED:
            if position is not None:
                arguments["ExclusiveStartKey"] = key_of(position)
            with store_errors():
                response = self._client.scan(**arguments)
            position = response.get("LastEvaluatedKey", {}).get("notificationId", {}).get("S", SCANNED)
            copies = (copy_from_item(item) for item in response["Items"])
            resolutions = [each for item in response["Items"] for each in resolutions_in_item(item)]
            yield ScanPage([copy for copy in copies if copy is not None], position, resolutions)

    def erase(self, notification_id: str, parts: ErasedParts) -> None:
        removed = (["actionOwner.#name"] if parts.person else []) + (
            ["title", "#comment"] if parts.content else []
        )
        names = ({"#name": "name"} if parts.person else {}) | (
            {"#comment": "comment"} if parts.content else {}
        )
        self._remove(notification_id, ", ".join(removed), names)

    def erase_name(self, place: ResolutionPlace) -> None:
        names = {f"#{index}": name for index, name in enumerate((*place.path, "by", "name"))}
        path = ".".join(names)
        self._remove(place.item_id, path, names, f"attribute_exists({path})")

    def _remove(
        self, item_id: str, paths: str, names: Mapping[str, str], condition: str | None = None
    ) -> None:
        with store_errors():
            try:
                self._client.update_item(
                    TableName=self._table,
                    Key=key_of(item_id),
                    UpdateExpression=f"REMOVE {paths}",
                    # DynamoDB deletes expired items: an update must not create them again.
                    ConditionExpression=condition or "attribute_exists(notificationId)",
                    ExpressionAttributeNames=dict(names),
                )
            except ClientError as error:
                if not is_condition_failed(error):
                    raise

    def get(self, erasure_id: str) -> Mapping[int, str]:
        with store_errors():
            response = self._client.get_item(
                TableName=self._table, Key=key_of(erasure_id), ConsistentRead=True
            )
        positions = from_item(response.get("Item", {})).get("positions", {})
        return {int(segment): str(position) for segment, position in positions.items()}

    def save(self, erasure_id: str, positions: Mapping[int, str]) -> None:
        values = {
            "notificationId": erasure_id,
            "positions": {str(segment): position for segment, position in positions.items()},
            "expiresAt": int((self._clock() + IN_FLIGHT_FOR).timestamp()),
        }
        with store_errors():
            self._client.put_item(TableName=self._table, Item=to_item(values))
