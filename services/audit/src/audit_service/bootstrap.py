"""The composition root: reads the settings, and connects adapters to use cases."""

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from countersign_common.aws.clients import credentials, dynamodb_client, kms_client, s3_client, sqs_client
from countersign_common.clock import Clock, system_clock
from countersign_common.ids import new_id
from countersign_common.parallel import MAX_THREADS
from countersign_common.settings import read_settings
from countersign_common.telemetry import Telemetry

from audit_service.adapters.cached_tile_reader import CachedTileReader
from audit_service.adapters.dynamodb_attested_states import DynamoDbAttestedStates
from audit_service.adapters.dynamodb_audit_record_repository import DynamoDbAuditRecordRepository
from audit_service.adapters.dynamodb_erasure_hints import DynamoDbErasureHints
from audit_service.adapters.dynamodb_integrity_repository import DynamoDbIntegrityRepository
from audit_service.adapters.dynamodb_log_index import DynamoDbLogIndex
from audit_service.adapters.dynamodb_sealing_ledger import DynamoDbSealingLedger
from audit_service.adapters.kms_checkpoint_signer import KmsCheckpointSigner
from audit_service.adapters.kms_checkpoint_verifier import KmsCheckpointVerifier
from audit_service.adapters.opensearch_client import opensearch_client
from audit_service.adapters.opensearch_index import OpenSearchAuditIndex
from audit_service.adapters.opensearch_index_repair import OpenSearchIndexRepair
from audit_service.adapters.s3_log_tiles import S3LogTiles
from audit_service.adapters.s3_manifest_catalog import S3ManifestCatalog
from audit_service.adapters.s3_manifest_reader import S3ManifestReader
from audit_service.adapters.sqs_resend_requests import SqsResendRequests
from audit_service.domain.log.notes import VerifierKey
from audit_service.ports import AuditIndex, AuditRecordRepository, IntegrityRepository
from audit_service.ports.erasure import ErasureHints
from audit_service.use_cases.add_cosignature import AddCosignature
from audit_service.use_cases.create_audit_trail import CreateAuditTrail
from audit_service.use_cases.get_evidence import GetEvidence
from audit_service.use_cases.get_integrity import GetIntegrity
from audit_service.use_cases.get_record import GetRecord
from audit_service.use_cases.log_reader import LogReader
from audit_service.use_cases.manifest_finder import ManifestFinder
from audit_service.use_cases.prove_record import ProveRecord
from audit_service.use_cases.read_log import (
    GetCheckpoint,
    GetPublicKeys,
    ListCheckpoints,
    ProveConsistency,
)
from audit_service.use_cases.rebuild_index import RebuildIndex
from audit_service.use_cases.reconcile import Reconcile
from audit_service.use_cases.replace_index import ReplaceIndex
from audit_service.use_cases.seal_checkpoint import SealCheckpoint
from audit_service.use_cases.search_audit_trail import SearchAuditTrail
from audit_service.use_cases.verify_workflow import VerifyWorkflow

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from opensearchpy import OpenSearch


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
class ApiSettings(Settings):
    """Environment variables of the API's function.

    Attributes:
        audit_integrity_table: Name of the table of what `reconcile` found.
        log_key_id: ARN of the KMS key that signs checkpoints.
        log_origin: The log's name in its checkpoints.
        manifest_bucket: Name of the bucket of the workflow service's manifests.
        proof_bucket: Name of the bucket of the log's tiles.
        witnesses: Verifier keys of the configured witnesses, separated by commas.
    """

    audit_integrity_table: str = field(kw_only=True)
    log_key_id: str = field(kw_only=True)
    log_origin: str = field(kw_only=True)
    manifest_bucket: str = field(kw_only=True)
    proof_bucket: str = field(kw_only=True)
    witnesses: str = ""


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


@dataclass(frozen=True)
class ApiService:
    """The use cases of the API."""

    search_audit_trail: SearchAuditTrail
    get_record: GetRecord
    prove_record: ProveRecord
    verify_workflow: VerifyWorkflow
    get_evidence: GetEvidence
    get_integrity: GetIntegrity
    get_checkpoint: GetCheckpoint
    list_checkpoints: ListCheckpoints
    prove_consistency: ProveConsistency
    add_cosignature: AddCosignature
    get_public_keys: GetPublicKeys


@dataclass(frozen=True)
class Service:
    """The use cases of the functions that write records or their index."""

    create_audit_trail: CreateAuditTrail
    rebuild_index: RebuildIndex
    replace_index: ReplaceIndex


def api_service_with(
    records: AuditRecordRepository,
    index: AuditIndex,
    log: LogReader,
    manifests: ManifestFinder,
    clock: Clock,
    integrity: IntegrityRepository,
) -> ApiService:
    """Return the API's service with these ports."""
    get_record = GetRecord(records)
    return ApiService(
        search_audit_trail=SearchAuditTrail(records, index),
        get_record=get_record,
        prove_record=ProveRecord(get_record, log),
        verify_workflow=VerifyWorkflow(records, log, manifests, clock),
        get_evidence=GetEvidence(records, log, manifests, clock),
        get_integrity=GetIntegrity(log, integrity, clock),
        get_checkpoint=GetCheckpoint(log),
        list_checkpoints=ListCheckpoints(log),
        prove_consistency=ProveConsistency(log),
        add_cosignature=AddCosignature(log, clock),
        get_public_keys=GetPublicKeys(log),
    )


def service_with(
    records: AuditRecordRepository, index: AuditIndex, hints: ErasureHints, clock: Clock
) -> Service:
    """Return the service with these ports."""
    return Service(
        create_audit_trail=CreateAuditTrail(records, index, hints, clock),
        rebuild_index=RebuildIndex(records, index),
        replace_index=ReplaceIndex(index),
    )


def build_api() -> ApiService:
    """Return the API's service that the environment describes.

    Raises:
        MissingSettingsError: Lists the variables that are not set.
        InvalidNoteError: A witness is not a verifier key.
    """
    settings = read_settings(ApiSettings, os.environ)
    dynamodb = _dynamodb()
    s3 = s3_client(read_timeout=2, attempts=2, connections=MAX_THREADS)
    log = LogReader(
        index=DynamoDbLogIndex(dynamodb, settings.audit_log_table),
        tiles=CachedTileReader(S3LogTiles(s3, settings.proof_bucket)),
        verifier=KmsCheckpointVerifier(
            kms_client(read_timeout=2, attempts=2), settings.log_key_id, settings.log_origin
        ),
        witnesses=tuple(VerifierKey.parse(each) for each in settings.witnesses.split(",") if each),
    )
    manifests = ManifestFinder(
        S3ManifestReader(s3, settings.manifest_bucket),
        DynamoDbAttestedStates(dynamodb, settings.audit_integrity_table),
    )
    integrity = DynamoDbIntegrityRepository(dynamodb, settings.audit_integrity_table)
    return api_service_with(
        _records(dynamodb, settings), _index(settings), log, manifests, system_clock, integrity
    )


def build_service() -> Service:
    """Return the service that the environment describes.

    Raises:
        MissingSettingsError: Lists the variables that are not set.
    """
    settings = read_settings(Settings, os.environ)
    dynamodb = _dynamodb()
    hints = DynamoDbErasureHints(dynamodb, settings.audit_log_table)
    return service_with(_records(dynamodb, settings), _index(settings), hints, system_clock)


def _dynamodb() -> "DynamoDBClient":
    # Two attempts of at most three seconds, after a search of three, stay below the API's ten.
    return dynamodb_client(read_timeout=2, attempts=2)


def _records(client: "DynamoDBClient", settings: Settings) -> DynamoDbAuditRecordRepository:
    return DynamoDbAuditRecordRepository(client, settings.audit_trail_table, settings.audit_log_table)


def _index(settings: Settings) -> OpenSearchAuditIndex:
    return _index_on(_opensearch(settings), settings)


def _index_on(client: "OpenSearch", settings: Settings) -> OpenSearchAuditIndex:
    return OpenSearchAuditIndex(client, replicas=int(settings.opensearch_replicas))


def _opensearch(settings: Settings) -> "OpenSearch":
    return opensearch_client(
        settings.opensearch_endpoint, region=settings.aws_region, credentials=credentials()
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
        ledger=DynamoDbSealingLedger(dynamodb_client(connections=MAX_THREADS), settings.audit_log_table),
        tiles=S3LogTiles(s3_client(connections=MAX_THREADS), settings.proof_bucket),
        signer=KmsCheckpointSigner(kms, settings.log_key_id, verifier),
        verifier=verifier,
        clock=system_clock,
        new_id=new_id,
        warn=Telemetry("seal-checkpoint").warning,
    )


def build_reconcile() -> Reconcile:
    """Return the reconciliation that the environment describes.

    Raises:
        MissingSettingsError: Lists the variables that are not set.
    """
    settings = read_settings(ReconcileSettings, os.environ)
    dynamodb = dynamodb_client(connections=MAX_THREADS)
    s3 = s3_client(connections=MAX_THREADS)
    tiles = S3LogTiles(s3, settings.proof_bucket)
    opensearch = _opensearch(settings)
    return Reconcile(
        manifests=S3ManifestCatalog(
            s3, settings.manifest_bucket, S3ManifestReader(s3, settings.manifest_bucket)
        ),
        records=_records(dynamodb, settings),
        index=OpenSearchIndexRepair(opensearch, _index_on(opensearch, settings)),
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
