"""Wiring: read when it is asked for, and what is missing is named."""

import subprocess
import sys

import pytest
from countersign_common.settings import SettingsMissing

from audit_service.adapters.dynamodb_records import DynamoDbRecords
from audit_service.adapters.opensearch_index import OpenSearchIndex
from audit_service.bootstrap import audit_service

ENVIRONMENT = {
    "AWS_REGION": "eu-west-1",
    "AWS_ACCESS_KEY_ID": "key",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AUDIT_TRAIL_TABLE": "audit-trail",
    "OPENSEARCH_ENDPOINT": "http://127.0.0.1:9",
}


@pytest.fixture(autouse=True)
def _clean(monkeypatch):
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)


def test_the_service_is_made_from_the_environment(monkeypatch):
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    wired = audit_service().search_audit_trail.keywords
    assert isinstance(wired["records"], DynamoDbRecords)
    assert isinstance(wired["index"], OpenSearchIndex)


def test_everything_that_is_not_set_is_named_at_once():
    with pytest.raises(SettingsMissing, match="AWS_REGION, AUDIT_TRAIL_TABLE, OPENSEARCH_ENDPOINT"):
        audit_service()


@pytest.mark.parametrize("module", ["api", "create_audit_trail", "rebuild_index"])
def test_importing_a_handler_outside_lambda_reads_and_builds_nothing(module):
    # An empty environment would fail any wiring; boto3 would slow every cold start for nothing.
    code = f"import sys, audit_service.handlers.{module}; sys.exit('boto3' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env={}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
