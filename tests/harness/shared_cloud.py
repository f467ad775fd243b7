"""The one deployed cloud that all suites of a test run share.

It is named `test`, begins empty, is started by the first test that asks for it, and ends with the run, however the
run ends. With pytest-xdist all workers share it: the first to ask starts it, the controller ends it.

`COUNTERSIGN_CLOUD=<name>` makes a run use that cloud as it is (`make up` brings it up to date) and leave it
running: for working on one test without paying for a deployment each time.
"""

import os
import signal
import subprocess
from pathlib import Path
from threading import Lock
from types import FrameType
from typing import Any
from uuid import uuid4

import pytest

from local_cloud.cloud import NAME_VARIABLE, Cloud
from local_cloud.environment import isolated_environment
from local_cloud.progress import SilentProgress, TerminalProgress
from local_cloud.python_environments import cloud_python
from local_cloud.running import RunningCloud
from local_cloud.state import file_lock
from repository import STATE
from zips.lambda_python import version_of

_NAME = "test"
# The component tests run on the endpoint that the caller names, where he names one.
_NAMED_BY_THE_CALLER = (
    "AWS_ENDPOINT_URL",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_REGION",
)
_RUN_VARIABLE = "COUNTERSIGN_TEST_RUN"
_STARTED_BY = STATE / "test-cloud-started-by"
# A deployment of everything from nothing, on a machine that is busy with the other suites.
_START_PATIENCE = 900.0

_shared: list["SharedCloud"] = []


class SharedCloud(RunningCloud):
    """A running cloud that makes each of root's clients once: making one takes longer than most calls do."""

    def client(self, service: str, **credentials: str) -> Any:
        """See `RunningCloud.client`. A client may be used by several threads, the making of one may not."""
        if credentials:
            return super().client(service, **credentials)
        with _lock:
            if service not in _clients:
                _clients[service] = super().client(service)
            return _clients[service]


_clients: dict[str, Any] = {}
_lock = Lock()


def prepare(config: pytest.Config) -> None:
    """Name this run, and see to it that its end is the cloud's end. Called from `pytest_configure`."""
    isolated_environment(os.environ, but=_NAMED_BY_THE_CALLER)
    if hasattr(config, "workerinput") or os.environ.get(NAME_VARIABLE) or _RUN_VARIABLE in os.environ:
        return
    os.environ[_RUN_VARIABLE] = run = uuid4().hex
    signal.signal(signal.SIGTERM, _as_interrupt)
    config.add_cleanup(lambda: _end(run))


def shared_cloud() -> SharedCloud:
    """The cloud of this run, started if nobody has yet.

    Raises:
        CloudError: it cannot be brought up; the message says what mends it.
    """
    if not _shared:
        running = _borrowed() or _started()
        _shared.append(SharedCloud(running.record, running.outputs))
    return _shared[0]


def engines_told() -> str | None:
    """What carried the suites that asked for the cloud; None when none did."""
    if not _shared:
        return None
    python = cloud_python(STATE / "python", SilentProgress())
    versions = {name: _version_of(name, python) for name in ("ministack", "osmem-server")}
    carried = " and ".join(f"{name} {version}" for name, version in versions.items())
    return f"the deployed cloud: {carried}, IAM enforced, functions on Python {version_of(python)}"


def _version_of(distribution: str, python: Path) -> str:
    program = f"import importlib.metadata as m; print(m.version({distribution!r}))"
    answer = subprocess.run([str(python), "-c", program], capture_output=True, text=True, check=True)
    return answer.stdout.strip()


def _borrowed() -> RunningCloud | None:
    name = os.environ.get(NAME_VARIABLE)
    return Cloud.named(name).running() if name else None


def _started() -> RunningCloud:
    run = os.environ[_RUN_VARIABLE]
    cloud = Cloud.named(_NAME, TerminalProgress())
    with file_lock(_STARTED_BY.with_suffix(".lock"), _START_PATIENCE):
        if _STARTED_BY.exists() and _STARTED_BY.read_text() == run:
            return cloud.running()
        # Before it is up: what a failed start leaves running is ended too.
        _STARTED_BY.write_text(run)
        return cloud.up(fresh=True)


def _end(run: str) -> None:
    """Stop what this run started. The logs stay until the next run, which begins by wiping them."""
    if _read(_STARTED_BY) != run:
        return
    cloud = Cloud.named(_NAME, TerminalProgress())
    if cloud.engines_running():
        cloud.down()
    _STARTED_BY.unlink(missing_ok=True)


def _read(path: Path) -> str | None:
    return path.read_text() if path.exists() else None


def _as_interrupt(_signal: int, _frame: FrameType | None) -> None:
    """pytest cleans up after an interrupt; a plain SIGTERM would end it on the spot and leave the cloud running."""
    raise KeyboardInterrupt
