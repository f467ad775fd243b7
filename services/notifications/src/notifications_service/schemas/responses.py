"""What comes in and goes out, as marshmallow schemas: requests, answers, and the event of the workflow service."""

from collections.abc import Mapping
from typing import Any

from countersign_common.canonical import INTEGER_LIMIT
from countersign_common.events import CloudEvent, MalformedEvent
from countersign_common.fields import ApiSchema, Count, Id, Instant, Slug, StrictBoolean, Text
from countersign_common.ids import is_id
from marshmallow import EXCLUDE, ValidationError, fields, post_load, validate

from notifications_service.domain import action, notification

EVENT_TYPE = "countersign.workflow.acted.v1"

# Notifications of several messages are stored in one call: what the table would refuse is refused here, alone.
_COUNTED = validate.Range(1, INTEGER_LIMIT - 1)
_NAMED = validate.Length(max=2_048)  # as long as Cognito lets an attribute be


class NotificationPath(ApiSchema):
    notification_id = Id(required=True)


class ListQuery(ApiSchema):
    status = Text(load_default="all", validate=validate.OneOf(["unread", "all"]))
    limit = Count(load_default=25, validate=validate.Range(1, 100))
    cursor = Text(validate=validate.Length(max=512))


class Mark(ApiSchema):
    read = StrictBoolean(required=True)


class MarkAll(ApiSchema):
    before = Instant(
        metadata={"description": "Up to and including this instant; without it, all that are unread now."},
    )


class SessionRequest(ApiSchema):
    """Nothing can be asked for: a session is the caller's own."""


class Person(ApiSchema):
    user_id = Id(required=True)
    name = Text(required=True)


class Notification(ApiSchema):
    notification_id = Id(required=True)
    recipient = Id(required=True)
    type = fields.Enum(notification.NotificationType, by_value=fields.String, required=True)
    workflow_id = Id(required=True)
    title = Text(required=True)
    scheme = Slug(required=True)
    step_id = Slug(required=True, allow_none=True)
    round = fields.Integer(required=True)
    sequence = fields.Integer(required=True)
    action_type = fields.Enum(action.ActionType, by_value=fields.String, required=True)
    outcome = fields.Enum(action.Outcome, by_value=fields.String, required=True)
    action_owner = fields.Nested(Person, required=True)
    comment = Text(required=True, allow_none=True)
    occurred_at = Instant(required=True)
    created_at = Instant(required=True)
    read = StrictBoolean(required=True)
    correlation_id = Text(required=True)


class NotificationPage(ApiSchema):
    items = fields.List(fields.Nested(Notification), required=True)
    unread_count = fields.Integer(
        required=True,
        metadata={"description": "Unread notifications of the whole inbox; counted up to 1,000."},
    )
    cursor = Text(required=True, allow_none=True)


class Marked(ApiSchema):
    marked = fields.Integer(
        required=True, metadata={"description": "At most 500; ask again when there were more."}
    )


class Credentials(ApiSchema):
    access_key_id = Text(required=True)
    secret_access_key = Text(required=True)
    session_token = Text(required=True)
    expiration = Instant(required=True)


class Session(ApiSchema):
    endpoint = Text(required=True, metadata={"description": "Host, or host:port, for MQTT over WebSocket."})
    region = Text(required=True, metadata={"description": "That the connection is signed for."})
    topic = Text(required=True, metadata={"description": "The one topic that may be subscribed to."})
    client_id_prefix = Text(required=True, metadata={"description": "What the client id must begin with."})
    credentials = fields.Nested(Credentials, required=True)


class EventPerson(Person):
    class Meta:
        unknown = EXCLUDE

    name = Text(required=True, validate=_NAMED)

    @post_load
    def _made(self, data: Mapping[str, Any], **_: Any) -> action.Person:
        return action.Person(**data)


class EventApprovers(ApiSchema):
    class Meta:
        unknown = EXCLUDE

    users = fields.List(Id, required=True)
    groups = fields.List(Text(validate=validate.Length(1, 128)), required=True)

    @post_load
    def _made(self, data: Mapping[str, Any], **_: Any) -> action.Approvers:
        return action.Approvers(frozenset(data["users"]), frozenset(data["groups"]))


class Acted(ApiSchema):
    """The data of `countersign.workflow.acted.v1`; what is not known here is ignored."""

    class Meta:
        unknown = EXCLUDE

    workflow_id = Id(required=True)
    title = Text(required=True, validate=validate.Length(max=200))
    scheme = Slug(required=True)
    step_id = Slug(required=True, allow_none=True)
    round = fields.Integer(required=True, strict=True, validate=_COUNTED)
    sequence = fields.Integer(required=True, strict=True, validate=_COUNTED)
    action_type = fields.Enum(action.ActionType, by_value=fields.String, required=True)
    outcome = fields.Enum(action.Outcome, by_value=fields.String, required=True)
    action_owner = fields.Nested(EventPerson, required=True)
    requester = fields.Nested(EventPerson, required=True)
    approvers = fields.Nested(EventApprovers, required=True)
    comment = Text(required=True, allow_none=True, validate=validate.Length(max=4000))
    occurred_at = Instant(required=True)


def action_of(event: CloudEvent) -> action.Action:
    """The action that an event reports.

    Raises:
        MalformedEvent: an event of another type, an id that is no UUID, or data of another shape.
    """
    if event.type != EVENT_TYPE:
        raise MalformedEvent(f"events of type {event.type!r} are not for this queue")
    if not is_id(event.id):
        raise MalformedEvent("the event's id is not a UUID in lower case")
    try:
        data = Acted().load(event.data)
    except ValidationError as error:
        raise MalformedEvent(f"data: {error.messages}") from error
    return action.Action(event_id=event.id, correlation_id=event.correlation_id, **data)


def notification_json(told: notification.Notification) -> dict[str, Any]:
    """A notification in JSON, the same over HTTP and MQTT."""
    dumped: dict[str, Any] = Notification().dump(told)
    return dumped
