"""Run test suites: `python scripts/test.py [SUITE…]`; without a name, all of them and the checks.

The suites that need the deployed cloud are one pytest run that shares one cloud. The others run in parallel to it.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer
from rich.console import Console

from local_cloud.errors import CloudError, exit_on_error
from local_cloud.prerequisites import (
    CHROMIUM,
    FOR_THE_CONSOLE,
    TERRAFORM,
    Prerequisite,
    can_install_packages,
    require,
)
from quality.parallel import Command, ParallelRunner, print_summary
from repository import ROOT, STATE, packages

ON_THE_CLOUD = {
    "component": "tests/component",
    "system": "tests/system",
    "resilience": "tests/resilience",
    "browser": "tests/browser",
    "terraform": "terraform/tests",
}
SUITES = ("check", "unit", "contract", "web", *ON_THE_CLOUD)
WITH_THE_CONSOLE = {"check", "web", *ON_THE_CLOUD} - {"component"}

_PYTHON = sys.executable
_MAKE = ("make", "--no-print-directory", f"PYTHON={_PYTHON}")


def main(
    names: Annotated[list[str] | None, typer.Argument(help=", ".join(SUITES), metavar="SUITE")] = None,
) -> None:
    """Run suites, print their results, and exit with code 1 unless everything passed."""
    console = Console()
    suites = set(names or SUITES)
    with exit_on_error():
        if unknown := sorted(suites.difference(SUITES)):
            raise CloudError(f"No such suite: {', '.join(unknown)}. Suites: {', '.join(SUITES)}.")
        require(_prerequisites(suites))
    (STATE / "reports").mkdir(parents=True, exist_ok=True)
    runner, results = ParallelRunner(console), []
    if suites & WITH_THE_CONSOLE:
        # First of all: two suites use the dependencies at the same time.
        results = runner.run([[Command("console's dependencies", [*_MAKE, "-C", "web", "setup"])]])
    sequences = [commands for commands in (_on_the_cloud(suites), _without_cloud(suites)) if commands]
    if not print_summary(results + runner.run(sequences), console):
        raise typer.Exit(1)


def _prerequisites(suites: set[str]) -> list[Prerequisite]:
    needed: list[Prerequisite] = []
    if suites & {"check", *ON_THE_CLOUD}:
        needed.append(TERRAFORM)
    if suites & WITH_THE_CONSOLE:
        needed += FOR_THE_CONSOLE
    if "browser" in suites and not can_install_packages():
        needed.append(CHROMIUM)
    return needed


def _on_the_cloud(suites: set[str]) -> list[Command]:
    names = [name for name in ON_THE_CLOUD if name in suites]
    if not names:
        return []
    return [_pytest(" + ".join(names), *(ON_THE_CLOUD[name] for name in names), streamed=True)]


def _without_cloud(suites: set[str]) -> list[Command]:
    commands: list[Command] = []
    folders = [folder.relative_to(ROOT).as_posix() for folder in packages()]
    if "unit" in suites:
        commands += [_pytest(f"{folder} unit", f"{folder}/tests") for folder in folders]
        commands.append(_pytest("scripts unit", "scripts/tests"))
    if "contract" in suites:
        commands.append(_pytest("contract", "tests/contract"))
    if "web" in suites:
        commands.append(Command("console", [*_MAKE, "-C", "web", "test"]))
    if "check" in suites:
        commands += [
            Command("ruff format", [_PYTHON, "-m", "ruff", "format", "--check", "."]),
            Command("ruff check", [_PYTHON, "-m", "ruff", "check", "."]),
            Command(
                "types of scripts and harness",
                [_PYTHON, "-m", "mypy", "scripts", "tests/harness", "tests/engines"],
            ),
            *(Command(f"{folder} check", [*_MAKE, "-C", folder, "check"]) for folder in folders),
            Command("terraform fmt", ["terraform", "fmt", "-check", "-recursive", "terraform"]),
            Command("workflows", [*_MAKE, "workflows"]),
            Command("console check", [*_MAKE, "-C", "web", "check"]),
        ]
    return commands


def _pytest(name: str, *folders: str, streamed: bool = False) -> Command:
    report = STATE / "reports" / f"{name.replace('/', '-').replace(' ', '-')}.xml"
    report.unlink(missing_ok=True)
    flags = ["-p", "no:cacheprovider", f"--junitxml={report}"]
    # The header of a streamed run shows which engine serves what.
    flags += ["--color=yes" if os.isatty(1) else "--color=no"] if streamed else ["-q"]
    return Command(name, [_PYTHON, "-m", "pytest", *flags, *folders], streamed=streamed, report=report)


if __name__ == "__main__":
    typer.run(main)
