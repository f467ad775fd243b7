"""Verifying a workflow's chain."""

import dataclasses
from typing import Any

import pytest
from countersign_common.errors import NotFoundError
from countersign_common.proof.commitment import CommitmentOpening

from audit_service.use_cases.verify_workflow import VerifyWorkflow

from ..builders import APPROVER, OTHER_WORKFLOW, REQUESTER, STRANGER, WORKFLOW, caller, make_chain, make_draft
from ..fakes import FakeRepository

AUDITOR = caller("ada", "auditors")
ALONE = (f"user:{REQUESTER}",)
BOTH = (f"user:{REQUESTER}", f"user:{APPROVER}")


def test_a_whole_chain_is_intact_and_has_the_hash_of_its_newest_record():
    chain = make_chain(4)
    verdict = VerifyWorkflow(FakeRepository(*chain))(WORKFLOW, caller(REQUESTER))
    assert verdict.is_intact
    assert (verdict.events, verdict.head_hash) == (4, chain[-1].hash)


def test_a_chain_with_erased_parts_is_intact():
    erased = [dataclasses.replace(each, person=None, content=None) for each in make_chain(3)]
    assert VerifyWorkflow(FakeRepository(*erased))(WORKFLOW, caller(REQUESTER)).is_intact


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"sealed": "{"}, ["missing", "unreadable"]),
        ({"hash": "0" * 64}, ["hash-mismatch"]),
        ({"content": CommitmentOpening(bytes(32), '{"title":"Buy a yacht"}')}, ["content-mismatch"]),
        ({"person": CommitmentOpening(b"", "{}")}, ["person-mismatch"]),
    ],
)
@pytest.mark.parametrize("actor", [AUDITOR, caller(REQUESTER)], ids=["auditor", "participant"])
def test_a_changed_record_is_a_finding(change: dict[str, Any], codes: list[str], actor: Any):
    chain = make_chain(3)
    records = FakeRepository(*chain)
    records.damage(dataclasses.replace(chain[1], **change))
    verdict = VerifyWorkflow(records)(WORKFLOW, actor)
    assert not verdict.is_intact
    assert sorted(finding.code for finding in verdict.findings) == codes


def test_a_removed_record_is_missing():
    first, _, third = make_chain(3)
    verdict = VerifyWorkflow(FakeRepository(first, third))(WORKFLOW, caller(REQUESTER))
    assert [(finding.sequence, finding.code) for finding in verdict.findings] == [(2, "missing")]


def test_a_chain_is_verified_for_the_participants_of_its_newest_record():
    first, second = make_chain(2)
    later = dataclasses.replace(make_chain(2, participants=BOTH)[1])
    earlier = make_chain(1, participants=ALONE)[0]
    assert VerifyWorkflow(FakeRepository(earlier, later))(WORKFLOW, caller(APPROVER)).events == 2
    alone = make_chain(2, participants=ALONE)[1]
    with pytest.raises(NotFoundError):
        VerifyWorkflow(FakeRepository(first, alone))(WORKFLOW, caller(APPROVER))
    assert second.event.participants == BOTH


def test_participants_verify_a_chain_that_ends_with_a_draft():
    request = make_chain(1, participants=BOTH)[0]
    draft = make_draft(2, previous_hash=request.hash)
    for user in (REQUESTER, APPROVER):
        assert VerifyWorkflow(FakeRepository(request, draft))(WORKFLOW, caller(user)).is_intact
    with pytest.raises(NotFoundError):
        VerifyWorkflow(FakeRepository(draft))(WORKFLOW, caller(APPROVER))


def test_a_workflow_that_the_caller_may_not_read_looks_like_no_workflow():
    for workflow_id in (WORKFLOW, OTHER_WORKFLOW):
        with pytest.raises(NotFoundError):
            VerifyWorkflow(FakeRepository(*make_chain(2)))(workflow_id, caller(STRANGER))


@pytest.mark.parametrize("group", ["admins", "auditors"])
def test_admins_and_auditors_verify_any_workflow(group: str):
    chain = make_chain(2, participants=ALONE)
    assert VerifyWorkflow(FakeRepository(*chain))(WORKFLOW, caller(STRANGER, group)).is_intact
    with pytest.raises(NotFoundError):
        VerifyWorkflow(FakeRepository())(WORKFLOW, caller(STRANGER, group))
