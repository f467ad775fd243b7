"""The composition root: reads the settings, and connects adapters to use cases."""

import os
from dataclasses import dataclass

from countersign_common.aws.clients import credentials, dynamodb_client, kms_client, s3_client
from countersign_common.clock import system_clock
from countersign_common.ids import new_id
from countersign_common.settings import read_settings
from countersign_common.telemetry import Telemetry

from audit_service.adapters.dynamodb_audit_record_repository import DynamoDbAuditRecordRepository
from audit_service.adapters.dynamodb_sealing_ledger import PARALLEL_CALLS, DynamoDbSealingLedger
from audit_service.adapters.kms_checkpoint_signer import KmsCheckpointSigner
from audit_service.adapters.kms_checkpoint_verifier import KmsCheckpointVerifier
from audit_service.adapters.opensearch_client import opensearch_client
from audit_service.adapters.opensearch_index import OpenSearchAuditIndex
from audit_service.adapters.s3_log_tiles import PARALLEL_WRITES, S3LogTiles
from audit_service.ports import AuditIndex, AuditRecordRepository
from audit_service.use_cases.create_audit_trail import CreateAuditTrail
from audit_service.use_cases.get_record import GetRecord
from audit_service.use_cases.rebuild_index import RebuildIndex
from audit_service.use_cases.replace_index import ReplaceIndex
from audit_service.use_cases.seal_checkpoint import SealCheckpoint
from audit_service.use_cases.search_audit_trail import SearchAuditTrail
from audit_service.use_cases.verify_workflow import VerifyWorkflow


@dataclass(frozen=True)
class Settings:
    """Environment variables.

    Attributes:
        aws_region: Set by the Lambda runtime.
        audit_log_table: Name of the table of the log's bookkeeping.
        audit_trail_table: Name of the table of records.
        opensearch_endpoint: URL of the search engine, with scheme and, if it is not the default, port.
        opensearch_replicas: Copies of each shard in addition to the primary; 0 for a single node.
    """

    aws_region: str
    audit_log_table: str
    audit_trail_table: str
    opensearch_endpoint: str
    opensearch_replicas: str = "0"


@dataclass(frozen=True)
class SealerSettings:
    """Environment variables of the function that seals.

    Attributes:
        audit_log_table: Name of the table of the log's bookkeeping.
        log_key_id: ARN of the KMS key that signs checkpoints.
        log_origin: The log's name in its checkpoints.
        proof_bucket: Name of the bucket of the log's tiles.
    """

    audit_log_table: str
    log_key_id: str
    log_origin: str
    proof_bucket: str


@dataclass(frozen=True)
class Service:
    """The use cases of the other functions."""

    create_audit_trail: CreateAuditTrail
    search_audit_trail: SearchAuditTrail
    get_record: GetRecord
    verify_workflow: VerifyWorkflow
    rebuild_index: RebuildIndex
    replace_index: ReplaceIndex


def service_with(records: AuditRecordRepository, index: AuditIndex) -> Service:
    """Return the service with these ports."""
    return Service(
        create_audit_trail=CreateAuditTrail(records, index),
        search_audit_trail=SearchAuditTrail(records, index),
        get_record=GetRecord(records),
        verify_workflow=VerifyWorkflow(records),
        rebuild_index=RebuildIndex(records, index),
        replace_index=ReplaceIndex(index),
    )


def build_service() -> Service:
    """Return the service that the environment describes.

    Raises:
        MissingSettingsError: Lists the variables that are not set.
    """
    settings = read_settings(Settings, os.environ)
    # Two attempts of at most three seconds, after a search of three, stay below the API's ten.
    dynamodb = dynamodb_client(read_timeout=2, attempts=2)
    opensearch = opensearch_client(
        settings.opensearch_endpoint, region=settings.aws_region, credentials=credentials()
    )
    return service_with(
        DynamoDbAuditRecordRepository(dynamodb, settings.audit_trail_table, settings.audit_log_table),
        OpenSearchAuditIndex(opensearch, replicas=int(settings.opensearch_replicas)),
    )


def build_sealer() -> SealCheckpoint:
    """Return the sealer that the environment describes.

    Raises:
        MissingSettingsError: Lists the variables that are not set.
    """
    settings = read_settings(SealerSettings, os.environ)
    kms = kms_client()
    verifier = KmsCheckpointVerifier(kms, settings.log_key_id, settings.log_origin)
    return SealCheckpoint(
        ledger=DynamoDbSealingLedger(dynamodb_client(connections=PARALLEL_CALLS), settings.audit_log_table),
        tiles=S3LogTiles(s3_client(connections=PARALLEL_WRITES), settings.proof_bucket),
        signer=KmsCheckpointSigner(kms, settings.log_key_id, verifier),
        verifier=verifier,
        clock=system_clock,
        new_id=new_id,
        warn=Telemetry("seal-checkpoint").warning,
    )
