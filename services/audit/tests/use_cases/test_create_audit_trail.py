"""Recording a batch."""

import dataclasses

from audit_service.use_cases.create_audit_trail import TAKEN, create_audit_trail

from ..builders import a_chain, a_record
from ..fakes import FakeIndex, FakeRecords


def test_a_batch_is_stored_whole_and_made_searchable_in_one_go_each_the_store_first():
    log: list[str] = []
    records, index = FakeRecords(log=log), FakeIndex(log=log)
    chain = a_chain(10)
    assert create_audit_trail(_by_message(chain), records=records, index=index) == {}
    assert list(records.stored.values()) == chain
    assert list(index.indexed.values()) == chain
    assert log == ["store 10", "index 10"]


def test_the_same_record_again_is_a_success_and_changes_nothing():
    stored = a_record()
    records, index = FakeRecords(stored), FakeIndex(stored)
    assert create_audit_trail({"again": a_record()}, records=records, index=index) == {}
    assert records.stored[stored.dataset_id] is stored


def test_another_record_under_the_same_id_fails_alone_and_overwrites_nothing():
    stored = a_record(1)
    records, index = FakeRecords(stored), FakeIndex(stored)
    submitted = {"forged": a_record(1, outcome="APPROVED"), "good": a_record(2)}
    assert create_audit_trail(submitted, records=records, index=index) == {"forged": TAKEN}
    assert records.stored == {each.dataset_id: each for each in (stored, a_record(2))}
    assert index.indexed[stored.dataset_id] is stored


def test_a_record_that_comes_twice_in_a_batch_is_stored_once_and_both_succeed():
    log: list[str] = []
    records, index = FakeRecords(log=log), FakeIndex(log=log)
    submitted = {"first": a_record(), "second": a_record()}
    assert create_audit_trail(submitted, records=records, index=index) == {}
    assert log == ["store 1", "index 1"]


def test_of_two_different_records_under_one_id_in_a_batch_the_second_fails():
    records, index = FakeRecords(), FakeIndex()
    submitted = {"first": a_record(), "second": a_record(outcome="APPROVED")}
    assert create_audit_trail(submitted, records=records, index=index) == {"second": TAKEN}
    assert records.stored == {a_record().dataset_id: a_record()}


def test_what_the_store_refuses_fails_under_every_message_that_brought_it_and_is_not_searchable():
    records, index = FakeRecords(), FakeIndex()
    records.refuses = {a_record(1).dataset_id}
    submitted = {"first": a_record(1), "same": a_record(1), "good": a_record(2)}
    failures = create_audit_trail(submitted, records=records, index=index)
    assert failures == {"first": "not stored", "same": "not stored"}
    assert list(index.indexed) == [a_record(2).dataset_id]


def test_what_the_engine_does_not_take_fails_and_the_next_delivery_completes_it():
    records, index = FakeRecords(), FakeIndex()
    index.rejects = {a_record(1).dataset_id}
    submitted = {"bad": a_record(1), "good": a_record(2)}
    assert create_audit_trail(submitted, records=records, index=index) == {"bad": "not indexed"}
    assert a_record(1).dataset_id in records.stored
    index.rejects = set()
    assert create_audit_trail({"bad": a_record(1)}, records=records, index=index) == {}
    assert set(index.indexed) == {a_record(1).dataset_id, a_record(2).dataset_id}


def test_what_was_erased_is_not_made_searchable_again_by_a_late_delivery():
    erased = dataclasses.replace(a_record(), person=None, content=None)
    records, index = FakeRecords(erased), FakeIndex()
    assert create_audit_trail({"late": a_record()}, records=records, index=index) == {}
    assert index.indexed == {erased.dataset_id: erased}
    assert records.stored == {erased.dataset_id: erased}


def _by_message(records):
    return {f"message-{number}": record for number, record in enumerate(records)}
