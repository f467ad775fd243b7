"""How the functions are wired."""

import subprocess
import sys

import pytest
from countersign_common.settings import MissingSettingsError

from workflow_service import bootstrap

SETTINGS = {
    "WORKFLOW_TABLE": "workflow",
    "AUDIT_TRAIL_QUEUE_URL": "https://sqs/audit-trail",
    "NOTIFICATIONS_QUEUE_URL": "https://sqs/notifications",
    "MANIFEST_BUCKET": "manifests",
    "USER_POOL_ID": "eu-central-1_pool",
    "AWS_DEFAULT_REGION": "eu-central-1",
}


def test_all_functions_are_wired_from_the_environment(monkeypatch):
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    assert isinstance(bootstrap.build_service(), bootstrap.Service)
    for build in (bootstrap.build_relay, bootstrap.build_publish_manifest):
        assert callable(build())
    assert isinstance(bootstrap.build_audit_requests(), bootstrap.AuditRequests)


def test_all_missing_settings_are_reported_together(monkeypatch):
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WORKFLOW_TABLE", "workflow")
    with pytest.raises(
        MissingSettingsError, match="AUDIT_TRAIL_QUEUE_URL, NOTIFICATIONS_QUEUE_URL, USER_POOL_ID"
    ):
        bootstrap.build_service()


def test_a_function_needs_only_its_own_settings(monkeypatch):
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NOTIFICATIONS_QUEUE_URL")
    assert callable(bootstrap.build_publish_manifest())
    monkeypatch.delenv("MANIFEST_BUCKET")
    assert isinstance(bootstrap.build_audit_requests(), bootstrap.AuditRequests)
    with pytest.raises(MissingSettingsError, match="MANIFEST_BUCKET"):
        bootstrap.build_publish_manifest()


@pytest.mark.parametrize("module", ["api", "publish_manifest", "relay_outbox", "handle_audit_requests"])
def test_a_handler_can_be_imported_without_an_environment(module):
    code = f"import workflow_service.handlers.{module} as module; assert callable(module.handler)"
    subprocess.run([sys.executable, "-c", code], env={"PATH": ""}, check=True, timeout=60)


def test_a_salt_has_32_bytes_and_is_new_each_time():
    assert len(bootstrap.new_salt()) == 32
    assert bootstrap.new_salt() != bootstrap.new_salt()
