"""Publish checkpoints in the notifications table.

An item has the id of its event as key and no attribute of an index, so no recipient's list contains it.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError
from countersign_common.aws.items import to_item
from countersign_common.clock import Clock
from countersign_common.telemetry import Warn

from notifications_service.adapters.notification_items import key_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

LIFETIME = timedelta(days=30)
"""Longer than a message can be in the queue and the dead-letter queue."""


class DynamoDbPublishCheckpoints:
    """`PublishCheckpoints` on the notifications table. Without a checkpoint, everything is published again."""

    def __init__(self, client: "DynamoDBClient", table: str, clock: Clock, warn: Warn) -> None:
        self._client = client
        self._table = table
        self._clock = clock
        self._warn = warn

    def get(self, event_id: str) -> str | None:
        """One GetItem."""
        try:
            response = self._client.get_item(TableName=self._table, Key=key_of(event_id), ConsistentRead=True)
        except (BotoCoreError, ClientError) as error:
            self._warn("publish checkpoint not read", eventId=event_id, reason=str(error))
            return None
        return response.get("Item", {}).get("publishedThrough", {}).get("S")

    def save(self, event_id: str, recipient: str) -> None:
        """One UpdateItem: the item may also say what was erased of the event."""
        expires_at = int((self._clock() + LIFETIME).timestamp())
        try:
            self._client.update_item(
                TableName=self._table,
                Key=key_of(event_id),
                UpdateExpression="SET publishedThrough = :recipient, expiresAt = :expiresAt",
                ExpressionAttributeValues=to_item({":recipient": recipient, ":expiresAt": expires_at}),
            )
        except (BotoCoreError, ClientError) as error:
            self._warn("publish checkpoint not saved", eventId=event_id, reason=str(error))
