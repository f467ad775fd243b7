"""Virtual environments for the servers: the Python that MiniStack, and so every Lambda function, runs on."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

from commands import run
from local_cloud.progress import Progress
from repository import ROOT, STATE
from zips.dependencies import uv
from zips.lambda_python import lambda_python, python_version


def interpreter() -> Path:
    """Return a Python of the Lambda runtime's version if there is one, otherwise the one that runs this program."""
    return lambda_python() or Path(sys.executable)


def cloud_python(progress: Progress) -> Path:
    """Return the Python of the lock's `cloud` group: MiniStack, the search engine, and the functions' boto3."""
    return group_python("cloud", progress)


def group_python(group: str, progress: Progress) -> Path:
    """Return the Python of a virtual environment with one dependency group of `uv.lock`.

    It is created by the first call for this lock file and never changed, so that it can't change under a running
    server.

    Raises:
        CommandError: uv can't install it.
    """
    python = interpreter()
    key = hashlib.sha256((ROOT / "uv.lock").read_bytes() + str(python).encode()).hexdigest()[:16]
    environment = STATE / "python" / f"{group}-{key}"
    command = [uv(), "sync", "--frozen", "--quiet", "--only-group", group, "--python", str(python)]
    complete = environment / "complete"
    if not complete.exists():
        with progress.step(f"Installing the {group} group (Python {python_version(python)})"):
            variables = {"UV_PROJECT_ENVIRONMENT": str(environment), "UV_PYTHON_DOWNLOADS": "never"}
            run(command, environment={**os.environ, **variables})
        complete.touch()
    return environment / "bin" / "python"


def installed_version(python: Path, distribution: str) -> str:
    """Return the version of a distribution that is installed next to `python`."""
    program = f"import importlib.metadata as m; print(m.version({distribution!r}))"
    return run([python, "-c", program]).strip()
