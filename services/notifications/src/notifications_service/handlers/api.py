"""notifications/api: somebody's notifications over HTTP."""

from countersign_common.lambda_api import lambda_handler
from countersign_common.routes import Route, RouteTable

from notifications_service import bootstrap, schemas
from notifications_service.handlers import routes
from notifications_service.schemas import ListQuery, NotificationPage

ROUTES = RouteTable(
    Route("GET /notifications", routes.list_notifications, query=ListQuery, answer=NotificationPage),
    Route(
        "PATCH /notifications/{notificationId}",
        routes.mark_notification,
        path=schemas.NotificationPath,
        body=schemas.Mark,
        answer=schemas.Notification,
    ),
    Route(
        "POST /notifications/mark-all",
        routes.mark_all_notifications,
        body=schemas.MarkAll,
        answer=schemas.Marked,
        optional_body=True,
    ),
    Route(
        "POST /notifications/sessions",
        routes.open_session,
        body=schemas.SessionRequest,
        answer=schemas.Session,
        optional_body=True,
        status=201,
    ),
)

handler = lambda_handler(ROUTES, bootstrap.api, refusals=routes.REFUSALS)
