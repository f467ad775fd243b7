"""Install a package of this repository in its own environment, outside of the repository."""

import os
import sys
from pathlib import Path

import commands
from repository import ROOT
from zips.dependencies import uv

_HIDDEN = ("PYTHONPATH", "VIRTUAL_ENV", "PYTEST_ADDOPTS", "UV_PROJECT_ENVIRONMENT", "MAKEFLAGS", "MAKELEVEL")


def build_wheel(folder: str, target: Path) -> None:
    """Build a package's wheel into a folder."""
    run([uv(), "build", "--quiet", "--wheel", str(ROOT / folder), "--out-dir", str(target)], ROOT)


def install(package: str, *arguments: str, folder: Path, wheels: Path) -> Path:
    """Create an environment with a package in the locked versions, and return its Python.

    Args:
        arguments: For `uv pip install`, such as the package's name.
        folder: A folder outside the repository; `arguments` may be relative to it.
        wheels: The folder of this repository's own wheels.
    """
    locked, environment = folder.parent / f"{package}.txt", folder.parent / f"{package}-venv"
    export = ["export", "--frozen", "--package", package, "--no-emit-workspace", "--no-hashes"]
    run([uv(), "--quiet", *export, "--output-file", str(locked)], ROOT)
    run([uv(), "--quiet", "venv", "--python", sys.executable, str(environment)], folder)
    python = environment / "bin" / "python"
    pip = ["pip", "install", "--no-sources", "--python", str(python), "--find-links", str(wheels)]
    run([uv(), "--quiet", *pip, "--constraint", str(locked), *arguments], folder)
    return python


def run(command: list[str], folder: Path, *, stdin: str = "") -> str:
    """Run a command without this repository's environment, and return its output."""
    environment = {name: value for name, value in os.environ.items() if name not in _HIDDEN}
    environment["UV_PYTHON_DOWNLOADS"] = "never"
    return commands.run(command, folder=folder, environment=environment, stdin=stdin)
