"""What a cold start imports: each function out of its zip, wired, against boto3 and one client."""

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

TIMES = 9
FLOOR = "import boto3; boto3.client('dynamodb')"


@dataclass(frozen=True)
class Import:
    """A function's cold import: CPU milliseconds, the floor's, and the median ratio of the turns."""

    function: str
    milliseconds: float
    floor_milliseconds: float
    ratio: float


def cold_import(
    python: Path, function: str, handler: str, archive: Path, environment: Mapping[str, str]
) -> Import:
    """Import a handler module as Lambda's init phase does, in turns with the floor.

    Each turn unpacks the zip again and keeps no compiled modules, as on Lambda, whose /var/task is read-only.

    Args:
        python: an interpreter that has boto3 and nothing of this project.
        function: its name, for the table.
        handler: `package.module.handler`.
        archive: the service's zip.
        environment: what the function's configuration sets.
    """
    module = handler.rsplit(".", 1)[0]
    turns = [_turn(python, module, archive, environment) for _ in range(TIMES)][1:]
    return Import(
        function,
        statistics.median(ours for ours, _ in turns),
        statistics.median(floor for _, floor in turns),
        statistics.median(ours / floor for ours, floor in turns),
    )


def _turn(python: Path, module: str, archive: Path, environment: Mapping[str, str]) -> tuple[float, float]:
    folder = Path(tempfile.mkdtemp(prefix="countersign-import-"))
    try:
        with zipfile.ZipFile(archive) as zipped:
            zipped.extractall(folder)
        inside = {**environment, "AWS_LAMBDA_FUNCTION_NAME": "bench", "PYTHONPATH": str(folder)}
        return _cpu(python, f"import {module}", inside), _cpu(python, FLOOR, dict(environment))
    finally:
        shutil.rmtree(folder)


def _cpu(python: Path, statement: str, environment: dict[str, str]) -> float:
    """CPU milliseconds from a started interpreter to the end of the statement."""
    program = (
        f"import time; began = time.process_time(); {statement}; print((time.process_time() - began) * 1000)"
    )
    bare = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", **environment}
    done = subprocess.run([str(python), "-c", program], env=bare, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])
