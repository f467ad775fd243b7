"""The Lambda handler of an HTTP API."""

import json

import pytest
from countersign_common.errors import DomainError, NotFoundError, StoreUnavailableError
from countersign_common.http.handler import api_handler
from countersign_common.http.problems import precondition_required
from countersign_common.http.request import Request
from countersign_common.http.response import Response, ok
from countersign_common.http.routes import Route, RouteTable
from marshmallow import Schema

from ..builders import CONTEXT, USER_ID, http_event, log_lines, metrics


class ConflictError(DomainError):
    code = "conflict"


class NotPendingError(ConflictError):
    code = "not-pending"


class TooBusyError(ConflictError):
    code = "too-busy"
    retry_after = 1


class UnmappedError(DomainError):
    code = "unmapped"


class UnreadableError(DomainError):
    code = "unreadable"


STATUSES = {UnreadableError: 500, ConflictError: 409, NotFoundError: 404, StoreUnavailableError: 503}


def handler_of(function, error_status=STATUSES):
    routes = RouteTable(Route("POST /x", function), error_status=error_status)
    return api_handler(routes, lambda: "the service")


def raising(error: Exception):
    def function(_: Request, __: str) -> Response:
        raise error

    return function


def call(function, event=None):
    event = event or http_event("POST /x", headers={"x-correlation-id": "abc"})
    response = handler_of(function)(event, CONTEXT)
    body = json.loads(response["body"]) if "body" in response else None
    return response["statusCode"], response["headers"], body


def test_response_has_the_correlation_id_and_must_not_be_cached():
    status, headers, body = call(lambda _, service: ok({"from": service}, version=2))
    assert (status, body) == (200, {"from": "the service"})
    assert headers == {
        "content-type": "application/json",
        "cache-control": "no-store",
        "x-correlation-id": "abc",
        "etag": '"2"',
    }


def test_response_without_a_body_has_none():
    assert call(lambda *_: Response(204))[2] is None


def test_json_text_is_returned_unchanged():
    response = handler_of(lambda *_: Response(200, json_text='{"a": 1}'))(http_event("POST /x"), CONTEXT)
    assert response["body"] == '{"a": 1}'


def test_text_is_not_escaped():
    response = handler_of(lambda *_: ok({"title": "Möbel"}))(http_event("POST /x"), CONTEXT)
    assert response["body"] == '{"title":"Möbel"}'


def test_problem_is_returned_as_problem_json():
    status, headers, body = call(raising(precondition_required("If-Match")))
    assert (status, headers["content-type"]) == (428, "application/problem+json")
    assert (headers["x-correlation-id"], headers["cache-control"]) == ("abc", "no-store")
    assert body == {
        "type": "/docs/problems/precondition-required.md",
        "title": "Precondition required",
        "status": 428,
        "detail": "Send the header If-Match.",
        "instance": "urn:countersign:request:a-request",
        "errors": [{"in": "header", "pointer": "/If-Match", "detail": "Send the header If-Match."}],
    }


def test_unknown_route_is_a_problem():
    status, headers, _ = call(lambda *_: ok({}), http_event("GET /nowhere"))
    assert (status, headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ConflictError("It conflicts."), 409),
        (NotPendingError("It is not pending."), 409),
        (NotFoundError("workflow"), 404),
    ],
)
def test_domain_error_has_the_status_of_its_class_or_base_class(error, status, capsys):
    returned, headers, body = call(raising(error))
    assert (returned, body["status"]) == (status, status)
    assert (body["type"], body["detail"]) == (f"/docs/problems/{error.code}.md", str(error))
    assert "errors" not in body
    assert "retry-after" not in headers
    assert [line for line in log_lines(capsys.readouterr().out) if line["level"] == "ERROR"] == []


@pytest.mark.parametrize(
    ("error", "status", "seconds"),
    [(TooBusyError("Send it again."), 409, "1"), (StoreUnavailableError("Send it later."), 503, "5")],
)
def test_retry_after_of_a_domain_error_becomes_a_header(error, status, seconds):
    returned, headers, _ = call(raising(error))
    assert (returned, headers["retry-after"]) == (status, seconds)


def test_pointer_of_a_domain_error_is_in_the_errors():
    _, _, body = call(raising(ConflictError("A rejection needs a comment.", "/comment")))
    assert body["errors"] == [{"in": "body", "pointer": "/comment", "detail": "A rejection needs a comment."}]


@pytest.mark.parametrize(
    "error", [RuntimeError("table arn:aws:secret"), UnmappedError("table arn:aws:secret")]
)
def test_unexpected_error_is_500_without_internals_and_is_logged(error, capsys):
    status, headers, body = call(raising(error))
    assert (status, body["type"]) == (500, "/docs/problems/internal-error.md")
    assert headers["x-correlation-id"] == "abc"
    text = json.dumps(body)
    assert "secret" not in text
    assert type(error).__name__ not in text
    (line,) = [line for line in log_lines(capsys.readouterr().out) if line["level"] == "ERROR"]
    assert (line["exception_name"], line["correlationId"]) == (type(error).__name__, "abc")
    assert "table arn:aws:secret" in line["exception"]


@pytest.mark.parametrize("error", [StoreUnavailableError("It is busy."), UnreadableError("It is damaged.")])
def test_domain_error_with_a_server_status_is_logged_with_its_code(error, capsys):
    call(raising(error))
    (line,) = [line for line in log_lines(capsys.readouterr().out) if line["level"] == "ERROR"]
    assert (line["code"], line["exception_name"]) == (error.code, type(error).__name__)


def test_body_over_the_limit_is_413():
    routes = RouteTable(Route("POST /x", lambda *_: ok({}), body=Schema))
    event = http_event("POST /x", body='"' + "x" * 262_144 + '"')
    assert api_handler(routes, lambda: None)(event, CONTEXT)["statusCode"] == 413


def test_request_is_one_log_line_without_its_content(capsys):
    event = http_event("POST /x", body='{"comment":"Secret comment"}', headers={"x-correlation-id": "abc"})
    call(lambda *_: ok({"title": "Secret title"}), event)
    out = capsys.readouterr().out
    (line,) = log_lines(out)
    expected = {
        "message": "request handled",
        "correlationId": "abc",
        "route": "POST /x",
        "userId": USER_ID,
        "requestId": "an-invocation",
        "status": 200,
        "function": "api",
    }
    assert line.items() >= expected.items()
    assert "Secret" not in out


def test_log_lines_have_the_keys_of_their_own_request(capsys):
    handler = handler_of(lambda *_: ok({}))
    handler(http_event("POST /x", headers={"x-correlation-id": "first"}), CONTEXT)
    handler(http_event("POST /x", headers={"x-correlation-id": "second"}), CONTEXT)
    assert [line["correlationId"] for line in log_lines(capsys.readouterr().out)] == ["first", "second"]


def test_latency_and_status_class_are_metrics(capsys, monkeypatch):
    seconds = iter([10.0, 10.0125])
    monkeypatch.setattr("countersign_common.http.handler.time.perf_counter", lambda: next(seconds))
    call(raising(NotFoundError("workflow")))
    out = capsys.readouterr().out
    written = metrics(out)
    assert written["Responses4xx"] == [1.0]
    assert written["Latency"] == [12.5]
    assert log_lines(out)[-1]["milliseconds"] == 12.5
    assert written["function"] == "api"


def test_service_is_built_once_for_all_requests():
    built: list[int] = []
    handler = api_handler(RouteTable(Route("POST /x", lambda *_: ok({}))), lambda: built.append(1))
    handler(http_event("POST /x"), CONTEXT)
    handler(http_event("POST /x"), CONTEXT)
    assert built == [1]


@pytest.mark.parametrize(
    "response", [ok({"title": "\ud800é"}), Response(json_text='{"title":"\ud800é"}')], ids=["body", "text"]
)
def test_a_lone_surrogate_is_an_escape_because_utf_8_cannot_hold_it(response):
    body = handler_of(lambda *_: response)(http_event("POST /x"), CONTEXT)["body"]
    assert json.loads(body.encode()) == {"title": "\ud800é"}
