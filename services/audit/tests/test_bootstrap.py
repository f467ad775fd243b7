"""The composition root."""

import subprocess
import sys
from dataclasses import replace
from typing import Any

import boto3
import pytest
from countersign_common.settings import MissingSettingsError

from audit_service.adapters.dynamodb_audit_record_repository import DynamoDbAuditRecordRepository
from audit_service.adapters.dynamodb_log_index import DynamoDbLogIndex
from audit_service.adapters.dynamodb_sealing_ledger import DynamoDbSealingLedger
from audit_service.adapters.kms_checkpoint_signer import KmsCheckpointSigner
from audit_service.adapters.kms_checkpoint_verifier import KmsCheckpointVerifier
from audit_service.adapters.opensearch_index import OpenSearchAuditIndex
from audit_service.adapters.s3_log_tiles import S3LogTiles
from audit_service.adapters.s3_manifest_catalog import S3ManifestCatalog
from audit_service.adapters.s3_manifest_reader import S3ManifestReader
from audit_service.bootstrap.api import build_api
from audit_service.bootstrap.reconciliation import build_reconcile
from audit_service.bootstrap.recording import build_service
from audit_service.bootstrap.retention import build_retention
from audit_service.bootstrap.sealing import build_sealer
from audit_service.bootstrap.shared import Settings
from audit_service.domain.log.notes import InvalidNoteError

from .log_fakes import WITNESS

ENVIRONMENT = {
    "AWS_REGION": "eu-west-1",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_ACCESS_KEY_ID": "key",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AUDIT_LOG_TABLE": "audit-log",
    "AUDIT_RETENTION_TABLE": "audit-retention",
    "AUDIT_TRAIL_TABLE": "audit-trail",
    "OPENSEARCH_ENDPOINT": "http://127.0.0.1:9",
}
API_ENVIRONMENT = ENVIRONMENT | {
    "AUDIT_INTEGRITY_TABLE": "audit-integrity",
    "AUDIT_REQUESTS_QUEUE_URL": "https://sqs.example.com/1/audit-requests",
    "LOG_KEY_ID": "arn:aws:kms:eu-west-1:123456789012:key/1",
    "LOG_ORIGIN": "log.example.com",
    "MANIFEST_BUCKET": "manifests",
    "PROOF_BUCKET": "proof",
}
SEALER_SETTINGS = ("AUDIT_LOG_TABLE", "LOG_KEY_ID", "LOG_ORIGIN", "PROOF_BUCKET")


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*API_ENVIRONMENT, "OPENSEARCH_REPLICAS", "RETENTION_DAYS", "WITNESSES"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("replicas", [None, "2"])
def test_the_service_is_built_from_the_environment(monkeypatch: pytest.MonkeyPatch, replicas: str | None):
    environment = ENVIRONMENT | ({"OPENSEARCH_REPLICAS": replicas} if replicas else {})
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    creator = build_service().create_audit_trail
    assert isinstance(creator.records, DynamoDbAuditRecordRepository)
    assert isinstance(creator.index, OpenSearchAuditIndex)
    assert creator.index._indices._replicas == int(replicas or 0)


def test_the_sealer_is_built_from_the_settings_of_the_log_alone(monkeypatch: pytest.MonkeyPatch):
    for name in ("AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", *SEALER_SETTINGS):
        monkeypatch.setenv(name, API_ENVIRONMENT[name])
    sealer = build_sealer()
    assert isinstance(sealer.ledger, DynamoDbSealingLedger)
    assert isinstance(sealer.tiles, S3LogTiles)
    assert isinstance(sealer.signer, KmsCheckpointSigner)
    assert isinstance(sealer.verifier, KmsCheckpointVerifier)
    monkeypatch.delenv("PROOF_BUCKET")
    with pytest.raises(MissingSettingsError, match=r"not set: PROOF_BUCKET\."):
        build_sealer()


@pytest.mark.parametrize("witnesses", ["", f"{WITNESS.text},{WITNESS.text}"])
def test_the_api_is_built_from_the_environment(monkeypatch: pytest.MonkeyPatch, witnesses: str):
    for name, value in (API_ENVIRONMENT | {"WITNESSES": witnesses}).items():
        monkeypatch.setenv(name, value)
    service = build_api()
    log = service.verify_workflow.log
    assert isinstance(log.index, DynamoDbLogIndex)
    assert isinstance(log.verifier, KmsCheckpointVerifier)
    assert log.witnesses == ((WITNESS, WITNESS) if witnesses else ())
    assert isinstance(service.verify_workflow.manifests.manifests, S3ManifestReader)


def test_the_api_creates_what_few_routes_need_on_first_use(monkeypatch: pytest.MonkeyPatch):
    for name, value in API_ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    created: list[str] = []
    create = boto3.Session.client

    def recorded(session: boto3.Session, name: str, **options: Any) -> Any:
        created.append(name)
        return create(session, name, **options)

    monkeypatch.setattr(boto3.Session, "client", recorded)
    service = build_api()
    assert created == ["dynamodb"]
    assert service.verify_workflow.log.tiles._tiles._client.meta.config.read_timeout == 2
    assert service.verify_workflow.log.verifier._client.meta.service_model.service_name == "kms"
    assert service.verify_workflow.manifests.manifests._client.meta.service_model.service_name == "s3"
    assert service.request_erasure.requests._queue_url == API_ENVIRONMENT["AUDIT_REQUESTS_QUEUE_URL"]
    assert created == ["dynamodb", "s3", "kms", "sqs"]
    assert service.search_audit_trail.index._indices._replicas == 0


def test_the_cold_start_of_the_api_does_not_import_opensearch_py():
    code = "import sys, audit_service.handlers.api; sys.exit('opensearchpy' in sys.modules)"
    environment = API_ENVIRONMENT | {"AWS_LAMBDA_FUNCTION_NAME": "audit-api"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "witness",
    [
        "witness",
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        replace(WITNESS, key_id=b"1234").text,
        replace(WITNESS, material=WITNESS.material + b"x").text,
        replace(WITNESS, name="other").text,
    ],
)
def test_a_witness_that_is_not_a_key_for_cosignatures_stops_the_api(
    monkeypatch: pytest.MonkeyPatch, witness: str
):
    for name, value in (API_ENVIRONMENT | {"WITNESSES": witness}).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(InvalidNoteError):
        build_api()


def test_all_settings_of_the_api_that_are_missing_are_listed_at_once():
    with pytest.raises(MissingSettingsError) as error:
        build_api()
    assert all(name in str(error.value) for name in API_ENVIRONMENT if not name.startswith("AWS_"))


def test_a_single_node_has_no_replicas_by_default():
    assert Settings("r", "l", "r", "t", "e").opensearch_replicas == "0"


def test_all_missing_settings_are_listed_at_once():
    with pytest.raises(
        MissingSettingsError,
        match="AWS_REGION, AUDIT_LOG_TABLE, AUDIT_RETENTION_TABLE, AUDIT_TRAIL_TABLE, OPENSEARCH_ENDPOINT",
    ):
        build_service()


def test_reconciliation_is_built_from_the_environment(monkeypatch: pytest.MonkeyPatch):
    environment = API_ENVIRONMENT | {"WORKFLOW_REQUESTS_QUEUE_URL": "https://sqs.example.com/1/requests"}
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    reconcile = build_reconcile()
    assert isinstance(reconcile.manifests, S3ManifestCatalog)
    assert isinstance(reconcile.log.tiles, S3LogTiles), "not a cache: it must see what was changed"
    monkeypatch.delenv("WORKFLOW_REQUESTS_QUEUE_URL")
    with pytest.raises(MissingSettingsError, match="WORKFLOW_REQUESTS_QUEUE_URL"):
        build_reconcile()


@pytest.mark.parametrize("days", [None, "30"])
def test_retention_is_built_from_the_environment(monkeypatch: pytest.MonkeyPatch, days: str | None):
    environment = API_ENVIRONMENT | ({"RETENTION_DAYS": days} if days else {})
    for name in ENVIRONMENT.keys() | {"AUDIT_REQUESTS_QUEUE_URL", *(["RETENTION_DAYS"] if days else [])}:
        monkeypatch.setenv(name, environment[name])
    service = build_retention()
    assert service.drop_expired_indices.expected.default_days == int(days or 2555)
    monkeypatch.delenv("AUDIT_REQUESTS_QUEUE_URL")
    with pytest.raises(MissingSettingsError, match=r"not set: AUDIT_REQUESTS_QUEUE_URL\."):
        build_retention()


@pytest.mark.parametrize(
    "module",
    ["api", "apply_retention", "create_audit_trail", "rebuild_index", "reconcile", "seal_checkpoint"],
)
def test_importing_a_handler_outside_of_lambda_builds_nothing(module: str):
    # An empty environment would fail any service.
    code = f"import audit_service.handlers.{module}"
    done = subprocess.run([sys.executable, "-c", code], env={}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
