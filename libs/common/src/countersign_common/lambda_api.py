"""The Lambda handler of an HTTP API: dispatch, and the one place where errors become answers."""

import json
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, TypeVar

from countersign_common.problems import Fault, Problem
from countersign_common.requests import Response
from countersign_common.routes import RouteTable, correlation_id_of, request_id_of
from countersign_common.telemetry import Telemetry, loggable
from countersign_common.wiring import Wired

ServiceT = TypeVar("ServiceT")
Refusals = Mapping[type[Exception], int]
"""What a service's own exceptions answer: exception class → HTTP status. Subclasses count as their class."""

RETRY_AFTER_SECONDS = 5
"""What a 503 asks its client to wait: long enough for an engine's hiccup, short enough for somebody who watches."""

LambdaHandler = Callable[[Mapping[str, Any], Any], dict[str, Any]]


def lambda_handler(
    routes: RouteTable[ServiceT],
    build: Callable[[], ServiceT],
    *,
    refusals: Refusals | None = None,
    function: str = "api",
) -> LambdaHandler:
    """The handler for a route table.

    Args:
        routes: what is answered.
        build: makes the service, once per container (see `Wired`).
        refusals: how the service's own exceptions are answered. An exception's `rule` (else its class's name in
            kebab-case) names the problem's type, and its text is the detail; its `pointer`, where it has one,
            is the part of the body that is at fault.
        function: the function's name in logs and metrics.
    """
    wired = Wired(lambda: (build(), Telemetry(function)))

    def handler(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
        service, telemetry = wired()
        correlation_id = correlation_id_of(event)
        started = time.perf_counter()
        with telemetry.invocation(context, correlationId=correlation_id, **loggable(event)):
            response = answer(routes, event, service, refusals or {}, telemetry)
            elapsed = round((time.perf_counter() - started) * 1000, 1)
            telemetry.milliseconds("Latency", elapsed)
            telemetry.count(f"Answered{response.status // 100}xx")
            telemetry.info("answered", status=response.status, milliseconds=elapsed)
        return rendered(response, correlation_id)

    return handler


def answer(
    routes: RouteTable[ServiceT],
    event: Mapping[str, Any],
    service: ServiceT,
    refusals: Refusals,
    telemetry: Telemetry,
) -> Response:
    """The response to a request, whatever happens to it; what nobody expected is logged and answered 500."""
    try:
        return routes.dispatch(event, service)
    except Problem as problem:
        return problem_response(problem, event)
    except Exception as error:
        status = next((code for kind, code in refusals.items() if isinstance(error, kind)), None)
        if status is None:
            telemetry.exception("failed")
            detail = "Something went wrong on our side. The request may be sent again."
            return problem_response(Problem(500, "internal-error", detail), event)
        return problem_response(Problem(status, _rule_of(error), str(error), _faults_of(error)), event)


def problem_response(problem: Problem, event: Mapping[str, Any]) -> Response:
    """An RFC 9457 answer; a 503 says when to come back (RFC 9110 §15.6.4)."""
    headers = {"content-type": "application/problem+json"}
    if problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["retry-after"] = str(RETRY_AFTER_SECONDS)
    return Response(problem.status, problem.to_json(request_id_of(event)), headers)


def rendered(response: Response, correlation_id: str) -> dict[str, Any]:
    """A response in API Gateway's payload format 2.0."""
    headers = {
        "content-type": "application/json",
        "cache-control": "no-store",
        "x-correlation-id": correlation_id,
    } | dict(response.headers)
    answered: dict[str, Any] = {"statusCode": response.status, "headers": headers}
    if response.rendered is not None:
        answered["body"] = response.rendered
    elif response.body is not None:
        answered["body"] = render(response.body)
    return answered


def render(body: Any) -> str:
    """A body as JSON text."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _faults_of(error: Exception) -> list[Fault]:
    pointer = getattr(error, "pointer", None)
    return [Fault("body", pointer, str(error))] if isinstance(pointer, str) else []


def _rule_of(error: Exception) -> str:
    rule = getattr(error, "rule", None)
    if isinstance(rule, str):
        return rule
    name = type(error).__name__
    return "".join(f"-{char.lower()}" if char.isupper() else char for char in name).lstrip("-")
