"""The user's AWS settings and proxies neither reach a local cloud nor break it."""

import os
from pathlib import Path

import pytest
import requests

from local_cloud.environment import isolated_environment
from local_cloud.running import RunningCloud
from local_cloud.state import StateFolder, new_record
from local_cloud.terraform import Terraform

SETTINGS = {
    "AWS_PROFILE": "production",
    "AWS_ENDPOINT_URL_S3": "https://s3.example.com",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
    "AWS_SESSION_TOKEN": "of the account",
    "TF_WORKSPACE": "production",
    "TF_CLI_ARGS_apply": "-destroy",
    "TF_VAR_endpoint": "https://example.com",
}


@pytest.fixture
def isolated(monkeypatch: pytest.MonkeyPatch) -> None:
    """The isolated environment of a user with accounts behind a proxy."""
    environment = {name: value for name, value in os.environ.items() if name.lower() != "no_proxy"}
    environment |= SETTINGS
    environment |= dict.fromkeys(("HTTP_PROXY", "http_proxy"), "http://proxy.example.com:3128")
    isolated_environment(environment)
    monkeypatch.setattr(os, "environ", environment)


def test_a_client_belongs_to_the_cloud_whatever_profile_is_set(isolated: None) -> None:
    cloud = RunningCloud(new_record("demo"), {})
    assert cloud.client("s3").meta.endpoint_url == cloud.endpoint


def test_terraform_gets_no_setting_of_an_account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    record = new_record("demo")
    environment = Terraform(StateFolder("demo", tmp_path), record, tmp_path).environment()
    assert environment["AWS_ENDPOINT_URL"] == record.endpoint
    assert not SETTINGS.keys() & environment.keys()


@pytest.mark.parametrize(
    "url", ["http://localhost:4566/", "http://127.0.0.1:9200/", "http://a.iot.localhost:1/"]
)
def test_loopback_is_reached_without_the_proxy(url: str, isolated: None) -> None:
    assert requests.utils.get_environ_proxies(url) == {}


def test_hosts_without_proxy_stay() -> None:
    environment = {"NO_PROXY": "example.com, 10.0.0.1"}
    isolated_environment(environment)
    assert environment["no_proxy"] == environment["NO_PROXY"] == "example.com,10.0.0.1,localhost,127.0.0.1"


def test_variables_to_keep_stay() -> None:
    environment = {"AWS_ENDPOINT_URL": "http://localhost:4566", "AWS_PROFILE": "production"}
    isolated_environment(environment, keep=["AWS_ENDPOINT_URL"])
    assert environment["AWS_ENDPOINT_URL"] == "http://localhost:4566"
    assert "AWS_PROFILE" not in environment
