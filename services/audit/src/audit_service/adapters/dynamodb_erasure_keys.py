"""Idempotency keys in the audit-retention table. `retention_items.py` has the items."""

from datetime import datetime
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError
from countersign_common.aws.errors import is_condition_failed, store_errors

from audit_service.adapters.retention_items import erasure_key_item, erasure_key_record_of
from audit_service.ports.retention import ErasureKey, ErasureKeyRecord

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoDbErasureKeys:
    """The port `ErasureKeys` on the audit-retention table."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        """
        Args:
            client: A client with timeouts.
            table: Name of the table.
        """
        self._client = client
        self._table = table

    def claim(self, key: ErasureKey, record: ErasureKeyRecord, now: datetime) -> ErasureKeyRecord:
        """Put the item on a condition. If the key has an item already, read that item."""
        item = erasure_key_item(key, record)
        try:
            with store_errors():
                self._client.put_item(
                    TableName=self._table,
                    Item=item,
                    ConditionExpression="attribute_not_exists(pk) OR expiresAt <= :now",
                    ExpressionAttributeValues={":now": {"N": str(int(now.timestamp()))}},
                )
        except ClientError as error:
            if not is_condition_failed(error):
                raise
            with store_errors():
                response = self._client.get_item(
                    TableName=self._table, Key={"pk": item["pk"], "sk": item["sk"]}, ConsistentRead=True
                )
            # It can have been deleted in between, after 24 hours.
            return erasure_key_record_of(dict(response.get("Item") or item))
        return record
