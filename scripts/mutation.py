"""Run mutation tests: `python scripts/mutation.py [PACKAGE…]`.

mutmut changes a copy of each package and runs the package's own tests. pyproject.toml says which modules it changes.
A repeated run tests only what changed since.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from commands import run
from local_cloud.errors import CloudError, exit_on_error
from repository import ROOT, STATE, packages

_MUTATED = ("domain", "use_cases", "proof")
_STATES = ("killed", "survived", "no tests", "timeout", "suspicious")
_PATTERNS = typer.Option(help="Mutants to run, for example audit_service.domain.*")


def main(
    names: Annotated[list[str] | None, typer.Argument(help="Folder names of packages; default: all.")] = None,
    only: Annotated[list[str] | None, _PATTERNS] = None,
) -> None:
    """Mutate packages, and print the mutants that survived and a table with the scores."""
    console = Console()
    table = Table("package", *_STATES, "score")
    with exit_on_error():
        for package in packages():
            mutated = [folder for name in _MUTATED for folder in package.glob(f"src/*/{name}")]
            if not mutated or package.name not in (names or [package.name]):
                continue
            console.rule(package.name)
            results = _run_mutmut(package, only or [])
            counts = Counter(results.values())
            detected, checked = counts["killed"] + counts["timeout"], len(results)
            score = f"{detected / checked:.1%}" if checked else "no mutants"
            table.add_row(package.name, *(str(counts[state]) for state in _STATES), score)
            for name, state in results.items():
                if state not in ("killed", "timeout"):
                    console.print(f"{state}: {name}", highlight=False, soft_wrap=True)
    console.print(table)


def _run_mutmut(package: Path, only: list[str]) -> dict[str, str]:
    """Run mutmut in a copy of the package. Return the state of each mutant that was run."""
    copy = STATE / "mutation" / package.name
    for part in ("src", "tests"):
        shutil.rmtree(copy / part, ignore_errors=True)
        shutil.copytree(package / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    mutmut = [sys.executable, "-m", "mutmut"]
    if subprocess.run([*mutmut, "run", *only], cwd=copy, check=False).returncode != 0:
        raise CloudError(f"mutmut failed for {package.name}; see its output above.")
    command = [*mutmut, "results", "--all", "true"]
    results = (line.strip().split(": ", 1) for line in run(command, folder=copy).splitlines() if ": " in line)
    return {name: state for name, state in results if state != "not checked"}


if __name__ == "__main__":
    typer.run(main)
