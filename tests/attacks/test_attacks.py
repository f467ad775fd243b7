"""Each attack is found by what docs/proof.md says, and by nothing that it doesn't say.

Workflows are attacked in place, one after the other, and repaired afterward. Reconciliation runs every minute and
repairs, too; an attack that it has undone in between is tried again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from attacks.attacker import Attacker, attacking
from attacks.expectations import LOG_ROWS, TABLE_ROWS, LogRow, TableRow, When
from attacks.inspection import (
    Verdict,
    browser_finds,
    evidence,
    expect_row,
    verification,
    verify_bundle,
    verify_log,
)
from attacks.laboratory import Laboratory, name_of, reconcile
from attacks.log_copies import LogCopy
from attacks.table_attacks import change_document, delete_document
from harness.console import Console
from local_cloud.people import Person
from local_cloud.running import RunningCloud
from local_cloud.waiting import wait_until

pytestmark = pytest.mark.xdist_group("attacks")

# What waits for the longest comes last.
_ORDER = tuple(When)
_ROWS = sorted(TABLE_ROWS, key=lambda row: _ORDER.index(row.when))
_ATTEMPTS = 3


@pytest.mark.parametrize("row", LOG_ROWS, ids=lambda row: row.attack.__name__)
def test_an_attack_on_the_log_is_found_in_a_copy_of_it(row: LogRow, log_copy: LogCopy, cloud: RunningCloud):
    expect_row(row, log_copy, cloud.outputs["log_vkey"])


def test_a_log_that_no_one_attacked_is_valid(log_copy: LogCopy, cloud: RunningCloud, tmp_path: Path):
    kept = tmp_path / "kept-checkpoint"
    kept.write_text(log_copy.old_note)
    verdict = verify_log(log_copy.folder, key=cloud.outputs["log_vkey"], checkpoint=kept)
    assert (verdict.is_valid, verdict.codes) == (True, frozenset())


def test_a_workflow_that_no_one_attacked_is_valid(
    laboratory: Laboratory, auditor: Person, console: Console, cloud: RunningCloud, tmp_path: Path
):
    workflow_id = laboratory.bystander.workflow_id
    assert verification(auditor, workflow_id) == Verdict(True, frozenset())
    bundle = verify_bundle(evidence(auditor, workflow_id, tmp_path), cloud.outputs["log_vkey"])
    assert bundle == Verdict(True, frozenset())
    assert not browser_finds(console, workflow_id)


@pytest.mark.parametrize("row", _ROWS, ids=name_of)
def test_an_attack_on_a_workflow_is_found(
    row: TableRow,
    laboratory: Laboratory,
    auditor: Person,
    console: Console,
    cloud: RunningCloud,
    tmp_path: Path,
):
    if row.when in (When.SET_BACK, When.AFTER_FIVE_MINUTES):
        laboratory.wait_until_nothing_is_in_flight()
        auditor = cloud.sign_in("auditor")
    for _ in range(_ATTEMPTS):
        with _attack(row, laboratory, cloud) as (attacker, workflow_id):
            api = verification(auditor, workflow_id)
            files = evidence(auditor, workflow_id, tmp_path)
            in_browser = browser_finds(console, workflow_id) if _has_page(row) else False
            if attacker.is_in_place:
                break
    else:
        pytest.fail("Reconciliation undid the attack each time.")
    bundle = verify_bundle(files, cloud.outputs["log_vkey"])
    assert api.shows(row.api), api
    assert bundle.shows(row.bundle), bundle
    assert in_browser is row.browser


def test_after_the_attacks_the_workflows_are_valid_again(laboratory: Laboratory, auditor: Person):
    for row in TABLE_ROWS:
        if not row.is_early and row.attacker != "a":
            verdict = verification(auditor, laboratory.victims[name_of(row)].workflow_id)
            assert verdict == Verdict(True, frozenset()), name_of(row)


@pytest.mark.parametrize("attack", [delete_document, change_document], ids=lambda attack: attack.__name__)
def test_a_changed_index_is_repaired_by_reconciliation(attack, laboratory: Laboratory, cloud: RunningCloud):
    victim = laboratory.bystander
    with attacking(cloud) as attacker:
        documents = _documents(attacker, laboratory)
        attack(attacker, victim, victim)
        assert _documents(attacker, laboratory) != documents
        reconcile(cloud)
        wait_until(lambda: _documents(attacker, laboratory) == documents, timeout=90, interval=1)


def _documents(attacker: Attacker, laboratory: Laboratory) -> list[object]:
    records = laboratory.bystander.records(attacker)
    return [attacker.find_document(record["datasetId"]["S"]) for record in records]


@contextmanager
def _attack(row: TableRow, laboratory: Laboratory, cloud: RunningCloud) -> Iterator[tuple[Attacker, str]]:
    """Attack the row's victim. Yield the attacker, and the id of the workflow that shows it."""
    victim = laboratory.victims[name_of(row)]
    if name_of(row) in laboratory.early:
        yield laboratory.early[name_of(row)], victim.workflow_id
    else:
        with attacking(cloud) as attacker:
            yield attacker, row.attack(attacker, victim, laboratory.bystander)


def _has_page(row: TableRow) -> bool:
    return name_of(row) != "send_invented_workflow"
