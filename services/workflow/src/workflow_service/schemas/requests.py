"""Requests of the API. Bodies load as domain values."""

from typing import Any

from countersign_common.http.fields import ApiSchema, Id, PageQuery, QueryInteger, Slug, StrippedText, Text
from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from workflow_service.domain.people import Approvers
from workflow_service.domain.scheme import Definition, Step
from workflow_service.domain.workflow import DECISIONS, Action, ActionType
from workflow_service.schemas.fields import (
    ACTION_TYPES,
    APPROVERS_LIMIT,
    ROUNDS_LIMIT,
    CanonicalObject,
    comment_field,
    title_field,
)


def _check_no_spaces(name: str) -> None:
    if not name.isprintable() or " " in name:
        raise ValidationError("The name of a group has no spaces.")


def group_name(**kwargs: Any) -> Text:
    """Return a field for the name of a Cognito group, which has at most 128 characters and no spaces."""
    return Text(validate=[validate.Length(1, 128), _check_no_spaces], **kwargs)


_DATA_DESCRIPTION = (
    "Any JSON object: at most 128 KB in canonical form (RFC 8785), at most 64 levels deep, with unique names and "
    "numbers that an IEEE 754 double can hold."
)


class WorkflowPath(ApiSchema):
    """Path of a workflow."""

    workflow_id = Id(required=True, metadata={"description": "Id of the workflow."})


class SchemePath(ApiSchema):
    """Path of a scheme."""

    scheme_id = Slug(required=True, metadata={"description": "Id of the scheme, such as `expense-report`."})


class WorkflowsQuery(PageQuery):
    """Query of the list of workflows."""

    view = fields.String(
        load_default="mine",
        validate=validate.OneOf(["mine", "inbox", "decided"]),
        metadata={
            "description": "`mine`: workflows that you created. `inbox`: workflows that wait for your decision, as a "
            "user or as a member of a group. `decided`: workflows that you approved or rejected, as they were last "
            "requested, the newest decision first."
        },
    )


class RoundsQuery(PageQuery):
    """Query of what was requested."""

    limit = QueryInteger(
        load_default=10,
        validate=validate.Range(1, ROUNDS_LIMIT),
        metadata={"description": "Maximum number of items on the page."},
    )


class DirectoryQuery(PageQuery):
    """Query of a list that the user directory pages."""

    # It contains Cognito's own token, of which only the largest length is documented.
    cursor = Text(
        load_default=None,
        validate=validate.Length(1, 6_000),
        metadata={"description": "The `cursor` of the previous page; leave it out for the first page."},
    )


class PeopleQuery(DirectoryQuery):
    """Query of the list of people."""

    query = StrippedText(
        load_default=None,
        validate=validate.Length(1, 100),
        metadata={
            "description": "How a name or an e-mail address starts, 1 to 100 characters. Leave it out for all people, "
            "which only admins can list."
        },
    )


class PersonPath(ApiSchema):
    """Path of a person."""

    user_id = Id(required=True, metadata={"description": "Id of the user."})


class GroupPath(ApiSchema):
    """Path of a group."""

    name = group_name(required=True, metadata={"description": "Name of the group."})


class MembersQuery(DirectoryQuery):
    """Query of the members of a group."""

    scheme = Slug(
        load_default=None,
        metadata={
            "description": "Id of a scheme whose newest version has the group among its approvers. Users who are not "
            "admins must name one."
        },
    )


class SchemeQuery(ApiSchema):
    """Query of a scheme."""

    version = QueryInteger(
        load_default=None,
        validate=validate.Range(1, 999_999),
        metadata={"description": "A version of the scheme; leave it out for the newest."},
    )


class CreateWorkflowRequest(ApiSchema):
    """A workflow to create. Loads as `{scheme, action}`."""

    action_type = fields.String(
        required=True,
        validate=validate.OneOf([ActionType.SAVE.value, ActionType.REQUEST.value]),
        metadata={"description": "SAVE keeps a draft that approvers don't see; REQUEST asks for a decision."},
    )
    scheme = Slug(required=True, metadata={"description": "Id of the scheme; its newest version is used."})
    title = title_field(required=True, metadata={"description": "1 to 200 characters that show something."})
    data = CanonicalObject(required=True, metadata={"description": _DATA_DESCRIPTION})
    comment = comment_field("At most 4,000 characters.")

    @post_load
    def _make(self, loaded: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {"scheme": loaded.pop("scheme"), "action": _action(loaded)}


class ActionRequest(ApiSchema):
    """An action on a workflow. Loads as an `Action`."""

    action_type = fields.String(
        required=True,
        validate=validate.OneOf(ACTION_TYPES),
        metadata={"description": "SAVE and REQUEST are the requester's, APPROVE and REJECT the approvers'."},
    )
    title = title_field(
        metadata={"description": "The new title, 1 to 200 characters; only with SAVE or REQUEST."}
    )
    data = CanonicalObject(
        metadata={"description": f"The new data; only with SAVE or REQUEST. {_DATA_DESCRIPTION}"}
    )
    comment = comment_field("At most 4,000 characters. A REJECT must have one.")

    @validates_schema
    def _check_decision(self, loaded: dict[str, Any], **_: Any) -> None:
        if loaded["action_type"] in DECISIONS:
            errors = {name: ["Only with SAVE or REQUEST."] for name in ("title", "data") if name in loaded}
            if errors:
                raise ValidationError(errors)

    @post_load
    def _make(self, loaded: dict[str, Any], **_: Any) -> Action:
        return _action(loaded)


def _action(loaded: dict[str, Any]) -> Action:
    return Action(**(loaded | {"action_type": ActionType(loaded["action_type"])}))


class ApproversDefinition(ApiSchema):
    """Who may decide a step: 1 to 50 users and groups together, each listed once."""

    users = fields.List(Id(), load_default=list, metadata={"description": "User ids."})
    groups = fields.List(group_name(), load_default=list, metadata={"description": "Names of groups."})

    @validates_schema
    def _check_number(self, loaded: dict[str, Any], **_: Any) -> None:
        users, groups = loaded["users"], loaded["groups"]
        if not 1 <= len(users) + len(groups) <= APPROVERS_LIMIT:
            raise ValidationError(f"List 1 to {APPROVERS_LIMIT} users and groups.")
        if len(set(users)) + len(set(groups)) != len(users) + len(groups):
            raise ValidationError("List each user and group once.")

    @post_load
    def _make(self, loaded: dict[str, Any], **_: Any) -> Approvers:
        return Approvers(tuple(loaded["users"]), tuple(loaded["groups"]))


class StepDefinition(ApiSchema):
    """A step of a scheme."""

    step_id = Slug(required=True, metadata={"description": "Id of the step within the scheme."})
    name = StrippedText(
        required=True,
        validate=validate.Length(1, 100),
        metadata={"description": "Display name, 1 to 100 characters."},
    )
    approvers = fields.Nested(ApproversDefinition, required=True)

    @post_load
    def _make(self, loaded: dict[str, Any], **_: Any) -> Step:
        return Step(**loaded)


class SchemeDefinition(ApiSchema):
    """The content of a scheme. Loads as a `Definition`."""

    name = StrippedText(
        required=True,
        validate=validate.Length(1, 100),
        metadata={"description": "Display name, 1 to 100 characters."},
    )
    steps = fields.List(
        fields.Nested(StepDefinition),
        required=True,
        validate=validate.Length(equal=1),
        metadata={"description": "The steps in their order; exactly one in this release."},
    )

    @post_load
    def _make(self, loaded: dict[str, Any], **_: Any) -> Definition:
        return Definition(loaded["name"], tuple(loaded["steps"]))
