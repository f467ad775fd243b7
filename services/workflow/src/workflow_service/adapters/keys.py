"""Keys of the table `workflow`."""

from countersign_common.aws.items import Item, to_value

from workflow_service.domain.idempotency import IdempotencyKey

_WORKFLOW = "WORKFLOW#"
_EVENT = "EVENT#"
_INBOX = "INBOX#"

SCHEMES = "SCHEMES"
"""The partition that lists all schemes. There are few, and people write them."""

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


def inbox_key(principal: str, sort_key: str) -> Item:
    """Return the key of a workflow that waits for a user or group. `sort_key` is the workflow's."""
    return item_key(_INBOX + principal, sort_key)


def inbox_partition(principal: str) -> str:
    return _INBOX + principal


def idempotency_key(key: IdempotencyKey) -> Item:
    return item_key(f"IDEMPOTENCY#{key.user_id}#{key.key}", "RECORD")


def scheme_version_key(scheme_id: str, version: int) -> Item:
    return item_key(f"SCHEME#{scheme_id}", f"VERSION#{version:06d}")


def newest_scheme_key(scheme_id: str) -> Item:
    return item_key(f"SCHEME#{scheme_id}", "LATEST")


def scheme_list_key(scheme_id: str) -> Item:
    return item_key(SCHEMES, scheme_id)
