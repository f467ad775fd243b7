"""Wire the function `workflow-publish-manifest`."""

import os
from dataclasses import dataclass

from countersign_common.aws.clients import dynamodb_client, s3_client, sqs_client
from countersign_common.clock import system_clock
from countersign_common.settings import read_settings
from countersign_common.telemetry import Telemetry

from workflow_service.adapters.dynamodb_commit_index import DynamoDbCommitIndex
from workflow_service.adapters.dynamodb_manifest_progress import DynamoDbManifestProgress
from workflow_service.adapters.dynamodb_workflow_states import DynamoDbWorkflowStates
from workflow_service.adapters.s3_manifest_store import S3ManifestStore
from workflow_service.adapters.sqs_audit_trail_publisher import SqsAuditTrailPublisher
from workflow_service.bootstrap.shared import AuditTrailSettings
from workflow_service.use_cases.publish_manifest import PublishManifest


@dataclass(frozen=True)
class ManifestSettings(AuditTrailSettings):
    """Environment variables of the function that publishes manifests."""

    manifest_bucket: str


def build_publish_manifest() -> PublishManifest:
    """Return the use case of the function `workflow-publish-manifest`."""
    settings = read_settings(ManifestSettings, os.environ)
    client, table = dynamodb_client(), settings.workflow_table
    return PublishManifest(
        commits=DynamoDbCommitIndex(client, table),
        states=DynamoDbWorkflowStates(client, table),
        progress=DynamoDbManifestProgress(client, table),
        manifests=S3ManifestStore(s3_client(), settings.manifest_bucket),
        publisher=SqsAuditTrailPublisher(sqs_client(), settings.audit_trail_queue_url),
        clock=system_clock,
        warn=Telemetry("publish-manifest").warning,
    )
