"""The Python that MiniStack, and so every Lambda function, runs on."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from local_cloud.errors import CloudError
from local_cloud.progress import Progress
from local_cloud.state import file_lock
from repository import ROOT
from zips.dependencies import uv
from zips.lambda_python import lambda_python, version_of

# Hundreds of megabytes over a slow line.
_PATIENCE = 600.0


def interpreter() -> Path:
    """A Python of the Lambda runtime's version where one is found, else the one that runs this program."""
    return lambda_python() or Path(sys.executable)


def cloud_python(home: Path, progress: Progress) -> Path:
    """The interpreter of the cloud's own virtual environment, made on the first call for this state of the lock.

    The environment holds the lock's `cloud` group: MiniStack, the search engine, and the boto3 that functions find
    in the Lambda runtime. It is never changed once made: a cloud that runs from it is not disturbed by a new lock.

    Args:
        home: the folder that such environments are kept in.
        progress: told when one has to be made.

    Raises:
        CloudError: uv cannot install it.
    """
    return group_python("cloud", "the embedded cloud's engines", home, progress)


def group_python(group: str, holds: str, home: Path, progress: Progress) -> Path:
    """The same for any group of the lock.

    Args:
        group: its name in the root's `dependency-groups`.
        holds: what it is, for people.
        home: the folder that such environments are kept in.
        progress: told when one has to be made.

    Raises:
        CloudError: uv cannot install it.
    """
    wanted = _requirements(group)
    python = interpreter()
    key = hashlib.sha256(f"{wanted}\0{python}\0{version_of(python)}".encode()).hexdigest()[:16]
    environment = home / key
    made = environment / "complete"
    with file_lock(home / "lock"):
        if not made.exists():
            with progress.step(f"Installing {holds} (Python {version_of(python)})"):
                _make(environment, python, wanted, holds)
            made.touch()
    return environment / "bin" / "python"


def _requirements(group: str) -> str:
    command = [uv(), "export", "--only-group", group, "--frozen", "--no-emit-workspace", "--quiet"]
    return _run([*command, "--no-header", "--no-annotate"], f"read the lock's group {group}")


def _make(environment: Path, python: Path, requirements: str, holds: str) -> None:
    shutil.rmtree(environment, ignore_errors=True)
    _run([uv(), "venv", "--quiet", "--python", str(python), str(environment)], "make a virtual environment")
    file = environment / "requirements.txt"
    file.write_text(requirements)
    target = str(environment / "bin" / "python")
    command = [uv(), "pip", "install", "--quiet", "--require-hashes", "--python", target]
    _run([*command, "--requirement", str(file)], f"install {holds}")


def _run(command: list[str], purpose: str) -> str:
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    try:
        answer = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired:
        raise CloudError(f"uv could not {purpose} within {_PATIENCE:.0f} s.") from None
    if answer.returncode != 0:
        raise CloudError(f"uv could not {purpose}:\n{answer.stderr.strip()}")
    return answer.stdout
