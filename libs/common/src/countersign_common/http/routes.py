"""The route table: requests are dispatched by it, and openapi.json is generated from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from marshmallow import Schema, ValidationError

from countersign_common.errors import DomainError
from countersign_common.http.caller import caller_of
from countersign_common.http.fields import ApiSchema
from countersign_common.http.problems import (
    ErrorStatus,
    Location,
    ProblemError,
    bad_request,
    field_errors,
    precondition_required,
    status_of,
)
from countersign_common.http.request import (
    Request,
    correlation_id_of,
    headers_of,
    json_body_of,
    query_of,
    request_id_of,
)
from countersign_common.http.response import Response

ServiceT = TypeVar("ServiceT")

BODY_LIMIT = 256 * 1024
"""Default limit of a request body in bytes."""


class NoQuery(ApiSchema):
    """A query without parameters: any parameter is rejected."""


@dataclass(frozen=True)
class OtherResponse:
    """A successful response with another body than the usual one.

    Attributes:
        status: Its status.
        schema: Schema of its body.
        example: JSON body for openapi.json.
    """

    status: int
    schema: type[Schema]
    example: Any


@dataclass(frozen=True)
class Route(Generic[ServiceT]):
    """One method and path of the API.

    Attributes:
        key: As API Gateway writes it, such as `POST /workflows/{workflowId}/actions`.
        function: Handles a request. Its docstring is the summary (first line) and description in openapi.json.
        path, query, body: Schemas of the request; `body` None for no body.
        response: Schema of the response body; None for no body.
        status: Status of the successful response.
        other_statuses: Other statuses with the same response body, such as 201 of a PUT that may create.
        other_responses: Other successful responses, each with a body of its own.
        public: Whether the route needs no token.
        headers: Headers that the route reads (`If-Match`, `Idempotency-Key`) and that its response has (`ETag`,
            `Location`).
        required_headers: Those that every request must have. Without one of them the response is 428.
        errors: Domain errors that the route may return. Each has a status in the table.
        body_limit: Maximum size of the body in bytes.
        optional_body: Whether the body may be left out.
        request_example, response_example: JSON bodies for openapi.json.
    """

    key: str
    function: Callable[[Request, ServiceT], Response]
    path: type[Schema] | None = None
    query: type[Schema] = NoQuery
    body: type[Schema] | None = None
    response: type[Schema] | None = None
    status: int = 200
    other_statuses: tuple[int, ...] = ()
    other_responses: tuple[OtherResponse, ...] = ()
    public: bool = False
    headers: tuple[str, ...] = ()
    required_headers: tuple[str, ...] = ()
    errors: tuple[type[DomainError], ...] = ()
    body_limit: int = BODY_LIMIT
    optional_body: bool = False
    request_example: Any = None
    response_example: Any = None

    def response_of(self, status: int) -> type[Schema] | None:
        """Return the schema of the body of a successful response; None for no body."""
        others = (other.schema for other in self.other_responses if other.status == status)
        return next(others, self.response)

    def load(self, event: Mapping[str, Any]) -> Request:
        """Load the request in API Gateway's event with this route's schemas.

        Raises:
            ProblemError: 400, 413, 415 or 428, with each error.
        """
        for name in self.required_headers:
            if name.lower() not in headers_of(event):
                raise precondition_required(name)
        raw_body = json_body_of(event, self.body_limit) if self.body is not None else None
        if self.optional_body and not event.get("body"):
            raw_body = {}  # no body at all; `null` is a body that is not an object
        return Request(
            route=self.key,
            event=event,
            request_id=request_id_of(event),
            correlation_id=correlation_id_of(event),
            path=_load(self.path, event.get("pathParameters") or {}, "path") or {},
            query=_load(self.query, query_of(event), "query"),
            body=_load(self.body, raw_body, "body"),
            raw_body=raw_body,
        )


class RouteTable(dict[str, Route[ServiceT]]):
    """Routes by key, and the HTTP status of each domain error."""

    def __init__(self, *routes: Route[ServiceT], error_status: ErrorStatus | None = None) -> None:
        """
        Args:
            routes: The routes of the API.
            error_status: The HTTP status of each domain error that the routes may return.

        Raises:
            ValueError: Two routes have the same key, or a route lists an error without a status.
        """
        super().__init__((route.key, route) for route in routes)
        self.error_status: ErrorStatus = error_status or {}
        if len(self) != len(routes):
            raise ValueError("Two routes have the same key.")
        for route in routes:
            for error in route.errors:
                if status_of(error, self.error_status) is None:
                    raise ValueError(f"{error.__name__} of {route.key} has no HTTP status.")

    def dispatch(self, event: Mapping[str, Any], service: ServiceT) -> Response:
        """Handle a request by the route that API Gateway matched.

        Raises:
            ProblemError: 404 for a route that is not in the table; what loading raises.
            DomainError: What the route's function raises.
        """
        route = self.get(event.get("routeKey", ""))
        if route is None:
            raise ProblemError(404, "no-such-route", "The API has no such method and path.")
        if not route.public:
            caller_of(event)  # rejects a request without a user's token before its content is read
        request = route.load(event)
        response = route.function(request, service)
        schema = route.response_of(response.status)
        if schema is not None and response.body is not None:
            return Response(response.status, _schema(schema).dump(response.body), response.headers)
        return response


@cache
def _schema(schema: type[Schema]) -> Schema:
    """Return the shared instance of a schema. Creating one copies all fields, which takes longer than loading."""
    return schema()


def _load(schema: type[Schema] | None, raw: Any, location: Location) -> Any:
    if schema is None:
        return None
    if raw is None:
        raise bad_request(field_errors(["Send a JSON body."], location), "The request has no body.")
    try:
        return _schema(schema).load(raw)
    except ValidationError as error:
        raise bad_request(field_errors(error.messages, location)) from error
