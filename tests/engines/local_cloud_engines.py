"""The embedded cloud's two engines: they carry whatever no other engine does."""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path

from engines import dynamodb_local, localstack
from engines.engine import SEARCH, Engine, EngineUnavailableError
from engines.run import Run
from local_cloud import servers
from local_cloud.errors import CloudError
from local_cloud.progress import SilentProgress
from local_cloud.python_environments import cloud_python
from local_cloud.servers import Server
from repository import STATE

MINISTACK, OSMEM = "ministack", "osmem-server"
MINISTACK_SERVICES = ("cognito-idp", "iot", "data-ats.iot", *dynamodb_local.SERVICES, *localstack.SERVICES)

_PATIENCE = 60.0


def start_ministack(run: Run) -> Engine:
    """Install it on the first call, and start it. It lets every caller do everything here.

    Raises:
        EngineUnavailableError: it could not be installed, or did not start.
    """
    python = _python()
    engine = servers.ministack(python, run.record, run.state)
    # Permissions are the system tests': they run what is deployed, as its own roles.
    engine = dataclasses.replace(engine, environment={**engine.environment, "AUTH": "false"})
    return _started(run, python, engine, MINISTACK_SERVICES)


def start_osmem(run: Run) -> Engine:
    """Install it on the first call, and start it.

    Raises:
        EngineUnavailableError: it could not be installed, or did not start.
    """
    python = _python()
    return _started(run, python, servers.search_engine(python, run.record, run.state), (SEARCH,))


def _started(run: Run, python: Path, engine: Server, services: tuple[str, ...]) -> Engine:
    version = run.call(
        [str(python), "-c", f"import importlib.metadata as m; print(m.version('{engine.name}'))"],
        purpose=f"tell the version of {engine.name}",
        patience=30.0,
    ).strip()
    run.launch(engine, folder=run.state.path, deadline=time.monotonic() + _PATIENCE)
    return Engine(engine.name, version, services, engine.port)


def _python() -> Path:
    try:
        return cloud_python(STATE / "python", SilentProgress())
    except CloudError as error:
        raise EngineUnavailableError(str(error)) from error
