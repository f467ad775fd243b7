"""Run the adapters' tests on every available engine; a test's id shows the engine.

A test with `dynamodb`, `kms`, `s3`, `sqs`, `sts` or `search` runs once on each engine that serves it. `ministack` is
the engine for what no other engine serves.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from component.buckets import Bucket, new_bucket
from component.queues import Queue, new_queue
from component.tables import Table, new_table
from engines.definitions import Definitions, read_definitions
from engines.engine import SEARCH, Engine
from engines.registry import EngineRegistry, engine_names, start_all
from engines.run import Run
from local_cloud.errors import CloudError
from local_cloud.progress import Progress

_SERVICE_OF_FIXTURE = {
    "dynamodb": "dynamodb",
    "kms": "kms",
    "s3": "s3",
    "sqs": "sqs",
    "sts": "sts",
    "search": SEARCH,
}
_RUN = pytest.StashKey[Run]()
_REGISTRY = pytest.StashKey[EngineRegistry]()
_SHOWN = pytest.StashKey[bool]()


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Show which engine serves what, and which engine is missing."""
    if config.option.collectonly:
        return []
    config.stash[_SHOWN] = True
    return [f"engine {line}" for line in _registry(config).report()]


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Show the same at the end of a run without a header, or from another folder."""
    if _REGISTRY in config.stash and not config.stash.get(_SHOWN, False):
        terminalreporter.section("engines")
        for line in config.stash[_REGISTRY].report():
            terminalreporter.write_line(line)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Parametrize a test with the engines for its fixtures."""
    for fixture, service in _SERVICE_OF_FIXTURE.items():
        if fixture not in metafunc.fixturenames:
            continue
        if metafunc.config.option.collectonly:
            names = engine_names(service)
        else:
            names = [engine.name for engine in _registry(metafunc.config).engines_for(service)]
        metafunc.parametrize(fixture, names, indirect=True)


@pytest.fixture(scope="session")
def registry(pytestconfig: pytest.Config) -> EngineRegistry:
    """The engines of this run."""
    return _registry(pytestconfig)


@pytest.fixture(scope="session")
def engines_run(registry: EngineRegistry, pytestconfig: pytest.Config) -> Run:
    """What this run started."""
    return pytestconfig.stash[_RUN]


@pytest.fixture(scope="session")
def aws(registry: EngineRegistry) -> Iterator[Any]:
    """pytest-localstack's session, each service on its best engine."""
    with registry.session() as session:
        yield session


@pytest.fixture(scope="session")
def ministack(registry: EngineRegistry) -> Engine:
    """The engine for Cognito and IoT."""
    return registry.engines_for("cognito-idp")[0]


@pytest.fixture(scope="session")
def definitions(pytestconfig: pytest.Config, engines_run: Run, ministack: Engine) -> Definitions:
    """Tables and queues as Terraform defines them."""
    with _progress(pytestconfig) as progress:
        return read_definitions(engines_run, ministack, progress)


def _engine(request: pytest.FixtureRequest, registry: EngineRegistry) -> Engine:
    return registry.named(request.param)


dynamodb, kms, s3, sqs, sts, search = (pytest.fixture(name=name)(_engine) for name in _SERVICE_OF_FIXTURE)


@pytest.fixture
def workflow_table(dynamodb: Engine, definitions: Definitions) -> Iterator[Table]:
    """The empty table `workflow`."""
    with new_table(dynamodb, definitions, "workflow") as table:
        yield table


@pytest.fixture
def audit_log_table(dynamodb: Engine, definitions: Definitions) -> Iterator[Table]:
    """The empty table `audit-log`."""
    with new_table(dynamodb, definitions, "audit-log") as table:
        yield table


@pytest.fixture
def audit_trail_table(dynamodb: Engine, definitions: Definitions) -> Iterator[Table]:
    """The empty table `audit-trail`."""
    with new_table(dynamodb, definitions, "audit-trail") as table:
        yield table


@pytest.fixture
def notifications_table(dynamodb: Engine, definitions: Definitions) -> Iterator[Table]:
    """The empty table `notifications`."""
    with new_table(dynamodb, definitions, "notifications") as table:
        yield table


@pytest.fixture
def manifest_bucket(s3: Engine) -> Iterator[Bucket]:
    """An empty bucket with Object Lock."""
    with new_bucket(s3) as bucket:
        yield bucket


@pytest.fixture
def proof_bucket(s3: Engine) -> Iterator[Bucket]:
    """An empty bucket with Object Lock."""
    with new_bucket(s3) as bucket:
        yield bucket


@pytest.fixture
def audit_trail_queue(sqs: Engine, definitions: Definitions) -> Iterator[Queue]:
    """The empty queue `audit-trail`."""
    with new_queue(sqs, definitions, "audit-trail") as queue:
        yield queue


@pytest.fixture
def notifications_queue(sqs: Engine, definitions: Definitions) -> Iterator[Queue]:
    """The empty queue `notifications`."""
    with new_queue(sqs, definitions, "notifications") as queue:
        yield queue


def _registry(config: pytest.Config) -> EngineRegistry:
    """Return the engines. The first call starts them; they stop with the run."""
    if _REGISTRY not in config.stash:
        # pytest cleans up after an interrupt, but not after SIGTERM.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            config.stash[_RUN] = run = Run()
            config.add_cleanup(lambda: _end(run))
            with _progress(config) as progress:
                config.stash[_REGISTRY] = start_all(run, progress)
        except CloudError as error:
            pytest.exit(str(error), returncode=pytest.ExitCode.INTERNAL_ERROR)
    return config.stash[_REGISTRY]


def _end(run: Run) -> None:
    with Progress().step("Stopping the engines"):
        run.end()


@contextmanager
def _progress(config: pytest.Config) -> Iterator[Progress]:
    """Show progress on the terminal although pytest captures output."""
    capture = config.pluginmanager.getplugin("capturemanager")
    assert capture is not None
    with capture.global_and_fixture_disabled():
        yield Progress()
