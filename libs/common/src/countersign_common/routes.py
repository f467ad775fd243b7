"""The route table: what `event["routeKey"]` is looked up in, and what openapi.json is made from."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from marshmallow import Schema, ValidationError

from countersign_common.caller import caller_of
from countersign_common.fields import ApiSchema
from countersign_common.problems import Place, Problem, bad_request, faults_of
from countersign_common.requests import Request, Response, headers_of, json_body_of

ServiceT = TypeVar("ServiceT")

BODY_LIMIT = 256 * 1024
"""Largest request body in bytes; a route may set another."""

_CORRELATION_ID = re.compile(r"[A-Za-z0-9._-]{1,64}\Z")


class NoQuery(ApiSchema):
    """A query in which nothing may be asked: what is unknown is refused, as anywhere."""


@dataclass(frozen=True)
class Route(Generic[ServiceT]):
    """One method and path of the API.

    Attributes:
        key: `POST /workflows/{workflowId}/actions`, as API Gateway names it.
        action: answers a request; its docstring's first line is the summary in openapi.json.
        path, body: schemas of what comes in; None where there is nothing to load.
        query: the same; `NoQuery` where nothing can be asked.
        answer: schema of what goes out; None for none.
        status: of the normal answer.
        also: other statuses that carry the same answer (a PUT that may create).
        public: whether it is answered without a token.
        headers: request headers that the route heeds (`If-Match`, `Idempotency-Key`).
        body_limit: in bytes.
        optional_body: whether the request may come without a body.
    """

    key: str
    action: Callable[[Request, ServiceT], Response]
    path: type[Schema] | None = None
    query: type[Schema] = NoQuery
    body: type[Schema] | None = None
    answer: type[Schema] | None = None
    status: int = 200
    also: tuple[int, ...] = ()
    public: bool = False
    headers: tuple[str, ...] = ()
    body_limit: int = BODY_LIMIT
    optional_body: bool = False

    def load(self, event: Mapping[str, Any]) -> Request:
        """The request in API Gateway's event, checked by this route's schemas.

        Raises:
            Problem: 400 or 413, naming each fault.
        """
        raw_body = json_body_of(event, self.body_limit) if self.body is not None else None
        if self.optional_body and not event.get("body"):
            raw_body = {}  # no body at all; `null` is one, and no object
        return Request(
            route=self.key,
            event=event,
            request_id=request_id_of(event),
            correlation_id=correlation_id_of(event),
            path=_load(self.path, event.get("pathParameters") or {}, "path") or {},
            query=_load(self.query, event.get("queryStringParameters") or {}, "query"),
            body=_load(self.body, raw_body, "body"),
            raw_body=raw_body,
        )


class RouteTable(dict[str, Route[ServiceT]]):
    """Routes by their key."""

    def __init__(self, *routes: Route[ServiceT]) -> None:
        super().__init__((route.key, route) for route in routes)
        if len(self) != len(routes):
            raise ValueError("two routes have the same key")

    def dispatch(self, event: Mapping[str, Any], service: ServiceT) -> Response:
        """Answer a request by the route that API Gateway matched.

        Raises:
            Problem: 404 for a route that is not here; what loading and the route's function raise.
        """
        route = self.get(event.get("routeKey", ""))
        if route is None:
            raise Problem(404, "no-such-route", "The API has no such method and path.")
        if not route.public:
            caller_of(event)  # a token that is no user's is refused before anything is looked at
        request = route.load(event)
        response = route.action(request, service)
        if route.answer is not None and response.body is not None:
            return Response(response.status, _made(route.answer).dump(response.body), response.headers)
        return response


def request_id_of(event: Mapping[str, Any]) -> str:
    """API Gateway's id of this request."""
    return str(event.get("requestContext", {}).get("requestId") or "unknown")


def correlation_id_of(event: Mapping[str, Any]) -> str:
    """The caller's `x-correlation-id` where it is one (1 to 64 of A-Z a-z 0-9 . _ -), else the request's id."""
    given = headers_of(event).get("x-correlation-id", "")
    return given if _CORRELATION_ID.match(given) else request_id_of(event)


@cache
def _made(schema: type[Schema]) -> Schema:
    """One of a kind: making a schema copies all of its fields, which takes longer than loading with it."""
    return schema()


def _load(schema: type[Schema] | None, raw: Any, place: Place) -> Any:
    if schema is None:
        return None
    if raw is None:
        raise bad_request(faults_of(["a JSON body is needed"], place), "The request has no body.")
    try:
        return _made(schema).load(raw)
    except ValidationError as error:
        raise bad_request(faults_of(error.messages, place)) from error
