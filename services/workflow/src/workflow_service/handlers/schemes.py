"""Routes of schemes."""

from functools import partial

from countersign_common.requests import Request, Response, created, ok
from countersign_common.routes import Route

from workflow_service import schemas
from workflow_service.handlers.cursored import NAME, cursored
from workflow_service.use_cases.service import Service


def list_schemes(request: Request, service: Service) -> Response:
    """All schemes in their newest versions."""
    return cursored(request, "schemes", NAME, lambda _, *page: service.list_schemes(*page))


def show_scheme(request: Request, service: Service) -> Response:
    """A scheme in its newest version, or in the one that is asked for."""
    scheme = service.show_scheme(request.path["scheme_id"], request.query["version"])
    return ok(scheme, version=scheme.version)


def put_scheme(request: Request, service: Service) -> Response:
    """Create a scheme, or write its next version (admins)."""
    guard = {"if_match": request.if_match, "must_exist": request.must_exist}
    scheme, is_new = service.put_scheme(request.path["scheme_id"], request.body, request.caller, **guard)
    location = f"/schemes/{scheme.scheme_id}"
    return created(scheme, location=location, version=1) if is_new else ok(scheme, version=scheme.version)


of_one = partial(Route[Service], path=schemas.SchemePath, answer=schemas.SchemeSchema)
written = partial(of_one, body=schemas.SchemeDefinition, also=(201,), headers=("If-Match",))

ROUTES: tuple[Route[Service], ...] = (
    Route("GET /schemes", list_schemes, query=schemas.PageQuery, answer=schemas.SchemePage),
    of_one("GET /schemes/{schemeId}", show_scheme, query=schemas.SchemeQuery),
    written("PUT /schemes/{schemeId}", put_scheme),
)
