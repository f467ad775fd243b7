"""How the functions are put together."""

import subprocess
import sys

import pytest
from countersign_common.settings import SettingsMissing

from notifications_service import bootstrap, schemas

SETTINGS = {
    "NOTIFICATIONS_TABLE": "a-table",
    "USER_POOL_ID": "eu-central-1_pool",
    "IOT_DATA_ENDPOINT": "",
    "IOT_SUBSCRIBER_ENDPOINT": "iot.example.com",
    "SUBSCRIBER_ROLE_ARN": "arn:aws:iam::123456789012:role/subscriber",
    "IOT_TOPIC_ARN_PREFIX": "arn:aws:iot:eu-central-1:123456789012",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """That of a deployed function."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    return monkeypatch


@pytest.mark.usefixtures("environment")
def test_both_functions_are_put_together_from_the_environment():
    assert bootstrap.api().open_session
    assert bootstrap.sender(schemas.notification_json).send_notifications


def test_all_settings_that_are_missing_are_named(environment):
    environment.delenv("NOTIFICATIONS_TABLE")
    environment.setenv("SUBSCRIBER_ROLE_ARN", "")
    with pytest.raises(SettingsMissing, match="NOTIFICATIONS_TABLE, SUBSCRIBER_ROLE_ARN"):
        bootstrap.api()


@pytest.mark.parametrize("function", ["api", "send_notifications"])
def test_outside_lambda_a_handler_module_reads_and_builds_nothing_when_it_is_imported(function):
    code = f"import notifications_service.handlers.{function}"
    subprocess.run([sys.executable, "-c", code], check=True, env={})


@pytest.mark.parametrize("function", ["api", "send_notifications"])
def test_in_lambda_a_handler_module_is_wired_when_it_is_imported(function):
    code = f"import notifications_service.handlers.{function}"
    env = {"AWS_LAMBDA_FUNCTION_NAME": "a-function"}
    broken = subprocess.run(
        [sys.executable, "-c", code], check=False, env=env, capture_output=True, text=True
    )
    assert "SettingsMissing" in broken.stderr
    whole = env | SETTINGS | {"AWS_DEFAULT_REGION": "eu-central-1"}
    subprocess.run([sys.executable, "-c", code], check=True, env=whole)
