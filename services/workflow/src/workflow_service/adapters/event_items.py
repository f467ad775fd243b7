"""Sealed events as items of the table. The texts that were hashed are kept as they are, never made again."""

import json
from zlib import crc32

from countersign_common.canonical import Opening
from countersign_common.clock import from_rfc3339

from workflow_service.adapters.attributes import (
    Attribute,
    Item,
    a_map,
    integer_of,
    key,
    number,
    text,
    texts,
    texts_of,
)
from workflow_service.domain.people import Person
from workflow_service.use_cases.seal import SealedEvent
from workflow_service.use_cases.show_history import HistoryEntry

SHARDS = tuple(f"pending#{number}" for number in range(8))
"""The partitions of the index `outbox`: one would take every workflow's writes."""

HISTORY = ("eventId", "sealed", "hash", "acted")
"""The attributes that a history shows."""


def sequence_text(sequence: int) -> str:
    """An event's sort key; text order is the sequence's order."""
    return f"EVENT#{sequence:010d}"


def event_key(event: SealedEvent) -> Item:
    """Where an event is."""
    return key(f"WORKFLOW#{event.workflow_id}", sequence_text(event.sequence))


def event_item(event: SealedEvent) -> Item:
    """An event that is still to be handed on, found in the index `outbox` until it is."""
    shard = SHARDS[crc32(event.workflow_id.encode()) % len(SHARDS)]
    return event_key(event) | {
        "eventId": text(event.event_id),
        "workflowId": text(event.workflow_id),
        "sequence": number(event.sequence),
        "occurredAt": text(event.occurred_at),
        "correlationId": text(event.correlation_id),
        "sealed": text(event.sealed),
        "hash": text(event.hash),
        "person": _opening(event.person),
        "content": _opening(event.content),
        "participants": texts(event.participants),
        "acted": text(event.acted),
        "outbox": text("pending"),
        "outboxShard": text(shard),
    }


def event_from(item: Item) -> SealedEvent:
    """The event in an item."""
    return SealedEvent(
        event_id=item["eventId"]["S"],
        workflow_id=item["workflowId"]["S"],
        sequence=integer_of(item["sequence"]),
        occurred_at=item["occurredAt"]["S"],
        correlation_id=item["correlationId"]["S"],
        sealed=item["sealed"]["S"],
        hash=item["hash"]["S"],
        person=_opening_of(item["person"]),
        content=_opening_of(item["content"]),
        participants=texts_of(item["participants"]),
        acted=item["acted"]["S"],
    )


def history_entry_from(item: Item) -> HistoryEntry:
    """What a history shows of the event in an item."""
    acted, sealed = json.loads(item["acted"]["S"]), json.loads(item["sealed"]["S"])
    return HistoryEntry(
        event_id=item["eventId"]["S"],
        sequence=sealed["sequence"],
        action_type=sealed["actionType"],
        outcome=sealed["outcome"],
        round=sealed["round"],
        step_id=sealed["stepId"],
        action_owner=Person(acted["actionOwner"]["userId"], acted["actionOwner"]["name"]),
        title=acted["title"],
        comment=acted["comment"],
        occurred_at=from_rfc3339(sealed["occurredAt"]),
        hash=item["hash"]["S"],
        previous_hash=sealed["previousHash"],
    )


def _opening(opening: Opening) -> Attribute:
    return a_map({"salt": {"B": opening.salt}, "value": text(opening.value)})


def _opening_of(attribute: Attribute) -> Opening:
    return Opening(bytes(attribute["M"]["salt"]["B"]), attribute["M"]["value"]["S"])
