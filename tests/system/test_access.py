"""Who may see and do what: other users' items return 404, and a forbidden action returns the rule that forbids it."""

from typing import Any
from uuid import uuid4

import pytest

from harness.problems import expect_problem
from harness.scenario import Scenario, new_person, scheme_of
from harness.stores import Stores
from local_cloud.people import Person
from local_cloud.waiting import wait_until


def _history(person: Person, workflow_id: str) -> list[dict[str, Any]]:
    page = person.api.get(f"/workflows/{workflow_id}/history").expect(200).body
    items: list[dict[str, Any]] = page["items"]
    return items


def _wait_for_first_record(scenario: Scenario, workflow_id: str) -> str:
    """Return the datasetId of the workflow's first record once it is stored."""
    event_id = str(_history(scenario.requester, workflow_id)[0]["eventId"])
    wait_until(lambda: scenario.requester.api.get(f"/audit-trail/{event_id}").status == 200, timeout=10)
    return event_id


def test_an_outsider_gets_the_same_404_as_for_an_unknown_workflow(scenario: Scenario, stores: Stores):
    outsider, workflow_id = scenario.add_outsider(), scenario.create_pending()
    dataset_id = _wait_for_first_record(scenario, workflow_id)
    for path, unknown_path in (
        (f"/workflows/{workflow_id}", f"/workflows/{uuid4()}"),
        (f"/workflows/{workflow_id}/history", f"/workflows/{uuid4()}/history"),
        (f"/workflows/{workflow_id}/verification", f"/workflows/{uuid4()}/verification"),
        (f"/audit-trail/{dataset_id}", f"/audit-trail/{uuid4()}"),
    ):
        hidden = expect_problem(outsider.api.get(path), 404, "not-found")
        unknown = expect_problem(outsider.api.get(unknown_path), 404, "not-found")
        assert (hidden["type"], hidden["detail"]) == (unknown["type"], unknown["detail"])
    for action_type in ("SAVE", "REQUEST", "APPROVE", "REJECT"):
        expect_problem(outsider.act(workflow_id, action_type, comment="My comment"), 404, "not-found")
    assert len(stores.events(workflow_id)) == 1


def test_approvers_get_404_for_a_draft_that_was_never_requested(scenario: Scenario):
    workflow_id = scenario.create_draft()
    dataset_id = _wait_for_first_record(scenario, workflow_id)
    for path in (
        f"/workflows/{workflow_id}",
        f"/workflows/{workflow_id}/history",
        f"/workflows/{workflow_id}/verification",
        f"/audit-trail/{dataset_id}",
    ):
        expect_problem(scenario.approver.api.get(path), 404, "not-found")
    expect_problem(scenario.approver.act(workflow_id, "APPROVE"), 404, "not-found")
    assert scenario.approver.api.get("/audit-trail", workflowId=workflow_id).expect(200).body["items"] == []


@pytest.mark.parametrize("account", ["auditor", "admin"])
def test_auditors_and_admins_see_drafts(account: str, scenario: Scenario, request: pytest.FixtureRequest):
    person: Person = request.getfixturevalue(account)
    workflow_id = scenario.create_draft(title="Not requested yet")
    dataset_id = _wait_for_first_record(scenario, workflow_id)
    assert person.get_workflow(workflow_id)["title"] == "Not requested yet"
    assert [entry["actionType"] for entry in _history(person, workflow_id)] == ["SAVE"]
    person.api.get(f"/audit-trail/{dataset_id}").expect(200)
    verdict = person.api.get(f"/workflows/{workflow_id}/verification").expect(200).body
    assert (verdict["verdict"], verdict["events"]) == ("valid", 1)


def test_approvers_see_a_workflow_after_its_first_request(scenario: Scenario):
    workflow_id = scenario.create_draft()
    scenario.requester.act(workflow_id, "REQUEST").expect(200)
    assert scenario.approver.get_workflow(workflow_id)["status"] == "PENDING"
    assert scenario.add_approver().get_workflow(workflow_id)["status"] == "PENDING"


def test_approvers_see_what_was_last_requested_and_not_what_was_saved_later(
    scenario: Scenario, auditor: Person, admin: Person
):
    workflow_id = scenario.create_pending(title="Train to Basel", data={"amount": 184})
    scenario.approver.act(workflow_id, "REJECT", comment="No receipt").expect(200)
    saved = {"title": "Private title", "data": {"note": "private"}}
    scenario.requester.act(workflow_id, "SAVE", **saved).expect(200)

    seen = scenario.approver.get_workflow(workflow_id)
    assert (seen["title"], seen["data"]) == ("Train to Basel", {"amount": 184})
    for person in (scenario.requester, auditor, admin):
        seen = person.get_workflow(workflow_id)
        assert (seen["title"], seen["data"]) == (saved["title"], saved["data"])

    scenario.requester.act(workflow_id, "REQUEST", title="Train to Bern", data={"amount": 99}).expect(200)
    for person in (scenario.requester, scenario.approver, auditor, admin):
        seen = person.get_workflow(workflow_id)
        assert (seen["title"], seen["data"]) == ("Train to Bern", {"amount": 99})


def test_a_retried_decision_does_not_return_what_was_saved_later(scenario: Scenario):
    workflow_id = scenario.create_pending(title="Train to Basel", data={"amount": 184})
    path, body = f"/workflows/{workflow_id}/actions", {"actionType": "REJECT", "comment": "No receipt"}
    headers = {"If_Match": '"1"', "Idempotency_Key": str(uuid4())}
    first = scenario.approver.api.post(path, body, **headers).expect(200)
    saved = {"title": "Private title", "data": {"note": "private"}}
    scenario.requester.act(workflow_id, "SAVE", **saved).expect(200)
    retried = scenario.approver.api.post(path, body, **headers).expect(200)
    assert retried.body == first.body
    assert (retried.body["title"], retried.body["data"]) == ("Train to Basel", {"amount": 184})


def test_approvers_see_no_save_events_in_a_history(scenario: Scenario, auditor: Person, admin: Person):
    workflow_id = scenario.create_draft()
    scenario.requester.act(workflow_id, "REQUEST").expect(200)
    scenario.approver.act(workflow_id, "REJECT", comment="No receipt").expect(200)
    scenario.requester.act(workflow_id, "SAVE", title="Private title", comment="Private").expect(200)
    scenario.requester.act(workflow_id, "REQUEST", title="Train to Bern").expect(200)

    events = [(1, "SAVE"), (2, "REQUEST"), (3, "REJECT"), (4, "SAVE"), (5, "REQUEST")]
    for person in (scenario.requester, auditor, admin):
        history = _history(person, workflow_id)
        assert [(entry["sequence"], entry["actionType"]) for entry in history] == events
    history = _history(scenario.approver, workflow_id)
    assert [(entry["sequence"], entry["actionType"]) for entry in history] == [
        (2, "REQUEST"),
        (3, "REJECT"),
        (5, "REQUEST"),
    ]
    assert "Private" not in str(history)


def test_pages_of_a_history_without_save_events_are_complete(scenario: Scenario):
    workflow_id = scenario.create_draft()
    for _ in range(3):
        scenario.requester.act(workflow_id, "SAVE").expect(200)
    scenario.requester.act(workflow_id, "REQUEST").expect(200)
    scenario.approver.act(workflow_id, "REJECT", comment="No receipt").expect(200)
    sequences: list[int] = []
    query: dict[str, Any] = {"limit": 1}
    while True:
        page = scenario.approver.api.get(f"/workflows/{workflow_id}/history", **query).expect(200).body
        assert len(page["items"]) <= 1
        sequences += [entry["sequence"] for entry in page["items"]]
        if page["cursor"] is None:
            break
        query["cursor"] = page["cursor"]
    assert sequences == [5, 6]


@pytest.mark.parametrize("account", ["auditor", "admin"])
def test_auditors_and_admins_see_a_workflow_and_may_not_decide(
    account: str, scenario: Scenario, request: pytest.FixtureRequest
):
    person: Person = request.getfixturevalue(account)
    workflow_id = scenario.create_pending()
    assert person.get_workflow(workflow_id)["allowedActions"] == []
    expect_problem(person.act(workflow_id, "APPROVE"), 403, "not-an-approver")
    expect_problem(person.act(workflow_id, "SAVE"), 403, "not-the-requester")


def test_a_user_who_is_listed_as_an_approver_can_decide(scenario: Scenario, admin: Person):
    listed = scenario.add_outsider()
    scheme = f"scheme-{uuid4().hex[:12]}"
    admin.api.put(f"/schemes/{scheme}", scheme_of(users=[listed.user_id])).expect(201)
    workflow_id = scenario.requester.create_workflow(scheme, "REQUEST").body["workflowId"]
    expect_problem(scenario.approver.act(workflow_id, "APPROVE"), 404)
    wait_until(
        lambda: [each["workflowId"] for each in listed.list_notifications()] == [workflow_id], timeout=10
    )
    assert listed.act(workflow_id, "APPROVE").expect(200).body["status"] == "APPROVED"


def test_requesters_cannot_decide_their_own_request(scenario: Scenario):
    requester = new_person(scenario.cloud, "Olga", scenario.group)
    workflow_id = requester.create_workflow(scenario.scheme, "REQUEST").body["workflowId"]
    expect_problem(requester.act(workflow_id, "APPROVE"), 403, "own-request")
    expect_problem(requester.act(workflow_id, "REJECT", comment="No"), 403, "own-request")
    assert requester.get_workflow(workflow_id)["version"] == 1
    assert requester.api.get("/workflows", view="inbox").expect(200).body["items"] == []


def test_only_the_requester_can_save_and_request(scenario: Scenario):
    workflow_id = scenario.create_pending()
    scenario.approver.act(workflow_id, "REJECT", comment="No").expect(200)
    expect_problem(scenario.approver.act(workflow_id, "SAVE", title="Mine"), 403, "not-the-requester")
    expect_problem(scenario.approver.act(workflow_id, "REQUEST"), 403, "not-the-requester")


@pytest.mark.parametrize(
    ("state", "role", "action_type", "code"),
    [
        ("draft", "requester", "APPROVE", "own-request"),
        ("pending", "requester", "SAVE", "already-pending"),
        ("pending", "requester", "REQUEST", "already-pending"),
        ("rejected", "approver", "APPROVE", "not-pending"),
        ("rejected", "approver", "REJECT", "not-pending"),
        ("approved", "approver", "APPROVE", "already-approved"),
        ("approved", "approver", "REJECT", "already-approved"),
        ("approved", "requester", "SAVE", "already-approved"),
        ("approved", "requester", "REQUEST", "already-approved"),
    ],
)
def test_an_action_that_the_state_forbids_changes_nothing(
    state: str, role: str, action_type: str, code: str, scenario: Scenario, stores: Stores
):
    workflow_id = scenario.create_draft() if state == "draft" else scenario.create_pending()
    if state == "rejected":
        scenario.approver.act(workflow_id, "REJECT", comment="No").expect(200)
    if state == "approved":
        scenario.approver.act(workflow_id, "APPROVE").expect(200)
    events = stores.events(workflow_id)

    person = scenario.requester if role == "requester" else scenario.approver
    status = 403 if code == "own-request" else 409
    expect_problem(person.act(workflow_id, action_type, comment="Again"), status, code)
    assert stores.events(workflow_id) == events


@pytest.mark.parametrize("comment", [None, "", "  \n ", "\u200b\u2060"])
def test_a_rejection_needs_a_comment(comment: str | None, scenario: Scenario, stores: Stores):
    workflow_id = scenario.create_pending()
    body = {} if comment is None else {"comment": comment}
    expect_problem(scenario.approver.act(workflow_id, "REJECT", **body), 422, "comment-missing")
    assert len(stores.events(workflow_id)) == 1
    assert scenario.approver.get_workflow(workflow_id)["status"] == "PENDING"


def test_notifications_are_visible_to_their_recipients_only(scenario: Scenario):
    scenario.create_pending()
    (notification,) = wait_until(scenario.approver.list_notifications, timeout=10)
    for person in (scenario.requester, scenario.add_outsider(), scenario.add_approver("Dana")):
        assert person.list_notifications() == []
        path = f"/notifications/{notification['notificationId']}"
        expect_problem(person.api.patch(path, {"read": True}), 404, "not-found")
    assert scenario.approver.list_notifications("unread") == [notification]
