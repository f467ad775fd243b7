"""The API as it is deployed: exactly the routes of the committed documents, each closed to those without a token."""

import json
import re
from uuid import uuid4

import pytest

from repository import ROOT

_DOCUMENTS = {path.parent.name: json.loads(path.read_text()) for path in ROOT.glob("services/*/openapi.json")}
_OPERATIONS = {
    f"{method.upper()} {path}": (service, operation)
    for service, document in _DOCUMENTS.items()
    for path, item in document["paths"].items()
    for method, operation in item.items()
}
_CLOSED = sorted(key for key, (_, operation) in _OPERATIONS.items() if operation["security"])


@pytest.fixture(scope="module")
def deployed_routes(cloud):
    """Route key → the route, as API Gateway has it."""
    gateway = cloud.client("apigatewayv2")
    api_id = re.search(r"/execute-api/([^/]+)/", cloud.api_url)[1]
    return {route["RouteKey"]: route for route in gateway.get_routes(ApiId=api_id, MaxResults="500")["Items"]}


def test_the_deployed_routes_are_those_of_the_documents(deployed_routes):
    assert set(deployed_routes) == set(_OPERATIONS)


def test_every_route_but_health_has_the_authorizer(deployed_routes):
    open_routes = {key for key, route in deployed_routes.items() if route.get("AuthorizationType") != "JWT"}
    assert open_routes == {"GET /health"}


@pytest.mark.parametrize("key", _CLOSED)
def test_a_route_is_closed_to_those_without_a_token(cloud, key):
    method, path = key.split(" ", 1)
    answer = cloud.api().request(method, re.sub(r"{\w+}", str(uuid4()), path), json={})
    assert answer.status == 401


def test_health_is_open_to_everybody(cloud):
    assert cloud.api().get("/health").expect(200).body == {"status": "ok"}


@pytest.mark.parametrize("path", ["/", "/workflow", "/audit-trail/x/y/z", "/notifications/sessions/mine"])
def test_what_is_no_route_is_404(scenario, path):
    assert scenario.requester.api.get(path).status == 404


def test_a_method_that_a_path_does_not_have_is_404(scenario):
    assert scenario.requester.api.request("DELETE", "/workflows").status == 404


def test_every_answer_has_a_correlation_id_and_is_not_cached(scenario):
    answer = scenario.requester.api.get("/workflows").expect(200)
    assert re.fullmatch(r"[A-Za-z0-9._=-]{1,64}", answer.headers["x-correlation-id"])
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "application/json"
