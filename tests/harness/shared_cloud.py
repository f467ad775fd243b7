"""The deployed cloud that all suites of a test run share.

It is named `test`, starts empty when the first test needs it, and stops with the run. With pytest-xdist, all workers
share it. `COUNTERSIGN_CLOUD=<name>` makes a run use that running cloud instead and leave it running.
"""

import os
import signal
from functools import cache
from uuid import uuid4

import pytest

from local_cloud.cloud import NAME_VARIABLE, Cloud
from local_cloud.environment import isolated_environment
from local_cloud.progress import SILENT
from local_cloud.python_environments import cloud_python, installed_version
from local_cloud.running import RunningCloud
from local_cloud.servers import EMULATORS
from local_cloud.state import file_lock
from repository import STATE
from zips.lambda_python import python_version

# The component tests use the endpoint in AWS_ENDPOINT_URL.
_KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
_ENDPOINT_VARIABLES = ("AWS_ENDPOINT_URL", "AWS_REGION", *_KEYS)
_RUN_VARIABLE = "COUNTERSIGN_TEST_RUN"
_STARTED_BY = STATE / "test-cloud-started-by"


def prepare(config: pytest.Config) -> None:
    """Isolate the run from the user's settings, and stop the cloud at its end. Called from `pytest_configure`."""
    isolated_environment(os.environ, keep=_ENDPOINT_VARIABLES)
    if hasattr(config, "workerinput") or os.environ.get(NAME_VARIABLE) or _RUN_VARIABLE in os.environ:
        return
    os.environ[_RUN_VARIABLE] = run = uuid4().hex
    # pytest cleans up after an interrupt, but not after SIGTERM.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    config.add_cleanup(lambda: _stop(run))


@cache
def shared_cloud() -> RunningCloud:
    """Return the cloud of this run, and start it if necessary."""
    name = os.environ.get(NAME_VARIABLE)
    return Cloud.named(name).running() if name else _start(os.environ[_RUN_VARIABLE])


def describe_servers() -> str | None:
    """Return the versions behind the shared cloud; None if no test used it."""
    if not shared_cloud.cache_info().currsize and not _has_started(os.environ.get(_RUN_VARIABLE)):
        return None
    python = cloud_python(SILENT)
    versions = " and ".join(f"{name} {installed_version(python, name)}" for name in EMULATORS)
    return f"the deployed cloud: {versions}, IAM enforced, functions on Python {python_version(python)}"


def _start(run: str) -> RunningCloud:
    cloud = Cloud.named("test")
    # Deploying everything takes minutes on a busy machine.
    with file_lock(_STARTED_BY.with_suffix(".lock"), timeout=900.0):
        if _has_started(run):
            return cloud.running()
        # Before `up`, so that a failed start is stopped, too.
        _STARTED_BY.write_text(run)
        return cloud.up(fresh=True)


def _has_started(run: str | None) -> bool:
    """Return whether a process of this test run has started the cloud."""
    return _STARTED_BY.exists() and _STARTED_BY.read_text() == run


def _stop(run: str) -> None:
    """Stop what this run started. The next run deletes the logs."""
    if _has_started(run):
        cloud = Cloud.named("test")
        if cloud.running_servers():
            cloud.down()
        _STARTED_BY.unlink(missing_ok=True)
