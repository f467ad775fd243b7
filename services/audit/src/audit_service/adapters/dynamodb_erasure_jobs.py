"""Erasure jobs in the audit-retention table. `erasure_items.py` has the items."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from countersign_common.aws.errors import is_condition_failed, store_errors
from countersign_common.pagination import Page

from audit_service.adapters.erasure_items import ERASURES, job_item, job_key, jobs_of
from audit_service.domain.erasure import ErasureJob
from audit_service.domain.errors import JobChangedError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoDbErasureJobs:
    """The port `ErasureJobs` on a DynamoDB table."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        """
        Args:
            client: A client with timeouts.
            table: Name of the table.
        """
        self._client = client
        self._table = table

    def add(self, job: ErasureJob) -> None:
        """Put the job unless it is stored already: it can have been started since."""
        try:
            self._put(job, "attribute_not_exists(pk)", {})
        except JobChangedError:
            return

    def get(self, erasure_id: str) -> ErasureJob | None:
        """Return the item, strongly consistent."""
        with store_errors():
            response = self._client.get_item(
                TableName=self._table, Key=job_key(erasure_id), ConsistentRead=True
            )
        item = response.get("Item")
        return None if item is None else next(jobs_of([dict(item)]), None)

    def list(self, *, before: str | None, limit: int) -> Page[ErasureJob, str]:
        """Query the partition backward."""
        start: dict[str, Any] = {} if before is None else {"ExclusiveStartKey": job_key(before)}
        with store_errors():
            response = self._client.query(
                TableName=self._table,
                KeyConditionExpression="pk = :pk",
                ExpressionAttributeValues={":pk": {"S": ERASURES}},
                ScanIndexForward=False,
                ConsistentRead=True,
                Limit=limit,
                **start,
            )
        last = response.get("LastEvaluatedKey")
        return Page([*jobs_of(map(dict, response["Items"]))], last["sk"]["S"] if last else None)

    def update(self, job: ErasureJob) -> ErasureJob:
        """Replace the item that has the job's version."""
        changed = replace(job, version=job.version + 1)
        self._put(changed, "#version = :version", {":version": {"N": str(job.version)}})
        return changed

    def _put(self, job: ErasureJob, condition: str, values: dict[str, Any]) -> None:
        options: Any = {"ConditionExpression": condition}
        if values:
            options |= {
                "ExpressionAttributeNames": {"#version": "version"},
                "ExpressionAttributeValues": values,
            }
        try:
            with store_errors():
                self._client.put_item(TableName=self._table, Item=job_item(job), **options)
        except ClientError as error:
            if not is_condition_failed(error):
                raise
            raise JobChangedError(job.erasure_id) from error
