"""The deployed API has exactly the routes of the committed documents, and all but one require a token."""

import json
import re
from uuid import uuid4

import pytest

from repository import ROOT

_DOCUMENTS = {path.parent.name: json.loads(path.read_text()) for path in ROOT.glob("services/*/openapi.json")}
_OPERATIONS = {
    f"{method.upper()} {path}": operation
    for document in _DOCUMENTS.values()
    for path, item in document["paths"].items()
    for method, operation in item.items()
}
_PROTECTED = sorted(key for key, operation in _OPERATIONS.items() if operation["security"])


@pytest.fixture(scope="module")
def deployed_routes(cloud):
    """Route key → route in API Gateway."""
    gateway = cloud.client("apigatewayv2")
    api_id = re.search(r"/execute-api/([^/]+)/", cloud.api_url)[1]
    return {route["RouteKey"]: route for route in gateway.get_routes(ApiId=api_id, MaxResults="500")["Items"]}


def test_the_deployed_routes_are_those_of_the_documents(deployed_routes):
    assert set(deployed_routes) == set(_OPERATIONS)


def test_every_route_except_health_and_the_logs_has_the_authorizer(deployed_routes):
    public = {key for key, route in deployed_routes.items() if route.get("AuthorizationType") != "JWT"}
    log = {
        f"GET /audit-trail/{resource}"
        for resource in ("checkpoint", "checkpoints", "consistency", "public-key")
    }
    assert public == {"GET /health"} | log
    assert set(_PROTECTED) == set(deployed_routes) - public


@pytest.mark.parametrize("key", _PROTECTED)
def test_a_protected_route_without_a_token_returns_401(cloud, key):
    method, path = key.split(" ", 1)
    response = cloud.api().request(method, re.sub(r"{\w+}", str(uuid4()), path), json={})
    assert response.status == 401


def test_health_needs_no_token(cloud):
    assert cloud.api().get("/health").expect(200).body == {"status": "ok"}


@pytest.mark.parametrize("path", ["/", "/workflow", "/audit-trail/x/y/z", "/notifications/sessions/mine"])
def test_an_unknown_path_returns_404(scenario, path):
    assert scenario.requester.api.get(path).status == 404


def test_an_unknown_method_returns_404(scenario):
    assert scenario.requester.api.request("DELETE", "/workflows").status == 404


def test_a_response_has_a_correlation_id_and_is_not_cached(scenario):
    response = scenario.requester.api.get("/workflows").expect(200)
    assert re.fullmatch(r"[A-Za-z0-9._=-]{1,64}", response.headers["x-correlation-id"])
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["content-type"] == "application/json"
