"""Responses of the API."""

from countersign_common.http.fields import ApiSchema, Flag, Id, PageSchema, Sha256, Timestamp
from marshmallow import fields, validate

from workflow_service.domain.preview import PREVIEW_FIELDS, PREVIEW_TEXT_LIMIT
from workflow_service.schemas.fields import (
    ACTION_TYPES,
    DECISION_TYPES,
    STATUSES,
    CanonicalObject,
    OptionalText,
)

_NAME = "Display name at the time of the event; empty once erased."
_NAME_ERASED = "True if the name was erased; otherwise left out."
_CURRENT_NAME = (
    "Their name as it is now. Null if it is not known: the user was deleted, or the user directory did not respond in "
    "time. The responses to actions have only names that the service has read within the last minutes."
)


class PersonSchema(ApiSchema):
    """A user."""

    user_id = fields.String(required=True)
    name = fields.String(required=True, metadata={"description": _NAME})
    erased = Flag(metadata={"description": _NAME_ERASED})


class ActionOwnerSchema(ApiSchema):
    """Who acted."""

    type = fields.String(required=True, metadata={"description": "`user`, `machine` or `system`."})
    id = fields.String(required=True)
    name = fields.String(required=True, metadata={"description": _NAME})
    erased = Flag(metadata={"description": _NAME_ERASED})


class NamedUserSchema(ApiSchema):
    """A user with their current name."""

    user_id = fields.String(required=True)
    name = fields.String(required=True, allow_none=True, metadata={"description": _CURRENT_NAME})


class ApproversSchema(ApiSchema):
    """Who may decide a step: each of these users, and each member of these groups."""

    users = fields.List(fields.Nested(NamedUserSchema), required=True)
    groups = fields.List(fields.String(), required=True, metadata={"description": "Names of groups."})


class PreviewFieldSchema(ApiSchema):
    """A field of a workflow's data."""

    name = fields.String(
        required=True, metadata={"description": f"Name of the field, cut to {PREVIEW_TEXT_LIMIT} characters."}
    )
    value = fields.String(
        required=True,
        metadata={
            "description": f"A string as it is, any other value as JSON, cut to {PREVIEW_TEXT_LIMIT} characters."
        },
    )


class DecisionSchema(NamedUserSchema):
    """A decision of an approver."""

    action_type = fields.String(required=True, validate=validate.OneOf(DECISION_TYPES))
    step_id = fields.String(required=True)
    round = fields.Integer(required=True)
    at = Timestamp(required=True)


class StepSchema(ApiSchema):
    """A step of a scheme."""

    step_id = fields.String(required=True)
    name = fields.String(required=True)
    approvers = fields.Nested(ApproversSchema, required=True)


class WorkflowSummarySchema(ApiSchema):
    """A workflow in a list, without its data."""

    workflow_id = Id(required=True, attribute="workflow.workflow_id")
    scheme = fields.String(required=True, attribute="workflow.scheme_id")
    scheme_version = fields.Integer(
        required=True,
        attribute="workflow.scheme_version",
        metadata={"description": "The version that the workflow was created with; it doesn't change."},
    )
    title = fields.String(
        required=True,
        attribute="workflow.title",
        metadata={"description": "Approvers see the title of the newest REQUEST. Empty once erased."},
    )
    content_erased = Flag(
        attribute="workflow.content_erased",
        metadata={
            "description": "True if title and data were erased, which allows no action; otherwise left out."
        },
    )
    status = fields.String(required=True, validate=validate.OneOf(STATUSES), attribute="workflow.status")
    round = fields.Integer(
        required=True,
        attribute="workflow.round",
        metadata={"description": "From 1; increases when the workflow is requested again after a rejection."},
    )
    step_id = fields.String(
        required=True,
        allow_none=True,
        attribute="workflow.step_id",
        metadata={"description": "The current step, or the step of the decision; null for a draft."},
    )
    approvers = fields.Nested(ApproversSchema, required=True)
    requester = fields.Nested(PersonSchema, required=True, attribute="workflow.requester")
    version = fields.Integer(
        required=True,
        attribute="workflow.version",
        metadata={"description": "Number of events. Send it as `If-Match` in quotes."},
    )
    preview = fields.List(
        fields.Nested(PreviewFieldSchema),
        required=True,
        attribute="workflow.preview",
        metadata={
            "description": f"The first fields of the data, in the order of their names, whose value is a string, a "
            f"number, true, false or null; at most {PREVIEW_FIELDS}. Of the data that you see; empty once erased."
        },
    )
    decided_by = fields.List(
        fields.Nested(DecisionSchema),
        required=True,
        metadata={"description": "The decisions of the current round."},
    )
    created_at = Timestamp(required=True, attribute="workflow.created_at")
    updated_at = Timestamp(required=True, attribute="workflow.updated_at")
    allowed_actions = fields.List(
        fields.String(validate=validate.OneOf(ACTION_TYPES)),
        required=True,
        metadata={"description": "What you may do now."},
    )


class WorkflowSchema(WorkflowSummarySchema):
    """A workflow as the caller sees it."""

    data = CanonicalObject(
        required=True,
        attribute="workflow.data",
        metadata={
            "description": "As last saved for the requester, admins and auditors; as last requested for everyone else. "
            "Without members once erased."
        },
    )


class WorkflowPage(PageSchema):
    """A page of workflows, newest first."""

    items = fields.List(fields.Nested(WorkflowSummarySchema), required=True)


class HistoryEntrySchema(ApiSchema):
    """An event of a workflow."""

    event_id = Id(required=True, metadata={"description": "Also the `datasetId` of the audit record."})
    sequence = fields.Integer(
        required=True,
        metadata={"description": "Position in the chain, from 1. SAVE events of others are left out."},
    )
    version = fields.Integer(
        required=True, metadata={"description": "The workflow's version after the action: its `sequence`."}
    )
    action_type = fields.String(required=True, validate=validate.OneOf(ACTION_TYPES))
    outcome = fields.String(
        required=True,
        validate=validate.OneOf(STATUSES),
        metadata={"description": "The status after the action."},
    )
    round = fields.Integer(required=True)
    step_id = fields.String(required=True, allow_none=True, metadata={"description": "Null for a SAVE."})
    action_owner = fields.Nested(ActionOwnerSchema, required=True)
    title = fields.String(required=True, metadata={"description": "Empty once erased."})
    comment = fields.String(required=True, allow_none=True, metadata={"description": "Null once erased."})
    content_erased = Flag(
        metadata={"description": "True if title, comment and data were erased; otherwise left out."}
    )
    occurred_at = Timestamp(required=True)
    hash = Sha256(required=True, metadata={"description": "SHA-256 of the sealed event."})
    previous_hash = Sha256(required=True, metadata={"description": "Hash of the event before it."})


class HistoryPage(PageSchema):
    """A page of a workflow's events, oldest first."""

    items = fields.List(fields.Nested(HistoryEntrySchema), required=True)


class RoundSchema(ApiSchema):
    """What was requested: title and data of one REQUEST."""

    round = fields.Integer(required=True)
    version = fields.Integer(
        required=True, metadata={"description": "The workflow's version after the REQUEST."}
    )
    requested_at = Timestamp(required=True)
    requested_by = fields.Nested(PersonSchema, required=True)
    title = fields.String(required=True, metadata={"description": "Empty once erased."})
    data = CanonicalObject(required=True, metadata={"description": "Without members once erased."})
    content_erased = Flag(metadata={"description": "True if title and data were erased; otherwise left out."})


class RoundPage(PageSchema):
    """A page of what was requested, newest first."""

    items = fields.List(fields.Nested(RoundSchema), required=True)


class SchemeSchema(ApiSchema):
    """One version of a scheme."""

    scheme_id = fields.String(required=True, attribute="scheme.scheme_id")
    version = fields.Integer(
        required=True, attribute="scheme.version", metadata={"description": "From 1, without gaps."}
    )
    name = fields.String(required=True, attribute="scheme.definition.name")
    steps = fields.List(fields.Nested(StepSchema), required=True)
    created_at = Timestamp(
        required=True, attribute="scheme.created_at", metadata={"description": "Of this version."}
    )
    created_by = fields.Nested(PersonSchema, required=True, attribute="scheme.created_by")


class SchemePage(PageSchema):
    """A page of schemes in their newest versions, by id."""

    items = fields.List(fields.Nested(SchemeSchema), required=True)


class DirectoryPersonSchema(ApiSchema):
    """A user of the user directory."""

    user_id = Id(required=True)
    name = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "The display name; null for a user without one."},
    )
    email = OptionalText(metadata={"description": "For admins and auditors; otherwise left out."})


class PersonPage(PageSchema):
    """A page of users. A page can have fewer than `limit` items and not be the last."""

    items = fields.List(fields.Nested(DirectoryPersonSchema), required=True)


class GroupSchema(ApiSchema):
    """A group of users."""

    name = fields.String(required=True)
    description = fields.String(required=True, metadata={"description": "Empty for a group without one."})


class GroupPage(PageSchema):
    """A page of groups."""

    items = fields.List(fields.Nested(GroupSchema), required=True)


class HealthSchema(ApiSchema):
    """The function responds."""

    status = fields.String(required=True)
