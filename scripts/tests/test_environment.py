"""A person's own AWS settings and proxies neither reach an embedded cloud nor break it."""

import os
from pathlib import Path

import pytest
import requests

from local_cloud import aws
from local_cloud.environment import isolated_environment
from local_cloud.state import StateFolder, new_record
from local_cloud.terraform import Terraform


@pytest.fixture
def somebody_elses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of a person who works with accounts, behind a proxy."""
    for name in [name for name in os.environ if name.lower() == "no_proxy"]:
        monkeypatch.delenv(name)
    for name, value in {
        "AWS_PROFILE": "production",
        "AWS_ENDPOINT_URL_S3": "https://s3.example.com",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
        "AWS_SESSION_TOKEN": "of the account",
        "TF_WORKSPACE": "production",
        "TF_CLI_ARGS_apply": "-destroy",
        "TF_VAR_endpoint": "https://example.com",
        "HTTP_PROXY": "http://proxy.example.com:3128",
        "http_proxy": "http://proxy.example.com:3128",
    }.items():
        monkeypatch.setenv(name, value)


def test_a_client_is_the_clouds_whatever_profile_is_set(
    somebody_elses: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = dict(os.environ)
    isolated_environment(environment)
    monkeypatch.setattr(os, "environ", environment)
    record = new_record("demo")
    client = aws.client("s3", record)
    assert client.meta.endpoint_url == record.endpoint


def test_terraform_sees_no_setting_of_an_account(somebody_elses: None, tmp_path: Path) -> None:
    record = new_record("demo")
    seen = Terraform(StateFolder("demo", tmp_path), record, tmp_path).environment()
    assert seen["AWS_ENDPOINT_URL"] == record.endpoint
    foreign = {
        "AWS_PROFILE",
        "AWS_ENDPOINT_URL_S3",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
        "AWS_SESSION_TOKEN",
    }
    foreign |= {"TF_WORKSPACE", "TF_CLI_ARGS_apply", "TF_VAR_endpoint"}
    assert not foreign & seen.keys()


@pytest.mark.parametrize(
    "url", ["http://localhost:4566/", "http://127.0.0.1:9200/", "http://a.iot.localhost:1/"]
)
def test_loopback_is_reached_past_a_proxy(
    url: str, somebody_elses: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = dict(os.environ)
    isolated_environment(environment)
    monkeypatch.setattr(os, "environ", environment)
    assert requests.utils.get_environ_proxies(url) == {}


def test_hosts_that_were_reached_directly_still_are() -> None:
    environment = {"NO_PROXY": "example.com, 10.0.0.1"}
    isolated_environment(environment)
    assert environment["no_proxy"] == environment["NO_PROXY"] == "example.com,10.0.0.1,localhost,127.0.0.1"


def test_what_a_caller_asks_for_stays() -> None:
    environment = {"AWS_ENDPOINT_URL": "http://localhost:4566", "AWS_PROFILE": "production"}
    isolated_environment(environment, but=["AWS_ENDPOINT_URL"])
    assert environment["AWS_ENDPOINT_URL"] == "http://localhost:4566"
    assert "AWS_PROFILE" not in environment
