"""If-Match protects a write from overwriting another one, and Idempotency-Key makes a retry safe."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from harness.problems import error_pointers, expect_problem
from harness.scenario import Scenario, scheme_of
from harness.stores import Stores
from local_cloud.api import Response
from local_cloud.people import Person


def _save(scenario: Scenario, workflow_id: str, title: str, **headers: str) -> Response:
    body = {"actionType": "SAVE", "title": title}
    return scenario.requester.api.post(f"/workflows/{workflow_id}/actions", body, **headers)


def test_a_save_with_the_newest_version_is_applied(scenario: Scenario):
    workflow_id = scenario.create_draft()
    assert _save(scenario, workflow_id, "Second", If_Match='"1"').expect(200).headers["etag"] == '"2"'


def test_a_save_with_another_version_returns_412_and_changes_nothing(scenario: Scenario, stores: Stores):
    workflow_id = scenario.create_draft()
    _save(scenario, workflow_id, "Second").expect(200)
    for etag in ('"1"', '"9"'):
        response = _save(scenario, workflow_id, "Third", If_Match=etag)
        expect_problem(response, 412, "version-stale")
        assert error_pointers(response, "header") == {"/If-Match"}
    assert scenario.requester.get_workflow(workflow_id)["title"] == "Second"
    assert len(stores.events(workflow_id)) == 2


@pytest.mark.parametrize("headers", [{}, {"If_Match": "*"}], ids=str)
@pytest.mark.parametrize("action_type", ["APPROVE", "REJECT"])
def test_a_decision_without_a_version_returns_428(
    action_type: str, headers: dict[str, str], scenario: Scenario, stores: Stores
):
    workflow_id = scenario.create_pending()
    body = {"actionType": action_type, "comment": "No receipt"}
    response = scenario.approver.api.post(f"/workflows/{workflow_id}/actions", body, **headers)
    expect_problem(response, 428, "precondition-required")
    assert error_pointers(response, "header") == {"/If-Match"}
    assert len(stores.events(workflow_id)) == 1


@pytest.mark.parametrize("action_type", ["APPROVE", "REJECT"])
def test_a_decision_on_a_version_that_was_replaced_returns_412(
    action_type: str, scenario: Scenario, stores: Stores
):
    workflow_id = scenario.create_pending(data={"amount": 184})
    read_version = scenario.approver.get_workflow(workflow_id)["version"]
    scenario.add_approver().act(workflow_id, "REJECT", comment="No receipt").expect(200)
    scenario.requester.act(workflow_id, "REQUEST", data={"amount": 1_840}).expect(200)
    response = scenario.approver.act(workflow_id, action_type, if_match=read_version, comment="Late")
    expect_problem(response, 412, "version-stale")
    assert len(stores.events(workflow_id)) == 3
    scenario.approver.act(workflow_id, action_type, if_match=3, comment="In time").expect(200)


def test_if_match_must_be_an_etag_of_this_api(scenario: Scenario):
    workflow_id = scenario.create_draft()
    for value in ("1", 'W/"1"', '"one"', '"1", "2"'):
        response = _save(scenario, workflow_id, "Second", If_Match=value)
        expect_problem(response, 400)
        assert error_pointers(response, "header") == {"/If-Match"}
    assert _save(scenario, workflow_id, "Second", If_Match="*").status == 200


def test_a_scheme_with_a_stale_version_returns_412(scenario: Scenario, admin: Person):
    path = f"/schemes/{scenario.scheme}"
    admin.api.put(path, scheme_of(groups=["approvers"], name="Two"), If_Match='"1"').expect(200)
    response = admin.api.put(path, scheme_of(groups=["approvers"], name="Three"), If_Match='"1"')
    expect_problem(response, 412, "version-stale")
    assert admin.api.get(path).body["name"] == "Two"


def test_if_match_for_a_scheme_that_does_not_exist_returns_412(admin: Person):
    path = f"/schemes/scheme-{uuid4().hex[:12]}"
    for value in ("*", '"0"', '"1"'):
        response = admin.api.put(path, scheme_of(groups=["approvers"]), If_Match=value)
        expect_problem(response, 412, "version-stale")
    assert admin.api.get(path).status == 404


def test_a_retried_creation_returns_the_first_response(scenario: Scenario, stores: Stores):
    key = str(uuid4())
    body = {"actionType": "SAVE", "scheme": scenario.scheme, "title": "Train", "data": {"amount": 12.50}}
    first = scenario.requester.api.post("/workflows", body, Idempotency_Key=key).expect(201)
    retried = scenario.requester.api.post("/workflows", body, Idempotency_Key=key)
    assert (retried.status, retried.body) == (first.status, first.body)
    assert retried.headers["location"] == first.headers["location"]
    assert retried.headers["etag"] == first.headers["etag"]
    assert len(stores.workflows_of(scenario.requester.user_id)) == 1


def test_a_retried_action_returns_the_first_response_after_later_actions(scenario: Scenario, stores: Stores):
    workflow_id, key = scenario.create_draft(), str(uuid4())
    first = _save(scenario, workflow_id, "Second", Idempotency_Key=key).expect(200)
    _save(scenario, workflow_id, "Third").expect(200)
    retried = _save(scenario, workflow_id, "Second", Idempotency_Key=key).expect(200)
    assert retried.body == first.body
    assert len(stores.events(workflow_id)) == 3


def test_a_retried_decision_returns_the_first_response_although_its_version_is_stale(
    scenario: Scenario, stores: Stores
):
    workflow_id = scenario.create_pending()
    path, headers = f"/workflows/{workflow_id}/actions", {"If_Match": '"1"', "Idempotency_Key": str(uuid4())}
    first = scenario.approver.api.post(path, {"actionType": "APPROVE"}, **headers).expect(200)
    retried = scenario.approver.api.post(path, {"actionType": "APPROVE"}, **headers).expect(200)
    assert (retried.body, retried.headers["etag"]) == (first.body, first.headers["etag"])
    assert len(stores.events(workflow_id)) == 2


def test_a_key_that_was_used_for_another_request_returns_422(scenario: Scenario, stores: Stores):
    workflow_id, other, key = scenario.create_draft(), scenario.create_draft(), str(uuid4())
    _save(scenario, workflow_id, "Second", Idempotency_Key=key).expect(200)
    for response in (
        _save(scenario, workflow_id, "Third", Idempotency_Key=key),
        _save(scenario, other, "Second", Idempotency_Key=key),
    ):
        expect_problem(response, 422, "idempotency-key-reused")
        assert error_pointers(response, "header") == {"/Idempotency-Key"}
    assert len(stores.events(workflow_id)) == 2
    assert len(stores.events(other)) == 1


def test_two_users_can_use_the_same_key(scenario: Scenario):
    key, colleague = str(uuid4()), scenario.add_approver()
    body = {"actionType": "SAVE", "scheme": scenario.scheme, "title": "Train", "data": {}}
    one = scenario.requester.api.post("/workflows", body, Idempotency_Key=key).expect(201)
    other = colleague.api.post("/workflows", body, Idempotency_Key=key).expect(201)
    assert one.body["workflowId"] != other.body["workflowId"]


def test_the_key_of_a_rejected_request_can_be_used_again(scenario: Scenario):
    workflow_id = scenario.create_pending()
    path, headers = f"/workflows/{workflow_id}/actions", {"If_Match": '"1"', "Idempotency_Key": str(uuid4())}
    response = scenario.approver.api.post(path, {"actionType": "REJECT"}, **headers)
    expect_problem(response, 422, "comment-missing")
    body = {"actionType": "REJECT", "comment": "No receipt"}
    scenario.approver.api.post(path, body, **headers).expect(200)


def test_an_invalid_key_returns_400(scenario: Scenario):
    workflow_id = scenario.create_draft()
    for key in ("x" * 129, "with space", ""):
        response = _save(scenario, workflow_id, "Second", Idempotency_Key=key)
        expect_problem(response, 400)
        assert error_pointers(response, "header") == {"/Idempotency-Key"}


def test_eight_simultaneous_requests_with_one_key_are_applied_once(scenario: Scenario, stores: Stores):
    workflow_id, key = scenario.create_draft(), str(uuid4())

    def send(_: int) -> Response:
        body = {"actionType": "SAVE", "title": "Second"}
        api = scenario.cloud.api(scenario.requester.id_token)
        return api.post(f"/workflows/{workflow_id}/actions", body, Idempotency_Key=key)

    with ThreadPoolExecutor(8) as pool:
        responses = list(pool.map(send, range(8)))
    assert {response.status for response in responses} == {200}
    assert {response.body["version"] for response in responses} == {2}
    assert len(stores.events(workflow_id)) == 2
