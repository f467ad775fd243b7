"""Schemas of requests."""

from countersign_common.http.fields import ApiSchema, Id, PageQuery, StrictBoolean, Text, Timestamp
from marshmallow import validate


class NotificationPath(ApiSchema):
    notification_id = Id(required=True)


class ListQuery(PageQuery):
    status = Text(
        load_default="all",
        validate=validate.OneOf(["unread", "all"]),
        metadata={"description": "Which notifications are listed."},
    )


class MarkRequest(ApiSchema):
    read = StrictBoolean(
        required=True, metadata={"description": "true marks the notification as read, false as unread."}
    )


class MarkAllRequest(ApiSchema):
    before = Timestamp(
        metadata={
            "description": "Mark notifications that were created at this time or before. Default: the current time."
        },
    )
    workflow_id = Id(metadata={"description": "Mark only notifications of this workflow. Default: of all."})


class SessionRequest(ApiSchema):
    """An object without members: a session is always the caller's own."""
