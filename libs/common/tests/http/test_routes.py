"""The route table."""

import json

import pytest
from countersign_common.errors import DomainError
from countersign_common.http.fields import ApiSchema, Id, Text
from countersign_common.http.problems import ProblemError
from countersign_common.http.request import Request
from countersign_common.http.response import Response, accepted, ok
from countersign_common.http.routes import OtherResponse, Route, RouteTable
from marshmallow import fields, validate

from ..builders import USER_ID, WORKFLOW_ID, http_event


class ThingPath(ApiSchema):
    thing_id = Id(required=True)


class ThingQuery(ApiSchema):
    limit = fields.Integer(load_default=25, validate=validate.Range(1, 100))


class Thing(ApiSchema):
    some_title = Text(required=True)


class Task(ApiSchema):
    task_id = Text(required=True)


class Nothing(ApiSchema):
    pass


def get_thing(request: Request, service: list[str]) -> Response:
    """Return a thing."""
    service.append("get")
    return ok({"some_title": f"{request.path['thing_id']} {request.query['limit']}"})


def put_thing(request: Request, service: list[str]) -> Response:
    """Replace a thing."""
    service.append(request.body["some_title"])
    return ok(request.body)


def get_health(_: Request, service: list[str]) -> Response:
    """Return whether the service works."""
    service.append("health")
    return Response(200, {"status": "ok"})


def start_task(request: Request, service: list[str]) -> Response:
    """Start a task, or show what it would do."""
    if request.body["some_title"] == "show":
        return ok({"some_title": "a thing"})
    return accepted({"task_id": "1"}, location="/tasks/1")


ROUTES = RouteTable[list[str]](
    Route("GET /things/{thingId}", get_thing, path=ThingPath, query=ThingQuery, response=Thing),
    Route("PUT /things/{thingId}", put_thing, body=Thing, response=Thing, body_limit=100),
    Route("POST /things", get_health, body=Nothing, optional_body=True),
    Route(
        "POST /tasks",
        start_task,
        body=Thing,
        response=Task,
        status=202,
        other_responses=(OtherResponse(200, Thing, None),),
    ),
    Route("GET /health", get_health, public=True),
)


def rejected(event, service=None) -> ProblemError:
    with pytest.raises(ProblemError) as raised:
        ROUTES.dispatch(event, [] if service is None else service)
    return raised.value


def test_request_is_loaded_and_response_is_dumped_by_the_schemas():
    event = http_event("GET /things/{thingId}", path={"thingId": WORKFLOW_ID}, query={"limit": "3"})
    response = ROUTES.dispatch(event, [])
    assert (response.status, response.body) == (200, {"someTitle": f"{WORKFLOW_ID} 3"})


def test_missing_query_parameters_have_their_defaults():
    response = ROUTES.dispatch(http_event("GET /things/{thingId}", path={"thingId": WORKFLOW_ID}), [])
    assert response.body == {"someTitle": f"{WORKFLOW_ID} 25"}


@pytest.mark.parametrize("route", ["GET /others", "DELETE /things/{thingId}", "$default", ""])
def test_unknown_route_is_404(route):
    problem = rejected(http_event(route))
    assert (problem.status, problem.code) == (404, "no-such-route")
    assert rejected({}).status == 404


@pytest.mark.parametrize("route", ["PUT /things/{thingId}", "POST /things", "GET /health"])
def test_route_without_query_parameters_rejects_any(route):
    problem = rejected(http_event(route, query={"color": "red"}, body="{}"))
    assert problem.status == 400
    assert [(error.location, error.pointer) for error in problem.errors] == [("query", "/color")]


def test_repeated_query_parameter_is_400():
    event = http_event("GET /things/{thingId}", path={"thingId": WORKFLOW_ID}, raw_query="limit=1&limit=2")
    problem = rejected(event)
    assert [(error.location, error.pointer) for error in problem.errors] == [("query", "/limit")]


@pytest.mark.parametrize(
    ("event", "location", "pointer"),
    [
        (http_event("GET /things/{thingId}", path={"thingId": "x"}), "path", "/thingId"),
        (http_event("GET /things/{thingId}"), "path", "/thingId"),
        (
            http_event("GET /things/{thingId}", path={"thingId": WORKFLOW_ID}, query={"limit": "0"}),
            "query",
            "/limit",
        ),
        (
            http_event("GET /things/{thingId}", path={"thingId": WORKFLOW_ID}, query={"other": "1"}),
            "query",
            "/other",
        ),
        (http_event("PUT /things/{thingId}", body='{"someTitle":1}'), "body", "/someTitle"),
        (http_event("PUT /things/{thingId}", body='{"someTitle":"x","other":1}'), "body", "/other"),
        (http_event("PUT /things/{thingId}", body="[]"), "body", ""),
        (http_event("PUT /things/{thingId}"), "body", ""),
        (http_event("PUT /things/{thingId}", body="null"), "body", ""),
    ],
)
def test_invalid_request_is_400_with_its_pointer_and_changes_nothing(event, location, pointer):
    service: list[str] = []
    problem = rejected(event, service)
    assert problem.status == 400
    assert [(error.location, error.pointer) for error in problem.errors] == [(location, pointer)]
    assert service == []


def test_route_has_its_own_body_limit():
    event = http_event("PUT /things/{thingId}", body='{"someTitle":"' + "x" * 100 + '"}')
    assert rejected(event).status == 413


def test_body_with_another_content_type_is_415():
    event = http_event(
        "PUT /things/{thingId}", body='{"someTitle":"x"}', headers={"content-type": "text/plain"}
    )
    assert rejected(event).status == 415


def test_optional_body_may_be_left_out():
    assert ROUTES.dispatch(http_event("POST /things"), []).status == 200
    assert ROUTES.dispatch(http_event("POST /things", body="{}"), []).status == 200
    assert rejected(http_event("POST /things", body='{"a":1}')).status == 400


def test_null_is_a_body_even_where_the_body_is_optional():
    service: list[str] = []
    assert rejected(http_event("POST /things", body="null"), service).status == 400
    assert service == []


def test_route_without_a_body_schema_ignores_the_body():
    event = http_event("GET /health", body="not json", headers={"content-type": "text/plain"})
    assert ROUTES.dispatch(event, []).status == 200


def test_only_public_routes_need_no_user_token():
    service: list[str] = []
    assert rejected(http_event("POST /things", token=False), service).status == 401
    assert rejected(http_event("POST /things", claims={"token_use": "access"}), service).status == 403
    assert service == []
    assert ROUTES.dispatch(http_event("GET /health", token=False), service).status == 200


def test_token_is_checked_before_the_request():
    event = http_event("PUT /things/{thingId}", body="{", claims={"token_use": "access"})
    assert rejected(event).status == 403


def test_two_routes_with_the_same_key_are_an_error():
    with pytest.raises(ValueError, match="same key"):
        RouteTable(Route("GET /x", get_thing), Route("GET /x", put_thing))


class RuleError(DomainError):
    code = "some-rule"


def test_error_without_a_status_is_found_when_the_table_is_created():
    route = Route("GET /x", get_thing, errors=(RuleError,))
    with pytest.raises(ValueError, match="RuleError of GET /x has no HTTP status"):
        RouteTable(route)
    assert RouteTable(route, error_status={DomainError: 409}).error_status == {DomainError: 409}


@pytest.mark.parametrize(
    ("headers", "status"), [({}, 428), ({"If-Match": '"3"'}, 200), ({"IF-MATCH": "*"}, 200)]
)
def test_request_without_a_required_header_is_428(headers, status):
    route = Route("POST /x", get_health, body=Nothing, headers=("If-Match",), required_headers=("If-Match",))
    service: list[str] = []
    event = http_event("POST /x", headers=headers, body="{}")
    if status == 200:
        assert RouteTable(route).dispatch(event, service).status == 200
        return
    with pytest.raises(ProblemError) as raised:
        RouteTable(route).dispatch(event, service)
    assert (raised.value.status, raised.value.code) == (428, "precondition-required")
    assert [(error.location, error.pointer) for error in raised.value.errors] == [("header", "/If-Match")]
    assert service == []


def test_response_that_is_json_text_is_not_dumped():
    table = RouteTable[None](Route("GET /x", lambda *_: Response(json_text='{"a": 1}'), response=Thing))
    response = table.dispatch(http_event("GET /x"), None)
    assert (response.json_text, response.body) == ('{"a": 1}', None)


def test_request_has_its_ids_and_its_caller():
    requests: list[Request] = []

    def remember(request: Request, _: list[str]) -> Response:
        requests.append(request)
        return Response(204)

    event = http_event("GET /x", headers={"x-correlation-id": "abc"})
    assert RouteTable(Route("GET /x", remember)).dispatch(event, []).body is None
    (request,) = requests
    assert (request.request_id, request.correlation_id) == ("a-request", "abc")
    assert request.caller.user_id == USER_ID


@pytest.mark.parametrize(("title", "body"), [("start", {"taskId": "1"}), ("show", {"someTitle": "a thing"})])
def test_body_is_dumped_with_the_schema_of_its_status(title, body):
    event = http_event("POST /tasks", body=json.dumps({"someTitle": title}))
    assert ROUTES.dispatch(event, []).body == body
