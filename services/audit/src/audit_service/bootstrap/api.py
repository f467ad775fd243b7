"""Wire the API."""

import os
from dataclasses import dataclass, field

from countersign_common.aws.clients import kms_client, s3_client
from countersign_common.clock import Clock, system_clock
from countersign_common.ids import new_id
from countersign_common.lazy import on_first_use
from countersign_common.parallel import MAX_THREADS
from countersign_common.settings import read_settings

from audit_service.adapters.cached_tile_reader import CachedTileReader
from audit_service.adapters.dynamodb_attested_states import DynamoDbAttestedStates
from audit_service.adapters.dynamodb_erasure_jobs import DynamoDbErasureJobs
from audit_service.adapters.dynamodb_erasure_keys import DynamoDbErasureKeys
from audit_service.adapters.dynamodb_holds import DynamoDbHolds
from audit_service.adapters.dynamodb_integrity_repository import DynamoDbIntegrityRepository
from audit_service.adapters.dynamodb_log_index import DynamoDbLogIndex
from audit_service.adapters.dynamodb_retention_policies import DynamoDbRetentionPolicies
from audit_service.adapters.ed25519_cosignature_verifier import Ed25519CosignatureVerifier
from audit_service.adapters.kms_checkpoint_verifier import KmsCheckpointVerifier
from audit_service.adapters.s3_log_tiles import S3LogTiles
from audit_service.adapters.s3_manifest_reader import S3ManifestReader
from audit_service.bootstrap.shared import (
    Settings,
    audit_requests,
    dynamodb_for_requests,
    record_repository,
)
from audit_service.domain.log.notes import VerifierKey
from audit_service.ports import AuditIndex, AuditRecordRepository, IntegrityRepository
from audit_service.ports.erasure import (
    AuditRequests,
    ErasureJobs,
    Holds,
    RetentionPolicies,
)
from audit_service.ports.retention import ErasureKeys
from audit_service.use_cases.add_cosignature import AddCosignature
from audit_service.use_cases.find_erasable import FindErasable
from audit_service.use_cases.get_evidence import GetEvidence
from audit_service.use_cases.get_integrity import GetIntegrity
from audit_service.use_cases.get_record import GetRecord
from audit_service.use_cases.legal_holds import GetHold, ListHolds, PlaceHold, ReleaseHold
from audit_service.use_cases.log_reader import LogReader
from audit_service.use_cases.manifest_finder import ManifestFinder
from audit_service.use_cases.preview_erasure import PreviewErasure
from audit_service.use_cases.prove_record import ProveRecord
from audit_service.use_cases.read_erasures import GetErasure, ListErasures
from audit_service.use_cases.read_log import (
    GetCheckpoint,
    GetPublicKeys,
    ListCheckpoints,
    ProveConsistency,
)
from audit_service.use_cases.request_erasure import RequestErasure
from audit_service.use_cases.retention_periods import GetRetention, SetRetention
from audit_service.use_cases.search_audit_trail import SearchAuditTrail
from audit_service.use_cases.verify_workflow import VerifyWorkflow


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
    get_hold: GetHold
    list_holds: ListHolds
    get_retention: GetRetention
    set_retention: SetRetention


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
        get_hold=GetHold(retention.holds),
        list_holds=ListHolds(retention.holds),
        get_retention=GetRetention(retention.policies, retention.default_days),
        set_retention=SetRetention(retention.policies, retention.requests, clock),
    )


def build_api() -> ApiService:
    """Return the API's service that the environment describes.

    Raises:
        MissingSettingsError: Lists the variables that are not set.
        InvalidNoteError: A witness is not the verifier key of one.
    """
    settings = read_settings(ApiSettings, os.environ)
    dynamodb = dynamodb_for_requests()
    # Of the clients, every request needs DynamoDB's only: the others are created by the first request that uses them.
    s3 = on_first_use(lambda: s3_client(read_timeout=2, attempts=2, connections=MAX_THREADS))
    kms = on_first_use(lambda: kms_client(read_timeout=2, attempts=2))
    log = LogReader(
        index=DynamoDbLogIndex(dynamodb, settings.audit_log_table),
        tiles=CachedTileReader(S3LogTiles(s3, settings.proof_bucket)),
        verifier=KmsCheckpointVerifier(kms, settings.log_key_id, settings.log_origin),
        witnesses=tuple(VerifierKey.parse_witness(each) for each in settings.witnesses.split(",") if each),
        cosignature_verifier=Ed25519CosignatureVerifier(),
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
        requests=on_first_use(lambda: audit_requests(settings.audit_requests_queue_url)),
        default_days=int(settings.retention_days),
    )
    return api_service_with(
        record_repository(dynamodb, settings),
        on_first_use(lambda: _audit_index(settings)),
        log,
        manifests,
        system_clock,
        integrity,
        retention,
    )


def _audit_index(settings: Settings) -> AuditIndex:
    # Importing opensearch-py is an eighth of the cold start, and most routes don't search.
    from audit_service.bootstrap.search_engine import audit_index  # noqa: PLC0415

    return audit_index(settings)
