"""The commit index: an item for each event, by the time of its commit, from which manifests are made."""

from datetime import timedelta

from countersign_common.aws.items import Item, from_item, to_item
from countersign_common.clock import from_rfc3339, to_rfc3339
from countersign_common.ids import is_id
from countersign_common.proof.canonical import MAX_SAFE_INTEGER

from workflow_service.adapters.keys import commit_key
from workflow_service.domain.events import SealedEvent
from workflow_service.domain.manifests import CommittedEvent

RETENTION = timedelta(days=30)
"""How long manifests can still be published after an outage. Longer than any outage that no one notices."""

_HASH_BYTES = 32


def commit_item(event: SealedEvent) -> Item:
    """Return an event's entry in the commit index."""
    expires_at = from_rfc3339(event.occurred_at) + RETENTION
    return commit_key(event.occurred_at, event.event_id, event.workflow_id) | to_item(
        {
            "workflowId": event.workflow_id,
            "sequence": event.sequence,
            "hash": bytes.fromhex(event.hash),
            "expiresAt": int(expires_at.timestamp()),
        }
    )


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
