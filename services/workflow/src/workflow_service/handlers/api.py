"""workflow/api: the service over HTTP."""

from countersign_common.lambda_api import lambda_handler
from countersign_common.requests import Request, Response, ok
from countersign_common.routes import Route, RouteTable

from workflow_service import bootstrap, schemas
from workflow_service.domain import errors
from workflow_service.handlers import acting, schemes, viewing
from workflow_service.use_cases.service import Service

REFUSALS: dict[type[Exception], int] = {
    errors.NotFound: 404,
    errors.NotPermitted: 403,
    errors.NotPossible: 409,
    errors.Stale: 412,
    errors.Incomplete: 422,
}


def health(_: Request, __: Service) -> Response:
    """That the service answers."""
    return ok({"status": "ok"})


ROUTES: RouteTable[Service] = RouteTable(
    *acting.ROUTES,
    *viewing.ROUTES,
    *schemes.ROUTES,
    Route("GET /health", health, answer=schemas.Health, public=True),
)

handler = lambda_handler(ROUTES, bootstrap.api_service, refusals=REFUSALS, function="api")
