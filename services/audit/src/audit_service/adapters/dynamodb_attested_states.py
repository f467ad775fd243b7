"""Which manifests attest which workflow, in the audit-integrity table that `reconcile` keeps."""

from typing import TYPE_CHECKING

from countersign_common.aws.errors import store_errors

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoDbAttestedStates:
    """The port `AttestedStates` on the audit-integrity table.

    The item of a workflow has pk `WORKFLOW#<id>`, sk `ATTESTED`, and the attribute `manifest`, a name.
    """

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        """
        Args:
            client: A client with timeouts.
            table: Name of the table.
        """
        self._client = client
        self._table = table

    def newest_manifest_of(self, workflow_id: str) -> str | None:
        """Return the manifest that the workflow's item names."""
        with store_errors():
            response = self._client.get_item(
                TableName=self._table,
                Key={"pk": {"S": f"WORKFLOW#{workflow_id}"}, "sk": {"S": "ATTESTED"}},
                ConsistentRead=True,
            )
        name = response.get("Item", {}).get("manifest", {}).get("S")
        return None if name is None else str(name)
