"""Events that the audit service records itself: erasures, legal holds and retention policies.

No producer can send them: `schemas/events.py` rejects their source.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign_common.events.audit_event import (
    CONTENT_PART,
    PERSON_PART,
    SEALED_PART,
    ContentPart,
    PersonPart,
    Reference,
    SealedPart,
)
from countersign_common.events.contract import NAME, TEXT, TIMESTAMP, UUID, Contract, nullable, object_of
from countersign_common.events.erasure_event import ErasedDataset
from countersign_common.proof.canonical import Json, canonical_text
from countersign_common.proof.commitment import CommitmentOpening, Part
from countersign_common.proof.hash_chain import hash_of

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.erasure import ordered_parts
from audit_service.domain.errors import UnreadableRecordError

OWN_SOURCE = "/countersign/audit"
"""Source of what the audit service records itself. The content of such records is never erased: it says what was."""

OWN_EVENT_TYPE = "countersign.own-event.v1"

ERASE, HOLD, RELEASE, SET_RETENTION = "ERASE", "HOLD", "RELEASE", "SET_RETENTION"
ERASED, HELD, RELEASED, SET = "ERASED", "HELD", "RELEASED", "SET"

SYSTEM = "system"
"""Type of an action owner that is not a person: retention."""

NO_PERSON = PersonPart("", "", (), "", "")
NO_PERSON_TEXT = canonical_text(PERSON_PART.dump(NO_PERSON))
"""Of retention, and of an admin who erases themselves: there is nothing to erase in it."""


@dataclass(frozen=True)
class Salts:
    """The salts of the two commitments of a new record: 32 random bytes each."""

    person: bytes
    content: bytes


@dataclass(frozen=True)
class OwnEvent:
    """An event of the audit service itself. It has no workflow block: it is part of no workflow's chain.

    Attributes:
        event_id: Becomes the datasetId.
        action_type, outcome: Such as HOLD and HELD.
        target: A `workflow`, `scheme`, `user` or `retention`.
        occurred_at: RFC 3339 in UTC.
        request_id: Of the HTTP request.
        title: Says what was done, such as `Legal hold`.
        comment: The reason.
        after: What was set; None if the target says it all.
    """

    event_id: str
    action_type: str
    outcome: str
    target: Reference
    action_owner: Reference
    occurred_at: str
    request_id: str
    person: PersonPart
    title: str
    comment: str | None
    after: Json


_REFERENCE = object_of({"type": NAME, "id": TEXT})

OWN_EVENT = Contract(
    OwnEvent,
    object_of(
        {
            "eventId": UUID,
            "actionType": NAME,
            "outcome": NAME,
            "target": _REFERENCE,
            "actionOwner": _REFERENCE,
            "occurredAt": TIMESTAMP,
            "requestId": TEXT,
            "person": PERSON_PART.schema,
            "title": TEXT,
            "comment": nullable({"type": "string", "maxLength": 4_000}),
            "after": {"type": ["object", "null"]},
        }
    ),
)


def own_record(event: OwnEvent, salts: Salts) -> AuditRecord:
    """Return the record of an event of the audit service itself. Only admins and auditors may read it."""
    person = CommitmentOpening(salts.person, canonical_text(PERSON_PART.dump(event.person)))
    content_part = ContentPart(event.title, event.comment, None, event.after)
    content = CommitmentOpening(salts.content, canonical_text(CONTENT_PART.dump(content_part)))
    sealed = canonical_text(
        SEALED_PART.dump(
            SealedPart(
                event_id=event.event_id,
                source=OWN_SOURCE,
                action_type=event.action_type,
                action_owner=event.action_owner,
                target=event.target,
                outcome=event.outcome,
                occurred_at=event.occurred_at,
                request_id=event.request_id,
                participants=(),
                person_commitment=person.commitment("person"),
                content_commitment=content.commitment("content"),
            )
        )
    )
    return AuditRecord(event.event_id, hash_of(sealed), sealed, person, content)


def erasure_content(reason: str, parts: Sequence[str], datasets: Iterable[ErasedDataset]) -> dict[str, Any]:
    """Return `after` of an erasure event: what it erases."""
    erased = [{"datasetId": each.dataset_id, "parts": list(each.parts)} for each in datasets]
    return {"reason": reason, "parts": list(parts), "erased": erased}


def named_parts(record: AuditRecord) -> Iterator[tuple[str, tuple[Part, ...]]]:
    """Yield datasetId and parts of what an erasure event erases.

    Raises:
        UnreadableRecordError: The record is damaged.
        ValueError: It is not an erasure event.
    """
    event, content = record.event, record.content
    is_erasure = (event.source, event.action_type) == (
        OWN_SOURCE,
        ERASE,
    ) and event.event_id == record.dataset_id
    if not is_erasure or content is None or not content.opens("content", event.content_commitment):
        raise ValueError(f"The record {record.dataset_id} is not an erasure event.")
    after = None if record.content_part is None else record.content_part.after
    erased = after.get("erased") if isinstance(after, Mapping) else None
    if not isinstance(erased, list):
        raise ValueError(f"The record {record.dataset_id} names no records.")
    for each in erased:
        yield each["datasetId"], ordered_parts(each["parts"])


def erased_parts(record: AuditRecord) -> Sequence[tuple[str, tuple[Part, ...]]]:
    """Return datasetId and parts of what an erasure event erased; nothing for a record of anything else."""
    try:
        return list(named_parts(record))
    except (KeyError, TypeError, UnreadableRecordError, ValueError):
        return []
