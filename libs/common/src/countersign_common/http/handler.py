"""The Lambda handler of an HTTP API: dispatch, and the one place where errors become responses."""

import json
import re
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from countersign_common.errors import DomainError
from countersign_common.http.problems import ProblemError, problem_from, status_of
from countersign_common.http.request import correlation_id_of, request_id_of
from countersign_common.http.response import Response
from countersign_common.http.routes import RouteTable
from countersign_common.lazy import Lazy
from countersign_common.proof.canonical import is_unicode
from countersign_common.telemetry import Telemetry, loggable

ServiceT = TypeVar("ServiceT")

_SURROGATE = re.compile("[\ud800-\udfff]")

LambdaHandler = Callable[[Mapping[str, Any], Any], dict[str, Any]]


def api_handler(
    routes: RouteTable[ServiceT], build: Callable[[], ServiceT], *, function: str = "api"
) -> LambdaHandler:
    """Return the handler of a route table.

    Args:
        routes: The routes, with the HTTP status of each domain error.
        build: Creates the service, once per container.
        function: Name of the function in logs and metrics.
    """
    lazy = Lazy(lambda: (build(), Telemetry(function)))

    def handler(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
        service, telemetry = lazy()
        correlation_id = correlation_id_of(event)
        started = time.perf_counter()
        with telemetry.invocation(context, correlationId=correlation_id, **loggable(event)):
            response = respond(routes, event, service, telemetry)
            elapsed = round((time.perf_counter() - started) * 1000, 1)
            telemetry.milliseconds("Latency", elapsed)
            telemetry.count(f"Responses{response.status // 100}xx")
            telemetry.info("request handled", status=response.status, milliseconds=elapsed)
        return lambda_response(response, correlation_id)

    return handler


def respond(
    routes: RouteTable[ServiceT], event: Mapping[str, Any], service: ServiceT, telemetry: Telemetry
) -> Response:
    """Return the response to a request. An unexpected exception is logged and becomes a 500."""
    try:
        return routes.dispatch(event, service)
    except ProblemError as problem:
        return problem_response(problem, event)
    except DomainError as error:
        status = status_of(type(error), routes.error_status)
        if status is not None:
            if status >= 500:
                telemetry.exception("request failed", code=error.code)
            return problem_response(problem_from(error, status), event)
        telemetry.exception("request failed")
    except Exception:
        telemetry.exception("request failed")
    detail = "Something went wrong on our side. You can send the request again."
    return problem_response(ProblemError(500, "internal-error", detail), event)


def problem_response(problem: ProblemError, event: Mapping[str, Any]) -> Response:
    """Return an RFC 9457 response."""
    headers = {"content-type": "application/problem+json"}
    if problem.retry_after is not None:
        headers["retry-after"] = str(problem.retry_after)
    return Response(problem.status, problem.to_json(request_id_of(event)), headers)


def lambda_response(response: Response, correlation_id: str) -> dict[str, Any]:
    """Return a response in API Gateway's payload format 2.0."""
    headers = {
        "content-type": "application/json",
        "cache-control": "no-store",
        "x-correlation-id": correlation_id,
    } | dict(response.headers)
    result: dict[str, Any] = {"statusCode": response.status, "headers": headers}
    body = response.json_text
    if body is None and response.body is not None:
        body = json_text(response.body)
    if body is not None:
        # Text that someone has damaged can have lone surrogates, which only JSON's escapes can hold.
        result["body"] = (
            body if is_unicode(body) else _SURROGATE.sub(lambda each: f"\\u{ord(each[0]):04x}", body)
        )
    return result


def json_text(body: Any) -> str:
    """Return a value as compact JSON text."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
