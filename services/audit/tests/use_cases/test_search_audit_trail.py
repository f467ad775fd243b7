"""Searching: in the search's order, nothing dropped in silence, nothing shown to a stranger."""

import dataclasses

from countersign_common.caller import Caller

from audit_service.domain.search import Filters
from audit_service.use_cases.search_audit_trail import PAGE_BYTES, search_audit_trail

from ..builders import APPROVER, OTHER_WORKFLOW, REQUESTER, STRANGER, WORKFLOW, a_chain, a_record
from ..fakes import FakeIndex, FakeRecords, position_of

AUDITOR = Caller("user-auditor", "Ada", "auditor@example.com", frozenset({"auditors"}))


def test_records_come_newest_first_whatever_order_the_store_gives_them_in():
    chain = a_chain(5)
    page = _search(AUDITOR, chain)
    assert list(page.records) == chain[::-1]
    assert page.after is None


def test_pages_follow_each_other_without_gap_or_repetition():
    chain = a_chain(5)
    seen, after = [], None
    for _ in range(3):
        page = _search(AUDITOR, chain, after=after, limit=2)
        seen += page.records
        after = page.after
    assert seen == chain[::-1]
    assert after is None


def test_the_last_page_is_known_to_be_the_last_even_when_it_is_full():
    page = _search(AUDITOR, a_chain(4), limit=4)
    assert len(page.records) == 4
    assert page.after is None


def test_a_record_that_the_store_lacks_is_reported_and_not_dropped():
    chain = a_chain(3)
    page = search_audit_trail(
        Filters(),
        AUDITOR,
        after=None,
        limit=10,
        records=FakeRecords(chain[0], chain[2]),
        index=FakeIndex(*chain),
    )
    assert list(page.records) == [chain[2], chain[0]]
    assert list(page.missing) == [chain[1].dataset_id]


def test_a_record_that_was_destroyed_in_the_store_is_reported_and_the_others_are_shown():
    chain = a_chain(2)
    destroyed = dataclasses.replace(chain[0], sealed="{")
    page = search_audit_trail(
        Filters(),
        AUDITOR,
        after=None,
        limit=10,
        records=FakeRecords(destroyed, chain[1]),
        index=FakeIndex(*chain),
    )
    assert list(page.records) == [chain[1]]
    assert list(page.missing) == [chain[0].dataset_id]


def test_a_page_ends_early_before_it_outgrows_an_answer_and_the_next_goes_on_there():
    large = {"after": {"text": "x" * 380_000}}
    chain = a_chain(15, content=large)
    first = _search(AUDITOR, chain, limit=15)
    assert len(first.records) == PAGE_BYTES // chain[0].size == 11
    assert first.after == position_of(first.records[-1])
    second = _search(AUDITOR, chain, after=first.after, limit=15)
    assert [*first.records, *second.records] == chain[::-1]
    assert second.after is None


def test_who_takes_part_in_a_workflow_finds_its_records_those_before_his_part_included():
    alone = a_record(1)
    asked = a_record(2, previous_hash=alone.hash, participants=(f"user:{REQUESTER}", f"user:{APPROVER}"))
    foreign = a_record(3, workflow_id=OTHER_WORKFLOW)
    everything = [alone, asked, foreign]
    assert list(_search(_user(APPROVER), everything).records) == [asked, alone]
    named = _search(_user(APPROVER), everything, Filters(workflow_id=WORKFLOW))
    assert list(named.records) == [asked, alone]


def test_a_group_takes_part_as_a_user_does():
    chain = a_chain(2, participants=("group:approvers",))
    assert len(_search(_user(STRANGER, "approvers"), chain).records) == 2


def test_a_stranger_finds_nothing_and_the_engine_is_not_even_asked():
    chain = a_chain(3)
    for filters in (Filters(), Filters(workflow_id=WORKFLOW), Filters(workflow_id=OTHER_WORKFLOW)):
        index = FakeIndex(*chain)
        page = search_audit_trail(
            filters, _user(STRANGER), after=None, limit=10, records=FakeRecords(*chain), index=index
        )
        assert (list(page.records), list(page.missing), page.after) == ([], [], None)
        assert index.searched == []


def test_only_the_workflows_that_one_takes_part_in_are_searched():
    index = FakeIndex(*a_chain(1), a_record(2, workflow_id=OTHER_WORKFLOW, participants=("user:b",)))
    search_audit_trail(
        Filters(scheme="expense"), _user(REQUESTER), after=None, limit=10, records=FakeRecords(), index=index
    )
    assert index.searched == [(Filters(scheme="expense"), [WORKFLOW])]


def _search(by, stored, filters=None, *, after=None, limit=10):
    return search_audit_trail(
        filters or Filters(),
        by,
        after=after,
        limit=limit,
        records=FakeRecords(*stored),
        index=FakeIndex(*stored),
    )


def _user(user_id, *groups):
    return Caller(user_id, user_id, f"{user_id}@example.com", frozenset(groups))
