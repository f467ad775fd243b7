"""Wire the function that reconciles."""

import os
from dataclasses import dataclass, field

from countersign_common.aws.clients import dynamodb_client, kms_client, s3_client, sqs_client
from countersign_common.clock import system_clock
from countersign_common.ids import new_id
from countersign_common.parallel import MAX_THREADS
from countersign_common.settings import read_settings
from countersign_common.telemetry import Telemetry

from audit_service.adapters.dynamodb_integrity_repository import DynamoDbIntegrityRepository
from audit_service.adapters.dynamodb_log_index import DynamoDbLogIndex
from audit_service.adapters.kms_checkpoint_verifier import KmsCheckpointVerifier
from audit_service.adapters.opensearch_index_repair import OpenSearchIndexRepair
from audit_service.adapters.s3_log_tiles import S3LogTiles
from audit_service.adapters.s3_manifest_catalog import S3ManifestCatalog
from audit_service.adapters.s3_manifest_reader import S3ManifestReader
from audit_service.adapters.sqs_resend_requests import SqsResendRequests
from audit_service.bootstrap.search_engine import index_on, search_client
from audit_service.bootstrap.shared import (
    Settings,
    expected_records,
    record_repository,
)
from audit_service.use_cases.expected_records import ExpectedIndexRepair
from audit_service.use_cases.log_reader import LogReader
from audit_service.use_cases.reconcile import Reconcile


@dataclass(frozen=True)
class ReconcileSettings(Settings):
    """Environment variables of the function that reconciles.

    Attributes:
        audit_integrity_table: Name of the table of what it finds.
        log_key_id: ARN of the KMS key that signs checkpoints.
        log_origin: The log's name in its checkpoints.
        manifest_bucket: Name of the bucket of the workflow service's manifests.
        proof_bucket: Name of the bucket of the log's tiles.
        workflow_requests_queue_url: URL of the workflow service's queue of requests.
    """

    audit_integrity_table: str = field(kw_only=True)
    log_key_id: str = field(kw_only=True)
    log_origin: str = field(kw_only=True)
    manifest_bucket: str = field(kw_only=True)
    proof_bucket: str = field(kw_only=True)
    workflow_requests_queue_url: str = field(kw_only=True)


def build_reconcile() -> Reconcile:
    """Return the reconciliation that the environment describes.

    Raises:
        MissingSettingsError: Lists the variables that are not set.
    """
    settings = read_settings(ReconcileSettings, os.environ)
    dynamodb = dynamodb_client(connections=MAX_THREADS)
    s3 = s3_client(connections=MAX_THREADS)
    tiles = S3LogTiles(s3, settings.proof_bucket)
    opensearch = search_client(settings)
    return Reconcile(
        manifests=S3ManifestCatalog(
            s3, settings.manifest_bucket, S3ManifestReader(s3, settings.manifest_bucket)
        ),
        records=record_repository(dynamodb, settings),
        index=ExpectedIndexRepair(
            OpenSearchIndexRepair(opensearch, index_on(opensearch, settings)),
            expected_records(dynamodb, settings),
        ),
        log=LogReader(
            index=DynamoDbLogIndex(dynamodb, settings.audit_log_table),
            tiles=tiles,  # not those that were read before: it finds what was changed since
            verifier=KmsCheckpointVerifier(kms_client(), settings.log_key_id, settings.log_origin),
        ),
        tiles=tiles,
        integrity=DynamoDbIntegrityRepository(dynamodb, settings.audit_integrity_table),
        resends=SqsResendRequests(sqs_client(), settings.workflow_requests_queue_url, system_clock, new_id),
        clock=system_clock,
        warn=Telemetry("reconcile").warning,
    )
