"""Committed events, in the DynamoDB table `workflow`."""

from typing import TYPE_CHECKING

from countersign_common.aws.errors import store_errors

from workflow_service.adapters.event_items import event_or_unreadable
from workflow_service.adapters.keys import event_key
from workflow_service.domain.events import SealedEvent, UnreadableEvent

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoDbEventReader:
    """An `EventReader`."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def read(self, workflow_id: str, sequence: int) -> SealedEvent | UnreadableEvent | None:
        key = event_key(workflow_id, sequence)
        with store_errors():
            item = self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True).get("Item")
        return None if item is None else event_or_unreadable(item)
