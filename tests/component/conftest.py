"""Adapters on engines: the same cases on every engine at hand, an engine's name in the test's id.

Asking for `dynamodb`, `sqs`, `sts` or `search` runs a test once on each engine that can carry it; `embedded` is the one
engine for what no other has.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from component.queues import Queue, new_queue
from component.tables import Table, new_table
from engines.definitions import Definitions, read_definitions
from engines.engine import SEARCH, Engine
from engines.registry import EngineRegistry, start_all, wanted
from engines.run import Run
from local_cloud.errors import CloudError
from local_cloud.progress import Progress, TerminalProgress

_BY_ENGINE = {"dynamodb": "dynamodb", "sqs": "sqs", "sts": "sts", "search": SEARCH}
_RUN = pytest.StashKey[Run]()
_BOARD = pytest.StashKey[EngineRegistry]()
_SHOWN = pytest.StashKey[bool]()


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Which engine carries what, and why one does not."""
    if config.option.collectonly:
        return []
    config.stash[_SHOWN] = True
    return [f"engine {line}" for line in _board(config).report()]


def pytest_collection(session: pytest.Session) -> None:
    """Start the engines where no header was asked for: without them nothing can be collected."""
    if not session.config.option.collectonly:
        _board(session.config)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """The same at the end, for a run that has no header or began in another folder."""
    if _BOARD not in config.stash or config.stash.get(_SHOWN, False):
        return
    terminalreporter.section("engines")
    for line in config.stash[_BOARD].report():
        terminalreporter.write_line(line)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test for each engine that can carry what it asks for."""
    for fixture, service in _BY_ENGINE.items():
        if fixture not in metafunc.fixturenames:
            continue
        if metafunc.config.option.collectonly:
            names = list(wanted(service))
        else:
            names = [carrier.name for carrier in _board(metafunc.config).engines_for(service)]
        metafunc.parametrize(fixture, names, indirect=True)


@pytest.fixture(scope="session")
def board(pytestconfig: pytest.Config) -> EngineRegistry:
    """The engines of this run."""
    return _board(pytestconfig)


@pytest.fixture(scope="session")
def aws(board: EngineRegistry) -> Iterator[Any]:
    """pytest-localstack's session over all engines, each service on its best."""
    with board.session() as session:
        yield session


@pytest.fixture(scope="session")
def embedded(board: EngineRegistry) -> Engine:
    """The engine for what no other engine has: Cognito, IoT."""
    return board.engines_for("cognito-idp")[0]


@pytest.fixture(scope="session")
def definitions(pytestconfig: pytest.Config, embedded: Engine) -> Definitions:
    """Tables and queues as Terraform declares them."""
    with _telling(pytestconfig) as progress:
        return read_definitions(pytestconfig.stash[_RUN], embedded, progress)


@pytest.fixture
def dynamodb(request: pytest.FixtureRequest, board: EngineRegistry) -> Engine:
    """An engine with DynamoDB."""
    return board.named(request.param)


@pytest.fixture
def sqs(request: pytest.FixtureRequest, board: EngineRegistry) -> Engine:
    """An engine with SQS."""
    return board.named(request.param)


@pytest.fixture
def sts(request: pytest.FixtureRequest, board: EngineRegistry) -> Engine:
    """An engine with STS and IAM."""
    return board.named(request.param)


@pytest.fixture
def search(request: pytest.FixtureRequest, board: EngineRegistry) -> Engine:
    """An engine with OpenSearch's API."""
    return board.named(request.param)


@pytest.fixture
def workflow_table(dynamodb: Engine, definitions: Definitions) -> Iterator[Table]:
    """The table `workflow`, empty."""
    with new_table(dynamodb, definitions, "workflow") as table:
        yield table


@pytest.fixture
def audit_trail_table(dynamodb: Engine, definitions: Definitions) -> Iterator[Table]:
    """The table `audit-trail`, empty."""
    with new_table(dynamodb, definitions, "audit-trail") as table:
        yield table


@pytest.fixture
def notifications_table(dynamodb: Engine, definitions: Definitions) -> Iterator[Table]:
    """The table `notifications`, empty."""
    with new_table(dynamodb, definitions, "notifications") as table:
        yield table


@pytest.fixture
def audit_trail_queue(sqs: Engine, definitions: Definitions) -> Iterator[Queue]:
    """The queue `audit-trail`, empty."""
    with new_queue(sqs, definitions, "audit-trail") as queue:
        yield queue


@pytest.fixture
def notifications_queue(sqs: Engine, definitions: Definitions) -> Iterator[Queue]:
    """The queue `notifications`, empty."""
    with new_queue(sqs, definitions, "notifications") as queue:
        yield queue


def _board(config: pytest.Config) -> EngineRegistry:
    """The engines, started the first time they are asked for and ended with the run, however it ends."""
    if _BOARD not in config.stash:
        # pytest cleans up after an interrupt, and not after a plain SIGTERM.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        config.stash[_RUN] = run = Run()
        config.add_cleanup(lambda: _end(run))
        try:
            with _telling(config) as progress:
                config.stash[_BOARD] = start_all(run, progress)
        except CloudError as error:
            pytest.exit(str(error), returncode=pytest.ExitCode.INTERNAL_ERROR)
    return config.stash[_BOARD]


def _end(run: Run) -> None:
    with TerminalProgress().step("Ending the engines"):
        run.end()


@contextmanager
def _telling(config: pytest.Config) -> Iterator[Progress]:
    """Progress on the terminal, past what pytest captures."""
    capture = config.pluginmanager.getplugin("capturemanager")
    if capture is None:
        yield TerminalProgress()
        return
    with capture.global_and_fixture_disabled():
        yield TerminalProgress()
