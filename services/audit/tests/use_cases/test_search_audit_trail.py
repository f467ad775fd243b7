"""Searching the audit trail."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from countersign_common.actors import Actor

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.search import Filters, Position, SearchPage, SearchScope
from audit_service.use_cases.search_audit_trail import PAGE_BYTES, SearchAuditTrail

from ..builders import (
    APPROVER,
    OTHER_WORKFLOW,
    REQUESTER,
    STRANGER,
    WORKFLOW,
    caller,
    make_chain,
    make_draft,
    make_erasure,
    make_record,
    position_of,
)
from ..fakes import FakeIndex, FakeRepository
from ..log_fakes import FakeLog

AUDITOR = caller("ada", "auditors")
IN_WORKFLOW = Filters(workflow_id=WORKFLOW)
ALONE = (f"user:{REQUESTER}",)
BOTH = (f"user:{REQUESTER}", f"user:{APPROVER}")


def search(
    actor: Actor,
    stored: list[AuditRecord],
    filters: Filters | None = None,
    *,
    after: Position | None = None,
    limit: int = 10,
    index: FakeIndex | None = None,
    log: FakeLog | None = None,
) -> SearchPage:
    index = index or FakeIndex(*stored)
    return SearchAuditTrail(FakeRepository(*stored), index, log or FakeLog())(
        filters or Filters(), actor, after=after, limit=limit
    )


def test_records_are_newest_first_whatever_the_order_of_the_store():
    chain = make_chain(5)
    page = search(AUDITOR, chain)
    assert list(page.items) == chain[::-1]
    assert page.next_position is None


def test_pages_follow_each_other_without_gap_or_repetition():
    chain = make_chain(5)
    seen: list[AuditRecord] = []
    after = None
    for _ in range(3):
        page = search(AUDITOR, chain, after=after, limit=2)
        seen += page.items
        after = page.next_position
    assert seen == chain[::-1]
    assert after is None


def test_a_full_last_page_is_known_to_be_the_last():
    page = search(AUDITOR, make_chain(4), limit=4)
    assert len(page.items) == 4
    assert page.next_position is None


def test_the_index_finds_one_record_more_than_a_page_has():
    index = FakeIndex(*make_chain(5))
    search(AUDITOR, make_chain(5), limit=2, index=index)
    assert index.limits == [3]


def test_a_search_that_finds_nothing_reads_no_records():
    class Records(FakeRepository):
        def get_many(self, dataset_ids: Sequence[str]) -> Mapping[str, AuditRecord]:
            raise AssertionError("read")

    page = SearchAuditTrail(Records(), FakeIndex(), FakeLog())(Filters(), AUDITOR, after=None, limit=10)
    assert (list(page.items), list(page.missing), page.next_position) == ([], [], None)


def test_a_record_that_is_missing_from_the_store_is_listed_as_missing():
    chain = make_chain(3)
    page = search(AUDITOR, [chain[0], chain[2]], index=FakeIndex(*chain))
    assert list(page.items) == [chain[2], chain[0]]
    assert list(page.missing) == [chain[1].dataset_id]


def test_a_damaged_record_is_listed_as_missing_and_the_others_are_shown():
    chain = make_chain(3)
    for damage in ({"sealed": "{"}, {"content": dataclasses.replace(chain[1].content, value="")}):
        damaged = dataclasses.replace(chain[1], **damage)
        for actor in (AUDITOR, caller(REQUESTER)):
            page = search(actor, [chain[0], damaged, chain[2]], index=FakeIndex(*chain))
            assert list(page.items) == [chain[2], chain[0]]
            assert list(page.missing) == [chain[1].dataset_id]


def test_the_data_of_records_does_not_make_a_page_shorter():
    chain = make_chain(20, content={"after": {"text": "x" * 380_000}})
    page = search(AUDITOR, chain, limit=20)
    assert list(page.items) == chain[::-1]
    assert page.next_position is None


def test_a_page_ends_before_it_is_too_large_for_a_response_and_the_next_continues_there():
    # No event has a comment of this size. Many participants make a sealed text large, too.
    chain = make_chain(20, content={"comment": "x" * 380_000})
    first = search(AUDITOR, chain, limit=20)
    assert len(first.items) == PAGE_BYTES // chain[0].summary_size == 14
    assert first.next_position == position_of(first.items[-1])
    second = search(AUDITOR, chain, after=first.next_position, limit=20)
    assert [*first.items, *second.items] == chain[::-1]
    assert second.next_position is None


def test_a_page_has_as_many_records_as_fit_in_a_response_to_the_byte(monkeypatch: Any):
    chain = make_chain(3)
    fits = chain[2].summary_size + chain[1].summary_size
    for page_bytes, expected in ((fits, 2), (fits - 1, 1)):
        monkeypatch.setattr("audit_service.use_cases.search_audit_trail.PAGE_BYTES", page_bytes)
        assert len(search(AUDITOR, chain).items) == expected


def test_a_page_that_ends_early_lists_the_missing_records_before_its_end(monkeypatch: Any):
    chain = make_chain(5)
    monkeypatch.setattr("audit_service.use_cases.search_audit_trail.PAGE_BYTES", chain[0].summary_size)
    page = search(AUDITOR, [*chain[:3], chain[4]], index=FakeIndex(*chain))
    assert list(page.items) == [chain[4]]
    assert list(page.missing) == [chain[3].dataset_id]
    assert page.next_position == position_of(chain[3])


def test_quotes_that_a_response_escapes_make_a_page_shorter():
    plain = make_chain(20, content={"comment": "x" * 190_000})
    quoted = make_chain(20, content={"comment": '"' * 95_000})
    assert abs(plain[0].size - quoted[0].size) < 10
    assert len(search(AUDITOR, quoted, limit=20).items) < len(search(AUDITOR, plain, limit=20).items)


def test_a_record_larger_than_a_page_is_shown_alone(monkeypatch: Any):
    monkeypatch.setattr("audit_service.use_cases.search_audit_trail.PAGE_BYTES", 10)
    page = search(AUDITOR, make_chain(2))
    assert len(page.items) == 1
    assert page.next_position is not None


def test_admins_and_auditors_search_all_records():
    stored = [make_record(1, participants=()), make_draft(2)]
    for group in ("admins", "auditors"):
        index = FakeIndex(*stored)
        assert len(search(caller(STRANGER, group), stored, index=index).items) == 2
        assert index.searches == [(Filters(), SearchScope())]


def test_a_search_over_all_workflows_finds_the_records_that_name_the_caller():
    stored = [
        make_record(1, participants=ALONE),
        make_record(2, participants=BOTH),
        make_record(3, participants=("group:finance",), workflow_id=OTHER_WORKFLOW),
    ]
    index = FakeIndex(*stored)
    page = search(caller(APPROVER, "finance"), stored, index=index)
    assert list(page.items) == [stored[2], stored[1]]
    assert index.searches == [
        (Filters(), SearchScope(participants=frozenset({f"user:{APPROVER}", "group:finance"})))
    ]


def test_a_search_in_one_workflow_also_finds_the_records_from_before_the_caller_took_part():
    stored = [make_record(1, participants=ALONE), make_record(2, participants=BOTH)]
    page = search(caller(APPROVER), stored, IN_WORKFLOW)
    assert list(page.items) == stored[::-1]


def test_a_search_in_one_workflow_is_decided_on_the_newest_record_and_not_on_the_oldest():
    stored = [make_record(1, participants=BOTH), make_record(2, participants=ALONE)]
    assert not search(caller(APPROVER), stored, IN_WORKFLOW).items
    assert len(search(caller(REQUESTER), stored, IN_WORKFLOW).items) == 2


def test_drafts_in_a_workflow_are_found_by_their_owner_only():
    stored = [make_draft(1), make_record(2, participants=BOTH), make_draft(3)]
    index = FakeIndex(*stored)
    assert list(search(caller(APPROVER), stored, IN_WORKFLOW, index=index).items) == [stored[1]]
    assert index.searches == [(IN_WORKFLOW, SearchScope(drafts_of=APPROVER))]
    assert list(search(caller(REQUESTER), stored, IN_WORKFLOW).items) == stored[::-1]


def test_the_stored_record_decides_and_not_what_the_index_says():
    indexed = [make_record(1, participants=BOTH), make_record(2, participants=BOTH)]
    stored = [make_record(1, participants=ALONE), make_draft(2)]
    page = search(caller(APPROVER), stored, index=FakeIndex(*indexed))
    assert (list(page.items), list(page.missing)) == ([], [])


def test_a_stranger_finds_nothing_in_a_workflow_and_the_index_is_not_searched():
    stored = make_chain(3)
    for workflow_id in (WORKFLOW, OTHER_WORKFLOW):
        index = FakeIndex(*stored)
        page = search(caller(STRANGER), stored, Filters(workflow_id=workflow_id), index=index)
        assert (list(page.items), list(page.missing), page.next_position) == ([], [], None)
        assert index.searches == []


def test_the_decision_on_a_workflow_reads_no_more_records_than_it_needs():
    records = FakeRepository(*make_chain(50), make_draft(51), make_draft(52))
    SearchAuditTrail(records, FakeIndex(), FakeLog())(IN_WORKFLOW, caller(APPROVER), after=None, limit=10)
    assert len(records.reads) == 3


def test_a_record_says_which_erasure_names_the_parts_that_it_lacks():
    complete, whole = make_chain(2)
    erased = dataclasses.replace(whole, person=None, content=None)
    event = make_erasure(10, {erased.dataset_id: ["content"], complete.dataset_id: ["person"]})
    log = FakeLog()
    log.erasures = {each.dataset_id: [event.dataset_id] for each in (complete, erased)}
    index = FakeIndex(complete, erased)
    page = search(AUDITOR, [complete, erased, event], index=index, log=log)
    assert [each.dataset_id for each in page.items] == [erased.dataset_id, complete.dataset_id]
    assert page.erased == {erased.dataset_id: {"content": event.dataset_id}}


def test_a_page_of_complete_records_costs_no_more_reads():
    class Log(FakeLog):
        def erasures_of(self, dataset_id: str) -> list[str]:
            raise AssertionError("not needed")

    assert search(AUDITOR, make_chain(3), log=Log()).erased == {}
