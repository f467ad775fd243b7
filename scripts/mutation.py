"""Run mutation tests: `python scripts/mutation.py [PACKAGE…]`. docs/mutation-testing.md explains the results.

mutmut changes a copy of each package and runs the package's own tests. pyproject.toml says which modules it changes.
A repeated run tests only what changed since, and what survived.
"""

from __future__ import annotations

import ast
import os
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
_DETECTED = ("killed", "timeout")
_PATTERNS = typer.Option(help="Mutants to run, for example audit_service.domain.*")
_FRESH = typer.Option(help="Forget the results of earlier runs.")


def main(
    names: Annotated[list[str] | None, typer.Argument(help="Folder names of packages; default: all.")] = None,
    only: Annotated[list[str] | None, _PATTERNS] = None,
    fresh: Annotated[bool, _FRESH] = False,
) -> None:
    """Mutate packages, and print the mutants that survived and a table with the scores."""
    console = Console()
    table = Table("package", *_STATES, "score")
    total: Counter[str] = Counter()
    with exit_on_error():
        for package in packages():
            mutated = [folder for name in _MUTATED for folder in package.glob(f"src/*/{name}")]
            if not mutated or package.name not in (names or [package.name]):
                continue
            console.rule(package.name)
            copy = _copy(package, fresh=fresh)
            results = _run_mutmut(copy, only or [])
            counts = Counter(results.values())
            total += counts
            table.add_row(package.name, *_row(counts))
            for name, state in results.items():
                if state not in _DETECTED:
                    console.print(f"{state}: {name}", highlight=False, soft_wrap=True)
            console.print(f"See a mutant: cd {copy.relative_to(ROOT)} && mutmut show NAME", soft_wrap=True)
    table.add_row("all", *_row(total))
    console.print(table)


def _row(counts: Counter[str]) -> list[str]:
    checked = counts.total()
    score = f"{sum(counts[state] for state in _DETECTED) / checked:.1%}" if checked else "no mutants"
    return [*(str(counts[state]) for state in _STATES), score]


def _copy(package: Path, *, fresh: bool) -> Path:
    """Copy what mutmut needs of a package. Return the copy's folder, which also has the results of earlier runs."""
    copy = STATE / "mutation" / package.name
    if fresh:
        shutil.rmtree(copy, ignore_errors=True)
    for part in ("src", "tests"):
        for earlier in (copy / part, copy / "mutants" / "tests"):
            shutil.rmtree(earlier, ignore_errors=True)
        shutil.copytree(package / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    # The tests of `proof` read the published vectors, from their own file four folders up.
    shutil.copytree(ROOT / "docs" / "proof", copy.parent / "docs" / "proof", dirs_exist_ok=True)
    for name in _MUTATED:
        for module in copy.glob(f"src/*/{name}/**/*.py"):
            times = module.stat()
            module.write_text(_with_properties_as_methods(module.read_text()))
            # mutmut mutates again what is newer than its mutants.
            os.utime(module, ns=(times.st_atime_ns, times.st_mtime_ns))
    return copy


def _run_mutmut(copy: Path, only: list[str]) -> dict[str, str]:
    """Run mutmut in the copy of a package. Return the state of each mutant that was run."""
    undetected = [name for name, state in _results(copy).items() if state not in _DETECTED]
    _mutmut(copy, only)
    # mutmut repeats a mutant that has a result only if it is named.
    if not only and (repeated := [name for name in undetected if name in _results(copy)]):
        _mutmut(copy, repeated)
    return _results(copy)


def _mutmut(copy: Path, names: list[str]) -> None:
    if subprocess.run([sys.executable, "-m", "mutmut", "run", *names], cwd=copy, check=False).returncode:
        raise CloudError(f"mutmut failed in {copy}; see its output above.")


def _results(copy: Path) -> dict[str, str]:
    if not (copy / "mutants").exists():
        return {}
    lines = run([sys.executable, "-m", "mutmut", "results", "--all", "true"], folder=copy).splitlines()
    results = (line.strip().split(": ", 1) for line in lines if ": " in line)
    return {name: state for name, state in results if state != "not checked"}


class _PropertiesAsMethods(ast.NodeTransformer):
    """Turns `@property def x(self)` into `def _get_x(self)` and `x = property(_get_x)`."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef | list[ast.stmt]:
        match node.decorator_list:
            case [ast.Name(id="property" | "cached_property" as decorator)]:
                getter = f"_get_{node.name}"
                assignment = ast.parse(f"{node.name} = {decorator}({getter})").body
                node.name, node.decorator_list = getter, []
                return [node, *assignment]
        return node


def _with_properties_as_methods(source: str) -> str:
    """Return source whose properties mutmut changes too. It skips functions that have a decorator."""
    return ast.unparse(_PropertiesAsMethods().visit(ast.parse(source))) + "\n"


if __name__ == "__main__":
    typer.run(main)
