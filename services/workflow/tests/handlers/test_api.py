"""The API as its callers see it."""

import pytest

from ..builders import ADAM, AUDRA, BO, CLEO, RITA, STAN

KEY = {"Idempotency_Key": "key-1"}


@pytest.fixture(autouse=True)
def _scheme(api):
    api.has_scheme(users=[BO.user_id], groups=["approvers"])


def a_body(**changes):
    body = {"actionType": "REQUEST", "scheme": "expenses", "title": " Train ", "data": {"amount": 12}}
    return body | changes


def test_health_is_answered_without_a_token(api):
    answer = api.ask(None, "GET", "/health")
    assert (answer.status, answer.body) == (200, {"status": "ok"})


def test_a_created_workflow_is_answered_with_its_place_and_its_version(api):
    answer = api.ask(RITA, "POST", "/workflows", a_body())
    workflow_id = answer.body["workflowId"]
    assert answer.status == 201
    assert answer.headers["location"] == f"/workflows/{workflow_id}"
    assert answer.headers["etag"] == '"1"'
    created_at = answer.body["createdAt"]
    assert answer.body == {
        "workflowId": workflow_id,
        "scheme": "expenses",
        "schemeVersion": 1,
        "title": "Train",
        "data": {"amount": 12},
        "status": "PENDING",
        "round": 1,
        "stepId": "approval",
        "approvers": {"users": [BO.user_id], "groups": ["approvers"]},
        "requester": {"userId": RITA.user_id, "name": "Rita"},
        "version": 1,
        "createdAt": created_at,
        "updatedAt": created_at,
        "allowedActions": [],
    }
    assert api.ask(RITA, "GET", f"/workflows/{workflow_id}").body == answer.body


def test_the_whole_story_of_a_workflow(api):
    workflow_id = api.creates("SAVE")
    assert api.acts(RITA, workflow_id, "REQUEST").body["status"] == "PENDING"
    rejected = api.acts(BO, workflow_id, "REJECT", comment="Too dear")
    assert (rejected.body["status"], rejected.body["allowedActions"]) == ("REJECTED", [])
    again = api.acts(RITA, workflow_id, "REQUEST", data={"amount": 9})
    assert (again.body["round"], again.body["data"]) == (2, {"amount": 9})
    approved = api.acts(CLEO, workflow_id, "APPROVE", comment="Fine")
    assert (approved.body["status"], approved.headers["etag"]) == ("APPROVED", '"5"')
    entries = api.ask(RITA, "GET", f"/workflows/{workflow_id}/history").body["items"]
    assert [
        (entry["actionType"], entry["outcome"], entry["round"], entry["stepId"]) for entry in entries
    ] == [
        ("SAVE", "DRAFT", 1, None),
        ("REQUEST", "PENDING", 1, "approval"),
        ("REJECT", "REJECTED", 1, "approval"),
        ("REQUEST", "PENDING", 2, "approval"),
        ("APPROVE", "APPROVED", 2, "approval"),
    ]
    assert (entries[2]["comment"], entries[2]["actionOwner"]) == (
        "Too dear",
        {"userId": BO.user_id, "name": "Bo"},
    )


def test_a_history_comes_page_by_page(api):
    workflow_id = api.creates("SAVE")
    for _ in range(4):
        api.acts(RITA, workflow_id, "SAVE")
    first = api.ask(RITA, "GET", f"/workflows/{workflow_id}/history?limit=3").body
    rest = api.ask(RITA, "GET", f"/workflows/{workflow_id}/history?limit=3&cursor={first['cursor']}").body
    assert [entry["sequence"] for entry in first["items"] + rest["items"]] == [1, 2, 3, 4, 5]
    assert rest["cursor"] is None


def test_a_repeated_request_gets_the_first_answer_again(api):
    first = api.ask(RITA, "POST", "/workflows", a_body(), **KEY)
    api.acts(BO, first.body["workflowId"], "APPROVE")
    again = api.ask(RITA, "POST", "/workflows", a_body(), **KEY)
    assert (again.status, again.body) == (first.status, first.body)
    assert {name: again.headers[name] for name in ("etag", "location")} == {
        name: first.headers[name] for name in ("etag", "location")
    }


def test_a_key_means_one_request_only(api):
    workflow_id = api.ask(RITA, "POST", "/workflows", a_body(actionType="SAVE"), **KEY).body["workflowId"]
    for answer in (
        api.ask(RITA, "POST", "/workflows", a_body(title="Plane"), **KEY),
        api.acts(RITA, workflow_id, "SAVE", KEY),
    ):
        assert (answer.status, answer.problem) == (422, "idempotency-key-reused")
        assert answer.faults == {("header", "/Idempotency-Key")}


def test_a_stale_etag_is_412_and_the_right_one_is_heeded(api):
    workflow_id = api.creates("SAVE")
    stale = api.acts(RITA, workflow_id, "SAVE", {"If_Match": '"7"'})
    assert (stale.status, stale.problem) == (412, "version-stale")
    assert api.acts(RITA, workflow_id, "SAVE", {"If_Match": '"1"'}).body["version"] == 2
    assert api.acts(RITA, workflow_id, "SAVE", {"If_Match": "*"}).body["version"] == 3


@pytest.mark.parametrize(
    ("by", "action_type", "status", "rule"),
    [
        (RITA, "APPROVE", 403, "own-request"),
        (AUDRA, "APPROVE", 403, "not-an-approver"),
        (BO, "SAVE", 403, "not-the-requester"),
        (RITA, "SAVE", 409, "already-pending"),
        (STAN, "APPROVE", 404, "not-found"),
    ],
)
def test_a_refused_action_names_its_rule_and_changes_nothing(api, cloud, by, action_type, status, rule):
    workflow_id = api.creates()
    before = dict(cloud.items)
    answer = api.acts(by, workflow_id, action_type)
    assert (answer.status, answer.problem) == (status, rule)
    assert answer.headers["content-type"] == "application/problem+json"
    assert cloud.items == before


def test_a_rejection_without_a_comment_points_at_the_comment(api):
    answer = api.acts(BO, api.creates(), "REJECT", comment="  ")
    assert (answer.status, answer.problem, answer.faults) == (
        422,
        "comment-missing",
        {("body", "/comment")},
    )


def test_a_scheme_that_there_is_not_points_at_the_scheme(api):
    answer = api.ask(RITA, "POST", "/workflows", a_body(scheme="none-such"))
    assert (answer.status, answer.problem, answer.faults) == (422, "no-such-scheme", {("body", "/scheme")})


@pytest.mark.parametrize("path", ["", "/history"])
def test_a_foreign_workflow_is_404_and_an_auditor_sees_it(api, path):
    workflow_id = api.creates()
    for by, status in ((STAN, 404), (BO, 200), (CLEO, 200), (AUDRA, 200), (ADAM, 200), (RITA, 200)):
        assert api.ask(by, "GET", f"/workflows/{workflow_id}{path}").status == status


def test_a_foreign_draft_is_404_even_for_its_future_approver(api):
    assert api.ask(BO, "GET", f"/workflows/{api.creates('SAVE')}").status == 404


def test_the_inbox_holds_what_waits_and_what_may_be_done(api):
    workflow_id = api.creates()
    for by in (BO, CLEO):
        (item,) = api.ask(by, "GET", "/workflows?view=inbox").body["items"]
        assert (item["workflowId"], item["allowedActions"]) == (workflow_id, ["APPROVE", "REJECT"])
    api.acts(BO, workflow_id, "APPROVE")
    assert api.ask(CLEO, "GET", "/workflows?view=inbox").body["items"] == []


def test_schemes_are_read_by_all_and_written_by_admins(api):
    first = api.ask(STAN, "GET", "/schemes/expenses")
    assert (first.status, first.headers["etag"]) == (200, '"1"')
    assert set(first.body) == {"schemeId", "version", "name", "steps", "createdAt", "createdBy"}
    definition = {"name": "Costs", "steps": first.body["steps"]}
    refused = api.ask(STAN, "PUT", "/schemes/expenses", definition)
    assert (refused.status, refused.problem) == (403, "admins-only")
    second = api.ask(ADAM, "PUT", "/schemes/expenses", definition, If_Match='"1"')
    assert (second.status, second.body["version"], second.headers["etag"]) == (200, 2, '"2"')
    assert api.ask(ADAM, "PUT", "/schemes/expenses", definition).body["version"] == 2
    assert api.ask(ADAM, "PUT", "/schemes/expenses", definition, If_Match='"1"').status == 412
    assert api.ask(STAN, "GET", "/schemes/expenses?version=1").body == first.body
    new = api.ask(ADAM, "PUT", "/schemes/travel", definition)
    assert (new.status, new.headers["location"]) == (201, "/schemes/travel")


def test_who_has_no_token_or_not_a_users_hears_401(api):
    answer = api.ask(None, "GET", "/workflows")
    assert (answer.status, answer.problem) == (401, "unauthenticated")


def test_what_nobody_expected_is_500_and_tells_no_detail(api, cloud):
    def broken(_):
        raise RuntimeError("the password is sesame")

    cloud.failing["GetItem"] = broken
    answer = api.ask(RITA, "GET", f"/workflows/{'0' * 8}-0000-7000-8000-{'0' * 12}")
    assert (answer.status, answer.problem) == (500, "internal-error")
    assert "sesame" not in str(answer.body)
