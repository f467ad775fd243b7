"""What the service answers."""

from countersign_common.fields import ApiSchema, Id
from marshmallow import fields
from marshmallow.validate import OneOf

from audit_service.schemas.recorded import Content, Person, Sealed, Sha256


class AuditRecord(ApiSchema):
    """One action's full dataset. `person` and `content` are null once erased."""

    dataset_id = Id(required=True)
    hash = Sha256(required=True)
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
