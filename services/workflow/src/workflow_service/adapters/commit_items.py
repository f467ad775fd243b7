"""The commit index: an item for each event, by the time of its commit, from which manifests are made.

An event is in the outbox while its item here has `outboxShard`: these items are small, so that removing it is cheap.
"""

from datetime import timedelta
from zlib import crc32

from countersign_common.aws.items import Item, from_item, to_item
from countersign_common.clock import from_rfc3339, to_rfc3339
from countersign_common.ids import is_id
from countersign_common.proof.canonical import MAX_SAFE_INTEGER

from workflow_service.adapters.keys import commit_key
from workflow_service.domain.events import SealedEvent
from workflow_service.domain.manifests import CommittedEvent

RETENTION = timedelta(days=30)
"""How long manifests can still be published after an outage. Longer than any outage that no one notices."""

OUTBOX_INDEX = "outbox"

OUTBOX_SHARDS = tuple(f"pending#{number}" for number in range(8))
"""Partitions of the index `outbox`: one would receive every workflow's writes."""

OUTBOX_ATTRIBUTE = "outboxShard"
OUTBOX_POSITION = "occurredAt"

_HASH_BYTES = 32


def commit_item(event: SealedEvent) -> Item:
    """Return the entry of an event that is pending in the outbox. It doesn't expire until it is published."""
    return key_of(event) | to_item(
        {
            "workflowId": event.workflow_id,
            "sequence": event.sequence,
            "hash": bytes.fromhex(event.hash),
            OUTBOX_POSITION: event.occurred_at,
            OUTBOX_ATTRIBUTE: OUTBOX_SHARDS[crc32(event.workflow_id.encode()) % len(OUTBOX_SHARDS)],
        }
    )


def key_of(event: SealedEvent) -> Item:
    """Return the key of an event's entry."""
    return commit_key(event.occurred_at, event.event_id, event.workflow_id)


def expiry_of(event: SealedEvent) -> int:
    """Return when the entry of a published event expires, in seconds since 1970."""
    return int((from_rfc3339(event.occurred_at) + RETENTION).timestamp())


def committed_event_from_item(item: Item) -> CommittedEvent:
    """Return the event of an entry.

    Raises:
        AttributeError, LookupError, TypeError, ValueError: The item is not an entry.
    """
    values = from_item(item)
    occurred_at, _, event_id = values["sk"].partition("#")
    workflow_id, sequence, digest = values["workflowId"], values["sequence"], values["hash"]
    if not is_id(event_id) or not is_id(workflow_id):
        raise ValueError("an id is not a UUID")
    if type(sequence) is not int or not 1 <= sequence <= MAX_SAFE_INTEGER:
        raise ValueError("the sequence is not a positive integer")
    if type(digest) is not bytes or len(digest) != _HASH_BYTES:
        raise ValueError("the hash is not a SHA-256")
    at = from_rfc3339(occurred_at)
    if to_rfc3339(at) != occurred_at:
        raise ValueError("the time has another form than its partition's")
    return CommittedEvent(event_id, workflow_id, sequence, digest.hex(), at)
