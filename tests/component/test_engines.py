"""The engines themselves: missing ones, failing ones, and that nothing is left behind."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import boto3
import pytest
from countersign_common.aws import clients

from engines import external, java, local_cloud_engines
from engines import registry as registries
from engines.engine import SEARCH, Engine, EngineUnavailableError
from engines.registry import EngineRegistry, StartResult
from engines.run import DOWNLOADS, Run, download_with_maven
from harness.listening import expect_loopback
from local_cloud import processes
from local_cloud.errors import CloudError
from local_cloud.ports import LOOPBACK, free_port
from local_cloud.progress import SILENT
from local_cloud.servers import Server

SERVES = (
    "import http.server as h; h.HTTPServer(('127.0.0.1', port), h.SimpleHTTPRequestHandler).serve_forever()"
)
HANGS = "import time; time.sleep(600)"
FAILS = "print('the reason'); raise SystemExit(3)"
MINISTACK = StartResult(
    "ministack", 1.0, Engine("ministack", "1", (*local_cloud_engines.MINISTACK_SERVICES, SEARCH), free_port())
)


@pytest.fixture
def run() -> Iterator[Run]:
    """A run next to the one of this session."""
    run = Run("engines-test")
    yield run
    run.end()


def server(script: str) -> Server:
    """Return a server that is a line of Python; its port is in the variable `port`."""
    port = free_port()
    command = [sys.executable, "-c", f"port = {port}\n{script}"]
    return Server("a-server", port, command, {}, f"http://{LOOPBACK}:{port}/")


def test_clients_of_the_services_reach_the_engines(
    aws: Any, registry: EngineRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setattr(clients, "session", boto3.Session)  # a container's session stays for all later tests
    with aws.botocore.patch_botocore():
        assert "TableNames" in clients.dynamodb_client().list_tables()
        assert clients.sqs_client().meta.endpoint_url == registry.engines_for("sqs")[0].url
        assert "Keys" in boto3.client("kms").list_keys()
        assert "UserPools" in boto3.client("cognito-idp").list_user_pools(MaxResults=1)
        assert "things" in boto3.client("iot").list_things()


def test_every_engine_listens_on_loopback_only(engines_run: Run) -> None:
    assert engines_run.record.processes
    for process in engines_run.record.processes.values():
        expect_loopback(process)


def test_a_server_on_every_interface_is_detected(run: Run) -> None:
    run.launch(server(SERVES.replace(LOOPBACK, "0.0.0.0")))
    with pytest.raises(AssertionError, match=r"0\.0\.0\.0"):
        expect_loopback(run.record.processes["a-server"])


def test_the_first_engine_with_a_service_serves_it() -> None:
    dynamodb = Engine("dynamodb-local", "2", ("dynamodb",), free_port())
    registry = EngineRegistry([StartResult("dynamodb-local", 1.0, dynamodb), MINISTACK])
    assert [engine.name for engine in registry.engines_for("dynamodb")] == ["dynamodb-local", "ministack"]
    assert registry.session().services["dynamodb"] == dynamodb.port
    assert registry.session().services["sqs"] == registry.named("ministack").port


def test_another_engine_replaces_a_missing_one_and_the_report_says_why() -> None:
    registry = EngineRegistry([StartResult("dynamodb-local", 0.1, reason="no Java 17"), MINISTACK])
    assert [engine.name for engine in registry.engines_for("dynamodb")] == ["ministack"]
    assert "dynamodb-local: not available, other engines take over: no Java 17" in registry.report()


def test_a_service_without_an_engine_is_an_error_with_all_reasons() -> None:
    with pytest.raises(CloudError, match=r"(?s)No engine for cognito-idp.*no network"):
        EngineRegistry([StartResult("ministack", 0.1, reason="no network")])


def test_an_engine_that_does_not_start_is_reported_as_missing(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Run) -> Engine:
        raise EngineUnavailableError("not on this machine")

    monkeypatch.setattr(registries, "_ALL", {"opensearch": ((SEARCH,), fail)})
    with pytest.raises(CloudError, match=r"opensearch: not available, .*: not on this machine"):
        registries.start_all(run, SILENT)


def test_a_server_that_ends_while_starting_is_reported_with_its_output(run: Run) -> None:
    with pytest.raises(EngineUnavailableError, match=r"(?s)ended while starting.*the reason"):
        run.launch(server(FAILS))


def test_a_server_that_is_not_ready_in_time_is_stopped(run: Run) -> None:
    with pytest.raises(EngineUnavailableError, match="not ready in time"):
        run.launch(replace(server(HANGS), timeout=0.3))
    assert not any(processes.is_alive(each) for each in run.record.processes.values())


def test_a_download_that_hangs_is_aborted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    maven = tmp_path / "mvn"
    maven.write_text("#!/bin/sh\nexec sleep 600\n")
    maven.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(CloudError, match=r"mvn .* didn't end within 0 s"):
        download_with_maven("a-test", [], timeout=0.3)
    assert not (DOWNLOADS / "a-test").exists()


def test_the_end_of_a_run_stops_its_servers_and_removes_its_folders() -> None:
    run = Run("engines-test")
    run.launch(server(SERVES))
    (process,) = run.record.processes.values()
    folder = run.temporary_folder("a-server")
    run.end()
    assert not processes.is_alive(process)
    assert not folder.exists()
    with pytest.raises(EngineUnavailableError, match="the run has ended"):
        run.launch(server(SERVES))


def test_a_run_stops_the_servers_of_a_killed_run() -> None:
    killed = Run("engines-test")
    killed.launch(server(SERVES))
    (process,) = killed.record.processes.values()
    killed.stack.close()  # the system releases the lock of a killed process
    Run("engines-test").end()
    assert not processes.is_alive(process)


def test_a_second_run_in_the_same_folder_is_rejected(run: Run) -> None:
    with pytest.raises(CloudError, match="Another command has held"):
        Run(run.state.name)


@pytest.mark.parametrize("url", ["https://dynamodb.eu-central-1.amazonaws.com", "http://example.com:4566"])
def test_an_endpoint_on_another_machine_is_rejected(
    run: Run, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(external.VARIABLE, url)
    with pytest.raises(EngineUnavailableError, match="on this machine"):
        external.connect(run)


def test_java_is_found_by_its_release_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("1.8.0_392", "17.0.15", "21.0.1", "25"):
        home = tmp_path / version
        (home / "bin").mkdir(parents=True)
        (home / "bin" / "java").touch()
        (home / "release").write_text(f'IMPLEMENTOR="Vendor"\nJAVA_VERSION="{version}"\n')
    monkeypatch.setattr(java, "_homes", lambda: iter(tmp_path.iterdir()))
    assert java.java_home(17).name == "17.0.15"
    assert java.java_home(18).name == "21.0.1"
    with pytest.raises(EngineUnavailableError, match="Java 26"):
        java.java_home(26)
