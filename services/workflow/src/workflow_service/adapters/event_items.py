"""Sealed events as items. The texts that were hashed are stored as they are and never generated again."""

import json
from collections.abc import Mapping
from typing import Any

from countersign_common.aws.items import Item, from_item, to_item
from countersign_common.clock import from_rfc3339
from countersign_common.compression import pack_text, unpack_text
from countersign_common.events.audit_event import SEALED_PART, SealedPart, WorkflowBlock
from countersign_common.events.workflow_event import EventActionOwner, WorkflowEvent
from countersign_common.proof.canonical import canonical_text
from countersign_common.proof.commitment import CommitmentOpening

from workflow_service.adapters.keys import event_key
from workflow_service.adapters.scheme_items import (
    approvers_from_value,
    approvers_value,
    person_from_value,
    person_value,
)
from workflow_service.adapters.workflow_items import DECIDED
from workflow_service.domain.events import HistoryEntry, Round, SealedEvent, UnreadableEvent, workflow_event
from workflow_service.domain.people import Approvers, Person
from workflow_service.domain.workflow import DECISIONS, ERASED_CONTENT, Content

HISTORY_ATTRIBUTES = ("sealed", "hash", "person", "title", "comment")
"""What a history shows, without the data."""


ROUND_ATTRIBUTES = ("sk", "sealed", "hash", "person", "content")
"""What a list of rounds shows: title and data, which are in the content."""


def event_item(event: SealedEvent) -> Item:
    """Return an event; a decision is in the index `decided` under its user.

    Its key there is the position of the workflow right after the decision. The workflow is not in it, because others
    change it afterward. Earlier decisions of the user stay: the workflow's state says which one is the newest.
    """
    published, texts = event.workflow_event, event.stored_texts
    return event_key(event.workflow_id, event.sequence) | to_item(
        {
            "correlationId": event.correlation_id,
            "sealed": texts.sealed,
            "hash": bytes.fromhex(event.hash),
            "person": _opening_value(event.person, texts.person),
            "content": _opening_value(event.content, texts.content),
            # Besides the parts above, so that a history needs no content and the content can be erased.
            "title": published.title or None,
            "comment": None if published.comment is None else pack_text(published.comment),
            "requester": person_value(Person(published.requester.user_id, published.requester.name)),
            "approvers": approvers_value(Approvers(published.approvers.users, published.approvers.groups)),
            **_decided_values(published),
        }
    )


def _decided_values(published: WorkflowEvent) -> dict[str, str]:
    if published.action_type not in DECISIONS:
        return {}
    position = f"{published.occurred_at}#{published.workflow_id}"
    return {DECIDED.owner: published.action_owner.id, DECIDED.position: position}


def event_from_item(item: Item) -> SealedEvent:
    """Return the event of an item.

    Raises:
        AttributeError, LookupError, TypeError, ValueError: The item is not an event.
    """
    values = from_item(item)
    stored = _StoredParts(values)
    published = workflow_event(
        stored.part,
        title=stored.title,
        comment=stored.comment,
        action_owner_name=stored.action_owner_name,
        requester=person_from_value(values["requester"]),
        approvers=approvers_from_value(values["approvers"]),
    )
    return SealedEvent(
        event_id=stored.part.event_id,
        workflow_id=published.workflow_id,
        sequence=published.sequence,
        occurred_at=published.occurred_at,
        correlation_id=values["correlationId"],
        sealed=stored.sealed,
        hash=stored.hash,
        person=stored.person,
        content=_opening_from_value(values.get("content")),
        workflow_event=published,
    )


def event_or_unreadable(item: Item, occurred_at: str = "") -> SealedEvent | UnreadableEvent:
    """Return the event of an item, or why it can't be read.

    Args:
        item: The item.
        occurred_at: RFC 3339, as the outbox has it.
    """
    try:
        return event_from_item(item)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        key = f"{item['pk']['S']} {item['sk']['S']}"
        return UnreadableEvent(key, f"{type(error).__name__}: {error}", occurred_at)


def history_entry_from_item(item: Item) -> HistoryEntry:
    """Return what a history shows of an event."""
    stored = _StoredParts(from_item(item))
    part, block = stored.part, stored.workflow_block
    return HistoryEntry(
        event_id=part.event_id,
        sequence=block.sequence,
        action_type=part.action_type,
        outcome=part.outcome,
        round=block.round,
        step_id=block.step_id,
        action_owner=EventActionOwner(part.action_owner.type, part.action_owner.id, stored.action_owner_name),
        title=stored.title,
        comment=stored.comment,
        occurred_at=from_rfc3339(part.occurred_at),
        hash=stored.hash,
        previous_hash=block.previous_hash,
    )


def round_from_item(item: Item) -> Round:
    """Return title and data of a REQUEST, from `ROUND_ATTRIBUTES`."""
    values = from_item(item)
    stored = _StoredParts(values)
    part, block, opening = stored.part, stored.workflow_block, _opening_from_value(values.get("content"))
    content = ERASED_CONTENT
    if opening is not None:
        opened = json.loads(opening.value)
        content = Content(opened["title"], canonical_text(opened["after"]))
    return Round(
        round=block.round,
        version=block.sequence,
        requested_at=from_rfc3339(part.occurred_at),
        requested_by=Person(part.action_owner.id, stored.action_owner_name),
        title=content.title,
        data=content.data,
        content_erased=opening is None,
    )


class _StoredParts:
    """What both readers need of an item's values."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.sealed = unpack_text(values["sealed"])
        self.part: SealedPart = SEALED_PART.load(json.loads(self.sealed))
        if self.part.workflow is None:
            raise ValueError("The sealed part has no workflow block.")
        self.workflow_block: WorkflowBlock = self.part.workflow
        # Erased attributes are missing. If one is missing for another reason, the audit trail detects it.
        self.person = _opening_from_value(values.get("person"))
        self.action_owner_name = "" if self.person is None else str(json.loads(self.person.value)["name"])
        self.title = str(values.get("title", ""))
        self.comment = unpack_text(values["comment"]) if "comment" in values else None
        self.hash = str(values["hash"].hex())


def _opening_value(opening: CommitmentOpening | None, text: str | bytes | None) -> dict[str, Any] | None:
    return None if opening is None else {"salt": opening.salt, "value": text}


def _opening_from_value(value: Mapping[str, Any] | None) -> CommitmentOpening | None:
    return None if value is None else CommitmentOpening(value["salt"], unpack_text(value["value"]))
