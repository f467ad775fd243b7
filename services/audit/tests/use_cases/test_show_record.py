"""Showing one record."""

import pytest
from countersign_common.caller import Caller

from audit_service.use_cases.show_record import NoSuchRecord, show_record

from ..builders import APPROVER, REQUESTER, STRANGER, a_record
from ..fakes import FakeRecords

ALONE = a_record(1)
ASKED = a_record(2, participants=(f"user:{REQUESTER}", f"user:{APPROVER}"))


@pytest.mark.parametrize("user", [REQUESTER, APPROVER])
def test_who_takes_part_sees_every_record_of_the_workflow(user):
    assert show_record(ALONE.dataset_id, _user(user), records=FakeRecords(ALONE, ASKED)) is ALONE
    assert show_record(ASKED.dataset_id, _user(user), records=FakeRecords(ALONE, ASKED)) is ASKED


def test_an_auditor_sees_any():
    assert show_record(ALONE.dataset_id, _user(STRANGER, "auditors"), records=FakeRecords(ALONE)) is ALONE


def test_a_stranger_cannot_tell_a_foreign_record_from_none():
    foreign, absent = FakeRecords(ALONE, ASKED), FakeRecords()
    messages = set()
    for records in (foreign, absent):
        with pytest.raises(NoSuchRecord) as refused:
            show_record(ALONE.dataset_id, _user(STRANGER), records=records)
        messages.add(str(refused.value))
    assert len(messages) == 1


def test_a_part_that_somebody_has_yet_to_get_gives_him_nothing():
    with pytest.raises(NoSuchRecord):
        show_record(ALONE.dataset_id, _user(APPROVER), records=FakeRecords(ALONE))


def _user(user_id, *groups):
    return Caller(user_id, user_id, f"{user_id}@example.com", frozenset(groups))
