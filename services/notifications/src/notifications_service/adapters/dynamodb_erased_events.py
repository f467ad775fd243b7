"""What was erased of events, in the notifications table.

An item has the id of its event as key, like the event's publish checkpoint, and no attribute of an index.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from countersign_common.aws.errors import store_errors
from countersign_common.aws.items import to_item
from countersign_common.aws.reads import batch_get
from countersign_common.clock import Clock
from countersign_common.parallel import map_parallel

from notifications_service.adapters.notification_items import id_of, key_of
from notifications_service.domain.erasure import IN_FLIGHT_FOR
from notifications_service.domain.notification import ErasedParts

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_PERSON, _CONTENT = "personErased", "contentErased"


class DynamoDbErasedEvents:
    """`ErasedEventStore` on the notifications table."""

    def __init__(self, client: "DynamoDBClient", table: str, clock: Clock) -> None:
        self._client = client
        self._table = table
        self._clock = clock

    def add(self, events: Iterable[tuple[str, ErasedParts]]) -> None:
        """One UpdateItem for each event, in parallel."""
        expires_at = int((self._clock() + IN_FLIGHT_FOR).timestamp())

        def update(event: tuple[str, ErasedParts]) -> None:
            event_id, parts = event
            flags = ([_PERSON] if parts.person else []) + ([_CONTENT] if parts.content else [])
            assignments = ", ".join(f"{each} = :true" for each in flags)
            with store_errors():
                self._client.update_item(
                    TableName=self._table,
                    Key=key_of(event_id),
                    UpdateExpression=f"SET {assignments}, expiresAt = :expiresAt",
                    ExpressionAttributeValues=to_item({":true": True, ":expiresAt": expires_at}),
                )

        map_parallel(update, events)

    def get(self, event_ids: Sequence[str]) -> Mapping[str, ErasedParts]:
        """One BatchGetItem."""
        keys = [key_of(each) for each in dict.fromkeys(event_ids)]
        attributes = ("notificationId", _PERSON, _CONTENT)
        found = batch_get(self._client, self._table, keys, consistent=True, attributes=attributes)
        parts = {id_of(item): ErasedParts(_PERSON in item, _CONTENT in item) for item in found}
        return {event_id: each for event_id, each in parts.items() if each.person or each.content}
