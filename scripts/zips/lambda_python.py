"""The Python of the Lambda runtime, where this machine has one."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

LAMBDA_PYTHON = "3.13"
"""The runtime's version: wheels are chosen and modules compiled for it, whatever Python builds."""


def lambda_python() -> Path | None:
    """A Python of the runtime's version: from the PATH, or one of pyenv's; None where there is none."""
    return next((each for each in _candidates() if version_of(each) == LAMBDA_PYTHON), None)


def version_of(python: Path) -> str | None:
    """major.minor, or None when it does not run (a pyenv shim of a version that is not chosen does not)."""
    command = [str(python), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None


def _candidates() -> Iterator[Path]:
    on_path = shutil.which(f"python{LAMBDA_PYTHON}")
    if on_path:
        yield Path(on_path)
    for root in (Path(os.environ.get("PYENV_ROOT") or "~/.pyenv"), Path("~/.pyenv")):
        yield from sorted(
            Path(root.expanduser(), "versions").glob(f"{LAMBDA_PYTHON}*/bin/python"), reverse=True
        )
