"""How the functions are put together."""

import subprocess
import sys

import pytest
from countersign_common.settings import SettingsMissing

from workflow_service import bootstrap
from workflow_service.use_cases.service import Service

SETTINGS = {
    "WORKFLOW_TABLE": "workflow",
    "AUDIT_TRAIL_QUEUE_URL": "https://sqs/audit-trail",
    "NOTIFICATIONS_QUEUE_URL": "https://sqs/notifications",
    "AWS_DEFAULT_REGION": "eu-central-1",
}


def test_the_service_is_wired_from_the_environment(monkeypatch):
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    assert isinstance(bootstrap.api_service(), Service)
    assert callable(bootstrap.relay())


def test_all_settings_that_are_missing_are_named_at_once(monkeypatch):
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WORKFLOW_TABLE", "workflow")
    with pytest.raises(SettingsMissing, match="AUDIT_TRAIL_QUEUE_URL, NOTIFICATIONS_QUEUE_URL"):
        bootstrap.api_service()


@pytest.mark.parametrize("module", ["api", "relay_outbox"])
def test_a_handler_is_imported_without_an_environment_and_makes_no_client(module):
    code = f"import workflow_service.handlers.{module} as it; assert callable(it.handler)"
    subprocess.run([sys.executable, "-c", code], env={"PATH": ""}, check=True, timeout=60)


def test_every_client_has_an_end_to_its_patience(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    for make, longest in ((bootstrap.dynamodb_client, 3), (bootstrap.sqs_client, 2)):
        config = make(bootstrap.aws_session()).meta.config
        assert config.connect_timeout == 1
        assert config.read_timeout == longest
        assert config.retries["total_max_attempts"] <= 3
