"""notifications/api: somebody's notifications over HTTP."""

from countersign_common.lambda_api import lambda_handler

from notifications_service import bootstrap
from notifications_service.domain.subscription import NotAUserId
from notifications_service.handlers.routes import ROUTES
from notifications_service.use_cases.ports import NoSuchNotification

__all__ = ["ROUTES", "handler"]

handler = lambda_handler(ROUTES, bootstrap.api, refusals={NoSuchNotification: 404, NotAUserId: 403})
