"""The tables of docs/proof.md, from the expectations.

`PYTHONPATH=tests:scripts .venv/bin/python tests/attacks/table.py` writes them into the page.
"""

from collections.abc import Iterable

from attacks.expectations import ATTACKERS, LOG_ROWS, TABLE_ROWS, LogRow, TableRow, When
from repository import ROOT

PAGE = ROOT / "docs" / "proof.md"
_MARKERS = {
    name: (f"<!-- {name}: begin -->", f"<!-- {name}: end -->") for name in ("attackers", "workflows", "log")
}


def page_with_tables(page: str) -> str:
    """Return the page with current tables between its markers."""
    tables = {
        "attackers": _table(("Attacker", ""), ((f"({key})", text) for key, text in ATTACKERS.items())),
        "workflows": _table(
            ("Attack", "By", "API", "Verifier, with the bundle and the key", "Browser", "Remarks"),
            (_workflow_cells(row) for row in TABLE_ROWS),
        ),
        "log": _table(
            ("Attack", "Nothing else", "The key", "The key and a kept checkpoint", "API", "Remarks"),
            (_log_cells(row) for row in LOG_ROWS),
        ),
    }
    for name, (begin, end) in _MARKERS.items():
        before, _, rest = page.partition(begin)
        _, _, after = rest.partition(end)
        page = f"{before}{begin}\n{tables[name]}\n{end}{after}"
    return page


def _workflow_cells(row: TableRow) -> tuple[str, ...]:
    browser = "yes" if row.browser else "no"
    remark = " ".join(filter(None, (_delay(row.when), row.remark)))
    return row.title, f"({row.attacker})", _codes(row.api), _codes(row.bundle), browser, remark


def _log_cells(row: LogRow) -> tuple[str, ...]:
    found = (_codes(each) for each in (row.with_files, row.with_key, row.with_checkpoint, row.api))
    return row.title, *found, row.remark


def _codes(codes: frozenset[str]) -> str:
    return ", ".join(f"`{code}`" for code in sorted(codes)) or "no"


def _delay(when: When) -> str:
    match when:
        case When.SET_BACK:
            return "Found when a manifest next attests the workflow; in the browser five minutes after its last event."
        case When.BEFORE_THE_MANIFEST:
            return "Found when a manifest next attests the workflow."
        case When.AFTER_FIVE_MINUTES:
            return "Within five minutes of the event, it counts as on its way."
        case When.SEALED:
            return ""


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (header, ("---",) * len(header), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page_with_tables(PAGE.read_text()))
