"""What comes in and goes out: requests, answers, and the data of the two events that this service sends."""

import json
from collections.abc import Mapping
from typing import Any

from countersign_common.canonical import canonical_text
from countersign_common.fields import ApiSchema, Count, Id, Instant, Slug, StrippedText, Text
from countersign_common.problems import too_large
from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from workflow_service.domain.people import Approvers
from workflow_service.domain.scheme import Definition, Step
from workflow_service.domain.workflow import Action, ActionType, Status

DATA_LIMIT = 128 * 1024
"""Largest workflow data: bytes of its canonical form in UTF-8."""

BODY_LIMIT = 512 * 1024
"""Largest body of an action, in bytes. Many writers of JSON escape all that is not ASCII, which takes up to three times
the bytes of the data that is limited."""

COMMENT_LIMIT = 4_000
"""Longest comment, in characters."""

APPROVERS_LIMIT = 50
"""Most approvers of a step, users and groups together; each is an item of the transaction that asks them."""

_ACTION_TYPE = validate.OneOf([action_type.value for action_type in ActionType])
_STATUS = validate.OneOf([status.value for status in Status])


class CanonicalObject(fields.Dict):
    """A JSON object, held as its canonical text: the bytes that are hashed are the bytes that are kept."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        loaded = super()._deserialize(value, attr, data, **kwargs)  # type: ignore[no-untyped-call]
        text = canonical_text(loaded)
        if len(text.encode()) > DATA_LIMIT:
            raise too_large("/data", f"{DATA_LIMIT // 1024} KB for data")
        return text

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else json.loads(value)


def _is_one_word(name: str) -> None:
    if not name.isprintable() or " " in name:
        raise ValidationError("No white space.")


def _title(**kwargs: Any) -> Text:
    return StrippedText(validate=validate.Length(1, 200), **kwargs)


def _comment() -> Text:
    return StrippedText(validate=validate.Length(max=COMMENT_LIMIT), load_default=None, allow_none=True)


# --- requests


class WorkflowPath(ApiSchema):
    """Which workflow."""

    workflow_id = Id(required=True)


class SchemePath(ApiSchema):
    """Which scheme."""

    scheme_id = Slug(required=True)


class PageQuery(ApiSchema):
    """Which page of a list."""

    limit = Count(load_default=25, validate=validate.Range(1, 100))
    cursor = fields.String(load_default=None, validate=validate.Length(1, 1_000))


class WorkflowsQuery(PageQuery):
    """Which workflows: one's own, or those that wait for one's decision."""

    view = fields.String(load_default="mine", validate=validate.OneOf(["mine", "inbox"]))


class SchemeQuery(ApiSchema):
    """Which version of a scheme; the newest without it."""

    version = Count(load_default=None, validate=validate.Range(1, 999_999))


class NewWorkflow(ApiSchema):
    """A workflow to create. Loads as `{scheme, action}`."""

    action_type = fields.String(required=True, validate=validate.OneOf(["SAVE", "REQUEST"]))
    scheme = Slug(required=True)
    title = _title(required=True)
    data = CanonicalObject(required=True)
    comment = _comment()

    @post_load
    def _make(self, loaded: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {"scheme": loaded.pop("scheme"), "action": _action(loaded)}


class ActionRequest(ApiSchema):
    """Something to do to a workflow. Loads as an `Action`."""

    action_type = fields.String(required=True, validate=_ACTION_TYPE)
    title = _title()
    data = CanonicalObject()
    comment = _comment()

    @validates_schema
    def _only_a_requester_changes(self, loaded: dict[str, Any], **_: Any) -> None:
        if loaded["action_type"] in ("APPROVE", "REJECT"):
            faults = {name: ["Only with SAVE or REQUEST."] for name in ("title", "data") if name in loaded}
            if faults:
                raise ValidationError(faults)

    @post_load
    def _make(self, loaded: dict[str, Any], **_: Any) -> Action:
        return _action(loaded)


def _action(loaded: dict[str, Any]) -> Action:
    return Action(**(loaded | {"action_type": ActionType(loaded["action_type"])}))


class ApproversDefinition(ApiSchema):
    """Who is to decide: 1 to 50 users and groups in all, each once."""

    users = fields.List(Id(), load_default=list)
    # Cognito holds a group's name to 128 characters without white space.
    groups = fields.List(Text(validate=[validate.Length(1, 128), _is_one_word]), load_default=list)

    @validates_schema
    def _are_few_and_different(self, loaded: dict[str, Any], **_: Any) -> None:
        users, groups = loaded["users"], loaded["groups"]
        if not 1 <= len(users) + len(groups) <= APPROVERS_LIMIT:
            raise ValidationError(f"1 to {APPROVERS_LIMIT} users and groups in all.")
        if len(set(users)) + len(set(groups)) != len(users) + len(groups):
            raise ValidationError("Each user and group once only.")

    @post_load
    def _make(self, loaded: dict[str, Any], **_: Any) -> Approvers:
        return Approvers(tuple(loaded["users"]), tuple(loaded["groups"]))


class StepDefinition(ApiSchema):
    """What a scheme's step is to be."""

    step_id = Slug(required=True)
    name = StrippedText(required=True, validate=validate.Length(1, 100))
    approvers = fields.Nested(ApproversDefinition, required=True)

    @post_load
    def _make(self, loaded: dict[str, Any], **_: Any) -> Step:
        return Step(**loaded)


class SchemeDefinition(ApiSchema):
    """What a scheme is to be; in this release with exactly one step. Loads as a `Definition`."""

    name = StrippedText(required=True, validate=validate.Length(1, 100))
    steps = fields.List(fields.Nested(StepDefinition), required=True, validate=validate.Length(equal=1))

    @post_load
    def _make(self, loaded: dict[str, Any], **_: Any) -> Definition:
        return Definition(loaded["name"], tuple(loaded["steps"]))


# --- answers


class PersonSchema(ApiSchema):
    """A person by id and name."""

    user_id = fields.String(required=True)
    name = fields.String(required=True)


class ApproversSchema(ApiSchema):
    """Who decides: any one of these users, or of these groups' members."""

    users = fields.List(fields.String(), required=True)
    groups = fields.List(fields.String(), required=True)


class StepSchema(ApiSchema):
    """One stage of a scheme."""

    step_id = fields.String(required=True)
    name = fields.String(required=True)
    approvers = fields.Nested(ApproversSchema, required=True)


class WorkflowSummary(ApiSchema):
    """A workflow in a list, without its data."""

    workflow_id = Id(required=True, attribute="workflow.workflow_id")
    scheme = fields.String(required=True, attribute="workflow.scheme_id")
    scheme_version = fields.Integer(required=True, attribute="workflow.scheme_version")
    title = fields.String(required=True, attribute="workflow.title")
    status = fields.String(required=True, validate=_STATUS, attribute="workflow.status")
    round = fields.Integer(required=True, attribute="workflow.round")
    step_id = fields.String(required=True, allow_none=True, attribute="workflow.step_id")
    approvers = fields.Nested(ApproversSchema, required=True, attribute="workflow.step.approvers")
    requester = fields.Nested(PersonSchema, required=True, attribute="workflow.requester")
    version = fields.Integer(required=True, attribute="workflow.version")
    created_at = Instant(required=True, attribute="workflow.created_at")
    updated_at = Instant(required=True, attribute="workflow.updated_at")
    allowed_actions = fields.List(fields.String(validate=_ACTION_TYPE), required=True)


class WorkflowSchema(WorkflowSummary):
    """A workflow as the caller sees it."""

    data = CanonicalObject(required=True, attribute="workflow.data")


class WorkflowPage(ApiSchema):
    """A page of workflows, newest first; `cursor` is null on the last one."""

    items = fields.List(fields.Nested(WorkflowSummary), required=True)
    cursor = fields.String(required=True, allow_none=True)


class HistoryEntrySchema(ApiSchema):
    """One event of a workflow."""

    event_id = Id(required=True)
    sequence = fields.Integer(required=True)
    action_type = fields.String(required=True, validate=_ACTION_TYPE)
    outcome = fields.String(required=True, validate=_STATUS)
    round = fields.Integer(required=True)
    step_id = fields.String(required=True, allow_none=True)
    action_owner = fields.Nested(PersonSchema, required=True)
    title = fields.String(required=True)
    comment = fields.String(required=True, allow_none=True)
    occurred_at = Instant(required=True)
    hash = fields.String(required=True)
    previous_hash = fields.String(required=True)


class HistoryPage(ApiSchema):
    """A page of a workflow's events, oldest first; `cursor` is null on the last one."""

    items = fields.List(fields.Nested(HistoryEntrySchema), required=True)
    cursor = fields.String(required=True, allow_none=True)


class SchemeSchema(ApiSchema):
    """One version of a scheme."""

    scheme_id = fields.String(required=True)
    version = fields.Integer(required=True)
    name = fields.String(required=True, attribute="definition.name")
    steps = fields.List(fields.Nested(StepSchema), required=True, attribute="definition.steps")
    created_at = Instant(required=True)
    created_by = fields.Nested(PersonSchema, required=True)


class SchemePage(ApiSchema):
    """A page of schemes in their newest versions, by id; `cursor` is null on the last one."""

    items = fields.List(fields.Nested(SchemeSchema), required=True)
    cursor = fields.String(required=True, allow_none=True)


class Health(ApiSchema):
    """That the service answers."""

    status = fields.String(required=True)


# --- events


class ActorSchema(ApiSchema):
    """Who acted, by id alone: the sealed part is kept for ever."""

    user_id = fields.String(required=True)


class Sealed(ApiSchema):
    """The sealed part, decoded: what is hashed."""

    schema_version = fields.Integer(required=True, strict=True, validate=validate.Equal(1))
    source = fields.String(required=True, validate=validate.Equal("/countersign/workflow"))
    scheme = Slug(required=True)
    scheme_version = fields.Integer(required=True, strict=True)
    workflow_id = Id(required=True)
    step_id = Slug(required=True, allow_none=True)
    round = fields.Integer(required=True, strict=True)
    action_type = fields.String(required=True, validate=_ACTION_TYPE)
    action_owner = fields.Nested(ActorSchema, required=True)
    outcome = fields.String(required=True, validate=_STATUS)
    occurred_at = Instant(required=True)
    request_id = fields.String(required=True)
    sequence = fields.Integer(required=True, strict=True)
    previous_hash = fields.String(required=True, validate=validate.Length(equal=64))
    person_commitment = fields.String(required=True, validate=validate.Length(equal=64))
    content_commitment = fields.String(required=True, validate=validate.Length(equal=64))


class OpeningSchema(ApiSchema):
    """What opens a commitment."""

    salt = fields.String(required=True)
    value = fields.String(required=True)


class AuditTrailRecorded(ApiSchema):
    """Data of `countersign.audit-trail.recorded.v1`."""

    sealed = fields.String(required=True)
    hash = fields.String(required=True, validate=validate.Length(equal=64))
    person = fields.Nested(OpeningSchema, required=True)
    content = fields.Nested(OpeningSchema, required=True)
    participants = fields.List(fields.String(), required=True)


class WorkflowActed(ApiSchema):
    """Data of `countersign.workflow.acted.v1`."""

    workflow_id = Id(required=True)
    title = fields.String(required=True)
    scheme = Slug(required=True)
    scheme_version = fields.Integer(required=True, strict=True)
    step_id = Slug(required=True, allow_none=True)
    round = fields.Integer(required=True, strict=True)
    sequence = fields.Integer(required=True, strict=True)
    action_type = fields.String(required=True, validate=_ACTION_TYPE)
    outcome = fields.String(required=True, validate=_STATUS)
    action_owner = fields.Nested(PersonSchema, required=True)
    requester = fields.Nested(PersonSchema, required=True)
    approvers = fields.Nested(ApproversSchema, required=True)
    comment = fields.String(required=True, allow_none=True)
    occurred_at = Instant(required=True)
