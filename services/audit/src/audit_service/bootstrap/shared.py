"""Settings and adapters that several functions of the service use."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from countersign_common.aws.clients import dynamodb_client, sqs_client
from countersign_common.clock import system_clock
from countersign_common.ids import new_id

from audit_service.adapters.dynamodb_audit_record_repository import DynamoDbAuditRecordRepository
from audit_service.adapters.dynamodb_retention_policies import DynamoDbRetentionPolicies
from audit_service.adapters.sqs_audit_requests import SqsAuditRequests
from audit_service.use_cases.expected_records import ExpectedRecords

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@dataclass(frozen=True)
class Settings:
    """Environment variables.

    Attributes:
        aws_region: Set by the Lambda runtime.
        audit_log_table: Name of the table of the log's bookkeeping.
        audit_retention_table: Name of the table of erasures, legal holds and retention periods.
        audit_trail_table: Name of the table of records.
        opensearch_endpoint: URL of the search engine, with scheme and, if it is not the default, port.
        opensearch_replicas: Copies of each shard in addition to the primary; 0 for a single node.
        retention_days: How long records are kept whose scheme has no retention period.
    """

    aws_region: str
    audit_log_table: str
    audit_retention_table: str
    audit_trail_table: str
    opensearch_endpoint: str
    opensearch_replicas: str = "0"
    retention_days: str = "2555"


def dynamodb_for_requests() -> "DynamoDBClient":
    """Return a client whose calls end in time for a response.

    Two attempts of at most three seconds, after a search of three, stay below the API's ten.
    """
    return dynamodb_client(read_timeout=2, attempts=2)


def record_repository(client: "DynamoDBClient", settings: Settings) -> DynamoDbAuditRecordRepository:
    return DynamoDbAuditRecordRepository(client, settings.audit_trail_table, settings.audit_log_table)


def audit_requests(queue_url: str) -> SqsAuditRequests:
    return SqsAuditRequests(sqs_client(read_timeout=2, attempts=2), queue_url, system_clock, new_id)


def expected_records(client: "DynamoDBClient", settings: Settings) -> ExpectedRecords:
    policies = DynamoDbRetentionPolicies(client, settings.audit_retention_table)
    return ExpectedRecords(policies, int(settings.retention_days), system_clock)
