"""A package of this repository somewhere else: with its own environment and nothing of this one's."""

import os
import subprocess
import sys
from pathlib import Path

from repository import ROOT
from zips.dependencies import uv


def wheel_of(folder: str, target: Path) -> None:
    """Build a package's wheel into a folder."""
    run([uv(), "build", "--quiet", "--wheel", str(ROOT / folder), "--out-dir", str(target)], target.parent)


def install(package: str, *what: str, away: Path, wheels: Path) -> Path:
    """A new environment with the package in the versions that the lock has. Returns its Python.

    Args:
        package: its name in the lock.
        what: arguments for `uv pip install`, such as the package's name.
        away: a folder outside the repository; `what` may be relative to it.
        wheels: where this repository's own wheels are.
    """
    # The lock's versions: what is tested is that the package stands alone, not what came out today.
    locked, environment = away.parent / f"{package}.txt", away.parent / f"{package}-venv"
    export = [
        uv(),
        "export",
        "--quiet",
        "--frozen",
        "--package",
        package,
        "--no-emit-workspace",
        "--no-hashes",
    ]
    run([*export, "--output-file", str(locked)], ROOT)
    run([uv(), "venv", "--quiet", "--python", sys.executable, str(environment)], away)
    python = environment / "bin" / "python"
    pip = [uv(), "pip", "install", "--quiet", "--python", str(python), "--find-links", str(wheels)]
    run([*pip, "--constraint", str(locked), *what], away)
    return python


def run(command: list[str], folder: Path, *, given: str = "") -> str:
    """What a command prints; nothing of this repository's environment reaches it."""
    hidden = (
        "PYTHONPATH",
        "VIRTUAL_ENV",
        "PYTEST_ADDOPTS",
        "UV_PROJECT_ENVIRONMENT",
        "MAKEFLAGS",
        "MAKELEVEL",
    )
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    answer = subprocess.run(
        command, cwd=folder, env={**environment, "UV_PYTHON_DOWNLOADS": "never"}, input=given,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert answer.returncode == 0, f"{' '.join(command)}\n{answer.stdout}\n{answer.stderr}"
    return answer.stdout
