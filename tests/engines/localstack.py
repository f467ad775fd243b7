"""LocalStack: from PyPI on Python 3.13, or in its container if Docker is available."""

from __future__ import annotations

import os

import docker
from docker.errors import DockerException
from pytest_localstack import exceptions
from pytest_localstack.session import LocalstackSession

from engines.engine import Engine, EngineUnavailableError
from engines.run import Run
from local_cloud.ports import LOOPBACK, free_port
from local_cloud.progress import SILENT
from local_cloud.python_environments import group_python, installed_version, interpreter
from local_cloud.servers import Server
from local_cloud.state import REGION
from zips.lambda_python import python_version

NAME = "localstack"
SERVICES = ("sqs", "s3", "iam", "sts", "kms", "ssm", "ses", "events", "scheduler", "logs")

_IMAGE = "4.14.0"  # the last one that runs without a token


def start(run: Run) -> Engine:
    """Start it, in its container if Docker is available. The first call downloads it.

    Raises:
        EngineUnavailableError: Python 3.13 is missing, it can't be installed, or it didn't start.
    """
    try:
        client = docker.from_env(timeout=3)
        client.ping()
    except DockerException:
        return _start_from_pypi(run)
    # One port serves all services.
    session = LocalstackSession(client, services=["sqs"], region_name=REGION, localstack_version=_IMAGE)
    run.stack.callback(session.stop)
    try:
        session.start(timeout=120)
    except (DockerException, exceptions.Error) as error:
        raise EngineUnavailableError(f"Docker can't start its container: {error}") from error
    port = session.map_port(session.services["sqs"])
    return Engine(NAME, f"{_IMAGE} in Docker", SERVICES, port, host=session.hostname)


def _start_from_pypi(run: Run) -> Engine:
    if (found := python_version(interpreter())) != "3.13":
        raise EngineUnavailableError(f"Python 3.13 is missing (found: {found})")
    python = group_python(NAME, SILENT)
    port = free_port()
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(run.state.path),
        # As in its container, but without telemetry, certificate and name server.
        "OVERRIDE_IN_DOCKER": "0",
        "GATEWAY_SERVER": "hypercorn",
        "GATEWAY_LISTEN": f"{LOOPBACK}:{port}",
        "DISABLE_EVENTS": "1",
        "SKIP_SSL_CERT_DOWNLOAD": "1",
        "DNS_ADDRESS": "0",
        # Queue URLs that need no name server.
        "SQS_ENDPOINT_STRATEGY": "path",
        "LOCALSTACK_HOST": f"{LOOPBACK}:{port}",
    }
    command = [str(python), "-m", "localstack.runtime.main"]
    health = f"http://{LOOPBACK}:{port}/_localstack/health"
    run.launch(Server(NAME, port, command, environment, health, timeout=120.0))
    return Engine(NAME, installed_version(python, "localstack-core"), SERVICES, port)
