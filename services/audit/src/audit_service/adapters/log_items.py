"""Items of the audit-log table.

| pk | sk | attributes |
|---|---|---|
| `PENDING#<shard>` | entry id | kind, hash, addedAt |
| `ENTRY#<entry id>` | `INDEX` | index, kind, hash |
| `LOG` | `STATE` | size, root, note, sealedAt, planned (the plan's new size), leaseOwner, leaseUntil |
| `LOG` | `PLAN` | size, entries: a compressed bundle |
| `CHECKPOINT` | sealed at | size, root, note |
| `COSIGNATURE#<size>` | witness's name and key id | line, at |
| `ERASED#<datasetId>` | id of the erasure event | parts |
"""

from binascii import crc32
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from countersign_common.aws.items import Item
from countersign_common.clock import from_rfc3339, to_rfc3339

from audit_service.domain.errors import LogDamagedError
from audit_service.domain.log.entries import Entry, EntryKind, LeafPosition
from audit_service.domain.log.notes import InvalidNoteError, NoteSignature, SignedCheckpoint
from audit_service.domain.log.sealing import PendingEntry
from audit_service.ports import PublishedCheckpoint

SHARDS = 8
"""Pending entries are in as many partitions: a key that all records share would limit how fast they are stored."""

STATE_KEY: Item = {"pk": {"S": "LOG"}, "sk": {"S": "STATE"}}
PLAN_KEY: Item = {"pk": {"S": "LOG"}, "sk": {"S": "PLAN"}}


CHECKPOINTS = "CHECKPOINT"
"""The partition of the history of checkpoints."""


def pending_partition(shard: int) -> str:
    """Return the partition of a shard's pending entries."""
    return f"PENDING#{shard}"


def pending_key(entry_id: str) -> Item:
    """Return the key of a pending entry."""
    shard = crc32(entry_id.encode()) % SHARDS
    return {"pk": {"S": pending_partition(shard)}, "sk": {"S": entry_id}}


def pending_item(entry: Entry, added_at: datetime) -> Item:
    """Return the item of an entry that is recorded and not sealed yet."""
    return {
        **pending_key(entry.entry_id),
        "kind": {"S": entry.kind.value},
        "hash": {"B": bytes.fromhex(entry.hash)},
        "addedAt": {"S": to_rfc3339(added_at)},
    }


def pending_entry(item: Item) -> PendingEntry:
    """Return the entry of a pending item.

    Raises:
        ValueError: The item is damaged.
    """
    try:
        kind, added_at = EntryKind(item["kind"]["S"]), from_rfc3339(item["addedAt"]["S"])
        entry = Entry(kind, item["sk"]["S"], item["hash"]["B"].hex())
    except (AttributeError, KeyError) as error:
        raise ValueError("Not a pending entry.") from error
    return PendingEntry(Entry.from_bytes(entry.to_bytes()), added_at)


def entry_key(entry_id: str) -> Item:
    """Return the key of a sealed entry's position."""
    return {"pk": {"S": f"ENTRY#{entry_id}"}, "sk": {"S": "INDEX"}}


def entry_item(entry: Entry, index: int) -> Item:
    """Return the item of a sealed entry's position."""
    return {
        **entry_key(entry.entry_id),
        "index": {"N": str(index)},
        "kind": {"S": entry.kind.value},
        "hash": {"B": bytes.fromhex(entry.hash)},
    }


def positions_of(items: Iterable[Mapping[str, Any]]) -> dict[str, LeafPosition]:
    """Return the positions of sealed entries by id. Damaged items are left out: reconciliation restores them."""
    found: dict[str, LeafPosition] = {}
    for item in items:
        with suppress(AttributeError, KeyError, ValueError):
            position = LeafPosition(int(item["index"]["N"]), item["hash"]["B"].hex())
            if position.index >= 0:
                found[item["pk"]["S"].removeprefix("ENTRY#")] = position
    return found


def pending_times(items: Iterable[Mapping[str, Any]]) -> dict[str, datetime]:
    """Return since when entries wait, by id. Damaged items are left out: the sealer warns of them."""
    found: dict[str, datetime] = {}
    for item in items:
        with suppress(KeyError, ValueError):
            found[item["sk"]["S"]] = from_rfc3339(item["addedAt"]["S"])
    return found


def checkpoint_key(sealed_at: str) -> dict[str, Any]:
    """Return the key of a checkpoint in the history."""
    return {"pk": {"S": CHECKPOINTS}, "sk": {"S": sealed_at}}


def published_checkpoint(item: Item) -> PublishedCheckpoint:
    """Return the checkpoint of the state, or of an item of the history.

    Raises:
        LogDamagedError: The item's note is not a checkpoint.
    """
    sealed_at = item.get("sealedAt") or item["sk"]
    try:
        return PublishedCheckpoint(SignedCheckpoint.parse(item["note"]["S"]), sealed_at["S"])
    except (InvalidNoteError, KeyError) as error:
        raise LogDamagedError("A stored checkpoint can't be read.") from error


def cosignature_partition(size: int) -> str:
    """Return the partition of the cosignatures of the checkpoint of this size."""
    return f"COSIGNATURE#{size}"


def cosignature_item(size: int, cosignature: NoteSignature, at: str) -> Item:
    """Return the item of a cosignature. Another one of the same key has the same item."""
    return {
        "pk": {"S": cosignature_partition(size)},
        "sk": {"S": f"{cosignature.name}+{cosignature.key_id.hex()}"},
        "line": {"S": cosignature.line},
        "at": {"S": at},
    }


def cosignature_of(item: Item) -> NoteSignature:
    """Return the cosignature of an item.

    Raises:
        LogDamagedError: The item has no signature line.
    """
    try:
        return NoteSignature.parse(item["line"]["S"])
    except (InvalidNoteError, KeyError) as error:
        raise LogDamagedError("A stored cosignature can't be read.") from error


def erased_partition(dataset_id: str) -> str:
    """Return the partition of the erasure events that name a record. The sort key is the event's id."""
    return f"ERASED#{dataset_id}"


def erased_item(dataset_id: str, event_id: str, parts: Sequence[str]) -> Item:
    """Return the item of what an erasure event names of a record."""
    return {
        "pk": {"S": erased_partition(dataset_id)},
        "sk": {"S": event_id},
        "parts": {"L": [{"S": part} for part in parts]},
    }


def erased_parts_of(item: Item) -> list[str]:
    """Return the parts of such an item."""
    return [part["S"] for part in item.get("parts", {}).get("L", [])]
