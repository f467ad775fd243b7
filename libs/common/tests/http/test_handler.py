"""The Lambda handler of an HTTP API."""

import json

import pytest
from countersign_common.lambda_api import lambda_handler
from countersign_common.problems import not_found
from countersign_common.requests import Request, Response, ok
from countersign_common.routes import Route, RouteTable
from marshmallow import Schema

from .builders import CONTEXT, USER, a_request, log_lines, metrics


class NotPending(Exception):
    """A refusal."""


class NamedRule(NotPending):
    rule = "four-eyes"


class PointingRule(NotPending):
    pointer = "/comment"


def handler_of(action, **options):
    return lambda_handler(RouteTable(Route("POST /x", action)), lambda: "the service", **options)


def raising(error: Exception):
    def action(_: Request, __: str) -> Response:
        raise error

    return action


def call(action, event=None, **options):
    answer = handler_of(action, **options)(
        event or a_request("POST /x", headers={"x-correlation-id": "abc"}), CONTEXT
    )
    return answer["statusCode"], answer["headers"], json.loads(answer["body"]) if "body" in answer else None


def test_an_answer_has_the_correlation_id_and_is_not_to_be_stored():
    status, headers, body = call(lambda _, service: ok({"from": service}, version=2))
    assert (status, body) == (200, {"from": "the service"})
    assert headers == {
        "content-type": "application/json",
        "cache-control": "no-store",
        "x-correlation-id": "abc",
        "etag": '"2"',
    }


def test_an_answer_without_a_body_has_none():
    assert call(lambda *_: Response(204))[2] is None


def test_a_body_that_is_json_text_already_is_given_back_as_it_is():
    answer = handler_of(lambda *_: Response(200, rendered='{"a": 1}'))(a_request("POST /x"), CONTEXT)
    assert answer["body"] == '{"a": 1}'


def test_text_is_answered_as_it_is_and_not_escaped():
    answer = handler_of(lambda *_: ok({"title": "Möbel"}))(a_request("POST /x"), CONTEXT)
    assert answer["body"] == '{"title":"Möbel"}'


def test_a_problem_is_answered_as_problem_json():
    status, headers, body = call(raising(not_found("workflow")))
    assert (status, headers["content-type"], headers["x-correlation-id"]) == (
        404,
        "application/problem+json",
        "abc",
    )
    assert body == {
        "type": "urn:countersign:problem:not-found",
        "title": "Not Found",
        "status": 404,
        "detail": "There is no such workflow.",
        "instance": "urn:countersign:request:a-request",
    }


def test_a_route_that_is_not_there_is_a_problem_too():
    assert call(lambda *_: ok({}), a_request("GET /nowhere"))[0] == 404


@pytest.mark.parametrize(
    ("error", "slug"),
    [(NotPending("It is done."), "not-pending"), (NamedRule("It is your own."), "four-eyes")],
)
def test_a_refusal_is_answered_with_the_status_given_for_it_or_its_class_and_names_its_rule(error, slug):
    status, _, body = call(raising(error), refusals={NotPending: 409})
    assert (status, body["type"], body["detail"]) == (409, f"urn:countersign:problem:{slug}", str(error))
    assert "errors" not in body


def test_a_refusal_may_point_at_the_part_of_the_body_that_it_is_about():
    _, _, body = call(raising(PointingRule("A rejection needs a comment.")), refusals={NotPending: 422})
    assert body["errors"] == [{"in": "body", "pointer": "/comment", "detail": "A rejection needs a comment."}]


def test_what_nobody_expected_is_500_without_internals_and_a_log_line_with_them(capsys):
    status, headers, body = call(raising(RuntimeError("table arn:aws:secret")))
    assert (status, body["type"]) == (500, "urn:countersign:problem:internal-error")
    assert headers["x-correlation-id"] == "abc"
    answered = json.dumps(body)
    assert "secret" not in answered
    assert "RuntimeError" not in answered
    (line,) = [line for line in log_lines(capsys.readouterr().out) if line["level"] == "ERROR"]
    assert (line["exception_name"], line["correlationId"]) == ("RuntimeError", "abc")
    assert "table arn:aws:secret" in line["exception"]


def test_a_body_over_the_limit_is_413():
    routes = RouteTable(Route("POST /x", lambda *_: ok({}), body=Schema))
    answer = lambda_handler(routes, lambda: None)(
        a_request("POST /x", body='"' + "x" * 262_144 + '"'), CONTEXT
    )
    assert answer["statusCode"] == 413


def test_an_invocation_is_one_line_with_ids_status_and_time_and_nothing_of_the_body(capsys):
    event = a_request("POST /x", body='{"comment":"Secret comment"}', headers={"x-correlation-id": "abc"})
    call(lambda *_: ok({"title": "Secret title"}), event)
    out = capsys.readouterr().out
    (line,) = log_lines(out)
    assert line["message"] == "answered"
    expected = {
        "correlationId": "abc",
        "route": "POST /x",
        "userId": USER,
        "requestId": "an-invocation",
        "status": 200,
    }
    assert line.items() >= expected.items()
    assert line["function"] == "api"
    assert "Secret" not in out


def test_the_keys_of_one_request_are_not_on_the_lines_of_the_next(capsys):
    handler = handler_of(lambda *_: ok({}))
    handler(a_request("POST /x", headers={"x-correlation-id": "first"}), CONTEXT)
    handler(a_request("POST /x", headers={"x-correlation-id": "second"}), CONTEXT)
    assert [line["correlationId"] for line in log_lines(capsys.readouterr().out)] == ["first", "second"]


def test_latency_and_the_class_of_the_status_are_metrics(capsys):
    call(raising(not_found("x")))
    written = metrics(capsys.readouterr().out)
    assert written["Answered4xx"] == [1.0]
    assert written["Latency"][0] >= 0
    assert written["function"] == "api"


def test_the_service_is_built_once_for_all_requests():
    built: list[int] = []
    handler = lambda_handler(RouteTable(Route("POST /x", lambda *_: ok({}))), lambda: built.append(1))
    handler(a_request("POST /x"), CONTEXT)
    handler(a_request("POST /x"), CONTEXT)
    assert built == [1]
