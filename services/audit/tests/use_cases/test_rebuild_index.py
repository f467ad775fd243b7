"""Rebuilding the index from the store."""

import pytest

from audit_service.use_cases.ports import SearchUnavailable
from audit_service.use_cases.rebuild_index import rebuild_index

from ..builders import a_chain
from ..fakes import FakeIndex, FakeRecords


def test_page_by_page_everything_becomes_searchable():
    chain = a_chain(7)
    records, index = FakeRecords(*chain, page=3), FakeIndex()
    counts, after = [], None
    while not counts or after is not None:
        done = rebuild_index(after, records=records, index=index)
        counts.append(done.indexed)
        after = done.after
    assert counts == [3, 3, 1]
    assert index.indexed == records.stored


def test_it_starts_by_preparing_an_engine_that_may_be_new():
    index = FakeIndex()
    rebuild_index(None, records=FakeRecords(*a_chain(1)), index=index)
    assert index.log == ["prepare", "index 1"]


def test_again_it_does_no_harm():
    chain = a_chain(2)
    records, index = FakeRecords(*chain), FakeIndex(*chain)
    assert rebuild_index(None, records=records, index=index).indexed == 2
    assert index.indexed == records.stored


def test_a_record_that_is_not_taken_fails_the_page_so_that_it_is_tried_again():
    chain = a_chain(2)
    index = FakeIndex()
    index.rejects = {chain[0].dataset_id}
    with pytest.raises(SearchUnavailable, match="1 of 2 records"):
        rebuild_index(None, records=FakeRecords(*chain), index=index)
