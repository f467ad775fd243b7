"""The engines themselves: what a machine lacks, what fails to start, and that nothing is left behind."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from workflow_service.adapters import clients

from engines import external, java, local_cloud_engines
from engines import registry as registries
from engines.engine import SEARCH, Engine, EngineUnavailableError
from engines.registry import EngineRegistry, Started
from engines.run import Run
from local_cloud import processes
from local_cloud.errors import CloudError
from local_cloud.ports import LOOPBACK, free_port
from local_cloud.progress import SilentProgress
from local_cloud.servers import Server

MINISTACK = Started(
    "ministack", 1.0, Engine("ministack", "1", (*local_cloud_engines.MINISTACK_SERVICES, SEARCH), free_port())
)


@pytest.fixture
def run() -> Iterator[Run]:
    """A run beside the one that carries this session."""
    run = Run()
    yield run
    run.end()


def an_engine(script: str) -> Server:
    """An engine that is a line of Python; its port is in the variable `port`."""
    port = free_port()
    command = [sys.executable, "-c", f"port = {port}\n{script}"]
    return Server("an-engine", port, command, {}, f"http://{LOOPBACK}:{port}/")


SERVER = (
    "import http.server as h; h.HTTPServer(('127.0.0.1', port), h.SimpleHTTPRequestHandler).serve_forever()"
)
SILENT = "import time; time.sleep(600)"
FAILING = "print('the reason'); raise SystemExit(3)"


def test_clients_as_the_services_make_them_reach_the_engines(
    aws: Any, board: EngineRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with aws.botocore.patch_botocore():
        session = clients.aws_session()
        assert "TableNames" in clients.dynamodb_client(session).list_tables()
        assert clients.sqs_client(session).meta.endpoint_url == board.engines_for("sqs")[0].url
        assert "Keys" in boto3.client("kms").list_keys()
        assert "UserPools" in boto3.client("cognito-idp").list_user_pools(MaxResults=1)
        assert "things" in boto3.client("iot").list_things()


def test_a_service_goes_to_the_first_engine_that_can_carry_it() -> None:
    dynamodb = Started("dynamodb-local", 1.0, Engine("dynamodb-local", "2", ("dynamodb",), free_port()))
    board = EngineRegistry([dynamodb, MINISTACK])
    assert [carrier.name for carrier in board.engines_for("dynamodb")] == ["dynamodb-local", "ministack"]
    assert board.session().services["dynamodb"] == dynamodb.carrier.port  # type: ignore[union-attr]
    assert board.session().services["sqs"] == MINISTACK.carrier.port  # type: ignore[union-attr]


def test_what_is_missing_is_carried_by_another_and_the_report_says_why() -> None:
    board = EngineRegistry([Started("dynamodb-local", 0.1, reason="no JDK 17"), MINISTACK])
    assert [carrier.name for carrier in board.engines_for("dynamodb")] == ["ministack"]
    assert "dynamodb-local: not here, others carry its part: no JDK 17" in board.report()


def test_a_service_that_nothing_carries_is_an_error_with_all_reasons() -> None:
    with pytest.raises(CloudError, match=r"(?s)No engine carries cognito-idp.*no network"):
        EngineRegistry([Started("ministack", 0.1, reason="no network")])


def test_engines_that_cannot_start_leave_the_run_to_the_others(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: Run) -> Engine:
        raise EngineUnavailableError("not on this machine")

    def stands(_: Run) -> Engine:
        return Engine("osmem-server", "1", (), free_port())

    monkeypatch.setattr(registries, "_starts", lambda _: {"opensearch": fails, "osmem-server": stands})
    with pytest.raises(CloudError, match="opensearch: not here, others carry its part: not on this machine"):
        registries.start_all(run, SilentProgress())


def test_an_engine_that_ends_while_starting_is_missing_for_its_last_words(run: Run, tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailableError, match="ended while starting: the reason"):
        run.launch(an_engine(FAILING), folder=tmp_path, deadline=time.monotonic() + 30)


def test_an_engine_that_never_answers_is_ended_at_its_deadline(run: Run, tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailableError, match="not ready in time"):
        run.launch(an_engine(SILENT), folder=tmp_path, deadline=time.monotonic() + 0.3)
    assert not any(processes.is_alive(each) for each in run.record.processes.values())


def test_a_download_that_hangs_is_given_up(run: Run) -> None:
    with pytest.raises(EngineUnavailableError, match=r"could not fetch it within 0 s"):
        run.call([sys.executable, "-c", SILENT], purpose="fetch it", patience=0.3)


def test_the_end_of_a_run_ends_its_engines_and_removes_what_lies_outside(tmp_path: Path) -> None:
    run = Run()
    process = run.launch(an_engine(SERVER), folder=tmp_path, deadline=time.monotonic() + 60)
    outside = run.outside("an-engine")
    run.end()
    assert not processes.is_alive(process)
    assert not outside.exists()
    with pytest.raises(EngineUnavailableError, match="ended"):
        run.call([sys.executable, "-c", ""], purpose="do anything", patience=1.0)


def test_what_a_killed_run_left_is_ended_by_the_next(tmp_path: Path) -> None:
    killed = Run()
    process = killed.launch(an_engine(SERVER), folder=tmp_path, deadline=time.monotonic() + 60)
    killed._held.close()  # what is left of it when it is killed: its folder, with nobody holding it
    following = Run()
    try:
        assert following.state.path == killed.state.path
        assert not processes.is_alive(process)
    finally:
        following.end()


def test_two_runs_have_folders_of_their_own(run: Run) -> None:
    other = Run()
    try:
        assert other.state.path != run.state.path
    finally:
        other.end()


@pytest.mark.parametrize("url", ["https://dynamodb.eu-central-1.amazonaws.com", "http://example.com:4566"])
def test_tests_write_to_no_endpoint_but_this_machines(
    run: Run, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(external.VARIABLE, url)
    with pytest.raises(EngineUnavailableError, match="on this machine"):
        external.start(run)


def test_a_java_is_known_by_its_release_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("1.8.0_392", "17.0.15", "21.0.1", "25"):
        home = tmp_path / version
        (home / "bin").mkdir(parents=True)
        (home / "bin" / "java").touch()
        (home / "release").write_text(f'IMPLEMENTOR="Somebody"\nJAVA_VERSION="{version}"\n')
    (tmp_path / "17.0.15" / "bin" / "javac").touch()
    monkeypatch.setattr(java, "_homes", lambda: iter(tmp_path.iterdir()))
    assert java.java_home(21).name == "21.0.1"
    assert java.java_home(17, tool="javac").name == "17.0.15"
    with pytest.raises(EngineUnavailableError, match="no JDK 21"):
        java.java_home(21, tool="javac")
    with pytest.raises(EngineUnavailableError, match="no Java 26"):
        java.java_home(26)
