"""How the functions are wired."""

import subprocess
import sys

import pytest
from countersign_common.settings import MissingSettingsError

from workflow_service.bootstrap.api import Service, build_service, new_salt
from workflow_service.bootstrap.handle_audit_requests import AuditRequests, build_audit_requests
from workflow_service.bootstrap.publish_manifest import build_publish_manifest
from workflow_service.bootstrap.relay_outbox import build_relay_outbox

SETTINGS = {
    "WORKFLOW_TABLE": "workflow",
    "AUDIT_TRAIL_QUEUE_URL": "https://sqs/audit-trail",
    "NOTIFICATIONS_QUEUE_URL": "https://sqs/notifications",
    "MANIFEST_BUCKET": "manifests",
    "USER_POOL_ID": "eu-central-1_pool",
    "AWS_DEFAULT_REGION": "eu-central-1",
}
QUEUE_SETTINGS = {"ALLOWED_SENDERS": "a-producer", "DEAD_LETTER_QUEUE_URL": "https://sqs/dead-letters"}


def test_all_functions_are_wired_from_the_environment(monkeypatch):
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    assert isinstance(build_service(), Service)
    for build in (build_relay_outbox, build_publish_manifest):
        assert callable(build())
    assert isinstance(build_audit_requests(), AuditRequests)


def test_all_missing_settings_are_reported_together(monkeypatch):
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WORKFLOW_TABLE", "workflow")
    with pytest.raises(
        MissingSettingsError, match="AUDIT_TRAIL_QUEUE_URL, NOTIFICATIONS_QUEUE_URL, USER_POOL_ID"
    ):
        build_service()


def test_a_function_needs_only_its_own_settings(monkeypatch):
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NOTIFICATIONS_QUEUE_URL")
    assert callable(build_publish_manifest())
    monkeypatch.delenv("MANIFEST_BUCKET")
    assert isinstance(build_audit_requests(), AuditRequests)
    with pytest.raises(MissingSettingsError, match="MANIFEST_BUCKET"):
        build_publish_manifest()


@pytest.mark.parametrize("module", ["api", "publish_manifest", "relay_outbox", "handle_audit_requests"])
def test_a_handler_can_be_imported_without_an_environment(module):
    code = f"import workflow_service.handlers.{module} as module; assert callable(module.handler)"
    subprocess.run([sys.executable, "-c", code], env={"PATH": ""}, check=True, timeout=60)


@pytest.mark.parametrize("module", ["publish_manifest", "relay_outbox", "handle_audit_requests"])
def test_the_cold_start_of_a_background_function_does_not_import_what_only_the_api_needs(module):
    code = (
        f"import sys, workflow_service.handlers.{module}; "
        "assert not {'marshmallow', 'workflow_service.use_cases.list_workflows'} & sys.modules.keys()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=SETTINGS | QUEUE_SETTINGS | {"AWS_LAMBDA_FUNCTION_NAME": module},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_salt_has_32_bytes_and_is_new_each_time():
    assert len(new_salt()) == 32
    assert new_salt() != new_salt()
