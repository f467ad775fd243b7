"""The event that the service consumes: `countersign.audit-trail.recorded.v1`."""

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Any

from countersign_common.canonical import SALT_BYTES, NotCanonical, Part, canonical_text
from countersign_common.canonical import Opening as Opened
from countersign_common.chain import hash_of
from countersign_common.events import CloudEvent
from countersign_common.fields import Id, Text
from marshmallow import ValidationError, fields
from marshmallow.validate import Equal, Length

from audit_service.domain.audit_record import SIZE_LIMIT, AuditRecord, Opening, UnreadableRecord
from audit_service.schemas.recorded import Content, Person, Recorded, Sealed, Sha256

EVENT_TYPE = "countersign.audit-trail.recorded.v1"


class OpeningShape(Recorded):
    """What opens a commitment. What its value must hold is in `PARTS`."""

    salt = Text(required=True)
    value = Text(required=True)


class Dataset(Recorded):
    """The data of a `countersign.audit-trail.recorded.v1` event."""

    sealed = Text(required=True)
    hash = Sha256(required=True)
    # Null where it was erased since; a producer that forgets one must not pass for an erasure.
    person = fields.Nested(OpeningShape, required=True, allow_none=True)
    content = fields.Nested(OpeningShape, required=True, allow_none=True)
    participants = fields.List(Text(validate=Length(1, 200)), required=True)


class RecordedEvent(Recorded):
    """A `countersign.audit-trail.recorded.v1` event's attributes."""

    id = Id(required=True)
    type = fields.String(required=True, validate=Equal(EVENT_TYPE))
    subject = fields.String(required=True)
    data = fields.Nested(Dataset, required=True)


_EVENT = RecordedEvent()

PARTS: tuple[tuple[str, Callable[[AuditRecord], Any], Recorded], ...] = (
    ("sealed", attrgetter("facts"), Sealed()),
    ("person", attrgetter("person_facts"), Person()),
    ("content", attrgetter("content_facts"), Content()),
)
"""The texts in an event: name, how a record tells what stands in it, and what must."""


def audit_record(event: CloudEvent) -> AuditRecord:
    """The record that an event brings.

    Raises:
        ValidationError: no event of this type and shape, or one whose parts do not belong together.
    """
    _refuse(_EVENT.faults(vars(event)))
    data = event.data
    record = AuditRecord(
        dataset_id=event.id,
        hash=data["hash"],
        sealed=data["sealed"],
        person=_opening(data["person"]),
        content=_opening(data["content"]),
        participants=tuple(data["participants"]),
    )
    _refuse(_faults_of_parts(record))
    _refuse(dict(_contradictions(record, event.subject)))
    return record


def _refuse(faults: dict[str, Any]) -> None:
    if faults:
        raise ValidationError(faults)


def _opening(data: Mapping[str, str] | None) -> Opening | None:
    return None if data is None else Opening(data["salt"], data["value"])


def _faults_of_parts(record: AuditRecord) -> dict[str, Any]:
    """Where a text by itself is not what it must be: part → what is wrong."""
    faults: dict[str, Any] = {}
    for part, facts_in, shape in PARTS:
        try:
            facts = facts_in(record)
        except UnreadableRecord:
            faults[part] = ["Not a JSON object."]
            continue
        if facts is not None and (found := shape.faults(facts)):
            faults[part] = found
    if "sealed" not in faults and not _is_canonical(record.sealed, record.facts):
        faults["sealed"] = ["Not in canonical form (RFC 8785)."]
    return faults


def _is_canonical(text: str, value: Any) -> bool:
    try:
        return canonical_text(value) == text
    except NotCanonical:
        return False


def _contradictions(record: AuditRecord, subject: str) -> Iterator[tuple[str, list[str]]]:
    """Where the parts of an event, each of the right shape, do not belong together: part → what is wrong."""
    if subject != f"workflow/{record.workflow_id}":
        yield "subject", ["Not the workflow of the sealed text."]
    if record.size > SIZE_LIMIT:
        yield "data", [f"Larger than the limit of {SIZE_LIMIT} bytes for a record."]
    if record.hash != hash_of(record.sealed):
        yield "hash", ["Not the SHA-256 of the sealed text."]
    openings: tuple[tuple[Part, Opening | None], ...] = (
        ("person", record.person),
        ("content", record.content),
    )
    for part, opening in openings:
        commitment = record.facts[f"{part}Commitment"]
        if opening is not None and not Opened.read(opening.salt, opening.value).opens(part, commitment):
            yield part, [f"Not a salt of {SALT_BYTES} bytes and a value that the sealed text commits to."]
