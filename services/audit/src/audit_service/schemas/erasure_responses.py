"""Responses about erasures, legal holds and retention."""

from countersign_common.http.fields import ApiSchema, Id, PageSchema, Slug, Timestamp
from countersign_common.proof.commitment import PARTS
from marshmallow import fields
from marshmallow.validate import OneOf

from audit_service.domain.erasure import MAX_HELD_WORKFLOWS, ErasureKind, ErasureState


class PartCounts(ApiSchema):
    """Numbers of parts."""

    person = fields.Integer(required=True)
    content = fields.Integer(required=True)


class HeldRecords(ApiSchema):
    """What a legal hold keeps."""

    count = fields.Integer(
        required=True, metadata={"description": "Records with parts that would be erased without the hold."}
    )
    workflow_ids = fields.List(
        Id(), required=True, metadata={"description": f"Their workflows, at most {MAX_HELD_WORKFLOWS}."}
    )


class Erasure(ApiSchema):
    """An erasure, and how far it has come."""

    erasure_id = Id(required=True)
    kind = fields.String(
        required=True,
        validate=OneOf(tuple(kind.value for kind in ErasureKind)),
        metadata={"description": "`user`: requested by an admin. `retention`: of what was kept long enough."},
    )
    user_id = fields.String(
        required=True, allow_none=True, metadata={"description": "Who is erased; null for retention."}
    )
    parts = fields.List(fields.String(validate=OneOf(PARTS)), required=True)
    reason = fields.String(required=True)
    requested_by = fields.String(
        required=True, metadata={"description": "Id of the admin; `retention` for retention."}
    )
    state = fields.String(
        required=True,
        validate=OneOf(tuple(state.value for state in ErasureState)),
        metadata={
            "description": "`RECHECKING` waits for what was on its way, and then searches all records again. Only "
            "after `DONE` is nothing left."
        },
    )
    error = fields.String(
        required=True, allow_none=True, metadata={"description": "Why it has `FAILED`; null if it has not."}
    )
    erased = fields.Nested(PartCounts, required=True, metadata={"description": "Erased so far."})
    held = fields.Nested(HeldRecords, required=True)
    created_at = Timestamp(required=True)
    updated_at = Timestamp(required=True)


class ErasurePage(PageSchema):
    """Erasures, newest first."""

    items = fields.List(fields.Nested(Erasure), required=True)


class DryRun(ApiSchema):
    """What an erasure would erase."""

    erasure_id = fields.String(
        required=True, allow_none=True, metadata={"description": "Null: nothing is erased."}
    )
    state = fields.String(required=True, validate=OneOf(("DRY_RUN",)))
    records = fields.Integer(required=True, metadata={"description": "Records that would lose a part."})
    person = fields.Integer(required=True, metadata={"description": "Parts `person` that would be erased."})
    content = fields.Integer(required=True, metadata={"description": "Parts `content` that would be erased."})
    held = fields.Nested(HeldRecords, required=True)
    workflows = fields.Integer(required=True, metadata={"description": "Workflows of these records."})
    dataset_ids = fields.List(
        Id(), required=True, metadata={"description": "The records, at most 100 of them."}
    )
    complete = fields.Boolean(
        required=True,
        metadata={"description": "False if counting took too long: then there are more than these numbers."},
    )


class LegalHold(ApiSchema):
    """A legal hold: nothing of the workflow is erased."""

    workflow_id = Id(required=True)
    reason = fields.String(required=True)
    by = fields.String(required=True, metadata={"description": "Id of the admin who placed it."})
    at = Timestamp(required=True)


class LegalHoldPage(PageSchema):
    """Legal holds, by workflow."""

    items = fields.List(fields.Nested(LegalHold), required=True)


class SchemeRetention(ApiSchema):
    """How long the records of a scheme's workflows are kept."""

    scheme = Slug(required=True)
    days = fields.Integer(
        required=True, metadata={"description": "Counted from the newest record of a workflow."}
    )
    by = fields.String(required=True, metadata={"description": "Id of the admin who set it."})
    at = Timestamp(required=True)


class Retention(ApiSchema):
    """How long records are kept."""

    default_days = fields.Integer(
        required=True,
        metadata={
            "description": "For other schemes, and for records without a workflow. It is set at deployment."
        },
    )
    schemes = fields.List(
        fields.Nested(SchemeRetention), required=True, metadata={"description": "By scheme."}
    )
