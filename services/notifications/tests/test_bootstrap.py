import subprocess
import sys

import pytest
from countersign_common.settings import MissingSettingsError

from notifications_service.bootstrap.api import build_service
from notifications_service.bootstrap.send_notifications import build_queue_service

SETTINGS = {
    "NOTIFICATIONS_TABLE": "a-table",
    "USER_POOL_ID": "eu-central-1_pool",
    "IOT_DATA_ENDPOINT": "",
    "IOT_SUBSCRIBER_ENDPOINT": "iot.example.com",
    "SUBSCRIBER_ROLE_ARN": "arn:aws:iam::123456789012:role/subscriber",
    "IOT_TOPIC_ARN_PREFIX": "arn:aws:iot:eu-central-1:123456789012",
    "ALLOWED_SENDERS": "the-producer",
    "DEAD_LETTER_QUEUE_URL": "https://sqs.eu-central-1.amazonaws.com/1/a-dlq",
}


@pytest.fixture
def environment(aws: None, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Set the environment of a deployed function."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.mark.usefixtures("environment")
def test_both_functions_are_built_from_the_environment():
    assert build_service().open_session.endpoint.host == "iot.example.com"
    assert build_queue_service().erase_copies


def test_all_missing_settings_are_named(environment):
    environment.delenv("NOTIFICATIONS_TABLE")
    environment.setenv("SUBSCRIBER_ROLE_ARN", "")
    with pytest.raises(MissingSettingsError, match="NOTIFICATIONS_TABLE, SUBSCRIBER_ROLE_ARN"):
        build_service()


@pytest.mark.parametrize("function", ["api", "send_notifications"])
def test_outside_of_lambda_the_import_of_a_handler_module_builds_nothing(function):
    code = f"import notifications_service.handlers.{function}"
    subprocess.run([sys.executable, "-c", code], check=True, env={})


@pytest.mark.parametrize("function", ["api", "send_notifications"])
def test_in_lambda_the_import_of_a_handler_module_builds_the_service(function):
    code = f"import notifications_service.handlers.{function}"
    env = {"AWS_LAMBDA_FUNCTION_NAME": "a-function", "AWS_DEFAULT_REGION": "eu-central-1"}
    without_settings = subprocess.run(
        [sys.executable, "-c", code], check=False, env=env, capture_output=True, text=True
    )
    assert "MissingSettingsError" in without_settings.stderr
    subprocess.run([sys.executable, "-c", code], check=True, env=env | SETTINGS)
