"""Getting one record."""

import dataclasses

import pytest
from countersign_common.errors import NotFoundError

from audit_service.domain.errors import UnreadableRecordError
from audit_service.use_cases.get_record import GetRecord

from ..builders import (
    APPROVER,
    REQUESTER,
    STRANGER,
    caller,
    make_draft,
    make_erasure,
    make_record,
)
from ..fakes import FakeRepository
from ..log_fakes import FakeLog

FIRST = make_record(1, participants=(f"user:{REQUESTER}",))
LATER = make_record(2, participants=(f"user:{REQUESTER}", f"user:{APPROVER}"))


@pytest.mark.parametrize("user", [REQUESTER, APPROVER])
def test_participants_get_every_record_of_the_workflow(user: str):
    get_record = GetRecord(FakeRepository(FIRST, LATER), FakeLog())
    assert get_record(FIRST.dataset_id, caller(user)).record is FIRST
    assert get_record(LATER.dataset_id, caller(user)).record is LATER


@pytest.mark.parametrize("group", ["admins", "auditors"])
def test_admins_and_auditors_get_any_record(group: str):
    for record in (FIRST, make_draft()):
        assert (
            GetRecord(FakeRepository(record), FakeLog())(record.dataset_id, caller(STRANGER, group)).record
            is record
        )


def test_a_record_that_the_caller_may_not_read_looks_like_no_record():
    messages = set()
    for records in (FakeRepository(FIRST, LATER), FakeRepository()):
        with pytest.raises(NotFoundError) as error:
            GetRecord(records, FakeLog())(FIRST.dataset_id, caller(STRANGER))
        messages.add(str(error.value))
    assert len(messages) == 1


def test_a_user_who_is_not_yet_a_participant_gets_nothing():
    with pytest.raises(NotFoundError):
        GetRecord(FakeRepository(FIRST), FakeLog())(FIRST.dataset_id, caller(APPROVER))


def test_a_draft_is_for_its_owner_only():
    draft = make_draft(1)
    get_record = GetRecord(FakeRepository(draft, LATER), FakeLog())
    assert get_record(draft.dataset_id, caller(REQUESTER)).record is draft
    with pytest.raises(NotFoundError):
        get_record(draft.dataset_id, caller(APPROVER))


def test_an_event_without_a_workflow_is_for_its_participants():
    record = make_record(
        has_workflow=False, target={"type": "scheme", "id": "expense"}, participants=("group:finance",)
    )
    get_record = GetRecord(FakeRepository(record), FakeLog())
    assert get_record(record.dataset_id, caller(STRANGER, "finance")).record is record
    with pytest.raises(NotFoundError):
        get_record(record.dataset_id, caller(STRANGER))


def test_a_damaged_part_is_an_error_for_those_who_may_read_the_record():
    damaged = dataclasses.replace(LATER, content=dataclasses.replace(LATER.content, value="{"))
    get_record = GetRecord(FakeRepository(damaged), FakeLog())
    with pytest.raises(UnreadableRecordError, match=damaged.dataset_id):
        get_record(damaged.dataset_id, caller(APPROVER))
    with pytest.raises(NotFoundError):
        get_record(damaged.dataset_id, caller(STRANGER))


def test_a_damaged_sealed_text_is_an_error_for_auditors_and_hidden_from_others():
    damaged = dataclasses.replace(LATER, sealed="{")
    get_record = GetRecord(FakeRepository(damaged), FakeLog())
    with pytest.raises(UnreadableRecordError, match=damaged.dataset_id):
        get_record(damaged.dataset_id, caller(STRANGER, "auditors"))
    with pytest.raises(NotFoundError):
        get_record(damaged.dataset_id, caller(APPROVER))


def test_a_record_says_which_erasure_names_the_parts_that_it_lacks():
    erased = dataclasses.replace(LATER, person=None, content=None)
    first = make_erasure(10, {FIRST.dataset_id: ["content"], LATER.dataset_id: ["person"]})
    second = make_erasure(11, {LATER.dataset_id: ["person", "content"]})
    log = FakeLog()
    log.erasures[LATER.dataset_id] = [second.dataset_id, first.dataset_id]
    get_record = GetRecord(FakeRepository(FIRST, erased, first, second), log)
    found = get_record(LATER.dataset_id, caller(APPROVER))
    assert found.erased == {"person": first.dataset_id, "content": second.dataset_id}
    log.erasures[LATER.dataset_id] = [first.dataset_id]
    assert get_record(LATER.dataset_id, caller(APPROVER)).erased == {"person": first.dataset_id}


def test_a_part_that_is_there_is_not_erased_whatever_an_event_says():
    erased = dataclasses.replace(LATER, person=None)
    event = make_erasure(10, {LATER.dataset_id: ["person", "content"]})
    log = FakeLog()
    log.erasures[LATER.dataset_id] = [event.dataset_id]
    found = GetRecord(FakeRepository(erased, event), log)(LATER.dataset_id, caller(APPROVER))
    assert found.erased == {"person": event.dataset_id}


def test_a_record_of_something_else_does_not_erase():
    erased = dataclasses.replace(LATER, content=None)
    log = FakeLog()
    log.erasures[LATER.dataset_id] = [FIRST.dataset_id]
    assert GetRecord(FakeRepository(FIRST, erased), log)(LATER.dataset_id, caller(APPROVER)).erased == {}


def test_a_complete_record_costs_no_more_reads():
    class Log(FakeLog):
        def erasures_of(self, dataset_id: str) -> list[str]:
            raise AssertionError("not needed")

    assert GetRecord(FakeRepository(FIRST), Log())(FIRST.dataset_id, caller(REQUESTER)).erased == {}
