"""Responses about the integrity of the audit trail: what reconciliation found, and how far it has come."""

from countersign_common.http.fields import ApiSchema, Id, PageSchema
from marshmallow import fields
from marshmallow.validate import OneOf

from audit_service.domain.integrity import FindingCode
from audit_service.schemas.log_responses import NewestCheckpoint


class IntegrityFinding(ApiSchema):
    """Something that reconciliation found."""

    code = fields.String(
        required=True,
        metadata={
            "description": f"One of {', '.join(f'`{code.value}`' for code in FindingCode)}. More can be added."
        },
    )
    subject = fields.String(
        required=True,
        metadata={
            "description": "What it is about: a record, a workflow, a manifest, `checkpoint`, `leaf/<n>`: a leaf "
            "of the log, or `leaves/<n>`: the 256 leaves from n * 256."
        },
    )
    dataset_id = Id(required=True, allow_none=True)
    workflow_id = Id(required=True, allow_none=True)
    manifest = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Name of the manifest that it was found with."},
    )
    detail = fields.String(required=True, metadata={"description": "A sentence."})
    state = fields.String(required=True, validate=OneOf(("open", "resolved")))
    first_seen = fields.String(required=True, metadata={"format": "date-time"})
    last_seen = fields.String(
        required=True, metadata={"format": "date-time", "description": "To about an hour."}
    )
    resolved_at = fields.String(
        required=True,
        allow_none=True,
        metadata={"format": "date-time", "description": "When it was no longer true; null if it is open."},
    )


class IntegrityFindings(PageSchema):
    """Findings."""

    open = fields.Integer(
        required=True, metadata={"description": "Number of open findings, counted up to 10,000."}
    )
    items = fields.List(fields.Nested(IntegrityFinding), required=True)


class CheckedManifests(ApiSchema):
    """How far the manifests of the workflow service were checked."""

    newest = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Name of the newest manifest: the end of the interval that it covers."},
    )
    checked_through = fields.String(
        required=True, allow_none=True, metadata={"description": "Name of the last one that was checked."}
    )


class Witness(ApiSchema):
    """A configured witness that has cosigned one of the newest 60 checkpoints."""

    name = fields.String(required=True)
    size = fields.Integer(
        required=True, metadata={"description": "Of the newest checkpoint that it has cosigned."}
    )
    at = fields.String(
        required=True,
        metadata={"format": "date-time", "description": "The time in the cosignature, which is valid."},
    )


class Integrity(ApiSchema):
    """The integrity of the audit trail."""

    checkpoint = fields.Nested(
        NewestCheckpoint,
        required=True,
        allow_none=True,
        metadata={"description": "Null before the first one, or if it can't be read."},
    )
    lag_seconds = fields.Float(
        required=True,
        metadata={
            "description": "How long the oldest entry has waited for the log. About a minute is normal."
        },
    )
    pending_entries = fields.Integer(
        required=True, metadata={"description": "Entries that wait for the log, counted up to a limit."}
    )
    oldest_pending_at = fields.String(required=True, allow_none=True, metadata={"format": "date-time"})
    manifests = fields.Nested(CheckedManifests, required=True)
    reconciled_at = fields.String(
        required=True,
        allow_none=True,
        metadata={"format": "date-time", "description": "When the last comparison has ended."},
    )
    findings = fields.Nested(IntegrityFindings, required=True)
    witnesses = fields.List(fields.Nested(Witness), required=True)
