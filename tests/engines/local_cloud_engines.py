"""The two servers of the local cloud. They serve what no other engine does."""

from __future__ import annotations

import dataclasses

from engines import dynamodb_local, localstack
from engines.engine import SEARCH, Engine
from engines.run import Run
from local_cloud import servers
from local_cloud.progress import SILENT
from local_cloud.python_environments import cloud_python, installed_version

MINISTACK, OSMEM = servers.MINISTACK, servers.SEARCH_ENGINE
MINISTACK_SERVICES = ("cognito-idp", "iot", "data-ats.iot", *dynamodb_local.SERVICES, *localstack.SERVICES)


def start_ministack(run: Run) -> Engine:
    """Start MiniStack without access control, which the system tests cover."""
    python = cloud_python(SILENT)
    server = servers.ministack(python, run.record, run.state)
    run.launch(dataclasses.replace(server, environment={**server.environment, "AUTH": "false"}))
    return Engine(MINISTACK, installed_version(python, MINISTACK), MINISTACK_SERVICES, server.port)


def start_osmem(run: Run) -> Engine:
    """Start osmem-server."""
    python = cloud_python(SILENT)
    server = servers.search_engine(python, run.record, run.state)
    run.launch(server)
    return Engine(OSMEM, installed_version(python, OSMEM), (SEARCH,), server.port)
