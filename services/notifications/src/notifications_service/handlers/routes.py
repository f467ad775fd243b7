"""The routes of the notifications API: each loads its request, calls one use case and answers."""

from countersign_common.requests import Request, Response, ok
from countersign_common.routes import Route, RouteTable

from notifications_service import schemas
from notifications_service.use_cases.services import Api


def list_notifications(request: Request, api: Api) -> Response:
    """List the caller's notifications, newest first."""
    return ok(api.list_notifications(request.caller.user_id, **request.query))


def mark_notification(request: Request, api: Api) -> Response:
    """Mark one of the caller's notifications as read or unread."""
    return ok(api.mark_notification(request.caller.user_id, **request.path, **request.body))


def mark_all_notifications(request: Request, api: Api) -> Response:
    """Mark the caller's unread notifications as read, up to 500 in one call."""
    return ok(api.mark_all(request.caller.user_id, **request.body))


def open_session(request: Request, api: Api) -> Response:
    """Get credentials for listening to the caller's notifications, for an hour at most."""
    return Response(201, api.open_session(request.caller.user_id))


ROUTES = RouteTable[Api](
    Route(
        "GET /notifications",
        list_notifications,
        query=schemas.NotificationQuery,
        answer=schemas.NotificationPage,
    ),
    Route(
        "PATCH /notifications/{notificationId}",
        mark_notification,
        path=schemas.NotificationPath,
        body=schemas.Mark,
        answer=schemas.Notification,
    ),
    Route(
        "POST /notifications/mark-all",
        mark_all_notifications,
        body=schemas.MarkAll,
        optional_body=True,
        answer=schemas.Marked,
    ),
    Route(
        "POST /notifications/sessions",
        open_session,
        body=schemas.SessionRequest,
        optional_body=True,
        answer=schemas.Session,
        status=201,
    ),
)
