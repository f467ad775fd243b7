"""The sum of a run: a table, and a last line that counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from rich.console import Console
from rich.table import Table

from quality.parallel import Outcome


@dataclass(frozen=True)
class Counts:
    """How many tests of a suite came out how."""

    passed: int
    failed: int
    skipped: int


def counts_of(outcome: Outcome) -> Counts:
    """The tests in a command's JUnit report; a command without one counts as a single test."""
    report = outcome.command.report
    if report is None or not report.exists():
        return Counts(int(outcome.exit_code == 0), int(outcome.exit_code != 0), 0)
    tests = failed = skipped = 0
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):  # noqa: S314 - our own file
        tests += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
    if outcome.exit_code != 0 and not failed:
        failed, tests = 1, tests + 1  # the run itself failed: nothing collected, or it was ended
    return Counts(tests - failed - skipped, failed, skipped)


def tell(outcomes: Sequence[Outcome], console: Console) -> bool:
    """Print the table and the closing line; answers whether everything passed."""
    table = Table("", "passed", "failed", "skipped", "seconds")
    counts = [counts_of(outcome) for outcome in outcomes]
    for outcome, count in zip(outcomes, counts, strict=True):
        style = "red" if count.failed else None
        numbers = (str(count.passed), str(count.failed), str(count.skipped), f"{outcome.seconds:.0f}")
        table.add_row(outcome.command.name, *numbers, style=style)
    console.print(table)
    passed, failed = sum(c.passed for c in counts), sum(c.failed for c in counts)
    skipped = sum(c.skipped for c in counts)
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return failed == 0
