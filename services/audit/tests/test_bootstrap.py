"""The composition root."""

import subprocess
import sys

import pytest
from countersign_common.settings import MissingSettingsError

from audit_service.adapters.dynamodb_audit_record_repository import DynamoDbAuditRecordRepository
from audit_service.adapters.opensearch_index import OpenSearchAuditIndex
from audit_service.bootstrap import Settings, build_service

ENVIRONMENT = {
    "AWS_REGION": "eu-west-1",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_ACCESS_KEY_ID": "key",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AUDIT_LOG_TABLE": "audit-log",
    "AUDIT_TRAIL_TABLE": "audit-trail",
    "OPENSEARCH_ENDPOINT": "http://127.0.0.1:9",
}


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*ENVIRONMENT, "OPENSEARCH_REPLICAS"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("replicas", [None, "2"])
def test_the_service_is_built_from_the_environment(monkeypatch: pytest.MonkeyPatch, replicas: str | None):
    environment = ENVIRONMENT | ({"OPENSEARCH_REPLICAS": replicas} if replicas else {})
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    search = build_service().search_audit_trail
    assert isinstance(search.records, DynamoDbAuditRecordRepository)
    assert isinstance(search.index, OpenSearchAuditIndex)
    assert search.index._indices._replicas == int(replicas or 0)


def test_a_single_node_has_no_replicas_by_default():
    assert Settings("r", "l", "t", "e").opensearch_replicas == "0"


def test_all_missing_settings_are_listed_at_once():
    with pytest.raises(
        MissingSettingsError, match="AWS_REGION, AUDIT_LOG_TABLE, AUDIT_TRAIL_TABLE, OPENSEARCH_ENDPOINT"
    ):
        build_service()


@pytest.mark.parametrize("module", ["api", "create_audit_trail", "rebuild_index", "seal_checkpoint"])
def test_importing_a_handler_outside_of_lambda_builds_nothing(module: str):
    # An empty environment would fail any service.
    code = f"import audit_service.handlers.{module}"
    done = subprocess.run([sys.executable, "-c", code], env={}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
