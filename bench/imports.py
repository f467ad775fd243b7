"""CPU time of a cold start: each function imported from its zip, against boto3 and one client."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TIMES = 9
FLOOR = "import boto3; boto3.client('dynamodb')"


def _request(route: str) -> dict[str, Any]:
    """Return the event of an auditor's HTTP request, as API Gateway sends it."""
    claims = {"sub": "bench", "email": "bench@example.com", "cognito:groups": "[auditors]", "token_use": "id"}
    return {"routeKey": route, "requestContext": {"authorizer": {"jwt": {"claims": claims}}}}


FIRST_REQUESTS = {
    "audit-api": {
        "with a search": _request("GET /audit-trail"),
        "with a checkpoint": _request("GET /audit-trail/checkpoint"),
    }
}
"""Requests that need what a function creates on first use (`countersign_common.lazy.on_first_use`), by function."""


@dataclass(frozen=True)
class Import:
    """A function's cold import: CPU milliseconds, those of the baseline, and the median ratio of the turns."""

    function: str
    milliseconds: float
    floor_milliseconds: float
    ratio: float


def cold_import(
    python: Path,
    function: str,
    handler: str,
    archive: Path,
    environment: Mapping[str, str],
    request: Mapping[str, Any] | None = None,
) -> Import:
    """Import a handler module as Lambda's init phase does, in turns with the baseline.

    Each turn unpacks the zip again and keeps no compiled modules, because /var/task is read-only on Lambda.

    Args:
        python: An interpreter with boto3 and nothing of this project.
        function: Its name, for the table.
        handler: `package.module.handler`.
        archive: The service's zip.
        environment: The function's environment variables.
        request: The event of a request that is handled after the import, and measured with it.
    """
    statement = f"import {handler.rsplit('.', 1)[0]}"
    if request is not None:
        statement += (
            f"; response = {handler}({request!r}, None); assert response['statusCode'] < 500, response"
        )
    turns = [_turn(python, statement, archive, environment) for _ in range(TIMES)][1:]
    return Import(
        function,
        statistics.median(ours for ours, _ in turns),
        statistics.median(floor for _, floor in turns),
        statistics.median(ours / floor for ours, floor in turns),
    )


def _turn(python: Path, statement: str, archive: Path, environment: Mapping[str, str]) -> tuple[float, float]:
    folder = Path(tempfile.mkdtemp(prefix="countersign-import-"))
    try:
        with zipfile.ZipFile(archive) as zipped:
            zipped.extractall(folder)
        inside = {**environment, "AWS_LAMBDA_FUNCTION_NAME": "bench", "PYTHONPATH": str(folder)}
        return _cpu(python, statement, inside), _cpu(python, FLOOR, dict(environment))
    finally:
        shutil.rmtree(folder)


def _cpu(python: Path, statement: str, environment: dict[str, str]) -> float:
    """Return the CPU milliseconds from the start of the interpreter's program to the end of the statement."""
    program = (
        f"import time; began = time.process_time(); {statement}; print((time.process_time() - began) * 1000)"
    )
    bare = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", **environment}
    done = subprocess.run([str(python), "-c", program], env=bare, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])
