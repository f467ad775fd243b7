"""Find a Python of the Lambda runtime's version on this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

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
    return next((each for each in candidates if version_of(each) == LAMBDA_PYTHON), None)


def version_of(python: Path) -> str | None:
    """Return major.minor; None if it doesn't run, like a pyenv shim of a version that isn't selected."""
    command = [str(python), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        printed = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return printed.stdout.strip() if printed.returncode == 0 else None
