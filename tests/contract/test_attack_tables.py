"""docs/proof.md shows what the attack suite tests."""

from attacks.expectations import ATTACKERS, TABLE_ROWS
from attacks.table import PAGE, page_with_tables


def test_the_tables_are_current():
    """If it fails, run `PYTHONPATH=tests:scripts .venv/bin/python tests/attacks/table.py`."""
    assert page_with_tables(PAGE.read_text()) == PAGE.read_text()


def test_every_attacker_attacks():
    assert {row.attacker for row in TABLE_ROWS} == set(ATTACKERS)
