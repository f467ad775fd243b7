"""Recording a batch."""

import dataclasses
from datetime import timedelta

from audit_service.domain.audit_record import AuditRecord
from audit_service.use_cases.create_audit_trail import BatchResult, CreateAuditTrail

from ..builders import just_then, make_chain, make_record
from ..fakes import FakeHints, FakeIndex, FakeRepository


def record_batch(submitted: dict[str, AuditRecord], records: FakeRepository, index: FakeIndex) -> BatchResult:
    return CreateAuditTrail(records, index, FakeHints(), just_then)(submitted)


def test_a_batch_is_stored_and_then_indexed_each_in_one_call():
    log: list[str] = []
    records, index = FakeRepository(log=log), FakeIndex(log=log)
    chain = make_chain(10)
    result = record_batch({f"message-{number}": each for number, each in enumerate(chain)}, records, index)
    assert result == BatchResult({}, {})
    assert list(records.stored.values()) == list(index.indexed.values()) == chain
    assert log == ["store 10", "index 10"]


def test_the_same_record_again_is_a_success_and_changes_nothing():
    stored = make_record()
    records, index = FakeRepository(stored), FakeIndex(stored)
    assert record_batch({"again": make_record()}, records, index).failures == {}
    assert records.stored[stored.dataset_id] is stored


def test_another_record_with_the_same_id_fails_alone_and_overwrites_nothing():
    stored = make_record(1)
    records, index = FakeRepository(stored), FakeIndex(stored)
    submitted = {"forged": make_record(1, outcome="APPROVED"), "good": make_record(2)}
    assert record_batch(submitted, records, index).failures == {"forged": "another record has this datasetId"}
    assert records.stored == {each.dataset_id: each for each in (stored, make_record(2))}
    assert index.indexed[stored.dataset_id] is stored


def test_a_record_that_is_twice_in_a_batch_is_stored_once_and_both_succeed():
    log: list[str] = []
    records, index = FakeRepository(log=log), FakeIndex(log=log)
    submitted = {"first": make_record(), "second": make_record()}
    assert record_batch(submitted, records, index).failures == {}
    assert log == ["store 1", "index 1"]


def test_of_two_different_records_with_one_id_in_a_batch_the_second_fails():
    records = FakeRepository()
    submitted = {"first": make_record(), "second": make_record(outcome="APPROVED")}
    assert record_batch(submitted, records, FakeIndex()).failures == {
        "second": "another record has this datasetId"
    }
    assert records.stored == {make_record().dataset_id: make_record()}


def test_a_record_that_was_not_stored_fails_each_of_its_messages_and_is_not_indexed():
    records, index = FakeRepository(), FakeIndex()
    records.busy = {make_record(1).dataset_id}
    submitted = {"first": make_record(1), "same": make_record(1), "good": make_record(2)}
    assert record_batch(submitted, records, index).failures == {"first": "not stored", "same": "not stored"}
    assert list(index.indexed) == [make_record(2).dataset_id]


def test_a_record_that_a_busy_index_did_not_take_fails_and_the_next_delivery_completes_it():
    records, index = FakeRepository(), FakeIndex()
    index.busy = {make_record(1).dataset_id}
    result = record_batch({"late": make_record(1), "good": make_record(2)}, records, index)
    assert result.failures == {"late": "not indexed: 429 busy"}
    assert make_record(1).dataset_id in records.stored
    index.busy = set()
    assert record_batch({"late": make_record(1)}, records, index).failures == {}
    assert set(index.indexed) == {make_record(1).dataset_id, make_record(2).dataset_id}


def test_a_record_that_can_not_be_indexed_is_stored_reported_and_does_not_fail():
    records, index = FakeRepository(), FakeIndex()
    index.unindexable = {make_record(1).dataset_id}
    result = record_batch({"odd": make_record(1), "good": make_record(2)}, records, index)
    assert result.failures == {}
    assert result.unindexable == {make_record(1).dataset_id: "400 mapper_parsing_exception"}
    assert len(records.stored) == 2
    assert list(index.indexed) == [make_record(2).dataset_id]


def test_a_late_delivery_does_not_index_what_was_erased():
    erased = dataclasses.replace(make_record(), person=None, content=None)
    records, index = FakeRepository(erased), FakeIndex()
    assert record_batch({"late": make_record()}, records, index).failures == {}
    assert index.indexed == records.stored == {erased.dataset_id: erased}


def late_batch(hints: FakeHints, *records: AuditRecord, minutes: int = 2) -> tuple[FakeRepository, FakeIndex]:
    """Record a batch some minutes after the events."""
    repository, index = FakeRepository(), FakeIndex()
    create = CreateAuditTrail(repository, index, hints, lambda: just_then() + timedelta(minutes=minutes))
    assert create({record.dataset_id: record for record in records}).failures == {}
    return repository, index


def test_a_late_event_is_stored_and_indexed_without_what_was_erased():
    first, second, third = make_chain(3)
    hints = FakeHints()
    hints.add("erasure-1", {first.dataset_id: ["person"], second.dataset_id: ["person"]})
    hints.add("erasure-2", {second.dataset_id: ["content"]})
    records, index = late_batch(hints, first, second, third)
    expected = [first.without(["person"]), second.without(["person", "content"]), third]
    assert list(records.stored.values()) == list(index.indexed.values()) == expected
    assert len(hints.asked) == 1


def test_an_event_of_this_minute_is_stored_without_a_lookup():
    hints = FakeHints()
    hints.add("erasure", {make_record().dataset_id: ["person"]})
    records, _ = late_batch(hints, make_record(), minutes=0)
    assert hints.asked == []
    assert list(records.stored.values()) == [make_record()]


def test_a_late_event_that_is_stored_already_is_left_as_it_is():
    stored = make_record().without(["person"])
    hints = FakeHints()
    repository, index = FakeRepository(stored), FakeIndex()
    create = CreateAuditTrail(repository, index, hints, lambda: just_then() + timedelta(minutes=2))
    assert create({"again": make_record()}).failures == {}
    assert list(repository.stored.values()) == list(index.indexed.values()) == [stored]
