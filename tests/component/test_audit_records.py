"""The table of full datasets: it only grows."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from audit_service.adapters.dynamodb_records import SCAN_LIMIT, TRANSACTION_BYTES, DynamoDbRecords
from audit_service.domain.audit_record import SIZE_LIMIT, AuditRecord
from component.tables import Table
from services.audit.tests.builders import OTHER_WORKFLOW, WORKFLOW, a_chain, a_record, dataset_id


@pytest.fixture
def records(audit_trail_table: Table) -> DynamoDbRecords:
    """The adapter under test; where it waits for a busy table, a test does not."""
    return DynamoDbRecords(audit_trail_table.client, audit_trail_table.name, pause=lambda _: None)


def stored(records: DynamoDbRecords, *batch: AuditRecord) -> Sequence[AuditRecord]:
    """Add records that are new."""
    added = records.add(batch)
    assert not added.existing
    assert not added.refused
    return batch


def large(number: int, size: int = SIZE_LIMIT, **event: object) -> AuditRecord:
    """A record of so many bytes."""
    record = a_record(number, content={"after": ""}, **event)
    return a_record(number, content={"after": "x" * (size - record.size)}, **event)


def test_a_record_is_read_back_as_it_was_hashed(records: DynamoDbRecords) -> None:
    record = a_record(content={"title": "Zürich ↔ 東京 👩‍👧", "comment": '\u2028 \\ " \u0001'})
    stored(records, record)
    assert records.get(record.dataset_id) == record
    assert records.get(dataset_id(999)) is None


def test_ten_are_added_and_found_together(records: DynamoDbRecords) -> None:
    chain = a_chain(10)
    stored(records, *chain)
    assert records.get_many([each.dataset_id for each in chain]) == {each.dataset_id: each for each in chain}


def test_what_stands_there_is_never_overwritten_and_comes_back(records: DynamoDbRecords) -> None:
    [standing] = stored(records, a_record(1))
    forged = replace(standing, hash="0" * 64, participants=("user:somebody-else",))
    added = records.add([forged])
    assert added.existing == {standing.dataset_id: standing}
    assert not added.refused
    assert records.get(standing.dataset_id) == standing


def test_those_beside_one_that_stands_are_written_all_the_same(records: DynamoDbRecords) -> None:
    chain = a_chain(10)
    stored(records, chain[3], chain[7])
    added = records.add(chain)
    assert dict(added.existing) == {each.dataset_id: each for each in (chain[3], chain[7])}
    assert not added.refused
    assert len(records.get_many([each.dataset_id for each in chain])) == 10


def test_a_batch_that_stands_already_comes_back_whole(records: DynamoDbRecords) -> None:
    chain = a_chain(10)
    stored(records, *chain)
    assert dict(records.add(chain).existing) == {each.dataset_id: each for each in chain}


def test_of_many_writers_of_one_id_one_is_first_and_the_others_learn_it(records: DynamoDbRecords) -> None:
    rivals = [a_record(1, content={"comment": f"rival {number}"}) for number in range(6)]
    with ThreadPoolExecutor(len(rivals)) as at_once:
        outcomes = list(at_once.map(lambda rival: records.add([rival]), rivals))
    winner = records.get(dataset_id(1))
    assert winner in rivals
    for rival, added in zip(rivals, outcomes, strict=True):
        if rival != winner:
            # A writer that met another one under way may be sent to try again, but is never told it was written.
            assert added.existing.get(dataset_id(1)) == winner or dataset_id(1) in added.refused


def test_ten_of_the_largest_records_are_stored(records: DynamoDbRecords) -> None:
    batch = [large(number) for number in range(1, 11)]
    assert sum(record.size for record in batch) < TRANSACTION_BYTES
    stored(records, *batch)
    assert records.get(batch[9].dataset_id) == batch[9]


def test_a_batch_over_a_transactions_size_is_stored_in_more_than_one(records: DynamoDbRecords) -> None:
    batch = [large(number) for number in range(1, 13)]
    assert sum(record.size for record in batch) > TRANSACTION_BYTES
    stored(records, *batch)
    assert len(records.get_many([record.dataset_id for record in batch])) == 12


def test_a_hundred_are_read_although_one_answer_ends_at_sixteen_megabytes(records: DynamoDbRecords) -> None:
    batch = [large(number, size=200_000) for number in range(1, 101)]
    for start in range(0, 100, 10):
        stored(records, *batch[start : start + 10])
    found = records.get_many([record.dataset_id for record in batch])
    assert list(found) != []
    assert dict(found) == {record.dataset_id: record for record in batch}


def test_missing_ids_are_left_out(records: DynamoDbRecords) -> None:
    [record] = stored(records, a_record(1))
    assert records.get_many([dataset_id(2), record.dataset_id]) == {record.dataset_id: record}


def test_a_workflows_records_are_its_own_in_sequence(records: DynamoDbRecords) -> None:
    chain = a_chain(12)
    other = a_chain(2, workflow_id=OTHER_WORKFLOW, first_number=100)
    for batch in (list(reversed(chain))[:6], [*chain[:6], *other]):
        stored(records, *batch)
    assert list(records.all_of(WORKFLOW)) == chain
    assert records.newest_of(WORKFLOW) == chain[-1]
    assert records.newest_of(OTHER_WORKFLOW) == other[-1]
    assert records.newest_of("nobody's") is None


def test_a_long_chain_is_drawn_over_the_pages_of_a_megabyte(records: DynamoDbRecords) -> None:
    chain = [large(number, size=150_000) for number in range(1, 13)]
    stored(records, *chain)
    assert list(records.all_of(WORKFLOW)) == chain


def test_a_scan_passes_every_record_once(records: DynamoDbRecords) -> None:
    chain = a_chain(SCAN_LIMIT + 7)
    for start in range(0, len(chain), 25):
        stored(records, *chain[start : start + 25])
    first = records.scan(None)
    second = records.scan(first.after)
    assert (len(first.records), second.after) == (SCAN_LIMIT, None)
    found = [*first.records, *second.records]
    assert sorted(each.dataset_id for each in found) == [each.dataset_id for each in chain]


def test_an_erased_record_is_read_without_what_was_erased(
    records: DynamoDbRecords, audit_trail_table: Table
) -> None:
    [record] = stored(records, a_record(1))
    audit_trail_table.client.update_item(
        TableName=audit_trail_table.name,
        Key={"datasetId": {"S": record.dataset_id}},
        UpdateExpression="REMOVE person, content",
    )
    assert records.get(record.dataset_id) == replace(record, person=None, content=None)
    assert dict(records.add([record]).existing) == {
        record.dataset_id: replace(record, person=None, content=None)
    }
