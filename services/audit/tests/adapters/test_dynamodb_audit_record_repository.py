"""The audit-trail table: which calls are made, and what is read from the responses."""

import dataclasses
import zlib
from binascii import crc32
from datetime import UTC, datetime

import pytest
from botocore.exceptions import ClientError
from countersign_common.aws.reads import BATCH_ATTEMPTS
from countersign_common.errors import StoreUnavailableError
from countersign_common.proof.commitment import CommitmentOpening

from audit_service.adapters import dynamodb_audit_record_repository
from audit_service.adapters.dynamodb_audit_record_repository import DynamoDbAuditRecordRepository
from audit_service.domain.log.entries import Entry, EntryKind
from audit_service.ports import WorkflowPosition

from ..builders import OTHER_WORKFLOW, WORKFLOW, make_chain, make_record
from .table import LOG_TABLE, TABLE, canceled, failing

NINE = datetime(2026, 1, 31, 9, tzinfo=UTC)
MANIFEST = Entry(EntryKind.MANIFEST, "2026-01-31T09:00:00Z", "0" * 64)
NONE = {"Code": "None"}
CONFLICT = {"Code": "TransactionConflict"}


pytestmark = pytest.mark.usefixtures("no_pauses")


@pytest.fixture
def records(table):
    return DynamoDbAuditRecordRepository(
        table.client, TABLE, LOG_TABLE, clock=lambda: NINE, pause=lambda _: None
    )


def test_ten_new_records_are_stored_in_one_call_and_read_back_as_they_were(table, records):
    chain = make_chain(10)
    result = records.add(chain)
    assert (result.existing, result.failed) == ({}, {})
    assert table.operations == ["TransactWriteItems"]
    assert [records.get(each.dataset_id) for each in chain] == chain


def test_a_new_record_is_pending_from_its_transaction_on(table, records):
    record = make_record(1)
    records.add([record])
    assert table.pending()[record.dataset_id] == {
        "pk": {"S": f"PENDING#{crc32(record.dataset_id.encode()) % 8}"},
        "sk": {"S": record.dataset_id},
        "kind": {"S": "event"},
        "hash": {"B": bytes.fromhex(record.hash)},
        "addedAt": {"S": "2026-01-31T09:00:00.000Z"},
    }


def test_an_existing_record_is_not_pending_again(table, records):
    records.add([make_record(1)])
    [pending] = table.pending().values()
    table.clear_log(pending)
    records.add([make_record(1), make_record(2)])
    assert set(table.pending()) == {make_record(2).dataset_id}


def test_a_manifest_is_pending_and_repeating_it_changes_nothing(table, records):
    assert records.add([make_record(1)], [MANIFEST]).failed == {}
    assert records.add([], [MANIFEST]).failed == {}
    assert table.pending()[MANIFEST.entry_id]["kind"] == {"S": "manifest"}
    assert len(table.calls) == 2


def test_another_manifest_of_the_same_name_fails_alone(table, records):
    records.add([], [MANIFEST])
    result = records.add([make_record(1)], [dataclasses.replace(MANIFEST, hash="f" * 64)])
    assert set(result.failed) == {MANIFEST.entry_id}
    assert table.pending()[MANIFEST.entry_id]["hash"] == {"B": bytes.fromhex(MANIFEST.hash)}
    assert records.get(make_record(1).dataset_id) == make_record(1)


def test_a_batch_larger_than_a_transaction_takes_several(table, records):
    records.add(make_chain(60))
    assert [len(body["TransactItems"]) for _, body in table.calls] == [100, 20]


def test_storing_nothing_makes_no_call(table, records):
    records.add([])
    assert table.calls == []


def test_existing_records_are_returned_and_the_others_are_stored_in_a_second_call(table, records):
    stored = make_record(2)
    records.add([stored])
    result = records.add([make_record(1), make_record(2, outcome="APPROVED"), make_record(3)])
    assert result.existing == {stored.dataset_id: stored}
    assert result.failed == {}
    assert table.operations == ["TransactWriteItems"] * 3
    assert [records.get(make_record(n).dataset_id) for n in (1, 2, 3)] == [
        make_record(1),
        stored,
        make_record(3),
    ]


def test_when_all_records_exist_there_is_no_second_call(table, records):
    chain = make_chain(3)
    records.add(chain)
    assert set(records.add(chain).existing) == {each.dataset_id for each in chain}
    assert len(table.calls) == 2


def test_a_conflict_with_another_transaction_is_tried_once_more(table, records):
    table.responses = [canceled(NONE, NONE, CONFLICT, NONE)]
    result = records.add([make_record(1), make_record(2)])
    assert (result.existing, result.failed) == ({}, {})
    assert len(table.items()) == 2


def test_a_conflict_that_remains_fails_the_records_with_its_reason(table, records):
    table.responses = [canceled(NONE, NONE, CONFLICT, NONE), canceled(NONE, NONE, CONFLICT, NONE)]
    result = records.add([make_record(1), make_record(2)])
    assert set(result.failed) == {make_record(1).dataset_id, make_record(2).dataset_id}
    assert "TransactionConflict" in result.failed[make_record(2).dataset_id]
    assert table.items() == {}


def test_records_of_more_than_four_megabytes_take_several_transactions(table, records):
    chain = make_chain(12, content={"after": {"text": "x" * 380_000}})
    records.add(chain)
    assert [len(body["TransactItems"]) for _, body in table.calls] == [20, 4]
    assert len(table.items()) == 12


def test_an_item_has_the_keys_the_texts_and_binary_salts(table, records):
    record = make_record(3)
    records.add([record])
    item = table.items()[record.dataset_id]
    assert set(item) == {"datasetId", "workflowId", "sequence", "hash", "sealed", "person", "content"}
    assert (item["workflowId"], item["sequence"]) == ({"S": WORKFLOW}, {"N": "3"})
    assert item["person"]["M"]["salt"] == {"B": record.person.salt}
    assert item["content"]["M"]["value"] == {"S": record.content.value}


def test_an_erased_part_is_not_an_attribute(table, records):
    erased = dataclasses.replace(make_record(), person=None, content=None)
    records.add([erased])
    assert set(table.items()[erased.dataset_id]) == {"datasetId", "workflowId", "sequence", "hash", "sealed"}
    assert records.get(erased.dataset_id) == erased


def test_a_record_without_a_workflow_is_not_in_the_index(table, records):
    record = make_record(has_workflow=False, target={"type": "scheme", "id": "expense"})
    records.add([record])
    assert set(table.items()[record.dataset_id]) == {"datasetId", "hash", "sealed", "person", "content"}
    assert records.get(record.dataset_id) == record


def test_a_text_over_one_kilobyte_is_stored_compressed_and_comes_back_byte_for_byte(table, records):
    text = 'ü€😀\\" \u2028' * 500
    record = make_record(
        content={"after": {"text": text}}, participants=tuple(f"user:{n}" for n in range(200))
    )
    records.add([record])
    item = table.items()[record.dataset_id]
    packed = item["content"]["M"]["value"]["B"]
    assert len(packed) < len(record.content.value.encode()) / 5
    assert "B" in item["sealed"]
    assert records.get(record.dataset_id) == record


DAMAGED_ITEMS = {
    "nothing_but_the_key": {},
    "a_part_that_is_a_text": {"content": {"S": "overwritten"}},
    "a_sealed_part_that_is_a_number": {"sealed": {"N": "5"}},
    "a_sealed_part_that_is_not_compressed": {"sealed": {"B": b"not zlib"}},
    "a_value_that_is_not_compressed": {"content": {"M": {"salt": {"B": bytes(32)}, "value": {"B": b"x"}}}},
    "a_value_that_is_not_utf_8": {"sealed": {"B": zlib.compress(b"\xff")}},
    "a_salt_that_is_a_text": {"person": {"M": {"salt": {"S": "AAAA"}, "value": {"S": "{}"}}}},
    "a_part_without_a_value": {"person": {"M": {"salt": {"B": bytes(32)}}}},
    "a_part_that_is_null": {"person": {"NULL": True}},
    "a_sealed_part_that_is_too_long": {"sealed": {"B": zlib.compress(b'"' * 500_000)}},
    "a_sealed_part_with_control_characters": {"sealed": {"S": "{\n}"}},
}


@pytest.mark.parametrize("attributes", DAMAGED_ITEMS.values(), ids=DAMAGED_ITEMS.keys())
def test_a_damaged_item_is_an_unreadable_record_and_not_an_error(table, records, attributes):
    good = make_record(1)
    records.add([good])
    table.put({"datasetId": {"S": "x"}, **attributes})
    assert not records.get("x").is_readable
    found = records.get_many([good.dataset_id, "x"])
    assert found[good.dataset_id] == good
    assert [each.is_readable for each in records.scan(None).items] == [True, False]


def test_texts_that_are_too_long_together_are_kept_as_they_are_stored(table, records):
    """Compressed, an item holds many times its size; a response would not."""
    value = zlib.compress(b'"' * 300_000)
    opening = {"M": {"salt": {"B": bytes(32)}, "value": {"B": value}}}
    table.put({"datasetId": {"S": "x"}, "sealed": {"B": value}, "person": opening, "content": opening})
    record = records.get("x")
    assert record.raw == {"person.value": value, "content.value": value}
    assert record.evidence_size < 2_000_000


@pytest.mark.parametrize("dataset_id", ["", "x" * 2_049, "\ud800"], ids=["empty", "long", "surrogate"])
def test_an_id_that_cannot_be_a_key_has_no_record(dataset_id, table, records):
    good = make_record(1)
    records.add([good])
    assert set(records.get_many([dataset_id, good.dataset_id])) == {good.dataset_id}


@pytest.mark.parametrize(("stored", "sequence"), [("1.5", 1), ("-7", -7), ("1E+20", 10**20)])
def test_a_number_that_no_chain_has_is_a_position(stored, sequence, table, records):
    good = make_record(1)
    records.add([good])
    table.put(table.items()[good.dataset_id] | {"sequence": {"N": stored}})
    assert records.list_positions(WORKFLOW, after=None, limit=10) == [
        WorkflowPosition(sequence, good.dataset_id)
    ]


def test_a_damaged_part_opens_no_commitment_and_does_not_look_erased(table, records):
    good = make_record(1)
    records.add([good])
    table.put(table.items()[good.dataset_id] | {"person": {"S": "overwritten"}})
    assert records.get(good.dataset_id).person == CommitmentOpening(b"", "")


def test_one_record_is_read_strongly_consistent(table, records):
    assert records.get("absent") is None
    assert table.calls[0][1]["ConsistentRead"] is True


def test_many_records_are_read_strongly_consistent_in_one_call(table, records):
    chain = make_chain(3)
    records.add(chain)
    found = records.get_many([*(each.dataset_id for each in chain), "absent"])
    assert found == {each.dataset_id: each for each in chain}
    assert table.operations == ["TransactWriteItems", "BatchGetItem"]
    assert table.calls[-1][1]["RequestItems"][TABLE]["ConsistentRead"] is True


def test_unprocessed_keys_are_read_again_and_nothing_else(table, records):
    first, second = make_chain(2)
    records.add([first, second])
    key = {"datasetId": {"S": second.dataset_id}}
    table.responses = [
        lambda _: (
            200,
            {
                "Responses": {TABLE: [table.items()[first.dataset_id]]},
                "UnprocessedKeys": {TABLE: {"Keys": [key]}},
            },
        )
    ]
    assert set(records.get_many([first.dataset_id, second.dataset_id])) == {
        first.dataset_id,
        second.dataset_id,
    }
    assert table.calls[-1][1]["RequestItems"][TABLE]["Keys"] == [key]


def test_a_store_that_processes_nothing_is_unavailable_after_a_few_calls(table):
    pauses: list[float] = []
    records = DynamoDbAuditRecordRepository(table.client, TABLE, LOG_TABLE, pause=pauses.append)
    table.responses = [lambda body: (200, {"Responses": {}, "UnprocessedKeys": body["RequestItems"]})] * 99
    with pytest.raises(StoreUnavailableError):
        records.get_many(["one"])
    assert len(table.calls) == BATCH_ATTEMPTS
    assert all(0 <= pause < 1 for pause in pauses)


def positions_of(chain):
    return [WorkflowPosition(number, each.dataset_id) for number, each in enumerate(chain, start=1)]


def test_a_workflows_positions_are_read_in_their_order_with_one_query(table, records):
    chain = make_chain(60)
    records.add(chain[:40])
    records.add(chain[40:])
    records.add([make_record(1, number=999, workflow_id=OTHER_WORKFLOW)])
    table.calls.clear()
    positions = positions_of(chain)
    assert records.list_positions(WORKFLOW, after=None, limit=100) == positions
    assert table.operations == ["Query"]
    assert records.list_positions(WORKFLOW, after=positions[19], limit=10) == positions[20:30]
    assert records.list_positions(WORKFLOW, after=positions[-1], limit=10) == []


def test_keys_are_queried_page_by_page(table, records):
    chain = make_chain(3)
    records.add(chain)
    positions = positions_of(chain)
    key = {"datasetId": {"S": chain[0].dataset_id}, "workflowId": {"S": WORKFLOW}, "sequence": {"N": "1"}}
    table.responses = [lambda _: (200, {"Items": [key], "LastEvaluatedKey": key})]
    assert records.list_positions(WORKFLOW, after=None, limit=3) == positions
    assert table.calls[-1][1]["ExclusiveStartKey"] == key


def test_the_newest_record_takes_one_query_and_one_item(table, records):
    chain = make_chain(12)
    records.add(chain)
    table.calls.clear()
    assert next(iter(records.list_newest_first(WORKFLOW))) == chain[-1]
    assert table.operations == ["Query", "BatchGetItem"]
    assert table.calls[0][1]["ScanIndexForward"] is False
    assert len(table.calls[1][1]["RequestItems"][TABLE]["Keys"]) == 1


def test_newest_first_is_the_reverse_of_the_whole_workflow(table, records):
    chain = make_chain(25)
    records.add(chain)
    assert list(records.list_newest_first(WORKFLOW)) == chain[::-1]
    assert list(records.list_newest_first(OTHER_WORKFLOW)) == []


def test_a_key_whose_item_is_gone_is_left_out(table, records):
    chain = make_chain(3)
    records.add(chain)
    table.delete(chain[1].dataset_id)
    keys = [{"datasetId": {"S": each.dataset_id}} for each in chain]
    table.responses = [lambda _: (200, {"Items": keys})]
    assert list(records.list_newest_first(WORKFLOW)) == [chain[0], chain[2]]


def test_a_scan_continues_where_it_ended(table, records, monkeypatch):
    monkeypatch.setattr(dynamodb_audit_record_repository, "SCAN_LIMIT", 2)
    chain = make_chain(3)
    records.add(chain)
    first = records.scan(None)
    assert (len(first.items), first.next_position) == (2, first.items[1].dataset_id)
    second = records.scan(first.next_position)
    assert second.next_position is None
    assert {each.dataset_id: each for each in (*first.items, *second.items)} == {
        each.dataset_id: each for each in chain
    }
    assert all(body["ConsistentRead"] is True for operation, body in table.calls if operation == "Scan")


CALLS = {
    "add": lambda records: records.add([make_record(1)]),
    "get": lambda records: records.get("any"),
    "get_many": lambda records: records.get_many(["any"]),
    "list_positions": lambda records: records.list_positions(WORKFLOW, after=None, limit=3),
    "list_newest_first": lambda records: list(records.list_newest_first(WORKFLOW)),
    "scan": lambda records: records.scan(None),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_throttling_is_retried(table, records, call):
    table.responses = [failing("ThrottlingException")]
    call(records)
    assert len(set(table.operations[:2])) == 1


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_a_store_that_stays_busy_is_unavailable_after_two_attempts(table, records, call):
    table.responses = [failing("ThrottlingException")] * 9
    with pytest.raises(StoreUnavailableError) as error:
        call(records)
    assert len(table.calls) == 2
    assert error.value.retry_after == 5


def test_an_error_of_ours_does_not_look_like_an_outage(table, records):
    table.responses = [failing("ValidationException")]
    with pytest.raises(ClientError):
        records.get("any")
    table.responses = [failing("ValidationException")]
    with pytest.raises(ClientError):
        records.add([make_record(1)])
