"""Rebuilding the index from the store."""

import dataclasses
from collections.abc import Sequence
from datetime import timedelta

import pytest

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.errors import SearchUnavailableError
from audit_service.domain.rebuild import RebuildPosition, RebuiltPage
from audit_service.ports import IndexResult
from audit_service.use_cases.rebuild_index import RebuildIndex
from audit_service.use_cases.replace_index import ReplaceIndex

from ..builders import make_chain, make_record
from ..fakes import FakeIndex, FakeRepository
from ..retention_fakes import expected_records


def pages(start: RebuildPosition, records: FakeRepository, index: FakeIndex) -> list[RebuiltPage]:
    found: list[RebuiltPage] = []
    position: RebuildPosition | None = start
    while position is not None:
        found.append(RebuildIndex(records, index, expected_records())(position))
        position = found[-1].next_position
    return found


def test_page_by_page_every_record_becomes_searchable():
    records, index = FakeRepository(*make_chain(7), page=3), FakeIndex()
    assert [page.indexed for page in pages(RebuildPosition(), records, index)] == [3, 3, 1]
    assert index.indexed == records.stored


def test_a_repeated_rebuild_changes_nothing():
    chain = make_chain(2)
    records, index = FakeRepository(*chain), FakeIndex(*chain)
    assert [page.indexed for page in pages(RebuildPosition(), records, index)] == [2]
    assert index.indexed == records.stored


def test_a_record_that_can_not_be_indexed_is_skipped_and_named():
    chain = make_chain(5)
    records, index = FakeRepository(*chain, page=2), FakeIndex()
    index.unindexable = {chain[1].dataset_id}
    found = pages(RebuildPosition(), records, index)
    assert [(page.indexed, list(page.skipped)) for page in found] == [
        (1, [chain[1].dataset_id]),
        (2, []),
        (1, []),
    ]
    assert set(index.indexed) == {each.dataset_id for each in chain} - index.unindexable


def test_a_busy_index_stops_the_page_so_that_it_is_repeated():
    chain = make_chain(2)
    index = FakeIndex()
    index.busy = {chain[0].dataset_id}
    with pytest.raises(SearchUnavailableError, match="1 of 2 records"):
        RebuildIndex(FakeRepository(*chain), index, expected_records())(RebuildPosition())


def test_the_error_of_a_busy_index_lists_each_reason_once():
    chain = make_chain(4)

    class Index(FakeIndex):
        def add(self, records: Sequence[AuditRecord]) -> IndexResult:
            reasons = ("503 unavailable", "429 busy", "429 busy")
            return IndexResult(
                {}, {each.dataset_id: why for each, why in zip(records, reasons, strict=False)}
            )

    with pytest.raises(SearchUnavailableError) as error:
        RebuildIndex(FakeRepository(*chain), Index(), expected_records())(RebuildPosition())
    assert str(error.value) == "3 of 4 records were not indexed: 429 busy, 503 unavailable"


def test_a_replacement_drops_what_the_store_does_not_have_and_keeps_what_is_recorded_meanwhile():
    chain = make_chain(4)
    stale = make_record(9)
    records, index = FakeRepository(*chain[:3], page=2), FakeIndex(*chain[:3], stale)
    start = ReplaceIndex(index)()
    first = RebuildIndex(records, index, expected_records())(start)
    assert set(index.indexed) == {each.dataset_id for each in (*chain[:3], stale)}, "searchable as before"
    records.add([chain[3]])
    index.add([chain[3]])
    assert first.next_position is not None
    pages(first.next_position, records, index)
    assert index.indexed == records.stored


def test_only_the_last_page_of_a_replacement_ends_it():
    records, index = FakeRepository(*make_chain(3), page=2), FakeIndex()
    first = RebuildIndex(records, index, expected_records())(ReplaceIndex(index)())
    assert first.next_position == RebuildPosition(make_chain(2)[1].dataset_id, build=1)
    assert index.builds
    RebuildIndex(records, index, expected_records())(dataclasses.replace(first.next_position))
    assert not index.builds


def test_records_that_the_index_need_not_contain_are_left_out():
    old = make_record(1, number=1)
    gone = dataclasses.replace(make_record(2, number=2), person=None, content=None)
    index = FakeIndex()
    expected = expected_records(lambda: old.occurred_at + timedelta(days=31), days=30)
    page = RebuildIndex(FakeRepository(old, gone), index, expected)(RebuildPosition())
    assert (page.indexed, set(index.indexed)) == (1, {old.dataset_id})
