"""The table of audit records on real engines: it is append-only."""

from __future__ import annotations

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from audit_service.adapters.dynamodb_audit_record_repository import (
    SCAN_LIMIT,
    TRANSACTION_BYTES,
    DynamoDbAuditRecordRepository,
)
from audit_service.domain.audit_record import SIZE_LIMIT, AuditRecord
from audit_service.ports import WorkflowPosition
from component.tables import Table
from services.audit.tests.builders import OTHER_WORKFLOW, WORKFLOW, dataset_id, make_chain, make_record


@pytest.fixture
def records(audit_trail_table: Table, audit_log_table: Table) -> DynamoDbAuditRecordRepository:
    """The adapter under test, without its pauses."""
    return DynamoDbAuditRecordRepository(
        audit_trail_table.client, audit_trail_table.name, audit_log_table.name, pause=lambda _: None
    )


def store(records: DynamoDbAuditRecordRepository, *batch: AuditRecord) -> Sequence[AuditRecord]:
    """Add new records."""
    result = records.add(batch)
    assert not result.existing
    assert not result.failed
    return batch


def incompressible(size: int) -> str:
    """Return hexadecimal digits that compress to no less than a half."""
    return random.Random(size).randbytes(size // 2).hex()


def large(number: int, size: int = SIZE_LIMIT, **event: Any) -> AuditRecord:
    """Return a record of this many bytes."""
    record = make_record(number, content={"after": {"text": ""}}, **event)
    text = "\N{SNOWMAN}" * ((size - record.size) // 3)
    return make_record(number, content={"after": {"text": text}}, **event)


def test_a_record_is_read_back_as_it_was_hashed(records: DynamoDbAuditRecordRepository) -> None:
    record = make_record(content={"title": "Zürich ↔ 東京 👩‍👧", "comment": '\u2028 \\ " \u0001'})
    store(records, record)
    assert records.get(record.dataset_id) == record
    assert records.get(dataset_id(999)) is None


def test_a_large_text_is_compressed_and_comes_back_byte_for_byte(
    records: DynamoDbAuditRecordRepository, audit_trail_table: Table
) -> None:
    record = make_record(
        content={"after": {"rows": [{"amount": n / 4, "note": "Zürich"} for n in range(900)]}}
    )
    store(records, record)
    [item] = audit_trail_table.items()
    assert len(item["content"]["M"]["value"]["B"]) < len(record.content.value.encode()) / 4  # type: ignore[union-attr]
    assert item["content"]["M"]["salt"]["B"] == record.content.salt  # type: ignore[union-attr]
    assert records.get(record.dataset_id) == record


def test_before_and_after_of_the_largest_size_are_stored_whatever_they_compress_to(
    records: DynamoDbAuditRecordRepository,
) -> None:
    data = {"text": incompressible(128 * 1024 - 20)}
    record = make_record(content={"before": data, "after": data, "comment": "x" * 4_000})
    store(records, record)
    assert records.get(record.dataset_id) == record


def test_ten_records_are_added_and_found_together(records: DynamoDbAuditRecordRepository) -> None:
    chain = make_chain(10)
    store(records, *chain)
    assert records.get_many([each.dataset_id for each in chain]) == {each.dataset_id: each for each in chain}


def test_a_stored_record_is_never_overwritten_and_is_returned(records: DynamoDbAuditRecordRepository) -> None:
    [stored] = store(records, make_record(1))
    forged = replace(stored, hash="0" * 64)
    result = records.add([forged])
    assert result.existing == {stored.dataset_id: stored}
    assert not result.failed
    assert records.get(stored.dataset_id) == stored


def test_new_records_next_to_existing_ones_are_stored(records: DynamoDbAuditRecordRepository) -> None:
    chain = make_chain(10)
    store(records, chain[3], chain[7])
    result = records.add(chain)
    assert dict(result.existing) == {each.dataset_id: each for each in (chain[3], chain[7])}
    assert not result.failed
    assert len(records.get_many([each.dataset_id for each in chain])) == 10


def test_a_batch_of_existing_records_is_returned_whole(records: DynamoDbAuditRecordRepository) -> None:
    chain = make_chain(10)
    store(records, *chain)
    assert dict(records.add(chain).existing) == {each.dataset_id: each for each in chain}


def test_of_many_writers_of_one_id_one_wins_and_the_others_learn_it(
    records: DynamoDbAuditRecordRepository,
) -> None:
    rivals = [make_record(1, content={"comment": f"rival {number}"}) for number in range(6)]
    with ThreadPoolExecutor(len(rivals)) as pool:
        results = list(pool.map(lambda rival: records.add([rival]), rivals))
    winner = records.get(dataset_id(1))
    assert winner in rivals
    for rival, result in zip(rivals, results, strict=True):
        if rival != winner:
            # A writer that conflicts with another one may have to try again, but it never succeeds.
            assert result.existing.get(dataset_id(1)) == winner or dataset_id(1) in result.failed


def test_a_batch_of_more_than_a_transaction_is_stored_in_several(
    records: DynamoDbAuditRecordRepository,
) -> None:
    batch = [large(number) for number in range(1, 13)]
    assert sum(record.size for record in batch) > TRANSACTION_BYTES
    store(records, *batch)
    assert len(records.get_many([record.dataset_id for record in batch])) == 12


def test_a_hundred_records_are_read_although_a_response_has_at_most_sixteen_megabytes(
    records: DynamoDbAuditRecordRepository,
) -> None:
    data = {"text": incompressible(190_000 * 2)}
    batch = [
        make_record(number, content={"after": {"text": data["text"][:340_000]}}) for number in range(1, 101)
    ]
    for start in range(0, 100, 10):
        store(records, *batch[start : start + 10])
    found = records.get_many([record.dataset_id for record in batch])
    assert dict(found) == {record.dataset_id: record for record in batch}


def test_missing_ids_are_left_out(records: DynamoDbAuditRecordRepository) -> None:
    [record] = store(records, make_record(1))
    assert records.get_many([dataset_id(2), record.dataset_id]) == {record.dataset_id: record}


def test_a_workflows_records_are_its_own_in_sequence_and_in_reverse(
    records: DynamoDbAuditRecordRepository,
) -> None:
    chain = make_chain(27)
    other = make_chain(2, workflow_id=OTHER_WORKFLOW, first_number=100)
    no_workflow = make_record(1, number=200, has_workflow=False, target={"type": "workflow", "id": WORKFLOW})
    for batch in (chain[::-1][:20], [*chain[:7], *other, no_workflow]):
        store(records, *batch)
    positions = [WorkflowPosition(number, each.dataset_id) for number, each in enumerate(chain, start=1)]
    assert records.list_positions(WORKFLOW, after=None, limit=100) == positions
    assert records.list_positions(WORKFLOW, after=positions[9], limit=10) == positions[10:20]
    assert records.list_positions(WORKFLOW, after=positions[-1], limit=10) == []
    assert list(records.list_newest_first(WORKFLOW)) == chain[::-1]
    assert next(iter(records.list_newest_first(OTHER_WORKFLOW))) == other[-1]
    assert list(records.list_newest_first("no-such-workflow")) == []


def test_a_scan_returns_every_record_once(records: DynamoDbAuditRecordRepository) -> None:
    chain = make_chain(SCAN_LIMIT + 7)
    for start in range(0, len(chain), 25):
        store(records, *chain[start : start + 25])
    first = records.scan(None)
    second = records.scan(first.next_position)
    assert (len(first.items), second.next_position) == (SCAN_LIMIT, None)
    found = [*first.items, *second.items]
    assert sorted(each.dataset_id for each in found) == [each.dataset_id for each in chain]


def test_an_erased_record_is_read_without_what_was_erased(
    records: DynamoDbAuditRecordRepository, audit_trail_table: Table
) -> None:
    [record] = store(records, make_record(1))
    audit_trail_table.client.update_item(
        TableName=audit_trail_table.name,
        Key={"datasetId": {"S": record.dataset_id}},
        UpdateExpression="REMOVE person, content",
    )
    erased = replace(record, person=None, content=None)
    assert records.get(record.dataset_id) == erased
    assert dict(records.add([record]).existing) == {record.dataset_id: erased}


@pytest.mark.parametrize(
    "change", ["REMOVE sealed", "SET sealed = :number", "SET sealed = :bytes", "SET content = :number"]
)
def test_a_damaged_item_is_an_unreadable_record_and_stops_nothing(
    records: DynamoDbAuditRecordRepository, audit_trail_table: Table, change: str
) -> None:
    chain = store(records, *make_chain(3))
    values = {":number": {"N": "5"}, ":bytes": {"B": b"not compressed"}}
    values = {name: value for name, value in values.items() if name in change}
    audit_trail_table.client.update_item(
        TableName=audit_trail_table.name,
        Key={"datasetId": {"S": chain[1].dataset_id}},
        UpdateExpression=change,
        **({"ExpressionAttributeValues": values} if values else {}),
    )
    for found in (records.list_newest_first(WORKFLOW), records.scan(None).items):
        assert sorted((each.dataset_id, each.is_readable) for each in found) == [
            (each.dataset_id, each is not chain[1]) for each in chain
        ]
    damaged = records.get(chain[1].dataset_id)
    assert damaged is not None
    assert not damaged.is_readable
