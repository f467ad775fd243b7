"""The examples in openapi.json: they are sent, and responses have their shape."""

from typing import Any

import pytest
from countersign_common.http.caller import Caller

from workflow_service.handlers.api import ROUTES
from workflow_service.schemas import examples

from ..builders import ADAM, a_person

REQUESTER = a_person(1, "Rita Moreno")
BO = Caller("5f0c3f0e-8b5e-4a7e-9a57-0d6a3a6e2b11", "Bo Lindqvist", "bo@example.com", frozenset({"finance"}))


def shape_of(value: Any) -> Any:
    """Return the names and types of a JSON value; data of a workflow is any object."""
    if isinstance(value, dict):
        return {name: shape_of(member) for name, member in value.items()}
    if isinstance(value, list):
        return [shape_of(member) for member in value]
    return type(value).__name__


def without(body: Any, *names: str) -> Any:
    return {name: value for name, value in body.items() if name not in names}


@pytest.fixture
def responses(api, directory) -> dict[str, Any]:
    """The bodies of all routes' responses, in the story of the examples."""
    directory.people_by_id.clear()
    directory.groups_by_name.clear()
    directory.add(BO)
    scheme = api.send(ADAM, "PUT", "/schemes/expense-report", examples.PUT_SCHEME)
    created = api.send(REQUESTER, "POST", "/workflows", examples.CREATE_WORKFLOW)
    assert (scheme.status, created.status) == (201, 201)
    url = f"/workflows/{created.body['workflowId']}"
    bodies = {
        "PUT /schemes/{schemeId}": scheme.body,
        "POST /workflows": created.body,
        "GET /workflows": api.send(REQUESTER, "GET", "/workflows").body,
        "GET /workflows/{workflowId}": api.send(REQUESTER, "GET", url).body,
        "GET /workflows/{workflowId}/history": api.send(REQUESTER, "GET", f"{url}/history").body,
        "GET /schemes": api.send(REQUESTER, "GET", "/schemes").body,
        "GET /schemes/{schemeId}": api.send(REQUESTER, "GET", "/schemes/expense-report").body,
        "GET /workflows/{workflowId}/rounds": api.send(REQUESTER, "GET", f"{url}/rounds").body,
        "GET /people": api.send(ADAM, "GET", "/people").body,
        "GET /people/{userId}": api.send(ADAM, "GET", f"/people/{BO.user_id}").body,
        "GET /groups": api.send(ADAM, "GET", "/groups").body,
        "GET /groups/{name}/members": api.send(ADAM, "GET", "/groups/finance/members").body,
        "GET /health": api.send(None, "GET", "/health").body,
    }
    approved = api.send(BO, "POST", f"{url}/actions", examples.APPROVE, If_Match='"1"')
    assert approved.status == 200
    return bodies | {"POST /workflows/{workflowId}/actions": approved.body}


def test_every_route_has_an_example_of_its_response(responses):
    assert set(responses) == set(ROUTES)
    for key, body in responses.items():
        assert shape_of(ROUTES[key].response_example) == shape_of(body), key


def test_the_example_of_a_created_workflow_is_the_response_to_the_example_of_its_request(responses):
    times_and_ids = ("workflowId", "createdAt", "updatedAt", "requester")
    body = responses["POST /workflows"]
    assert without(body, *times_and_ids) == without(examples.WORKFLOW, *times_and_ids)


def test_every_route_with_a_body_has_an_example_of_it():
    with_body = [route for route in ROUTES.values() if route.body is not None]
    assert with_body
    assert all(route.request_example is not None for route in with_body)
