"""Verifying a workflow's chain."""

import dataclasses

import pytest
from countersign_common.caller import Caller

from audit_service.domain.audit_record import Opening
from audit_service.use_cases.verify_workflow import NoSuchWorkflow, verify_workflow

from ..builders import OTHER_WORKFLOW, REQUESTER, STRANGER, WORKFLOW, a_chain
from ..fakes import FakeRecords

REQUESTING = Caller(REQUESTER, "Rita", "requester@example.com")


class KeyedRecords(FakeRecords):
    """A store whose index has the keys that were written, whatever became of the texts."""

    def all_of(self, workflow_id):
        return list(self.stored.values())


def test_a_whole_chain_is_intact_and_its_head_is_named():
    chain = a_chain(4)
    done = verify_workflow(WORKFLOW, REQUESTING, records=FakeRecords(*chain))
    assert done.found.intact
    assert (done.found.events, done.found.head_hash) == (4, chain[-1].hash)


def test_erasing_person_and_content_leaves_it_intact():
    erased = [dataclasses.replace(each, person=None, content=None) for each in a_chain(3)]
    assert verify_workflow(WORKFLOW, REQUESTING, records=FakeRecords(*erased)).found.intact


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({"sealed": "{"}, ["missing", "unreadable"]),
        ({"hash": "0" * 64}, ["hash-mismatch"]),
        ({"content": Opening("AAAA", '{"title":"Buy a yacht"}')}, ["content-mismatch"]),
        ({"person": Opening("not base64 at all", "{}")}, ["person-mismatch"]),
    ],
)
def test_what_was_changed_in_the_store_breaks_it_where_it_was_changed(change, reasons):
    first, second, third = a_chain(3)
    records = KeyedRecords(first, dataclasses.replace(second, **change), third)
    found = verify_workflow(WORKFLOW, REQUESTING, records=records).found
    assert not found.intact
    assert sorted(each.reason for each in found.breaks) == reasons


def test_a_record_that_was_taken_out_is_missing():
    first, _, third = a_chain(3)
    found = verify_workflow(WORKFLOW, REQUESTING, records=FakeRecords(first, third)).found
    assert [(each.sequence, each.reason) for each in found.breaks] == [(2, "missing")]


def test_a_stranger_cannot_tell_a_foreign_workflow_from_none():
    stranger = Caller(STRANGER, "Sam", "stranger@example.com")
    for workflow_id in (WORKFLOW, OTHER_WORKFLOW):
        with pytest.raises(NoSuchWorkflow):
            verify_workflow(workflow_id, stranger, records=FakeRecords(*a_chain(2)))


def test_an_auditor_verifies_any():
    auditor = Caller("ada", "Ada", "auditor@example.com", frozenset({"auditors"}))
    assert verify_workflow(WORKFLOW, auditor, records=FakeRecords(*a_chain(2))).found.intact
