"""notifications/api: somebody's notifications over HTTP."""

from countersign_common.lambda_api import lambda_handler
from countersign_common.requests import Request, Response, ok
from countersign_common.routes import Route, RouteTable

from notifications_service import bootstrap, schemas
from notifications_service.domain.subscription import NotAUserId
from notifications_service.use_cases.ports import NoSuchNotification


def list_notifications(request: Request, api: bootstrap.Api) -> Response:
    """List the caller's notifications, newest first."""
    return ok(api.list_notifications(request.caller.user_id, **request.query))


def mark_notification(request: Request, api: bootstrap.Api) -> Response:
    """Mark one of the caller's notifications as read or unread."""
    return ok(api.mark_notification(request.caller.user_id, **request.path, **request.body))


def mark_all_notifications(request: Request, api: bootstrap.Api) -> Response:
    """Mark the caller's unread notifications as read, up to 500 in one call."""
    return ok(api.mark_all(request.caller.user_id, **request.body))


def open_session(request: Request, api: bootstrap.Api) -> Response:
    """Get credentials for listening to the caller's notifications, for an hour at most."""
    return Response(201, api.open_session(request.caller.user_id))


ROUTES = RouteTable[bootstrap.Api](
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

handler = lambda_handler(ROUTES, bootstrap.api, refusals={NoSuchNotification: 404, NotAUserId: 403})
