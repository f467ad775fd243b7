"""What each route of the notifications API does: load, call one use case, answer."""

from countersign_common.requests import Request, Response, ok

from notifications_service.domain.subscription import NotAUserId
from notifications_service.use_cases.ports import NoSuchNotification
from notifications_service.use_cases.services import Api

REFUSALS = {NoSuchNotification: 404, NotAUserId: 403}
"""How what the use cases refuse is answered."""


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
