"""Rounds of approval in the notifications table, and resolutions in its notifications.

A round is an item whose key is derived from workflow and number. It has no attribute of an index, so no recipient's
list contains it. Each request has an attribute, and a set of recipients; each ending is a member of `endings`.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from botocore.exceptions import BotoCoreError, ClientError
from countersign_common.aws.errors import is_condition_failed, store_errors
from countersign_common.aws.items import Item, from_item, to_item, to_value
from countersign_common.clock import Clock

from notifications_service.adapters.notification_items import (
    key_of,
    resolution_from_value,
    value_from_resolution,
)
from notifications_service.domain.notification import RETENTION, Resolution
from notifications_service.domain.resolution import ApprovalRequest, Ending, Round, round_id

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

CONNECTIONS = 16
"""Parallel updates, each with a connection."""

_REQUEST, _RECIPIENTS = "request#", "recipients#"


class DynamoDbApprovalRounds:
    """`ApprovalRounds` on the notifications table."""

    def __init__(self, client: "DynamoDBClient", table: str, clock: Clock) -> None:
        """
        Args:
            client: A DynamoDB client with `CONNECTIONS` connections.
            table: Name of the table.
            clock: For deadlines, and for when an item expires.
        """
        self._client = client
        self._table = table
        self._clock = clock

    def add_request(self, workflow_id: str, number: int, request: ApprovalRequest) -> Round:
        """One UpdateItem: a set has each recipient once, however often it is added."""
        return self._update(
            workflow_id,
            number,
            "#request = :request, endings = if_not_exists(endings, :none)",
            addition=" ADD #recipients :recipients",
            names={
                "#request": f"{_REQUEST}{request.sequence}",
                "#recipients": f"{_RECIPIENTS}{request.sequence}",
            },
            values={
                ":request": {"eventId": request.event_id, "stepId": request.step_id or ""},
                ":none": {},
                ":recipients": {UUID(recipient).bytes for recipient in request.recipients},
            },
        )

    def add_ending(self, workflow_id: str, number: int, ending: Ending) -> Round:
        """One UpdateItem; up to two more if nothing was added to the round before.

        A stored ending stays as it is: its name may have been erased.
        """
        sequence = str(ending.resolution.sequence)
        value = value_from_resolution(ending.resolution) | {"stepId": ending.step_id or ""}

        def add() -> Round:
            return self._update(
                workflow_id,
                number,
                "endings.#sequence = if_not_exists(endings.#sequence, :ending)",
                condition="attribute_exists(endings)",
                names={"#sequence": sequence},
                values={":ending": value},
            )

        try:
            return add()
        except ClientError as error:
            if not is_condition_failed(error):
                raise
        # An update can't add a member to a map and create the map.
        self._update(workflow_id, number, "endings = if_not_exists(endings, :none)", values={":none": {}})
        return add()

    def resolve(
        self, notification_ids: Sequence[str], resolution: Resolution, *, deadline: datetime
    ) -> dict[str, str]:
        """One UpdateItem for each notification, in parallel."""
        values = to_item({":resolution": value_from_resolution(resolution), ":sequence": resolution.sequence})
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            reasons = pool.map(lambda each: self._resolve(each, values, deadline), notification_ids)
            return {id_: reason for id_, reason in zip(notification_ids, reasons, strict=True) if reason}

    def _resolve(self, notification_id: str, values: Item, deadline: datetime) -> str | None:
        """Resolve a notification; return the reason if that fails."""
        if self._clock() > deadline:
            return "not resolved: no time left"
        try:
            self._client.update_item(
                TableName=self._table,
                Key=key_of(notification_id),
                UpdateExpression="SET #resolution = :resolution REMOVE unreadOf",
                # DynamoDB deletes expired items: an update must not create them again.
                ConditionExpression="attribute_exists(notificationId) AND "
                "(attribute_not_exists(#resolution) OR #resolution.#sequence > :sequence)",
                ExpressionAttributeNames={"#resolution": "resolution", "#sequence": "sequence"},
                ExpressionAttributeValues=values,
            )
        except ClientError as error:
            return None if is_condition_failed(error) else f"not resolved: {error}"
        except BotoCoreError as error:
            return f"not resolved: {error}"
        return None

    def _update(
        self,
        workflow_id: str,
        number: int,
        assignments: str,
        *,
        values: Mapping[str, Any],
        addition: str = "",
        condition: str | None = None,
        names: Mapping[str, str] | None = None,
    ) -> Round:
        expires_at = int((self._clock() + RETENTION).timestamp())
        optional: dict[str, Any] = {}
        if condition is not None:
            optional["ConditionExpression"] = condition
        if names:
            optional["ExpressionAttributeNames"] = dict(names)
        with store_errors():
            response = self._client.update_item(
                TableName=self._table,
                Key=key_of(round_id(workflow_id, number)),
                # Counted from the first event, like notifications: an erasure doesn't search older ones.
                UpdateExpression=f"SET {assignments}, workflowId = :workflowId, "
                f"expiresAt = if_not_exists(expiresAt, :expiresAt){addition}",
                ExpressionAttributeValues={name: to_value(value) for name, value in values.items()}
                | to_item({":workflowId": workflow_id, ":expiresAt": expires_at}),
                ReturnValues="ALL_NEW",
                **optional,
            )
        return _round(from_item(response["Attributes"]))


def _round(values: Mapping[str, Any]) -> Round:
    requests: dict[int, ApprovalRequest] = {}
    for name, value in values.items():
        if name.startswith(_REQUEST):
            sequence = int(name.removeprefix(_REQUEST))
            recipients = values.get(f"{_RECIPIENTS}{sequence}", ())
            requests[sequence] = ApprovalRequest(
                event_id=value["eventId"],
                sequence=sequence,
                step_id=value["stepId"] or None,
                recipients=sorted(str(UUID(bytes=each)) for each in recipients),
            )
    endings = {
        int(sequence): Ending(value["stepId"] or None, resolution_from_value(value))
        for sequence, value in values.get("endings", {}).items()
    }
    return Round(requests, endings)
