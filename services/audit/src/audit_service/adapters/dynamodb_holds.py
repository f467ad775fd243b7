"""Legal holds in the audit-retention table. `retention_items.py` has the items."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError
from countersign_common.aws.errors import is_condition_failed, store_errors
from countersign_common.aws.reads import query_partition

from audit_service.adapters.retention_items import HOLDS, hold_item, hold_key, hold_of, unless_changed
from audit_service.domain.erasure import Hold

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoDbHolds:
    """The port `Holds` on the audit-retention table."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        """
        Args:
            client: A client with timeouts.
            table: Name of the table.
        """
        self._client = client
        self._table = table

    def all(self) -> Mapping[str, Hold]:
        """Query all holds, strongly consistent."""
        return dict(map(hold_of, query_partition(self._client, self._table, HOLDS)))

    def get(self, workflow_id: str) -> Hold | None:
        """Get the item, strongly consistent."""
        with store_errors():
            response = self._client.get_item(
                TableName=self._table, Key=hold_key(workflow_id), ConsistentRead=True
            )
        item = response.get("Item")
        return None if item is None else hold_of(dict(item))[1]

    def put(self, workflow_id: str, hold: Hold, *, replaces: Hold | None) -> bool:
        """Put the item if the stored one has the time of `replaces`."""
        condition = unless_changed(None if replaces is None else replaces.at)
        try:
            with store_errors():
                self._client.put_item(TableName=self._table, Item=hold_item(workflow_id, hold), **condition)
        except ClientError as error:
            if not is_condition_failed(error):
                raise
            return False
        return True

    def delete(self, workflow_id: str, hold: Hold) -> bool:
        """Delete the item if it has the time of `hold`."""
        try:
            with store_errors():
                self._client.delete_item(
                    TableName=self._table, Key=hold_key(workflow_id), **unless_changed(hold.at)
                )
        except ClientError as error:
            if not is_condition_failed(error):
                raise
            return False
        return True
