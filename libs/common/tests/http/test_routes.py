"""The route table."""

import pytest
from countersign_common.fields import ApiSchema, Id, Text
from countersign_common.problems import Problem
from countersign_common.requests import Request, Response, ok
from countersign_common.routes import Route, RouteTable, correlation_id_of
from marshmallow import fields, validate

from .builders import USER, WORKFLOW, a_request


class ThingPath(ApiSchema):
    thing_id = Id(required=True)


class ThingQuery(ApiSchema):
    limit = fields.Integer(load_default=25, validate=validate.Range(1, 100))


class Thing(ApiSchema):
    some_title = Text(required=True)


class Nothing(ApiSchema):
    pass


def show_thing(request: Request, service: list[str]) -> Response:
    """Show a thing."""
    service.append("shown")
    return ok({"some_title": f"{request.path['thing_id']} {request.query['limit']}"})


def change_thing(request: Request, service: list[str]) -> Response:
    """Change a thing."""
    service.append(request.body["some_title"])
    return ok(request.body)


def tell_health(_: Request, service: list[str]) -> Response:
    """Tell whether it is up."""
    service.append("told")
    return Response(200, {"status": "ok"})


ROUTES = RouteTable[list[str]](
    Route("GET /things/{thingId}", show_thing, path=ThingPath, query=ThingQuery, answer=Thing),
    Route("PUT /things/{thingId}", change_thing, body=Thing, answer=Thing, body_limit=100),
    Route("POST /things", tell_health, body=Nothing, optional_body=True),
    Route("GET /health", tell_health, public=True),
)


def refused(event, service=None) -> Problem:
    with pytest.raises(Problem) as problem:
        ROUTES.dispatch(event, [] if service is None else service)
    return problem.value


def test_a_request_is_loaded_answered_and_dumped_by_its_route():
    answer = ROUTES.dispatch(
        a_request("GET /things/{thingId}", path={"thingId": WORKFLOW}, query={"limit": "3"}), []
    )
    assert (answer.status, answer.body) == (200, {"someTitle": f"{WORKFLOW} 3"})


def test_what_is_not_asked_for_has_its_default():
    answer = ROUTES.dispatch(a_request("GET /things/{thingId}", path={"thingId": WORKFLOW}), [])
    assert answer.body == {"someTitle": f"{WORKFLOW} 25"}


@pytest.mark.parametrize("route", ["GET /others", "DELETE /things/{thingId}", "$default", ""])
def test_a_route_that_is_not_in_the_table_is_404(route):
    assert (refused(a_request(route)).status, refused({}).slug) == (404, "no-such-route")


@pytest.mark.parametrize("route", ["PUT /things/{thingId}", "POST /things", "GET /health"])
def test_a_route_that_nothing_can_be_asked_of_refuses_a_query(route):
    problem = refused(a_request(route, query={"colour": "red"}, body="{}"))
    assert problem.status == 400
    assert [(fault.place, fault.pointer) for fault in problem.faults] == [("query", "/colour")]


@pytest.mark.parametrize(
    ("event", "place", "pointer"),
    [
        (a_request("GET /things/{thingId}", path={"thingId": "x"}), "path", "/thingId"),
        (a_request("GET /things/{thingId}"), "path", "/thingId"),
        (
            a_request("GET /things/{thingId}", path={"thingId": WORKFLOW}, query={"limit": "0"}),
            "query",
            "/limit",
        ),
        (
            a_request("GET /things/{thingId}", path={"thingId": WORKFLOW}, query={"other": "1"}),
            "query",
            "/other",
        ),
        (a_request("PUT /things/{thingId}", body='{"someTitle":1}'), "body", "/someTitle"),
        (a_request("PUT /things/{thingId}", body='{"someTitle":"x","other":1}'), "body", "/other"),
        (a_request("PUT /things/{thingId}", body="[]"), "body", ""),
        (a_request("PUT /things/{thingId}"), "body", ""),
        (a_request("PUT /things/{thingId}", body="null"), "body", ""),
    ],
)
def test_what_is_not_valid_is_400_names_where_and_nothing_is_done(event, place, pointer):
    service: list[str] = []
    problem = refused(event, service)
    assert problem.status == 400
    assert [(fault.place, fault.pointer) for fault in problem.faults] == [(place, pointer)]
    assert service == []


def test_a_route_has_a_limit_of_its_own():
    assert refused(a_request("PUT /things/{thingId}", body='{"someTitle":"' + "x" * 100 + '"}')).status == 413


def test_a_body_that_is_optional_may_be_left_out():
    assert ROUTES.dispatch(a_request("POST /things"), []).status == 200
    assert ROUTES.dispatch(a_request("POST /things", body="{}"), []).status == 200
    assert refused(a_request("POST /things", body='{"a":1}')).status == 400


def test_null_is_a_body_and_no_object_where_the_body_is_optional_too():
    service: list[str] = []
    assert refused(a_request("POST /things", body="null"), service).status == 400
    assert service == []


def test_a_route_without_a_body_schema_does_not_look_at_the_body():
    assert ROUTES.dispatch(a_request("GET /health", body="not json"), []).status == 200


def test_only_a_public_route_is_answered_without_a_users_token():
    service: list[str] = []
    assert refused(a_request("POST /things", token=False), service).status == 401
    assert refused(a_request("POST /things", claims={"token_use": "access"}), service).status == 403
    assert service == []
    assert ROUTES.dispatch(a_request("GET /health", token=False), service).status == 200


def test_a_token_that_is_no_users_is_refused_before_the_request_is_looked_at():
    machine = a_request("PUT /things/{thingId}", body="{", claims={"token_use": "access"})
    assert refused(machine).status == 403


def test_two_routes_of_one_key_are_a_mistake_that_is_told():
    with pytest.raises(ValueError, match="same key"):
        RouteTable(Route("GET /x", show_thing), Route("GET /x", change_thing))


@pytest.mark.parametrize("given_id", ["abc", "A.b_c-1", "x" * 64])
def test_the_callers_correlation_id_is_taken(given_id):
    assert correlation_id_of(a_request("GET /x", headers={"X-Correlation-Id": given_id})) == given_id


@pytest.mark.parametrize("given_id", ["", "x" * 65, "a b", "a\n", "é", '{"a":1}'])
def test_what_is_no_correlation_id_is_replaced_by_the_requests_own(given_id):
    assert correlation_id_of(a_request("GET /x", headers={"x-correlation-id": given_id})) == "a-request"
    assert correlation_id_of({}) == "unknown"


def test_the_request_carries_its_ids_and_its_caller():
    seen: list[Request] = []

    def look(request: Request, _: list[str]) -> Response:
        seen.append(request)
        return Response(204)

    event = a_request("GET /x", headers={"x-correlation-id": "abc"})
    assert RouteTable(Route("GET /x", look)).dispatch(event, []).body is None
    assert (seen[0].request_id, seen[0].correlation_id, seen[0].caller.user_id) == ("a-request", "abc", USER)
