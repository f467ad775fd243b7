"""The audit-trail table: what is called, how often, and what is made of the answers."""

import dataclasses

import pytest
from botocore.exceptions import ClientError

from audit_service.adapters.dynamodb_records import READ_ATTEMPTS, DynamoDbRecords
from audit_service.use_cases.ports import StoreUnavailable

from ..builders import OTHER_WORKFLOW, WORKFLOW, a_chain, a_record
from .wires import TABLE, DynamoDbWire, cancelled, failing

NONE = {"Code": "None"}
CONFLICT = {"Code": "TransactionConflict"}


@pytest.fixture
def wire():
    return DynamoDbWire()


@pytest.fixture
def records(wire):
    return DynamoDbRecords(wire.client, TABLE, pause=lambda _: None)


def test_ten_new_records_are_written_by_one_call_and_read_back_as_they_were(wire, records):
    chain = a_chain(10)
    added = records.add(chain)
    assert (added.existing, added.refused) == ({}, {})
    assert wire.operations == ["TransactWriteItems"]
    assert [records.get(each.dataset_id) for each in chain] == chain


def test_nothing_to_write_is_no_call(wire, records):
    records.add([])
    assert wire.calls == []


def test_taken_ids_come_back_with_what_stands_there_and_the_rest_is_written_by_a_second_call(wire, records):
    stored = a_record(2)
    records.add([stored])
    added = records.add([a_record(1), a_record(2, outcome="APPROVED"), a_record(3)])
    assert added.existing == {stored.dataset_id: stored}
    assert added.refused == {}
    assert wire.operations == ["TransactWriteItems"] * 3
    assert [records.get(a_record(n).dataset_id) for n in (1, 2, 3)] == [a_record(1), stored, a_record(3)]


def test_when_all_ids_are_taken_there_is_nothing_left_for_a_second_call(wire, records):
    chain = a_chain(3)
    records.add(chain)
    assert set(records.add(chain).existing) == {each.dataset_id for each in chain}
    assert len(wire.calls) == 2


def test_a_conflict_with_another_transaction_is_tried_once_more(wire, records):
    wire.scripted = [cancelled(NONE, CONFLICT)]
    added = records.add([a_record(1), a_record(2)])
    assert (added.existing, added.refused) == ({}, {})
    assert len(wire.items) == 2


def test_a_conflict_that_stays_refuses_the_records_and_says_why(wire, records):
    wire.scripted = [cancelled(NONE, CONFLICT), cancelled(NONE, CONFLICT)]
    added = records.add([a_record(1), a_record(2)])
    assert set(added.refused) == {a_record(1).dataset_id, a_record(2).dataset_id}
    assert "TransactionConflict" in added.refused[a_record(2).dataset_id]
    assert wire.items == {}


def test_records_of_more_than_four_megabytes_go_in_several_transactions(wire, records):
    chain = a_chain(12, content={"after": {"text": "x" * 380_000}})
    records.add(chain)
    assert [len(asked["TransactItems"]) for _, asked in wire.calls] == [10, 2]
    assert len(wire.items) == 12


def test_an_erased_part_is_no_attribute(wire, records):
    erased = dataclasses.replace(a_record(), person=None, content=None)
    records.add([erased])
    assert set(wire.items[erased.dataset_id]) == {
        "datasetId",
        "workflowId",
        "sequence",
        "hash",
        "sealed",
        "participants",
    }
    assert records.get(erased.dataset_id) == erased


def test_an_item_whose_attributes_were_destroyed_can_still_be_judged(wire, records):
    wire.items["x"] = {"datasetId": {"S": "x"}, "content": {"S": "overwritten"}}
    found = records.get("x")
    assert (found.sealed, found.hash, found.participants) == ("", "", ())
    assert found.content.value == ""


def test_one_record_is_read_as_last_written(wire, records):
    assert records.get("absent") is None
    assert wire.calls[0][1]["ConsistentRead"] is True


def test_many_records_are_read_by_one_call_and_absent_ones_left_out(wire, records):
    chain = a_chain(3)
    records.add(chain)
    found = records.get_many([*(each.dataset_id for each in chain), "absent"])
    assert found == {each.dataset_id: each for each in chain}
    assert wire.operations == ["TransactWriteItems", "BatchGetItem"]


def test_what_was_left_unprocessed_is_asked_for_again_and_nothing_else(wire, records):
    first, second = a_chain(2)
    records.add([first, second])
    key = {"datasetId": {"S": second.dataset_id}}
    wire.scripted = [
        lambda _: (
            200,
            {
                "Responses": {TABLE: [wire.items[first.dataset_id]]},
                "UnprocessedKeys": {TABLE: {"Keys": [key]}},
            },
        )
    ]
    assert set(records.get_many([first.dataset_id, second.dataset_id])) == {
        first.dataset_id,
        second.dataset_id,
    }
    assert wire.calls[-1][1]["RequestItems"][TABLE]["Keys"] == [key]


def test_a_store_that_processes_nothing_is_given_up_after_a_bounded_number_of_tries(wire):
    pauses = []
    records = DynamoDbRecords(wire.client, TABLE, pause=pauses.append)
    wire.scripted = [lambda asked: (200, {"Responses": {}, "UnprocessedKeys": asked["RequestItems"]})] * 99
    with pytest.raises(StoreUnavailable):
        records.get_many(["one"])
    assert len(wire.calls) == READ_ATTEMPTS
    assert all(0 <= pause < 1 for pause in pauses)


def test_the_newest_record_of_a_workflow_is_one_item_of_the_index(wire, records):
    chain = a_chain(3)
    records.add([*chain, a_record(9, workflow_id=OTHER_WORKFLOW)])
    assert records.newest_of(WORKFLOW) == chain[-1]
    assert (
        wire.calls[-1][1] | {"IndexName": "workflow", "ScanIndexForward": False, "Limit": 1}
        == wire.calls[-1][1]
    )


def test_a_workflow_without_records_has_no_newest_one(records):
    assert records.newest_of(WORKFLOW) is None


def test_a_workflows_records_are_read_page_by_page_in_their_order(wire, records):
    chain = a_chain(3)
    records.add(chain)
    last = {"datasetId": {"S": chain[0].dataset_id}, "workflowId": {"S": WORKFLOW}, "sequence": {"N": "1"}}
    wire.scripted = [
        lambda _: (200, {"Items": [wire.items[chain[0].dataset_id]], "LastEvaluatedKey": last}),
        lambda _: (200, {"Items": [wire.items[each.dataset_id] for each in chain[1:]]}),
    ]
    assert list(records.all_of(WORKFLOW)) == chain
    assert wire.calls[-1][1]["ExclusiveStartKey"] == last


def test_a_scan_goes_on_where_it_ended(wire, records):
    chain = a_chain(2)
    records.add(chain)
    key = {"datasetId": {"S": chain[0].dataset_id}}
    wire.scripted = [lambda _: (200, {"Items": [wire.items[chain[0].dataset_id]], "LastEvaluatedKey": key})]
    page = records.scan(None)
    assert (list(page.records), page.after) == ([chain[0]], chain[0].dataset_id)
    page = records.scan(page.after)
    assert wire.calls[-1][1]["ExclusiveStartKey"] == key
    assert page.after is None


def test_a_store_that_is_too_busy_is_unavailable_after_a_bounded_number_of_tries(wire, records):
    wire.scripted = [failing("ThrottlingException")] * 9
    with pytest.raises(StoreUnavailable):
        records.get("any")
    assert len(wire.calls) == 2


def test_a_mistake_of_ours_is_not_taken_for_an_outage(wire, records):
    wire.scripted = [failing("ValidationException")]
    with pytest.raises(ClientError):
        records.get("any")
