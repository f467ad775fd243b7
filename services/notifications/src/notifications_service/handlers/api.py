"""notifications/api: a user's notifications over HTTP."""

from countersign_common.errors import NotFoundError, StoreUnavailableError
from countersign_common.http.handler import api_handler
from countersign_common.http.problems import ErrorStatus
from countersign_common.http.routes import RouteTable

from notifications_service.bootstrap.api import build_service
from notifications_service.domain.errors import NoRealtimeForUserError, UnreadableNotificationError
from notifications_service.handlers import notifications, sessions

ERROR_STATUS: ErrorStatus = {
    NoRealtimeForUserError: 403,
    NotFoundError: 404,
    UnreadableNotificationError: 500,
    StoreUnavailableError: 503,
}

ROUTES = RouteTable(*notifications.ROUTES, *sessions.ROUTES, error_status=ERROR_STATUS)

handler = api_handler(ROUTES, build_service)
