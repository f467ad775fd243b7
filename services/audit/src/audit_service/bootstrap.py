"""The composition root: reads the settings, and connects adapters to use cases."""

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from countersign_common.aws.clients import credentials, dynamodb_client, kms_client, s3_client, sqs_client
from countersign_common.clock import Clock, system_clock
from countersign_common.ids import new_id
from countersign_common.parallel import MAX_THREADS
from countersign_common.proof.commitment import SALT_BYTES
from countersign_common.settings import read_settings
from countersign_common.telemetry import Telemetry

from audit_service.adapters.cached_tile_reader import CachedTileReader
from audit_service.adapters.dynamodb_attested_states import DynamoDbAttestedStates
from audit_service.adapters.dynamodb_audit_record_repository import DynamoDbAuditRecordRepository
from audit_service.adapters.dynamodb_erasure_hints import DynamoDbErasureHints
from audit_service.adapters.dynamodb_erasure_jobs import DynamoDbErasureJobs
from audit_service.adapters.dynamodb_erasure_keys import DynamoDbErasureKeys
from audit_service.adapters.dynamodb_holds import DynamoDbHolds
from audit_service.adapters.dynamodb_integrity_repository import DynamoDbIntegrityRepository
from audit_service.adapters.dynamodb_log_index import DynamoDbLogIndex
from audit_service.adapters.dynamodb_record_parts import DynamoDbRecordParts
from audit_service.adapters.dynamodb_retention_policies import DynamoDbRetentionPolicies
from audit_service.adapters.dynamodb_sealing_ledger import DynamoDbSealingLedger
from audit_service.adapters.kms_checkpoint_signer import KmsCheckpointSigner
from audit_service.adapters.kms_checkpoint_verifier import KmsCheckpointVerifier
from audit_service.adapters.monthly_indices import MonthlyIndices
from audit_service.adapters.opensearch_client import opensearch_client
from audit_service.adapters.opensearch_erased_documents import OpenSearchErasedDocuments
from audit_service.adapters.opensearch_index import OpenSearchAuditIndex
from audit_service.adapters.opensearch_index_repair import OpenSearchIndexRepair
from audit_service.adapters.opensearch_months import OpenSearchMonths
from audit_service.adapters.s3_log_tiles import S3LogTiles
from audit_service.adapters.s3_manifest_catalog import S3ManifestCatalog
from audit_service.adapters.s3_manifest_reader import S3ManifestReader
from audit_service.adapters.sqs_audit_requests import SqsAuditRequests
from audit_service.adapters.sqs_dead_letters import SqsDeadLetters
from audit_service.adapters.sqs_erasure_publisher import SqsErasurePublisher
from audit_service.adapters.sqs_resend_requests import SqsResendRequests
from audit_service.domain.log.notes import VerifierKey
from audit_service.ports import AuditIndex, AuditRecordRepository, IntegrityRepository
from audit_service.ports.erasure import (
    AuditRequests,
    ErasureHints,
    ErasureJobs,
    Holds,
    RetentionPolicies,
)
from audit_service.ports.retention import ErasureKeys
from audit_service.use_cases.add_cosignature import AddCosignature
from audit_service.use_cases.apply_retention import ApplyRetention
from audit_service.use_cases.create_audit_trail import CreateAuditTrail
from audit_service.use_cases.drop_expired_indices import DropExpiredIndices
from audit_service.use_cases.erase_batch import EraseBatch
from audit_service.use_cases.expected_records import ExpectedIndexRepair, ExpectedRecords
from audit_service.use_cases.find_erasable import FindErasable
from audit_service.use_cases.get_evidence import GetEvidence
from audit_service.use_cases.get_integrity import GetIntegrity
from audit_service.use_cases.get_record import GetRecord
from audit_service.use_cases.legal_holds import ListHolds, PlaceHold, ReleaseHold
from audit_service.use_cases.log_reader import LogReader
from audit_service.use_cases.manifest_finder import ManifestFinder
from audit_service.use_cases.preview_erasure import PreviewErasure
from audit_service.use_cases.prove_record import ProveRecord
from audit_service.use_cases.purge_dead_letters import PurgeDeadLetters
from audit_service.use_cases.read_erasures import GetErasure, ListErasures
from audit_service.use_cases.read_log import (
    GetCheckpoint,
    GetPublicKeys,
    ListCheckpoints,
    ProveConsistency,
)
from audit_service.use_cases.rebuild_index import RebuildIndex
from audit_service.use_cases.reconcile import Reconcile
from audit_service.use_cases.record_own_event import RecordOwnEvent
from audit_service.use_cases.replace_index import ReplaceIndex
from audit_service.use_cases.request_erasure import RequestErasure
from audit_service.use_cases.retention_periods import GetRetention, SetRetention
from audit_service.use_cases.run_erasure import RunErasure
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


@dataclass(frozen=True)
class ApiSettings(Settings):
    """Environment variables of the API's function.

    Attributes:
        audit_integrity_table: Name of the table of what `reconcile` found.
        audit_requests_queue_url: URL of the queue of the function that erases.
        log_key_id: ARN of the KMS key that signs checkpoints.
        log_origin: The log's name in its checkpoints.
        manifest_bucket: Name of the bucket of the workflow service's manifests.
        proof_bucket: Name of the bucket of the log's tiles.
        witnesses: Verifier keys of the configured witnesses, separated by commas.
    """

    audit_integrity_table: str = field(kw_only=True)
    audit_requests_queue_url: str = field(kw_only=True)
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
class RetentionSettings(Settings):
    """Environment variables of the function that applies retention.

    Attributes:
        audit_requests_queue_url: URL of the queue of the function that erases.
    """

    audit_requests_queue_url: str = field(kw_only=True)


@dataclass(frozen=True)
class RetentionPorts:
    """The ports of erasures, legal holds and retention periods.

    Attributes:
        default_days: How long records are kept whose scheme has no retention period.
    """

    jobs: ErasureJobs
    keys: ErasureKeys
    holds: Holds
    policies: RetentionPolicies
    requests: AuditRequests
    default_days: int


@dataclass(frozen=True)
class EraseSettings(Settings):
    """Environment variables of the function that erases.

    Attributes:
        audit_requests_queue_url: URL of the queue of its own requests.
        audit_trail_dead_letter_queue_url: URL of the dead-letter queue of audit events.
        erasure_recheck_seconds: How long an erasure waits for what is on its way, at most 900.
        notifications_dead_letter_queue_url: URL of the dead-letter queue of workflow events.
        notifications_queue_url: URL of the notifications service's queue.
        workflow_requests_queue_url: URL of the workflow service's queue of requests.
    """

    audit_requests_queue_url: str = field(kw_only=True)
    audit_trail_dead_letter_queue_url: str = field(kw_only=True)
    erasure_recheck_seconds: str = field(kw_only=True)
    notifications_dead_letter_queue_url: str = field(kw_only=True)
    notifications_queue_url: str = field(kw_only=True)
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
    request_erasure: RequestErasure
    preview_erasure: PreviewErasure
    get_erasure: GetErasure
    list_erasures: ListErasures
    place_hold: PlaceHold
    release_hold: ReleaseHold
    list_holds: ListHolds
    get_retention: GetRetention
    set_retention: SetRetention


@dataclass(frozen=True)
class Service:
    """The use cases of the functions that write records or their index."""

    create_audit_trail: CreateAuditTrail
    rebuild_index: RebuildIndex
    replace_index: ReplaceIndex


@dataclass(frozen=True)
class RetentionService:
    """The use cases of the function that applies retention."""

    apply_retention: ApplyRetention
    drop_expired_indices: DropExpiredIndices


@dataclass(frozen=True)
class EraseService:
    """The use cases of the function that erases."""

    run_erasure: RunErasure
    record_own_event: RecordOwnEvent


def new_salt() -> bytes:
    """Return a random salt for a commitment."""
    return os.urandom(SALT_BYTES)


def api_service_with(
    records: AuditRecordRepository,
    index: AuditIndex,
    log: LogReader,
    manifests: ManifestFinder,
    clock: Clock,
    integrity: IntegrityRepository,
    retention: RetentionPorts,
) -> ApiService:
    """Return the API's service with these ports."""
    get_record = GetRecord(records, log.index)
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
        request_erasure=RequestErasure(retention.jobs, retention.keys, retention.requests, clock, new_id),
        preview_erasure=PreviewErasure(records, index, retention.holds, FindErasable(records), clock),
        get_erasure=GetErasure(retention.jobs),
        list_erasures=ListErasures(retention.jobs),
        place_hold=PlaceHold(retention.holds, records, retention.requests, clock),
        release_hold=ReleaseHold(retention.holds, retention.requests, clock),
        list_holds=ListHolds(retention.holds),
        get_retention=GetRetention(retention.policies, retention.default_days),
        set_retention=SetRetention(retention.policies, retention.requests, clock),
    )


def service_with(
    records: AuditRecordRepository,
    index: AuditIndex,
    hints: ErasureHints,
    expected: ExpectedRecords,
    clock: Clock,
) -> Service:
    """Return the service with these ports."""
    return Service(
        create_audit_trail=CreateAuditTrail(records, index, hints, clock),
        rebuild_index=RebuildIndex(records, index, expected),
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
    retention = RetentionPorts(
        jobs=DynamoDbErasureJobs(dynamodb, settings.audit_retention_table),
        keys=DynamoDbErasureKeys(dynamodb, settings.audit_retention_table),
        holds=DynamoDbHolds(dynamodb, settings.audit_retention_table),
        policies=DynamoDbRetentionPolicies(dynamodb, settings.audit_retention_table),
        requests=_requests(settings.audit_requests_queue_url),
        default_days=int(settings.retention_days),
    )
    return api_service_with(
        _records(dynamodb, settings), _index(settings), log, manifests, system_clock, integrity, retention
    )


def build_service() -> Service:
    """Return the service that the environment describes.

    Raises:
        MissingSettingsError: Lists the variables that are not set.
    """
    settings = read_settings(Settings, os.environ)
    dynamodb = _dynamodb()
    return service_with(
        _records(dynamodb, settings),
        _index(settings),
        DynamoDbErasureHints(dynamodb, settings.audit_log_table),
        _expected(dynamodb, settings),
        system_clock,
    )


def _dynamodb() -> "DynamoDBClient":
    # Two attempts of at most three seconds, after a search of three, stay below the API's ten.
    return dynamodb_client(read_timeout=2, attempts=2)


def _records(client: "DynamoDBClient", settings: Settings) -> DynamoDbAuditRecordRepository:
    return DynamoDbAuditRecordRepository(client, settings.audit_trail_table, settings.audit_log_table)


def _requests(queue_url: str) -> SqsAuditRequests:
    return SqsAuditRequests(sqs_client(read_timeout=2, attempts=2), queue_url, system_clock, new_id)


def _expected(client: "DynamoDBClient", settings: Settings) -> ExpectedRecords:
    policies = DynamoDbRetentionPolicies(client, settings.audit_retention_table)
    return ExpectedRecords(policies, int(settings.retention_days), system_clock)


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
        index=ExpectedIndexRepair(
            OpenSearchIndexRepair(opensearch, _index_on(opensearch, settings)),
            _expected(dynamodb, settings),
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


def build_retention() -> RetentionService:
    """Return the service of the function that applies retention, as the environment describes it.

    Raises:
        MissingSettingsError: Lists the variables that are not set.
    """
    settings = read_settings(RetentionSettings, os.environ)
    dynamodb = dynamodb_client(connections=MAX_THREADS)
    opensearch = _opensearch(settings)
    return RetentionService(
        ApplyRetention(
            DynamoDbErasureJobs(dynamodb, settings.audit_retention_table),
            _requests(settings.audit_requests_queue_url),
            system_clock,
            new_id,
        ),
        DropExpiredIndices(
            OpenSearchMonths(opensearch, MonthlyIndices(opensearch, int(settings.opensearch_replicas))),
            _records(dynamodb, settings),
            _expected(dynamodb, settings),
        ),
    )


def build_erase() -> EraseService:
    """Return the erasing service that the environment describes.

    Raises:
        MissingSettingsError: Lists the variables that are not set.
    """
    settings = read_settings(EraseSettings, os.environ)
    dynamodb = dynamodb_client(connections=MAX_THREADS)
    # Receiving waits a second for messages.
    sqs = sqs_client(read_timeout=5)
    opensearch = _opensearch(settings)
    records = _records(dynamodb, settings)
    documents = OpenSearchErasedDocuments(opensearch, _index_on(opensearch, settings))
    jobs = DynamoDbErasureJobs(dynamodb, settings.audit_retention_table)
    holds = DynamoDbHolds(dynamodb, settings.audit_retention_table)
    erase_batch = EraseBatch(
        records=records,
        hints=DynamoDbErasureHints(dynamodb, settings.audit_log_table),
        parts=DynamoDbRecordParts(dynamodb, settings.audit_trail_table),
        documents=documents,
        publisher=SqsErasurePublisher(
            sqs, [settings.workflow_requests_queue_url, settings.notifications_queue_url], system_clock
        ),
        jobs=jobs,
        clock=system_clock,
        new_salt=new_salt,
    )
    letters = SqsDeadLetters(
        sqs, [settings.audit_trail_dead_letter_queue_url, settings.notifications_dead_letter_queue_url]
    )
    return EraseService(
        run_erasure=RunErasure(
            jobs=jobs,
            holds=holds,
            policies=DynamoDbRetentionPolicies(dynamodb, settings.audit_retention_table),
            records=records,
            find=FindErasable(records),
            erase_batch=erase_batch,
            purge_dead_letters=PurgeDeadLetters(letters, records, holds, erase_batch),
            requests=SqsAuditRequests(sqs, settings.audit_requests_queue_url, system_clock, new_id),
            clock=system_clock,
            warn=Telemetry("erase").warning,
            recheck_seconds=int(settings.erasure_recheck_seconds),
            default_retention_days=int(settings.retention_days),
        ),
        record_own_event=RecordOwnEvent(records, documents, new_salt),
    )
