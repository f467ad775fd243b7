"""Routes of notifications."""

from countersign_common.errors import NotFoundError, StoreUnavailableError
from countersign_common.http.cursors import Cursors, text_position
from countersign_common.http.request import Request
from countersign_common.http.response import Response, ok
from countersign_common.http.routes import Route

from notifications_service.bootstrap.api import Service
from notifications_service.domain.errors import UnreadableNotificationError
from notifications_service.domain.notification import POSITION_PATTERN
from notifications_service.schemas import requests, responses


def list_notifications(request: Request, service: Service) -> Response:
    """List your notifications, newest first.

    With `status=unread` a page may have fewer than `limit` items although there are more: follow `cursor` until it is
    null. A notification that you marked a moment ago may still be listed as it was.
    """
    query, user_id = request.query, request.caller.user_id
    cursors = Cursors(text_position(POSITION_PATTERN), "notifications", query["status"], user_id)
    inbox = service.list_notifications(
        user_id, status=query["status"], limit=query["limit"], after=cursors.read(query["cursor"])
    )
    cursor = cursors.write(inbox.page.next_position)
    return ok({"items": inbox.page.items, "unread_count": inbox.unread_count, "cursor": cursor})


def mark_notification(request: Request, service: Service) -> Response:
    """Mark one of your notifications as read or unread.

    Repeating the request has no further effect.
    """
    return ok(
        service.mark_notification(
            request.caller.user_id, request.path["notification_id"], read=request.body["read"]
        )
    )


def mark_all_notifications(request: Request, service: Service) -> Response:
    """Mark your unread notifications as read, newest first, at most 500 per request.

    Notifications that arrive after the request stay unread. With `workflowId`, only the notifications of that workflow
    are marked. The body is optional.
    """
    marked = service.mark_all_notifications(
        request.caller.user_id,
        before=request.body.get("before"),
        workflow_id=request.body.get("workflow_id"),
    )
    return ok({"marked": marked})


_NOTIFICATION_ID = "6ff2c1a4-5d0e-5b6e-9a39-0f5b8c8f2a11"
_NOTIFICATION = {
    "notificationId": _NOTIFICATION_ID,
    "recipient": "3d1f0c52-7f0a-4f0e-8a53-1c2d7a6b9e01",
    "type": "APPROVAL_REQUESTED",
    "workflowId": "01935f2e-8a4b-7c3d-9e1f-2a3b4c5d6e7f",
    "title": "Three laptops for the new team",
    "scheme": "purchase",
    "stepId": "manager",
    "round": 1,
    "sequence": 2,
    "actionType": "REQUEST",
    "outcome": "PENDING",
    "actionOwner": {"type": "user", "id": "b7a9c0de-1234-4f56-8abc-9def01234567", "name": "Rana Haddad"},
    "comment": "Needed by March.",
    "occurredAt": "2026-01-31T09:00:00.000Z",
    "createdAt": "2026-01-31T09:00:00.412Z",
    "read": False,
    "resolution": None,
    "correlationId": "JKJaXmPLvHcESHA=",
}

_RESOLVED = _NOTIFICATION | {
    "notificationId": "0b8a6a5e-58a3-5b0e-8d53-3a5f1f0c7d42",
    "workflowId": "01935f2d-8a4b-7c3d-9e1f-2a3b4c5d6e7f",
    "title": "A new chair",
    "comment": None,
    "read": True,
    "resolution": {
        "actionType": "APPROVE",
        "by": {"type": "user", "id": "5f0c3f0e-8b5e-4a7e-9a57-0d6a3a6e2b11", "name": "Bo Lindqvist"},
        "at": "2026-01-31T09:20:00.000Z",
    },
}

ROUTES: tuple[Route[Service], ...] = (
    Route(
        "GET /notifications",
        list_notifications,
        query=requests.ListQuery,
        response=responses.NotificationPage,
        errors=(StoreUnavailableError,),
        response_example={"items": [_NOTIFICATION, _RESOLVED], "unreadCount": 1, "cursor": None},
    ),
    Route(
        "PATCH /notifications/{notificationId}",
        mark_notification,
        path=requests.NotificationPath,
        body=requests.MarkRequest,
        response=responses.Notification,
        errors=(NotFoundError, UnreadableNotificationError, StoreUnavailableError),
        request_example={"read": True},
        response_example=_NOTIFICATION | {"read": True},
    ),
    Route(
        "POST /notifications/mark-all",
        mark_all_notifications,
        body=requests.MarkAllRequest,
        optional_body=True,
        response=responses.MarkAllResult,
        errors=(StoreUnavailableError,),
        request_example={
            "before": "2026-01-31T09:00:00.412Z",
            "workflowId": "01935f2e-8a4b-7c3d-9e1f-2a3b4c5d6e7f",
        },
        response_example={"marked": 3},
    ),
)
