"""LocalStack itself, from PyPI: what its free edition carries without a download."""

from __future__ import annotations

import os
import time

from engines.engine import Engine, EngineUnavailableError
from engines.run import Run
from local_cloud.errors import CloudError
from local_cloud.ports import LOOPBACK, free_port
from local_cloud.progress import SilentProgress
from local_cloud.python_environments import group_python, interpreter
from local_cloud.servers import Server
from repository import STATE
from zips.lambda_python import version_of

NAME = "localstack"
SERVICES = ("sqs", "s3", "iam", "sts", "kms", "ssm", "ses", "events", "scheduler", "logs")

_PYTHON = "3.13"
_PATIENCE = 120.0


def start(run: Run) -> Engine:
    """Install it on the first call, and start it.

    Raises:
        EngineUnavailableError: no Python 3.13, it could not be installed, or it did not start.
    """
    found = version_of(interpreter())
    if found != _PYTHON:
        raise EngineUnavailableError(f"it needs Python {_PYTHON}; the newest found for it is {found}")
    try:
        python = group_python("localstack", "LocalStack", STATE / NAME, SilentProgress())
    except CloudError as error:
        raise EngineUnavailableError(str(error)) from error
    version = run.call(
        [str(python), "-c", "import importlib.metadata as m; print(m.version('localstack-core'))"],
        purpose="tell LocalStack's version",
        patience=30.0,
    ).strip()
    port = free_port()
    folder = run.folder(NAME)
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        # Not in its container, but with the same gateway; no telemetry, no certificate, no name server.
        "OVERRIDE_IN_DOCKER": "0",
        "GATEWAY_SERVER": "hypercorn",
        "GATEWAY_LISTEN": f"{LOOPBACK}:{port}",
        "DISABLE_EVENTS": "1",
        "SKIP_SSL_CERT_DOWNLOAD": "1",
        "DNS_ADDRESS": "0",
        # Queue URLs under an address that needs no name server.
        "SQS_ENDPOINT_STRATEGY": "path",
        "LOCALSTACK_HOST": f"{LOOPBACK}:{port}",
    }
    command = [str(python), "-m", "localstack.runtime.main"]
    engine = Server(NAME, port, command, environment, f"http://{LOOPBACK}:{port}/_localstack/health")
    run.launch(engine, folder=folder, deadline=time.monotonic() + _PATIENCE)
    return Engine(NAME, version, SERVICES, port)
