"""Retention periods in the audit-retention table. `retention_items.py` has the items."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError
from countersign_common.aws.errors import is_condition_failed, store_errors
from countersign_common.aws.reads import query_partition

from audit_service.adapters.retention_items import RETENTION, policy_item, policy_of, unless_changed
from audit_service.domain.erasure import RetentionPolicy

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoDbRetentionPolicies:
    """The port `RetentionPolicies` on the audit-retention table."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        """
        Args:
            client: A client with timeouts.
            table: Name of the table.
        """
        self._client = client
        self._table = table

    def all(self) -> Mapping[str, RetentionPolicy]:
        """Query all policies, strongly consistent."""
        return dict(map(policy_of, query_partition(self._client, self._table, RETENTION)))

    def put(self, scheme: str, policy: RetentionPolicy, *, replaces: RetentionPolicy | None) -> bool:
        """Put the item if the stored one has the time of `replaces`."""
        condition = unless_changed(None if replaces is None else replaces.at)
        try:
            with store_errors():
                self._client.put_item(TableName=self._table, Item=policy_item(scheme, policy), **condition)
        except ClientError as error:
            if not is_condition_failed(error):
                raise
            return False
        return True
