"""What comes in and what goes out, checked by marshmallow. Names are camelCase in JSON."""

from typing import Any

from countersign_common.fields import ApiSchema, Id, Instant, Slug, Text
from marshmallow import EXCLUDE, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Equal, Length, OneOf, Range, Regexp

from audit_service.domain.audit_record import ACTION_TYPES, OUTCOMES
from audit_service.domain.search import Filters

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
        if "occurred_from" in query and "occurred_to" in query:
            if query["occurred_from"] > query["occurred_to"]:
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
