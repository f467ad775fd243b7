"""What somebody may not see is not there; what somebody may see and not do is refused by a rule that has a name."""

from uuid import uuid4

import pytest

from harness.faults import refused
from harness.office import Office, scheme_of
from harness.people import Person, new_person
from harness.stores import Stores
from harness.waiting import wait_until


def _recorded(office: Office, workflow_id: str) -> str:
    """The datasetId of the workflow's first record, once it is there."""
    event_id = (
        office.requester.api.get(f"/workflows/{workflow_id}/history").expect(200).body["items"][0]["eventId"]
    )
    wait_until(lambda: office.requester.api.get(f"/audit-trail/{event_id}").status == 200, within=10)
    return str(event_id)


def test_a_foreign_workflow_is_404_like_one_that_there_is_not(office: Office, stores: Stores):
    stranger, workflow_id = office.stranger(), office.pending()
    dataset_id = _recorded(office, workflow_id)
    for path, nothing in (
        (f"/workflows/{workflow_id}", f"/workflows/{uuid4()}"),
        (f"/workflows/{workflow_id}/history", f"/workflows/{uuid4()}/history"),
        (f"/workflows/{workflow_id}/verification", f"/workflows/{uuid4()}/verification"),
        (f"/audit-trail/{dataset_id}", f"/audit-trail/{uuid4()}"),
    ):
        foreign, absent = refused(stranger.api.get(path), 404), refused(stranger.api.get(nothing), 404)
        assert (foreign["type"], foreign["detail"]) == (absent["type"], absent["detail"])
    for action_type in ("SAVE", "REQUEST", "APPROVE", "REJECT"):
        refused(stranger.acts(workflow_id, action_type, comment="mine now"), 404, "not-found")
    assert len(stores.events(workflow_id)) == 1


def test_a_draft_is_its_requesters_alone(office: Office):
    workflow_id = office.draft()
    refused(office.approver.api.get(f"/workflows/{workflow_id}"), 404)
    refused(office.approver.acts(workflow_id, "APPROVE"), 404)


def test_approvers_see_a_workflow_from_its_first_request_on(office: Office):
    workflow_id = office.draft()
    office.requester.acts(workflow_id, "REQUEST").expect(200)
    assert office.approver.sees(workflow_id)["status"] == "PENDING"
    assert office.colleague().sees(workflow_id)["status"] == "PENDING"


@pytest.mark.parametrize("who", ["auditor", "admin"])
def test_auditors_and_admins_see_and_may_not_decide(who: str, office: Office, request: pytest.FixtureRequest):
    person: Person = request.getfixturevalue(who)
    workflow_id = office.pending()
    assert person.sees(workflow_id)["allowedActions"] == []
    refused(person.acts(workflow_id, "APPROVE"), 403, "not-an-approver")
    refused(person.acts(workflow_id, "SAVE"), 403, "not-the-requester")


def test_an_approver_by_name_decides_as_one_by_group_does(office: Office, admin: Person):
    named = office.stranger()
    scheme = f"scheme-{uuid4().hex[:12]}"
    admin.api.put(f"/schemes/{scheme}", scheme_of(users=[named.user_id])).expect(201)
    workflow_id = office.requester.creates(scheme, "REQUEST").body["workflowId"]
    refused(office.approver.acts(workflow_id, "APPROVE"), 404)
    wait_until(lambda: [each["workflowId"] for each in named.notifications()] == [workflow_id], within=10)
    assert named.acts(workflow_id, "APPROVE").expect(200).body["status"] == "APPROVED"


def test_nobody_decides_their_own_request(office: Office):
    both = new_person(office.cloud, "Olga", office.group)
    workflow_id = both.creates(office.scheme, "REQUEST").body["workflowId"]
    refused(both.acts(workflow_id, "APPROVE"), 403, "own-request")
    refused(both.acts(workflow_id, "REJECT", comment="No"), 403, "own-request")
    assert both.sees(workflow_id)["version"] == 1
    assert both.api.get("/workflows", view="inbox").expect(200).body["items"] == []


def test_only_the_requester_saves_and_requests(office: Office):
    workflow_id = office.pending()
    office.approver.acts(workflow_id, "REJECT", comment="No").expect(200)
    refused(office.approver.acts(workflow_id, "SAVE", title="Mine"), 403, "not-the-requester")
    refused(office.approver.acts(workflow_id, "REQUEST"), 403, "not-the-requester")


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
    state: str, who: str, action_type: str, rule: str, office: Office, stores: Stores
):
    workflow_id = office.draft() if state == "draft" else office.pending()
    if state == "rejected":
        office.approver.acts(workflow_id, "REJECT", comment="No").expect(200)
    if state == "approved":
        office.approver.acts(workflow_id, "APPROVE").expect(200)
    events = stores.events(workflow_id)

    person = office.requester if who == "requester" else office.approver
    refused(
        person.acts(workflow_id, action_type, comment="again"), 403 if rule == "own-request" else 409, rule
    )
    assert stores.events(workflow_id) == events


@pytest.mark.parametrize("comment", [None, "", "  \n "])
def test_a_rejection_needs_a_comment(comment: str | None, office: Office, stores: Stores):
    workflow_id = office.pending()
    body = {} if comment is None else {"comment": comment}
    refused(office.approver.acts(workflow_id, "REJECT", **body), 422, "comment-missing")
    assert len(stores.events(workflow_id)) == 1
    assert office.approver.sees(workflow_id)["status"] == "PENDING"


def test_notifications_are_their_recipients_alone(office: Office):
    office.pending()
    wait_until(office.approver.notifications, within=10)
    assert office.requester.notifications() == []
    assert office.stranger().notifications() == []
