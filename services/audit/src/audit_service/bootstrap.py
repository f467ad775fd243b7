"""The composition root: settings from the environment, and adapters wired to use cases."""

import os
from dataclasses import dataclass

from countersign_common.settings import read_settings

from audit_service.adapters.aws import aws_session, credentials_of, dynamodb_client
from audit_service.adapters.dynamodb_records import DynamoDbRecords
from audit_service.adapters.opensearch_connection import opensearch_client
from audit_service.adapters.opensearch_index import OpenSearchAuditIndex
from audit_service.use_cases.service import AuditService, service_on


@dataclass(frozen=True)
class Settings:
    """What the functions take from their environment.

    Attributes:
        aws_region: set by the Lambda runtime.
        audit_trail_table: the table's name.
        opensearch_endpoint: the search engine's URL, with scheme and, where it is not the usual one, port.
        opensearch_replicas: copies of each shard beside the primary one; 0 on a single node.
    """

    aws_region: str
    audit_trail_table: str
    opensearch_endpoint: str
    opensearch_replicas: str = "0"


def audit_service() -> AuditService:
    """The service as the environment sets it up.

    Raises:
        SettingsMissing: naming what is not set.
    """
    settings = read_settings(Settings, os.environ)
    session = aws_session(settings.aws_region)
    search = opensearch_client(
        settings.opensearch_endpoint, region=settings.aws_region, credentials=credentials_of(session)
    )
    return service_on(
        records=DynamoDbRecords(dynamodb_client(session), settings.audit_trail_table),
        index=OpenSearchAuditIndex(search, replicas=int(settings.opensearch_replicas)),
    )
