"""Removes erased parts from the audit-trail table: the only code that changes a stored record."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError
from countersign_common.aws.errors import is_condition_failed, store_errors
from countersign_common.parallel import map_parallel
from countersign_common.proof.commitment import PARTS, Part

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoDbRecordParts:
    """The port `RecordParts` on the audit-trail table."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        """
        Args:
            client: A client with timeouts, and a connection for each thread.
            table: Name of the table.
        """
        self._client = client
        self._table = table

    def remove(self, parts: Mapping[str, Sequence[Part]]) -> None:
        """Remove the attributes of parts, with salt and value. It can be repeated."""
        map_parallel(lambda dataset_id: self._remove(dataset_id, parts[dataset_id]), parts)

    def _remove(self, dataset_id: str, parts: Sequence[Part]) -> None:
        names = [part for part in PARTS if part in parts]
        if not names:
            return
        try:
            with store_errors():
                self._client.update_item(
                    TableName=self._table,
                    Key={"datasetId": {"S": dataset_id}},
                    UpdateExpression=f"REMOVE {', '.join(f'#{name}' for name in names)}",
                    # Without the condition, an update would create an item.
                    ConditionExpression="attribute_exists(datasetId)",
                    ExpressionAttributeNames={f"#{name}": name for name in names},
                )
        except ClientError as error:
            if not is_condition_failed(error):
                raise
