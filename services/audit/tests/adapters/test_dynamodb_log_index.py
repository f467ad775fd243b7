"""The log's bookkeeping in DynamoDB, by moto."""

import dataclasses
from datetime import timedelta

import pytest
from countersign_common.errors import StoreUnavailableError

from audit_service.adapters.dynamodb_log_index import DynamoDbLogIndex
from audit_service.adapters.log_items import (
    STATE_KEY,
    checkpoint_key,
    cosignature_item,
    entry_item,
    erased_partition,
    pending_item,
)
from audit_service.domain.errors import LogDamagedError
from audit_service.domain.log.entries import Entry, EntryKind, LeafPosition
from audit_service.ports import PublishedCheckpoint

from ..builders import dataset_id
from ..log_fakes import NOW, FakeLog, cosignature
from .table import LOG_TABLE, failing

pytestmark = pytest.mark.usefixtures("no_pauses")


@pytest.fixture
def index(table) -> DynamoDbLogIndex:
    return DynamoDbLogIndex(table.client, LOG_TABLE, pause=lambda _: None)


def entries(count: int) -> list[Entry]:
    return [Entry(EntryKind.EVENT, dataset_id(number), f"{number:064x}") for number in range(1, count + 1)]


def published(signed_at: str) -> PublishedCheckpoint:
    return PublishedCheckpoint(FakeLog().seal(*entries(3)), signed_at)


def test_the_newest_checkpoint_is_the_one_of_the_state(table, index):
    assert index.newest_checkpoint() is None
    table.put({**STATE_KEY, "leaseOwner": {"S": "a run that has not sealed yet"}}, LOG_TABLE)
    assert index.newest_checkpoint() is None
    checkpoint = published("2026-01-31T09:00:00.000Z")
    state = {"note": {"S": checkpoint.signed.note}, "sealedAt": {"S": checkpoint.signed_at}}
    table.put({**STATE_KEY, **state}, LOG_TABLE)
    assert index.newest_checkpoint() == checkpoint
    assert all(body["ConsistentRead"] is True for _, body in table.calls)


@pytest.mark.parametrize("note", ["", "x", "a\n1\nAAAA\n\n"])
def test_a_note_that_is_not_a_checkpoint_is_a_damaged_log(note: str, table, index):
    table.put({**STATE_KEY, "note": {"S": note}, "sealedAt": {"S": "x"}}, LOG_TABLE)
    with pytest.raises(LogDamagedError):
        index.newest_checkpoint()


def test_checkpoints_are_listed_newest_first_and_read_page_by_page(table, index):
    times = [f"2026-01-31T09:0{number}:00.000Z" for number in range(5)]
    for time in times:
        table.put({**checkpoint_key(time), "note": {"S": published(time).signed.note}}, LOG_TABLE)
    found = index.list_checkpoints(before=None, page_size=2)
    assert next(iter(found)) == published(times[4])
    assert table.operations == ["Query"]
    before = list(index.list_checkpoints(before=times[3], page_size=2))
    assert before == [published(time) for time in times[2::-1]]


def test_positions_are_read_in_batches_of_a_hundred(table, index):
    sealed = entries(130)
    for number, entry in enumerate(sealed):
        table.put(entry_item(entry, number), LOG_TABLE)
    table.calls.clear()
    found = index.positions([*(entry.entry_id for entry in sealed), "unknown"])
    assert found == {entry.entry_id: LeafPosition(at, entry.hash) for at, entry in enumerate(sealed)}
    assert table.operations == ["BatchGetItem"] * 2
    assert all(body["RequestItems"][LOG_TABLE]["ConsistentRead"] for _, body in table.calls)
    assert index.positions([]) == {}


def test_positions_are_restored_over_what_is_stored(table, index):
    one, two = entries(2)
    table.put(entry_item(one, 7), LOG_TABLE)
    index.restore_positions({one: 3, two: 4})
    found = index.positions([one.entry_id, two.entry_id])
    assert found == {one.entry_id: LeafPosition(3, one.hash), two.entry_id: LeafPosition(4, two.hash)}


@pytest.mark.parametrize(
    "damage",
    [{"index": {"S": "x"}}, {"hash": {"S": "x"}}, {"index": {"N": "1.5"}}, {"index": {"N": "-1"}}],
    ids=str,
)
def test_a_damaged_position_is_none(table, index, damage):
    one, two = entries(2)
    table.put({**entry_item(one, 0), **damage}, LOG_TABLE)
    table.put(entry_item(two, 1), LOG_TABLE)
    assert index.positions([one.entry_id, two.entry_id]) == {two.entry_id: LeafPosition(1, two.hash)}


def test_a_damaged_pending_entry_does_not_hide_the_others(table, index):
    one, two = entries(2)
    table.put({**pending_item(one, NOW), "addedAt": {"S": "x"}}, LOG_TABLE)
    table.put(pending_item(two, NOW), LOG_TABLE)
    assert index.pending_since([one.entry_id, two.entry_id]) == {two.entry_id: NOW}
    assert index.count_pending().oldest == NOW


def test_pending_entries_are_found_in_their_shards(table, index):
    waiting = entries(20)
    for number, entry in enumerate(waiting):
        table.put(pending_item(entry, NOW + timedelta(seconds=number)), LOG_TABLE)
    found = index.pending_since([waiting[3].entry_id, waiting[7].entry_id, "unknown"])
    assert found == {waiting[at].entry_id: NOW + timedelta(seconds=at) for at in (3, 7)}
    pending = index.count_pending()
    assert (pending.count, pending.oldest) == (20, NOW)


def test_without_pending_entries_there_is_no_oldest(index):
    pending = index.count_pending()
    assert (pending.count, pending.oldest) == (0, None)


def test_a_cosignature_replaces_an_earlier_one_of_the_same_key(index):
    assert index.cosignatures(3) == []
    index.add_cosignature(3, cosignature(), NOW)
    later = dataclasses.replace(cosignature(), signature=b"later")
    index.add_cosignature(3, later, NOW)
    other = cosignature("another.example.com")
    index.add_cosignature(3, other, NOW)
    index.add_cosignature(4, cosignature(), NOW)
    assert index.cosignatures(3) == [other, later]


def test_a_cosignature_that_is_not_a_line_is_a_damaged_log(table, index):
    table.put({**cosignature_item(3, cosignature(), "x"), "line": {"S": "x"}}, LOG_TABLE)
    with pytest.raises(LogDamagedError):
        index.cosignatures(3)


def test_the_erasures_of_a_record_are_found(table, index):
    for event in ("b", "a"):
        table.put({"pk": {"S": erased_partition(dataset_id(1))}, "sk": {"S": event}}, LOG_TABLE)
    assert index.erasures_of(dataset_id(1)) == ["a", "b"]
    assert index.erasures_of(dataset_id(2)) == []


CALLS = {
    "newest_checkpoint": lambda index: index.newest_checkpoint(),
    "list_checkpoints": lambda index: list(index.list_checkpoints(before=None, page_size=2)),
    "positions": lambda index: index.positions(["any"]),
    "pending_since": lambda index: index.pending_since(["any"]),
    "count_pending": lambda index: index.count_pending(),
    "erasures_of": lambda index: index.erasures_of("any"),
    "cosignatures": lambda index: index.cosignatures(1),
    "add_cosignature": lambda index: index.add_cosignature(1, cosignature(), NOW),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_a_table_that_stays_busy_is_unavailable(table, index, call):
    table.responses = [failing("ThrottlingException")] * 99
    with pytest.raises(StoreUnavailableError):
        call(index)


@pytest.mark.parametrize("entry_id", ["", "x" * 2_048, "\ud800"], ids=["empty", "long", "surrogate"])
def test_an_id_that_cannot_be_a_key_is_unknown(entry_id: str, table, index):
    (entry,) = entries(1)
    table.put(entry_item(entry, 0), LOG_TABLE)
    assert index.positions([entry_id, entry.entry_id]) == {entry.entry_id: LeafPosition(0, entry.hash)}
    assert index.pending_since([entry_id]) == {}
    assert list(index.erasures_of(entry_id)) == []
