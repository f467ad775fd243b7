"""Legal holds in the audit-retention table. `retention_items.py` has the items."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from countersign_common.aws.errors import store_errors
from countersign_common.aws.reads import query_partition

from audit_service.adapters.retention_items import HOLDS, hold_item, hold_key, hold_of
from audit_service.domain.erasure import Hold

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoDbHolds:
    """The port `Holds` on the audit-retention table."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        """
        Args:
            client: With time-outs.
            table: Name of the table.
        """
        self._client = client
        self._table = table

    def all(self) -> Mapping[str, Hold]:
        """Query all holds, strongly consistent."""
        return dict(map(hold_of, query_partition(self._client, self._table, HOLDS)))

    def put(self, workflow_id: str, hold: Hold) -> None:
        """Put the item."""
        with store_errors():
            self._client.put_item(TableName=self._table, Item=hold_item(workflow_id, hold))

    def delete(self, workflow_id: str) -> None:
        """Delete the item."""
        with store_errors():
            self._client.delete_item(TableName=self._table, Key=hold_key(workflow_id))
