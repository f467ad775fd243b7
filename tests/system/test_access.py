"""What somebody may not see is not there; what somebody may see and not do is refused by a rule that has a name."""

from uuid import uuid4

import pytest

from harness.problems import expect_problem
from harness.scenario import Scenario, new_person, scheme_of
from harness.stores import Stores
from local_cloud.people import Person
from local_cloud.waiting import wait_until


def _recorded(scenario: Scenario, workflow_id: str) -> str:
    """The datasetId of the workflow's first record, once it is there."""
    event_id = (
        scenario.requester.api.get(f"/workflows/{workflow_id}/history")
        .expect(200)
        .body["items"][0]["eventId"]
    )
    wait_until(lambda: scenario.requester.api.get(f"/audit-trail/{event_id}").status == 200, timeout=10)
    return str(event_id)


def test_a_foreign_workflow_is_404_like_one_that_there_is_not(scenario: Scenario, stores: Stores):
    stranger, workflow_id = scenario.add_outsider(), scenario.create_pending()
    dataset_id = _recorded(scenario, workflow_id)
    for path, nothing in (
        (f"/workflows/{workflow_id}", f"/workflows/{uuid4()}"),
        (f"/workflows/{workflow_id}/history", f"/workflows/{uuid4()}/history"),
        (f"/workflows/{workflow_id}/verification", f"/workflows/{uuid4()}/verification"),
        (f"/audit-trail/{dataset_id}", f"/audit-trail/{uuid4()}"),
    ):
        foreign, absent = (
            expect_problem(stranger.api.get(path), 404),
            expect_problem(stranger.api.get(nothing), 404),
        )
        assert (foreign["type"], foreign["detail"]) == (absent["type"], absent["detail"])
    for action_type in ("SAVE", "REQUEST", "APPROVE", "REJECT"):
        expect_problem(stranger.act(workflow_id, action_type, comment="mine now"), 404, "not-found")
    assert len(stores.events(workflow_id)) == 1


def test_a_draft_is_its_requesters_alone(scenario: Scenario):
    workflow_id = scenario.create_draft()
    expect_problem(scenario.approver.api.get(f"/workflows/{workflow_id}"), 404)
    expect_problem(scenario.approver.act(workflow_id, "APPROVE"), 404)


def test_approvers_see_a_workflow_from_its_first_request_on(scenario: Scenario):
    workflow_id = scenario.create_draft()
    scenario.requester.act(workflow_id, "REQUEST").expect(200)
    assert scenario.approver.get_workflow(workflow_id)["status"] == "PENDING"
    assert scenario.add_approver().get_workflow(workflow_id)["status"] == "PENDING"


@pytest.mark.parametrize("who", ["auditor", "admin"])
def test_auditors_and_admins_see_and_may_not_decide(
    who: str, scenario: Scenario, request: pytest.FixtureRequest
):
    person: Person = request.getfixturevalue(who)
    workflow_id = scenario.create_pending()
    assert person.get_workflow(workflow_id)["allowedActions"] == []
    expect_problem(person.act(workflow_id, "APPROVE"), 403, "not-an-approver")
    expect_problem(person.act(workflow_id, "SAVE"), 403, "not-the-requester")


def test_an_approver_by_name_decides_as_one_by_group_does(scenario: Scenario, admin: Person):
    named = scenario.add_outsider()
    scheme = f"scheme-{uuid4().hex[:12]}"
    admin.api.put(f"/schemes/{scheme}", scheme_of(users=[named.user_id])).expect(201)
    workflow_id = scenario.requester.create_workflow(scheme, "REQUEST").body["workflowId"]
    expect_problem(scenario.approver.act(workflow_id, "APPROVE"), 404)
    wait_until(
        lambda: [each["workflowId"] for each in named.list_notifications()] == [workflow_id], timeout=10
    )
    assert named.act(workflow_id, "APPROVE").expect(200).body["status"] == "APPROVED"


def test_nobody_decides_their_own_request(scenario: Scenario):
    both = new_person(scenario.cloud, "Olga", scenario.group)
    workflow_id = both.create_workflow(scenario.scheme, "REQUEST").body["workflowId"]
    expect_problem(both.act(workflow_id, "APPROVE"), 403, "own-request")
    expect_problem(both.act(workflow_id, "REJECT", comment="No"), 403, "own-request")
    assert both.get_workflow(workflow_id)["version"] == 1
    assert both.api.get("/workflows", view="inbox").expect(200).body["items"] == []


def test_only_the_requester_saves_and_requests(scenario: Scenario):
    workflow_id = scenario.create_pending()
    scenario.approver.act(workflow_id, "REJECT", comment="No").expect(200)
    expect_problem(scenario.approver.act(workflow_id, "SAVE", title="Mine"), 403, "not-the-requester")
    expect_problem(scenario.approver.act(workflow_id, "REQUEST"), 403, "not-the-requester")


@pytest.mark.parametrize(
    ("state", "who", "action_type", "rule"),
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
def test_what_the_state_forbids_is_refused_by_the_rules_name_and_changes_nothing(
    state: str, who: str, action_type: str, rule: str, scenario: Scenario, stores: Stores
):
    workflow_id = scenario.create_draft() if state == "draft" else scenario.create_pending()
    if state == "rejected":
        scenario.approver.act(workflow_id, "REJECT", comment="No").expect(200)
    if state == "approved":
        scenario.approver.act(workflow_id, "APPROVE").expect(200)
    events = stores.events(workflow_id)

    person = scenario.requester if who == "requester" else scenario.approver
    expect_problem(
        person.act(workflow_id, action_type, comment="again"), 403 if rule == "own-request" else 409, rule
    )
    assert stores.events(workflow_id) == events


@pytest.mark.parametrize("comment", [None, "", "  \n "])
def test_a_rejection_needs_a_comment(comment: str | None, scenario: Scenario, stores: Stores):
    workflow_id = scenario.create_pending()
    body = {} if comment is None else {"comment": comment}
    expect_problem(scenario.approver.act(workflow_id, "REJECT", **body), 422, "comment-missing")
    assert len(stores.events(workflow_id)) == 1
    assert scenario.approver.get_workflow(workflow_id)["status"] == "PENDING"


def test_notifications_are_their_recipients_alone(scenario: Scenario):
    scenario.create_pending()
    wait_until(scenario.approver.list_notifications, timeout=10)
    assert scenario.requester.list_notifications() == []
    assert scenario.add_outsider().list_notifications() == []
