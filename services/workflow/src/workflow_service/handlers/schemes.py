"""Routes of schemes."""

from countersign_common.errors import AdminsOnlyError, NotFoundError, StoreUnavailableError
from countersign_common.http.cursors import Cursors, page_response, text_position
from countersign_common.http.fields import PageQuery, Slug
from countersign_common.http.request import Request
from countersign_common.http.response import Response, created, ok
from countersign_common.http.routes import Route

from workflow_service.bootstrap.api import Service
from workflow_service.domain.errors import TooBusyError, VersionStaleError
from workflow_service.schemas import examples
from workflow_service.schemas.requests import SchemeDefinition, SchemePath, SchemeQuery
from workflow_service.schemas.responses import SchemePage, SchemeSchema


def list_schemes(request: Request, service: Service) -> Response:
    """List schemes.

    Every signed-in user sees all schemes, in their newest versions, ordered by id.
    """
    cursors = Cursors(text_position(Slug.PATTERN), "schemes", request.caller.user_id)
    return page_response(
        request, cursors, lambda after, limit: service.list_schemes(after=after, limit=limit)
    )


def get_scheme(request: Request, service: Service) -> Response:
    """Get a scheme.

    The newest version, or the version in the query.
    """
    view = service.get_scheme(request.path["scheme_id"], request.query["version"])
    return ok(view, version=view.scheme.version)


def put_scheme(request: Request, service: Service) -> Response:
    """Create a scheme or add a version.

    Only for members of the group `admins`. Writing the content that the newest version has adds no version. Workflows
    keep the version that they were created with.
    """
    view, is_new = service.put_scheme(
        request.path["scheme_id"],
        request.body,
        request.caller,
        if_match=request.if_match,
        must_exist=request.must_exist,
    )
    scheme = view.scheme
    if is_new:
        return created(view, location=f"/schemes/{scheme.scheme_id}", version=scheme.version)
    return ok(view, version=scheme.version)


ROUTES: tuple[Route[Service], ...] = (
    Route(
        "GET /schemes",
        list_schemes,
        query=PageQuery,
        response=SchemePage,
        errors=(StoreUnavailableError,),
        response_example=examples.page_of(examples.SCHEME),
    ),
    Route(
        "GET /schemes/{schemeId}",
        get_scheme,
        path=SchemePath,
        query=SchemeQuery,
        response=SchemeSchema,
        headers=("ETag",),
        errors=(NotFoundError, StoreUnavailableError),
        response_example=examples.SCHEME,
    ),
    Route(
        "PUT /schemes/{schemeId}",
        put_scheme,
        path=SchemePath,
        body=SchemeDefinition,
        response=SchemeSchema,
        other_statuses=(201,),
        headers=("If-Match", "Location"),
        errors=(AdminsOnlyError, VersionStaleError, TooBusyError, StoreUnavailableError),
        request_example=examples.PUT_SCHEME,
        response_example=examples.SCHEME,
    ),
)
