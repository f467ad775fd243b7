"""Find a Python of the Lambda runtime's version on this machine."""

from __future__ import annotations

import os
import shutil
from functools import cache
from pathlib import Path

from local_cloud.prerequisites import version_of

LAMBDA_PYTHON = "3.13"
"""The version that dependencies are chosen and modules are compiled for, whatever Python builds."""


@cache
def lambda_python() -> Path | None:
    """Return a Python of the runtime's version: from the PATH, or one of pyenv's. None if there is none."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    candidates = [
        Path(shutil.which(f"python{LAMBDA_PYTHON}") or os.devnull),
        *sorted(pyenv.glob(f"versions/{LAMBDA_PYTHON}*/bin/python"), reverse=True),
    ]
    return next((each for each in candidates if python_version(each) == LAMBDA_PYTHON), None)


def python_version(python: Path) -> str | None:
    """Return major.minor; None if it doesn't run, like a pyenv shim of a version that isn't selected."""
    found = version_of((str(python), "--version"))
    return ".".join(map(str, found[:2])) if found else None
