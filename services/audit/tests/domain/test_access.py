"""Who may read which record."""

import dataclasses

import pytest

from audit_service.domain.access import may_read_record, participants_for
from audit_service.domain.errors import UnreadableRecordError

from ..builders import APPROVER, REQUESTER, STRANGER, caller, make_draft, make_record

BOTH = (f"user:{REQUESTER}", f"user:{APPROVER}")


@pytest.mark.parametrize("group", ["admins", "auditors"])
def test_admins_and_auditors_read_every_record(group: str):
    for record in (make_record(participants=()), make_draft(), dataclasses.replace(make_record(), sealed="")):
        assert may_read_record(caller(STRANGER, group), record)


def test_participants_read_a_record_that_names_them_or_one_of_their_groups():
    assert may_read_record(caller(APPROVER), make_record(participants=BOTH))
    assert may_read_record(caller(STRANGER, "finance"), make_record(participants=("group:finance",)))
    assert not may_read_record(caller(STRANGER, "sales"), make_record(participants=("group:finance",)))


def test_participants_of_the_workflow_read_an_earlier_record_that_does_not_name_them():
    earlier = make_record(participants=(f"user:{REQUESTER}",))
    assert not may_read_record(caller(APPROVER), earlier)
    assert may_read_record(caller(APPROVER), earlier, BOTH)


def test_only_the_owner_reads_a_draft_whatever_its_participants_are():
    draft = make_draft(participants=BOTH)
    assert may_read_record(caller(REQUESTER), draft)
    assert not may_read_record(caller(APPROVER), draft)
    assert not may_read_record(caller(APPROVER), draft, BOTH)


def test_a_damaged_record_does_not_show_who_may_read_it():
    with pytest.raises(UnreadableRecordError):
        may_read_record(caller(REQUESTER), dataclasses.replace(make_record(), sealed="{"), BOTH)


def test_the_newest_record_names_the_participants():
    records = [make_record(2, participants=BOTH), make_record(1, participants=("user:first",))]
    assert participants_for(caller(APPROVER), records) == BOTH
    assert participants_for(caller(APPROVER), records[::-1]) == ("user:first",)


def test_another_users_draft_is_passed_over_and_the_own_one_is_not():
    records = [make_draft(2), make_record(1, participants=BOTH)]
    assert participants_for(caller(APPROVER), records) == BOTH
    assert participants_for(caller(REQUESTER), records) == (f"user:{REQUESTER}",)


def test_a_damaged_record_is_passed_over():
    damaged = dataclasses.replace(make_record(2), sealed="{")
    assert participants_for(caller(APPROVER), [damaged, make_record(1, participants=BOTH)]) == BOTH
    assert participants_for(caller(APPROVER), [damaged]) == ()
