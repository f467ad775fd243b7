"""Run the test suites: `python scripts/test.py [SUITE…]`; all of them, and the checks, when none is named.

What needs the deployed cloud is one pytest run, so that one cloud serves it all; what does not runs beside it.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer
from rich.console import Console

from local_cloud.prerequisites import (
    CHROMIUM,
    FOR_THE_CONSOLE,
    TERRAFORM,
    Prerequisite,
    can_install_packages,
    require,
)
from quality.complaints import complaints
from quality.parallel import Command, Lanes
from quality.summary import tell
from repository import PACKAGES, ROOT, STATE

PYTHON = sys.executable
_MAKE_WEB = ("make", "--no-print-directory", "-C", "web")
ON_THE_CLOUD = {
    "component": "tests/component",
    "system": "tests/system",
    "resilience": "tests/resilience",
    "browser": "tests/browser",
    "terraform": "terraform/tests",
}
WITH_THE_CONSOLE = {"check", "web", *ON_THE_CLOUD} - {"component"}


def main(
    suites: Annotated[
        list[str] | None,
        typer.Argument(help="unit, contract, component, system, resilience, browser, terraform, web"),
    ] = None,
) -> None:
    """Run suites, print what came out of each, and exit 1 unless everything passed."""
    console = Console()
    known = {"check", "unit", "contract", "web", *ON_THE_CLOUD}
    wanted = set(suites or known)
    if unknown := sorted(wanted - known):
        console.print(f"[red]No such suite: {', '.join(unknown)}.[/] There are: {', '.join(sorted(known))}.")
        raise typer.Exit(2)
    with complaints():
        require(_prerequisites(wanted))
    (STATE / "reports").mkdir(parents=True, exist_ok=True)
    lanes = [lane for lane in (_on_the_cloud(wanted), _beside(wanted)) if lane]
    runner = Lanes(console)
    outcomes = []
    if wanted & WITH_THE_CONSOLE:
        # Before the lanes part: the cloud builds the console in one, its own tests run in the other.
        outcomes = runner.run([[Command("console's dependencies", [*_MAKE_WEB, "setup"], ROOT)]])
    if not tell(outcomes + runner.run(lanes), console):
        raise typer.Exit(1)


def _prerequisites(wanted: set[str]) -> list[Prerequisite]:
    """What has to be there before anything of `wanted` is begun: minutes later it would be hundreds of failures."""
    needed: list[Prerequisite] = []
    if wanted & {"check", *ON_THE_CLOUD}:
        needed.append(TERRAFORM)
    if wanted & WITH_THE_CONSOLE:
        needed += FOR_THE_CONSOLE
    if "browser" in wanted and not can_install_packages():
        needed.append(CHROMIUM)
    return needed


def _on_the_cloud(wanted: set[str]) -> list[Command]:
    folders = [folder for suite, folder in ON_THE_CLOUD.items() if suite in wanted]
    if not folders:
        return []
    names = " + ".join(suite for suite in ON_THE_CLOUD if suite in wanted)
    return [_pytest(names, folders, ".", streamed=True)]


def _beside(wanted: set[str]) -> list[Command]:
    commands: list[Command] = []
    if "unit" in wanted:
        commands += [_pytest(f"{name} unit", ["tests"], name) for name in PACKAGES]
        commands.append(_pytest("scripts unit", ["scripts/tests"], "."))
    if "contract" in wanted:
        commands.append(_pytest("contract", ["tests/contract"], "."))
    if "web" in wanted:
        commands.append(Command("console", [*_MAKE_WEB, "test"], ROOT))
    if "check" in wanted:
        commands.append(Command("check", [PYTHON, "scripts/check.py"], ROOT))
    return commands


def _pytest(name: str, folders: list[str], root: str, *, streamed: bool = False) -> Command:
    report = STATE / "reports" / f"{name.replace('/', '-').replace(' ', '-')}.xml"
    report.unlink(missing_ok=True)
    flags = ["-p", "no:cacheprovider", f"--junitxml={report}"]
    # Streamed, the header tells which engine carries what; else only a failure's output is shown.
    if not streamed:
        flags.append("-q")
    elif os.isatty(1):
        flags.append("--color=yes")
    arguments = [PYTHON, "-m", "pytest", *flags, *folders]
    return Command(name, arguments, ROOT / root, streamed=streamed, report=report)


if __name__ == "__main__":
    typer.run(main)
