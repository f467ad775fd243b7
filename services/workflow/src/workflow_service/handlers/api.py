"""workflow-api: the service over HTTP."""

from collections.abc import Mapping

from countersign_common.errors import (
    AdminsOnlyError,
    DomainError,
    IdempotencyKeyReusedError,
    NotFoundError,
    StoreUnavailableError,
)
from countersign_common.http.handler import api_handler
from countersign_common.http.request import Request
from countersign_common.http.response import Response, ok
from countersign_common.http.routes import Route, RouteTable

from workflow_service.bootstrap.api import Service, build_service
from workflow_service.domain import errors
from workflow_service.handlers import people, schemes, workflows
from workflow_service.schemas.responses import HealthSchema

ERROR_STATUS: Mapping[type[DomainError], int] = {
    NotFoundError: 404,
    StoreUnavailableError: 503,
    errors.PeopleUnavailableError: 503,
    errors.InvalidPositionError: 400,
    errors.OwnRequestError: 403,
    errors.NotAnApproverError: 403,
    errors.NotTheRequesterError: 403,
    AdminsOnlyError: 403,
    errors.AlreadyApprovedError: 409,
    errors.AlreadyPendingError: 409,
    errors.NotPendingError: 409,
    errors.ContentErasedError: 409,
    errors.TooBusyError: 409,
    errors.VersionStaleError: 412,
    errors.DataTooLargeError: 413,
    errors.CommentMissingError: 422,
    errors.NoSuchSchemeError: 422,
    IdempotencyKeyReusedError: 422,
    errors.PreconditionRequiredError: 428,
}


def health(_: Request, __: Service) -> Response:
    """Check that the function responds."""
    return ok({"status": "ok"})


ROUTES: RouteTable[Service] = RouteTable(
    *workflows.ROUTES,
    *schemes.ROUTES,
    *people.ROUTES,
    Route("GET /health", health, response=HealthSchema, public=True, response_example={"status": "ok"}),
    error_status=ERROR_STATUS,
)

handler = api_handler(ROUTES, build_service)
