"""The event that the service consumes: `countersign.audit-trail.recorded.v1`."""

import base64
import json
from collections.abc import Iterator, Mapping
from typing import Any

from countersign_common.canonical import SALT_BYTES, NotCanonical, Part, canonical_text
from countersign_common.canonical import Opening as Opened
from countersign_common.chain import hash_of
from countersign_common.fields import Id, Text
from marshmallow import Schema, ValidationError, fields, post_load
from marshmallow.validate import Equal, Length

from audit_service.domain.audit_record import SIZE_LIMIT, AuditRecord, Opening
from audit_service.schemas.recorded import Content, Person, Recorded, Sealed, Sha256

EVENT_TYPE = "countersign.audit-trail.recorded.v1"


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


# Made once: `json.loads` makes a decoder for every text when it is given a hook.
_JSON = json.JSONDecoder(parse_constant=_refuse)


class JsonText(fields.String):
    """A JSON text whose decoded form fits a schema. What is loaded is the text: it is what was hashed."""

    def __init__(self, schema: type[Schema], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._schema = schema()

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text = str(super()._deserialize(value, attr, data, **kwargs))
        try:
            _ = text.encode()  # a lone surrogate has no bytes that could be hashed
            decoded = _JSON.decode(text)
        except (ValueError, RecursionError) as error:
            raise ValidationError("Not JSON.") from error
        errors = self._schema.validate(decoded)
        if errors:
            raise ValidationError(errors)
        self._check(text, decoded)
        return text

    def _check(self, text: str, decoded: Any) -> None:
        """What else the text must be. Raises ValidationError."""


class CanonicalText(JsonText):
    """A JSON text in its canonical form (RFC 8785)."""

    def _check(self, text: str, decoded: Any) -> None:
        try:
            is_canonical = canonical_text(decoded) == text
        except NotCanonical:
            is_canonical = False
        if not is_canonical:
            raise ValidationError("Not in canonical form (RFC 8785).")


class PersonOpening(Recorded):
    """What opens `personCommitment`."""

    salt = fields.String(required=True)
    value = JsonText(Person, required=True)


class ContentOpening(Recorded):
    """What opens `contentCommitment`."""

    salt = fields.String(required=True)
    value = JsonText(Content, required=True)


class Dataset(Recorded):
    """The data of a `countersign.audit-trail.recorded.v1` event."""

    sealed = CanonicalText(Sealed, required=True)
    hash = Sha256(required=True)
    # Null where it was erased since; a producer that forgets one must not pass for an erasure.
    person = fields.Nested(PersonOpening, required=True, allow_none=True)
    content = fields.Nested(ContentOpening, required=True, allow_none=True)
    participants = fields.List(Text(validate=Length(1, 200)), required=True)


class RecordedEvent(Recorded):
    """A `countersign.audit-trail.recorded.v1` event's attributes; loads as an `AuditRecord`."""

    id = Id(required=True)
    type = fields.String(required=True, validate=Equal(EVENT_TYPE))
    subject = fields.String(required=True)
    data = fields.Nested(Dataset, required=True)

    @post_load
    def _made(self, event: dict[str, Any], **_: Any) -> AuditRecord:
        data = event["data"]
        record = AuditRecord(
            dataset_id=event["id"],
            hash=data["hash"],
            sealed=data["sealed"],
            person=data["person"] and Opening(**data["person"]),
            content=data["content"] and Opening(**data["content"]),
            participants=tuple(data["participants"]),
        )
        faults = dict(_contradictions(record, event["subject"]))
        if faults:
            raise ValidationError(faults)
        return record


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
        if opening is not None and not _opens(part, opening, record.facts[f"{part}Commitment"]):
            yield part, [f"Not a salt of {SALT_BYTES} bytes and a value that the sealed text commits to."]


def _opens(part: Part, opening: Opening, commitment: str) -> bool:
    try:
        salt = base64.b64decode(opening.salt, validate=True)
    except ValueError:
        return False
    return len(salt) == SALT_BYTES and Opened(salt, opening.value).opens(part, commitment)
