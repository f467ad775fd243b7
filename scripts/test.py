"""Run test suites: `python scripts/test.py [SUITE…]`; without a name, all but the separate ones, and the checks.

make runs the suites in parallel, two at a time. Those that need the deployed cloud are one pytest run with several
workers: its tests mostly wait. tests/conftest.py says how they share the cloud.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections import Counter
from typing import Annotated
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import typer
from rich.console import Console
from rich.table import Table

from local_cloud.errors import CloudError, exit_on_error
from local_cloud.prerequisites import CHROMIUM, FOR_THE_CONSOLE, TERRAFORM, can_install_packages, require
from repository import ROOT, STATE

ON_THE_CLOUD = {
    "system": "tests/system",
    "resilience": "tests/resilience",
    "browser": "tests/browser",
    "attacks": "tests/attacks",
}
SUITES = (*ON_THE_CLOUD, "component", "terraform", "unit", "contract", "web", "check")
SEPARATE = {"attacks"}
"""Suites that run only when they are named: the attacks take 8 to 13 minutes, mostly waiting."""
REPORTS = STATE / "reports"
_OUTCOMES = ("passed", "failed", "skipped", "repeated")


def main(
    names: Annotated[list[str] | None, typer.Argument(help=", ".join(SUITES), metavar="SUITE")] = None,
) -> None:
    """Run suites, print their results, and exit with code 1 unless everything passed."""
    suites = [suite for suite in SUITES if suite in (names or set(SUITES) - SEPARATE)]
    with exit_on_error():
        if unknown := set(names or ()).difference(SUITES):
            raise CloudError(f"No such suite: {', '.join(unknown)}. Suites: {', '.join(SUITES)}.")
        _require_programs(set(suites))
    shutil.rmtree(REPORTS, ignore_errors=True)
    folders = [ON_THE_CLOUD[suite] for suite in suites if suite in ON_THE_CLOUD]
    targets = [f"run-{suite}" for suite in suites if suite not in ON_THE_CLOUD]
    if folders:
        targets.insert(0, "run-cloud")
    # First, and not by its target: make would start the others before the cloud, which takes the longest.
    is_set_up = not (folders or {"web", "check"} & set(suites)) or _make("web-setup")
    succeeded = _make(*targets, f"FOLDERS={' '.join(folders)}", f"REPORTS={REPORTS}")
    if not _print_summary(succeeded and is_set_up):
        raise typer.Exit(1)


def _require_programs(suites: set[str]) -> None:
    needed = [TERRAFORM] if suites - {"unit", "contract", "web"} else []
    if suites & {"check", "web", *ON_THE_CLOUD}:
        needed += FOR_THE_CONSOLE
    if "browser" in suites and not can_install_packages():
        needed.append(CHROMIUM)
    require(needed)


def _make(*arguments: str) -> bool:
    """Run make in its own session, so that an interrupt reaches each process once, from here."""
    command = ["make", "--no-print-directory", "--keep-going", "--jobs=2", *arguments]
    with subprocess.Popen(command, cwd=ROOT, start_new_session=True) as process:
        try:
            return process.wait() == 0
        except KeyboardInterrupt:
            os.killpg(process.pid, signal.SIGINT)
            process.wait()
            raise


def _print_summary(succeeded: bool) -> bool:
    """Print the counts of the JUnit reports. Return whether everything passed."""
    table, totals = Table("", *_OUTCOMES, "seconds"), Counter[str]()
    for report in sorted(REPORTS.glob("*.xml")):
        suite = next(ElementTree.parse(report).iter("testsuite"))  # noqa: S314 - our own file
        counts = _counts(suite)
        totals += counts
        row = (str(counts[outcome]) for outcome in _OUTCOMES)
        table.add_row(report.stem.removeprefix("run-"), *row, f"{float(suite.get('time', 0)):.0f}")
    if not succeeded and not totals["failed"]:
        totals["failed"] = 1  # a check, or pytest itself
    if not totals["passed"]:
        return succeeded  # checks only
    Console().print(table)
    print(", ".join(f"{totals[outcome]} {outcome}" for outcome in _OUTCOMES), flush=True)
    return succeeded


def _counts(suite: Element) -> Counter[str]:
    """Return the number of tests for each outcome, and how many were repeated: each attempt is a case of its own."""
    total, failed, errors, skipped = (
        int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")
    )
    return Counter(
        passed=total - failed - errors - skipped,
        failed=failed + errors,
        skipped=skipped,
        repeated=len(suite.findall("testcase")) - total,
    )


if __name__ == "__main__":
    typer.run(main)
