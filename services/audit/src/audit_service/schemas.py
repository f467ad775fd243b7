"""What comes in and what goes out, checked by marshmallow. Names are camelCase in JSON."""

import base64
import json
from collections.abc import Mapping
from typing import Any

from countersign_common.canonical import SALT_BYTES, NotCanonical, canonical_text
from countersign_common.canonical import Opening as Opened
from countersign_common.chain import hash_of
from countersign_common.fields import ApiSchema, Id, Instant, Slug, Text
from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Equal, Length, OneOf, Range, Regexp

from audit_service.domain import audit_record as domain
from audit_service.domain.audit_record import ACTION_TYPES, OUTCOMES, SIZE_LIMIT
from audit_service.domain.search import Filters

EVENT_TYPE = "countersign.audit-trail.recorded.v1"
PAGE_LIMIT = 100
TEXT_LIMIT = 200
_SHA256 = (Length(equal=64), Regexp("^[0-9a-f]{64}$", error="Not a SHA-256 digest in lower-case hex."))


class Recorded(ApiSchema):
    """A part of what was recorded. Producers may know more than this release: what it does not know is kept."""

    class Meta:
        unknown = EXCLUDE


class DatasetPath(ApiSchema):
    """Which record."""

    dataset_id = Id(required=True)


class WorkflowPath(ApiSchema):
    """Which workflow."""

    workflow_id = Id(required=True)


class Search(ApiSchema):
    """What is searched for; loads as `filters`, `limit` and `cursor`."""

    scheme = Slug()
    workflow_id = Id()
    step_id = Slug()
    action_type = fields.String(validate=OneOf(ACTION_TYPES))
    action_owner = Text(validate=Length(1, 128))
    outcome = fields.String(validate=OneOf(OUTCOMES))
    occurred_from = Instant(data_key="from")
    occurred_to = Instant(data_key="to")
    text = Text(strip=True, validate=Length(1, TEXT_LIMIT))
    limit = fields.Integer(load_default=25, validate=Range(1, PAGE_LIMIT))
    cursor = fields.String(load_default=None, validate=Length(1, 512))

    @validates_schema
    def _runs_forward(self, query: dict[str, Any], **_: Any) -> None:
        start, end = query.get("occurred_from"), query.get("occurred_to")
        if start and end and start > end:
            raise ValidationError("Must not be later than `to`.", "from")

    @post_load
    def _made(self, query: dict[str, Any], **_: Any) -> dict[str, Any]:
        limit, cursor = query.pop("limit"), query.pop("cursor")
        return {"filters": Filters(**query), "limit": limit, "cursor": cursor}


class ActionOwner(Recorded):
    """Who acted, by id alone."""

    user_id = fields.String(required=True, validate=Length(1, 128))


class Sealed(Recorded):
    """What is hashed."""

    schema_version = fields.Integer(required=True, strict=True, validate=Equal(1))
    source = fields.String(required=True, validate=Length(1, 200))
    scheme = Slug(required=True)
    scheme_version = fields.Integer(required=True, strict=True, validate=Range(1))
    workflow_id = Id(required=True)
    step_id = Slug(required=True, allow_none=True)
    round = fields.Integer(required=True, strict=True, validate=Range(1))
    action_type = fields.String(required=True, validate=OneOf(ACTION_TYPES))
    action_owner = fields.Nested(ActionOwner, required=True)
    outcome = fields.String(required=True, validate=OneOf(OUTCOMES))
    occurred_at = Instant(required=True)
    request_id = fields.String(required=True, validate=Length(1, 200))
    sequence = fields.Integer(required=True, strict=True, validate=Range(1))
    previous_hash = fields.String(required=True, validate=_SHA256)
    person_commitment = fields.String(required=True, validate=_SHA256)
    content_commitment = fields.String(required=True, validate=_SHA256)


class Person(Recorded):
    """Who acted, as the token and the request told."""

    name = fields.String(required=True)
    email = fields.String(required=True)
    groups = fields.List(fields.String(), required=True)
    source_ip = fields.String(required=True)
    user_agent = fields.String(required=True)


class Content(Recorded):
    """What was acted on."""

    title = fields.String(required=True)
    comment = fields.String(required=True, allow_none=True)
    before = fields.Dict(required=True, allow_none=True)
    after = fields.Dict(required=True, allow_none=True)


class AuditRecord(ApiSchema):
    """One action's full dataset. `person` and `content` are null once erased."""

    dataset_id = Id(required=True)
    hash = fields.String(required=True, validate=_SHA256)
    sealed = fields.Nested(Sealed, required=True)
    person = fields.Nested(Person, required=True, allow_none=True)
    content = fields.Nested(Content, required=True, allow_none=True)
    participants = fields.List(fields.String(), required=True)


class AuditTrailPage(ApiSchema):
    """Records, newest first. `missing`: found by the search, but absent from the store or unreadable there."""

    items = fields.List(fields.Nested(AuditRecord), required=True)
    missing = fields.List(Id(), required=True)
    cursor = fields.String(required=True, allow_none=True)


class Opening(ApiSchema):
    """What opens a commitment: a salt of 32 bytes in base64, and the canonical JSON text."""

    salt = fields.String(required=True)
    value = fields.String(required=True)


class Canonical(ApiSchema):
    """The texts as they were hashed and committed to: what somebody outside verifies with."""

    sealed = fields.String(required=True)
    person = fields.Nested(Opening, required=True, allow_none=True)
    content = fields.Nested(Opening, required=True, allow_none=True)


class VerifiableAuditRecord(AuditRecord):
    """One action's full dataset, with the texts that its hashes were made over."""

    canonical = fields.Nested(Canonical, required=True)


class Break(ApiSchema):
    """Where a chain breaks and how; `datasetId` is null where a record is missing."""

    sequence = fields.Integer(required=True)
    dataset_id = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True)
    detail = fields.String(required=True)


class Verification(ApiSchema):
    """What a workflow's chain was found to be."""

    workflow_id = Id(required=True)
    verdict = fields.String(required=True, validate=OneOf(("intact", "broken")))
    events = fields.Integer(required=True)
    head_hash = fields.String(required=True, allow_none=True)
    breaks = fields.List(fields.Nested(Break), required=True)


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
            decoded = json.loads(text.encode(), parse_constant=_refuse)
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
    hash = fields.String(required=True, validate=_SHA256)
    person = fields.Nested(PersonOpening, load_default=None, allow_none=True)
    content = fields.Nested(ContentOpening, load_default=None, allow_none=True)
    participants = fields.List(Text(validate=Length(1, 200)), required=True)

    @validates_schema
    def _holds_together(self, data: dict[str, Any], **_: Any) -> None:
        if hash_of(data["sealed"]) != data["hash"]:
            raise ValidationError("Not the SHA-256 of the sealed text.", "hash")
        sealed = json.loads(data["sealed"])
        for part in ("person", "content"):
            if data[part] is not None and not _opened(data[part]).opens(part, sealed[f"{part}Commitment"]):
                raise ValidationError("Not what the sealed text commits to.", part)


class RecordedEvent(Recorded):
    """A `countersign.audit-trail.recorded.v1` event's attributes; loads as an `AuditRecord` of the domain."""

    id = Id(required=True)
    type = fields.String(required=True, validate=Equal(EVENT_TYPE))
    subject = fields.String(required=True)
    data = fields.Nested(Dataset, required=True)

    @post_load
    def _made(self, event: dict[str, Any], **_: Any) -> domain.AuditRecord:
        data = event["data"]
        record = domain.AuditRecord(
            dataset_id=event["id"],
            hash=data["hash"],
            sealed=data["sealed"],
            person=data["person"] and domain.Opening(**data["person"]),
            content=data["content"] and domain.Opening(**data["content"]),
            participants=tuple(data["participants"]),
        )
        if event["subject"] != f"workflow/{record.workflow_id}":
            raise ValidationError("Not the workflow of the sealed text.", "subject")
        if record.size > SIZE_LIMIT:
            raise ValidationError(f"Larger than the limit of {SIZE_LIMIT} bytes for a record.", "data")
        return record


class RebuildRequest(ApiSchema):
    """What audit/rebuild_index is invoked with."""

    cursor = Id(load_default=None, allow_none=True)


class RebuildAnswer(ApiSchema):
    """What audit/rebuild_index answers: `cursor` is null when all is done."""

    cursor = fields.String(required=True, allow_none=True)
    indexed = fields.Integer(required=True)


def _opened(opening: Mapping[str, str]) -> Opened:
    try:
        salt = base64.b64decode(opening["salt"], validate=True)
    except ValueError as error:
        raise ValidationError("Not base64.", "salt") from error
    if len(salt) != SALT_BYTES:
        raise ValidationError(f"Not a salt of {SALT_BYTES} bytes.", "salt")
    return Opened(salt, opening["value"])


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
