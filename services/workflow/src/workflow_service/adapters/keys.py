"""Keys of the table `workflow`."""

from zlib import crc32

from countersign_common.aws.items import Item, to_value

from workflow_service.domain.idempotency import IdempotencyKey

_WORKFLOW = "WORKFLOW#"
_COMMITS = "COMMITS#"
_EVENT = "EVENT#"
_INBOX = "INBOX#"
_DECIDED = "DECIDED#"

SCHEMES = "SCHEMES"
"""The partition that lists all schemes. There are few, and people write them."""

COMMIT_SHARDS = 8
"""Partitions of an hour of the commit index: one would receive every workflow's writes."""

LAST_SEQUENCE = 10**10 - 1


def item_key(partition: str, sort: str) -> Item:
    return {"pk": to_value(partition), "sk": to_value(sort)}


def state_key(workflow_id: str) -> Item:
    return item_key(_WORKFLOW + workflow_id, "STATE")


def event_key(workflow_id: str, sequence: int) -> Item:
    return item_key(_WORKFLOW + workflow_id, event_sort_key(sequence))


def event_sort_key(sequence: int) -> str:
    """Return an event's sort key. Keys sort as text like sequences sort as numbers."""
    return f"{_EVENT}{sequence:010d}"


def sequence_in(sort_key: str) -> int:
    """Return the sequence in an event's sort key."""
    return int(sort_key.removeprefix(_EVENT))


def inbox_key(principal: str, sort_key: str) -> Item:
    """Return the key of a workflow that waits for a user or group. `sort_key` is the workflow's."""
    return item_key(_INBOX + principal, sort_key)


def inbox_partition(principal: str) -> str:
    return _INBOX + principal


def decided_key(user_id: str, sort_key: str) -> Item:
    """Return the key of a workflow that a user has decided. `sort_key` is the workflow's right after the decision."""
    return item_key(decided_partition(user_id), sort_key)


def decided_partition(user_id: str) -> str:
    return _DECIDED + user_id


def idempotency_key(key: IdempotencyKey) -> Item:
    return item_key(f"IDEMPOTENCY#{key.user_id}#{key.key}", "RECORD")


def commit_key(occurred_at: str, event_id: str, workflow_id: str) -> Item:
    """Return the key of an event in the commit index."""
    shard = crc32(workflow_id.encode()) % COMMIT_SHARDS
    return item_key(commit_partition(occurred_at, shard), f"{occurred_at}#{event_id}")


def commit_partition(at: str, shard: int) -> str:
    """Return the partition of the commit index for the hour of a time (RFC 3339 in UTC)."""
    return f"{_COMMITS}{at[:13]}#{shard}"


def manifest_state_key() -> Item:
    return item_key("MANIFEST", "STATE")


def scheme_partition(scheme_id: str) -> str:
    """Return the partition of a scheme's versions and of its newest version once more."""
    return f"SCHEME#{scheme_id}"


def scheme_version_key(scheme_id: str, version: int) -> Item:
    return item_key(scheme_partition(scheme_id), f"VERSION#{version:06d}")


def newest_scheme_key(scheme_id: str) -> Item:
    return item_key(scheme_partition(scheme_id), "LATEST")


def scheme_list_key(scheme_id: str) -> Item:
    return item_key(SCHEMES, scheme_id)


def workflow_id_at(sort_key: str) -> str:
    """Return the workflow's id in its sort key."""
    return sort_key.partition("#")[2]


def workflow_id_in(partition: str) -> str:
    """Return the workflow's id in a partition key."""
    return partition.removeprefix(_WORKFLOW)
