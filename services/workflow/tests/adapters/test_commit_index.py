"""The commit index: what each commit writes for manifests, and what is read back."""

from datetime import UTC, datetime, timedelta

import pytest
from countersign_common.clock import to_rfc3339
from countersign_common.ids import new_id

from workflow_service.adapters.dynamodb_commit_index import DynamoDbCommitIndex
from workflow_service.adapters.keys import commit_key
from workflow_service.domain.errors import VersionConflictError
from workflow_service.domain.manifests import CommittedEvent, UnreadableEntry

from ..builders import NOON, a_creation

HASH = bytes(range(32))
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def index(aws) -> DynamoDbCommitIndex:
    return DynamoDbCommitIndex(aws.dynamodb, aws.table)


def commit_entries(aws):
    return {key: item for key, item in aws.items().items() if key[0].startswith("COMMITS#")}


def test_a_commit_writes_one_small_entry_that_expires_once_it_is_published(aws, adapters):
    commit = a_creation(at=NOON)
    adapters.workflows.commit(commit)
    [((pk, sk), item)] = commit_entries(aws).items()
    assert pk[:-1] == "COMMITS#2026-03-02T12#"
    assert sk == f"2026-03-02T12:00:00.000Z#{commit.event.event_id}"
    kept = {"pk", "sk", "workflowId", "sequence", "hash", "occurredAt"}
    assert set(item) == kept | {"outboxShard"}
    adapters.outbox.remove(commit.event)
    [item] = commit_entries(aws).values()
    assert set(item) == kept | {"expiresAt"}
    assert int(item["expiresAt"]["N"]) == int((NOON + timedelta(days=30)).timestamp())


def test_entries_are_read_in_order_of_time_from_start_to_before_the_end(adapters, index):
    times = [NOON + MINUTE * minute for minute in (-1, 0, 30, 59, 60, 119, 120)]
    commits = [a_creation(at=at) for at in times]
    for commit in commits:
        adapters.workflows.commit(commit)
    expected = [
        CommittedEvent(each.event.event_id, each.event.workflow_id, 1, each.event.hash, each.at)
        for each in commits
    ]
    assert list(index.between(NOON, NOON + HOUR)) == expected[1:4]
    assert list(index.between(NOON - MINUTE, NOON + 2 * HOUR)) == expected[:6]
    assert list(index.between(NOON + MINUTE, NOON + 30 * MINUTE)) == []


def test_an_hour_is_spread_over_eight_partitions_by_workflow():
    keys = [commit_key("2026-03-02T12:00:00.000Z", new_id(), new_id()) for _ in range(500)]
    assert {key["pk"]["S"] for key in keys} == {f"COMMITS#2026-03-02T12#{shard}" for shard in range(8)}


def test_events_of_all_partitions_are_found(adapters, index):
    for _ in range(20):
        adapters.workflows.commit(a_creation(at=NOON))
    assert len(list(index.between(NOON, NOON + MINUTE))) == 20


def test_a_commit_that_lost_a_race_leaves_no_entry(aws, adapters):
    commit = a_creation()
    adapters.workflows.commit(commit)
    with pytest.raises(VersionConflictError):
        adapters.workflows.commit(commit)
    assert len(commit_entries(aws)) == 1


def test_reads_are_consistent(aws, index):
    list(index.between(NOON, NOON + MINUTE))
    assert aws.operations == ["Query"] * 8
    assert all(parameters["ConsistentRead"] is True for _, parameters in aws.calls)


@pytest.mark.parametrize(
    "change",
    [
        {"workflowId": None},
        {"workflowId": {"S": "WORKFLOW"}},
        {"workflowId": {"N": "1"}},
        {"sequence": None},
        {"sequence": {"N": "0"}},
        {"sequence": {"N": "1.5"}},
        {"sequence": {"N": "9007199254740992"}},
        {"sequence": {"S": "1"}},
        {"hash": None},
        {"hash": {"S": HASH.hex()}},
        {"hash": {"B": HASH[1:]}},
        {"sk": {"S": "2026-03-02T12:00:00.000Z"}},
        {"sk": {"S": "2026-03-02T12:00:00.000Z#not-an-id"}},
        {"sk": {"S": "2026-03-02T12:00:01#01960000-0000-7000-8000-000000000001"}},
        {"sk": {"S": "2026-03-02T12:00:01.000+09:00#01960000-0000-7000-8000-000000000001"}},
    ],
    ids=str,
)
def test_a_damaged_entry_is_unreadable_and_does_not_stop_the_others(aws, adapters, index, change):
    before, after = a_creation(at=NOON), a_creation(at=NOON + timedelta(seconds=2))
    damaged = a_creation(at=NOON + timedelta(seconds=1))
    adapters.workflows.commit(damaged)
    [(key, item)] = commit_entries(aws).items()
    aws.delete(key)
    for commit in (before, after):
        adapters.workflows.commit(commit)
    aws.put({name: value for name, value in (item | change).items() if value is not None})
    found = list(index.between(NOON, NOON + MINUTE))
    unreadable = [entry for entry in found if isinstance(entry, UnreadableEntry)]
    assert [entry.key.split(" ")[0] for entry in unreadable] == [key[0]]
    readable = {entry.event_id for entry in found if isinstance(entry, CommittedEvent)}
    assert readable == {before.event.event_id, after.event.event_id}


def test_the_hour_of_an_entry_is_that_of_its_time_in_utc(adapters, index):
    at = datetime(2026, 3, 2, 12, 59, 59, 999_000, UTC)
    adapters.workflows.commit(a_creation(at=at))
    [entry] = index.between(at - MINUTE, at + MINUTE)
    assert isinstance(entry, CommittedEvent)
    assert to_rfc3339(entry.occurred_at) == "2026-03-02T12:59:59.999Z"
