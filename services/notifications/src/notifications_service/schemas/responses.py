"""Schemas of responses. A notification has the same JSON over HTTP and MQTT."""

from typing import Any

from countersign_common.http.fields import (
    ApiSchema,
    Flag,
    Id,
    PageSchema,
    Slug,
    StrictBoolean,
    Text,
    Timestamp,
)
from marshmallow import fields, validate

from notifications_service.domain import notification
from notifications_service.domain.notification import NotificationKind


class ActionOwner(ApiSchema):
    type = Text(required=True, metadata={"description": "`user`, `machine` or `system`."})
    id = Text(required=True, metadata={"description": "Of a user: the user id."})
    name = Text(required=True, metadata={"description": "Display name; empty once erased."})
    erased = Flag(metadata={"description": "True if the name was erased; otherwise left out."})


class Resolution(ApiSchema):
    """The action that ended a request for approval."""

    action_type = Text(
        required=True,
        validate=validate.Length(1, 64),
        metadata={
            "description": "Such as `APPROVE`, or `REQUEST` for a newer request. Clients must accept names that they "
            "don't know."
        },
    )
    by = fields.Nested(ActionOwner, required=True, metadata={"description": "Who acted."})
    at = Timestamp(required=True)


class Notification(ApiSchema):
    notification_id = Id(required=True)
    recipient = Id(required=True, metadata={"description": "The caller's user id."})
    type = fields.Enum(NotificationKind, by_value=fields.String, required=True)
    workflow_id = Id(required=True)
    title = Text(
        required=True, validate=validate.Length(max=200), metadata={"description": "Empty once erased."}
    )
    content_erased = Flag(
        metadata={"description": "True if title and comment were erased; otherwise left out."}
    )
    scheme = Slug(required=True)
    step_id = Slug(required=True, allow_none=True)
    round = fields.Integer(required=True, validate=validate.Range(min=1))
    sequence = fields.Integer(
        required=True,
        validate=validate.Range(min=1),
        metadata={"description": "Position of the action in the workflow's history."},
    )
    action_type = Text(
        required=True,
        validate=validate.Length(1, 64),
        metadata={
            "description": "What was done, such as `REQUEST`. Clients must accept names that they don't know."
        },
    )
    outcome = Text(
        required=True,
        validate=validate.Length(1, 64),
        metadata={
            "description": "Status of the workflow after the action, such as `PENDING`. Clients must accept names that "
            "they don't know."
        },
    )
    action_owner = fields.Nested(ActionOwner, required=True)
    comment = Text(
        required=True,
        allow_none=True,
        validate=validate.Length(max=4_000),
        metadata={"description": "Null once erased."},
    )
    occurred_at = Timestamp(required=True, metadata={"description": "When the action happened."})
    created_at = Timestamp(required=True, metadata={"description": "When the notification was created."})
    read = StrictBoolean(
        required=True,
        metadata={"description": "Whether it was marked as read. A resolved notification is read."},
    )
    resolution = fields.Nested(
        Resolution,
        required=True,
        allow_none=True,
        metadata={
            "description": "What ended the request for approval, such as another approver's decision. Null if it is "
            "pending, and for other types."
        },
    )
    correlation_id = Text(
        required=True, metadata={"description": "Of the request that caused the notification."}
    )


class NotificationPage(PageSchema):
    items = fields.List(fields.Nested(Notification), required=True)
    unread_count = fields.Integer(
        required=True,
        metadata={"description": "Unread notifications of the caller, on all pages; counted up to 1,000."},
    )


class MarkAllResult(ApiSchema):
    marked = fields.Integer(
        required=True,
        metadata={"description": "At most 500. If it is 500, there may be more: send the request again."},
    )


class Credentials(ApiSchema):
    access_key_id = Text(required=True)
    secret_access_key = Text(required=True)
    session_token = Text(required=True)
    expiration = Timestamp(required=True)


class Session(ApiSchema):
    endpoint = Text(required=True, metadata={"description": "Host, or host:port, for MQTT over WebSocket."})
    region = Text(required=True, metadata={"description": "AWS region that the connection is signed for."})
    topic = Text(required=True, metadata={"description": "The one topic that the client can subscribe to."})
    client_id_prefix = Text(
        required=True, metadata={"description": "What the MQTT client id must start with."}
    )
    credentials = fields.Nested(Credentials, required=True)


def notification_json(value: notification.Notification) -> dict[str, Any]:
    """Return a notification as JSON."""
    dumped: dict[str, Any] = _NOTIFICATION.dump(value)
    return dumped


# Creating a schema copies all of its fields, which takes longer than a dump.
_NOTIFICATION = Notification()
