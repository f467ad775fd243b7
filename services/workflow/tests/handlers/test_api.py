"""The API as its clients see it."""

import pytest
from countersign_common.http.problems import status_of

from workflow_service.handlers.api import ERROR_STATUS

from ..aws import always
from ..builders import ADAM, AUDRA, BO, CLEO, RITA, STAN

KEY = {"Idempotency_Key": "key-1"}


@pytest.fixture(autouse=True)
def _scheme(api):
    api.put_scheme(users=[BO.user_id], groups=["approvers"])


def test_health_needs_no_token(api):
    response = api.send(None, "GET", "/health")
    assert (response.status, response.body) == (200, {"status": "ok"})


def test_a_created_workflow_is_returned_with_location_and_version(api):
    response = api.post(RITA, "REQUEST", title=" Train ", data={"amount": 12.50})
    workflow_id, created_at = response.body["workflowId"], response.body["createdAt"]
    assert response.status == 201
    assert response.headers["location"] == f"/workflows/{workflow_id}"
    assert response.headers["etag"] == '"1"'
    assert response.body == {
        "workflowId": workflow_id,
        "scheme": "expenses",
        "schemeVersion": 1,
        "title": "Train",
        "data": {"amount": 12.5},
        "status": "PENDING",
        "round": 1,
        "stepId": "approval",
        "approvers": {"users": [{"userId": BO.user_id, "name": "Bo"}], "groups": ["approvers"]},
        "requester": {"userId": RITA.user_id, "name": "Rita"},
        "version": 1,
        "preview": [{"name": "amount", "value": "12.5"}],
        "decidedBy": [],
        "createdAt": created_at,
        "updatedAt": created_at,
        "allowedActions": [],
    }
    assert api.send(RITA, "GET", f"/workflows/{workflow_id}").body == response.body


def test_a_workflow_from_draft_to_approval(api):
    workflow_id = api.create("SAVE")
    assert api.act(RITA, workflow_id, "REQUEST").body["status"] == "PENDING"
    rejected = api.act(BO, workflow_id, "REJECT", 2, comment="Too expensive")
    assert (rejected.body["status"], rejected.body["allowedActions"]) == ("REJECTED", [])
    again = api.act(RITA, workflow_id, "REQUEST", data={"amount": 9})
    assert (again.body["round"], again.body["data"]) == (2, {"amount": 9})
    approved = api.act(CLEO, workflow_id, "APPROVE", 4, comment="Fine")
    assert (approved.body["status"], approved.headers["etag"]) == ("APPROVED", '"5"')
    entries = api.send(RITA, "GET", f"/workflows/{workflow_id}/history").body["items"]
    found = [(entry["actionType"], entry["outcome"], entry["round"], entry["stepId"]) for entry in entries]
    assert found == [
        ("SAVE", "DRAFT", 1, None),
        ("REQUEST", "PENDING", 1, "approval"),
        ("REJECT", "REJECTED", 1, "approval"),
        ("REQUEST", "PENDING", 2, "approval"),
        ("APPROVE", "APPROVED", 2, "approval"),
    ]
    assert entries[2]["comment"] == "Too expensive"
    assert entries[2]["actionOwner"] == {"type": "user", "id": BO.user_id, "name": "Bo"}


def test_a_history_has_pages(api):
    workflow_id = api.create("SAVE")
    for _ in range(4):
        api.act(RITA, workflow_id, "SAVE")
    url = f"/workflows/{workflow_id}/history?limit=3"
    first = api.send(RITA, "GET", url).body
    second = api.send(RITA, "GET", f"{url}&cursor={first['cursor']}").body
    assert [entry["sequence"] for entry in first["items"] + second["items"]] == [1, 2, 3, 4, 5]
    assert second["cursor"] is None


def test_saved_drafts_are_hidden_from_approvers_in_workflow_history_and_events(api, aws):
    workflow_id = api.create("SAVE", data={"amount": 1})
    api.act(RITA, workflow_id, "REQUEST", data={"amount": 2})
    api.act(BO, workflow_id, "REJECT", 2, comment="no")
    api.act(RITA, workflow_id, "SAVE", title="Secret", data={"secret": True})
    shown = api.send(BO, "GET", f"/workflows/{workflow_id}").body
    assert (shown["title"], shown["data"]) == ("Train", {"amount": 2})
    history = api.send(BO, "GET", f"/workflows/{workflow_id}/history").body
    assert [entry["actionType"] for entry in history["items"]] == ["REQUEST", "REJECT"]
    api.act(RITA, workflow_id, "REQUEST", title="Train", data={"amount": 3})
    content = aws.events("audit-trail")[-1].data["content"]["value"]
    assert content == '{"after":{"amount":3},"before":{"amount":2},"comment":null,"title":"Train"}'


@pytest.mark.parametrize("data", [{"amount": 12.50, "text": "ü"}, {"text": "Zürich " * 10_000}], ids=len)
def test_a_retried_creation_returns_the_first_response_byte_for_byte_after_later_actions(api, data):
    first = api.post(RITA, "SAVE", KEY, data=data)
    workflow_id = first.body["workflowId"]
    api.act(RITA, workflow_id, "REQUEST", title="Plane", data={"amount": 99})
    api.act(BO, workflow_id, "REJECT", 2, comment="no")
    retried = api.post(RITA, "SAVE", KEY, data=data)
    assert (retried.status, retried.text, retried.headers) == (first.status, first.text, first.headers)


@pytest.mark.parametrize(
    ("actor", "action_type", "version", "fields"),
    [
        (RITA, "SAVE", None, {"data": {"n": 1e21, "text": "a" * 3_000}}),
        (RITA, "REQUEST", None, {"title": "Plane"}),
        (BO, "REJECT", 3, {"comment": "no"}),
        (RITA, "SAVE", 4, {"title": "Draft", "data": {"draft": 1}}),
        (RITA, "REQUEST", 5, {"data": {"amount": 5}}),
        (CLEO, "APPROVE", 6, {"comment": "Fine"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_retried_action_returns_the_first_response_byte_for_byte_after_later_actions(
    api, actor, action_type, version, fields
):
    """Each action of a workflow's life, retried at its end."""
    workflow_id = api.create("SAVE")
    story = [
        (RITA, "SAVE", None, {"data": {"n": 1e21, "text": "a" * 3_000}}),
        (RITA, "REQUEST", None, {"title": "Plane"}),
        (BO, "REJECT", 3, {"comment": "no"}),
        (RITA, "SAVE", 4, {"title": "Draft", "data": {"draft": 1}}),
        (RITA, "REQUEST", 5, {"data": {"amount": 5}}),
        (CLEO, "APPROVE", 6, {"comment": "Fine"}),
    ]
    first = None
    for step in story:
        is_retried = step == (actor, action_type, version, fields)
        response = api.act(*(step[0], workflow_id, step[1], step[2]), KEY if is_retried else None, **step[3])
        assert response.status == 200, response.body
        first = response if is_retried else first
    retried = api.act(actor, workflow_id, action_type, version, KEY, **fields)
    assert (retried.status, retried.text, retried.headers) == (first.status, first.text, first.headers)


def test_a_key_identifies_one_request_only(api):
    workflow_id = api.post(RITA, "SAVE", KEY).body["workflowId"]
    for response in (
        api.post(RITA, "SAVE", KEY, title="Plane"),
        api.act(RITA, workflow_id, "SAVE", headers=KEY),
    ):
        assert (response.status, response.problem) == (422, "idempotency-key-reused")
        assert response.errors == {("header", "/Idempotency-Key")}


def test_an_action_with_a_stale_etag_is_412(api):
    workflow_id = api.create("SAVE")
    stale = api.act(RITA, workflow_id, "SAVE", 7)
    assert (stale.status, stale.problem, stale.errors) == (412, "version-stale", {("header", "/If-Match")})
    assert api.act(RITA, workflow_id, "SAVE", 1).body["version"] == 2
    assert api.act(RITA, workflow_id, "SAVE", headers={"If_Match": "*"}).body["version"] == 3


@pytest.mark.parametrize("headers", [{}, {"If_Match": "*"}], ids=str)
@pytest.mark.parametrize("action_type", ["APPROVE", "REJECT"])
def test_a_decision_that_names_no_version_is_428(api, action_type, headers):
    workflow_id = api.create()
    response = api.act(BO, workflow_id, action_type, headers=headers, comment="no")
    assert (response.status, response.problem) == (428, "precondition-required")
    assert response.errors == {("header", "/If-Match")}
    assert api.send(BO, "GET", f"/workflows/{workflow_id}").body["status"] == "PENDING"


@pytest.mark.parametrize(
    ("actor", "action_type", "status", "problem"),
    [
        (RITA, "APPROVE", 403, "own-request"),
        (AUDRA, "APPROVE", 403, "not-an-approver"),
        (BO, "SAVE", 403, "not-the-requester"),
        (RITA, "SAVE", 409, "already-pending"),
        (STAN, "APPROVE", 404, "not-found"),
    ],
)
def test_a_forbidden_action_names_its_rule_and_changes_nothing(api, aws, actor, action_type, status, problem):
    workflow_id = api.create()
    before = aws.items()
    response = api.act(actor, workflow_id, action_type, 1)
    assert (response.status, response.problem) == (status, problem)
    assert response.headers["content-type"] == "application/problem+json"
    assert aws.items() == before


@pytest.mark.parametrize("comment", [None, "  ", "\u200b\u2060", "\ufeff\u00ad "], ids=ascii)
def test_a_rejection_needs_a_comment_that_shows_something(api, comment):
    response = api.act(BO, api.create(), "REJECT", 1, comment=comment)
    assert (response.status, response.problem) == (422, "comment-missing")
    assert response.errors == {("body", "/comment")}


def test_a_scheme_that_does_not_exist_is_422(api):
    response = api.post(RITA, "REQUEST", scheme="missing")
    assert (response.status, response.problem) == (422, "no-such-scheme")
    assert response.errors == {("body", "/scheme")}


@pytest.mark.parametrize("path", ["", "/history"])
@pytest.mark.parametrize(
    ("person", "status"), [(STAN, 404), (BO, 200), (CLEO, 200), (AUDRA, 200), (ADAM, 200), (RITA, 200)]
)
def test_a_workflow_is_visible_to_participants_auditors_and_admins(api, path, person, status):
    assert api.send(person, "GET", f"/workflows/{api.create()}{path}").status == status


def test_a_draft_is_404_for_its_future_approver(api):
    assert api.send(BO, "GET", f"/workflows/{api.create('SAVE')}").status == 404


def test_an_inbox_has_what_waits_and_what_the_user_may_do(api):
    workflow_id = api.create()
    for person in (BO, CLEO):
        [item] = api.send(person, "GET", "/workflows?view=inbox").body["items"]
        assert (item["workflowId"], item["allowedActions"]) == (workflow_id, ["APPROVE", "REJECT"])
    api.act(BO, workflow_id, "APPROVE", 1)
    assert api.send(CLEO, "GET", "/workflows?view=inbox").body["items"] == []


def test_schemes_are_read_by_everyone_and_written_by_admins(api):
    first = api.send(STAN, "GET", "/schemes/expenses")
    assert (first.status, first.headers["etag"]) == (200, '"1"')
    approvers = {"users": [BO.user_id], "groups": ["approvers"]}
    step = {"stepId": "approval", "name": "Approval"}
    named = {"users": [{"userId": BO.user_id, "name": "Bo"}], "groups": ["approvers"]}
    assert first.body["steps"] == [step | {"approvers": named}]
    definition = {"name": "Costs", "steps": [step | {"approvers": approvers}]}
    forbidden = api.send(STAN, "PUT", "/schemes/expenses", definition)
    assert (forbidden.status, forbidden.problem) == (403, "admins-only")
    second = api.send(ADAM, "PUT", "/schemes/expenses", definition, If_Match='"1"')
    assert (second.status, second.body["version"], second.headers["etag"]) == (200, 2, '"2"')
    assert api.send(ADAM, "PUT", "/schemes/expenses", definition).body["version"] == 2
    assert api.send(ADAM, "PUT", "/schemes/expenses", definition, If_Match='"1"').status == 412
    assert api.send(STAN, "GET", "/schemes/expenses?version=1").body == first.body
    new = api.send(ADAM, "PUT", "/schemes/travel", definition)
    assert (new.status, new.headers["location"]) == (201, "/schemes/travel")
    missing = api.send(ADAM, "PUT", "/schemes/meals", definition, If_Match="*")
    assert (missing.status, missing.problem) == (412, "version-stale")


@pytest.mark.parametrize("url", ["/schemes/missing", "/schemes/expenses?version=9"])
def test_a_missing_scheme_or_version_is_404(api, url):
    assert api.send(RITA, "GET", url).status == 404


def test_a_request_without_a_token_is_401(api):
    response = api.send(None, "GET", "/workflows")
    assert (response.status, response.problem) == (401, "unauthenticated")


def test_an_unexpected_error_is_500_without_details(api, aws):
    aws.faults["GetItem"] = always("SesameException")
    response = api.send(RITA, "GET", "/workflows/01950000-0000-7000-8000-000000000001")
    assert (response.status, response.problem) == (500, "internal-error")
    assert "Sesame" not in response.text


def test_every_error_that_a_route_lists_has_a_status_and_a_code():
    assert all(status_of(error, ERROR_STATUS) and error.code for error in ERROR_STATUS)


def decided(api, caller, query=""):
    response = api.send(caller, "GET", f"/workflows?view=decided{query}")
    assert response.status == 200, response.body
    return response.body


def test_decided_workflows_are_as_they_are_now_the_newest_decision_first(api):
    first, second = api.create(title="First"), api.create(title="Second")
    api.act(BO, second, "APPROVE", 1)
    api.act(BO, first, "REJECT", 1, comment="no")
    page = decided(api, BO, "&limit=1")
    assert [each["workflowId"] for each in page["items"]] == [first]
    rest = decided(api, BO, f"&limit=1&cursor={page['cursor']}")
    assert [each["workflowId"] for each in rest["items"]] == [second]
    assert rest["cursor"] is None
    api.act(RITA, first, "REQUEST", title="Again", data={"total": 7})
    [newest, _] = decided(api, BO)["items"]
    assert (newest["title"], newest["status"], newest["round"]) == ("Again", "PENDING", 2)
    assert (newest["allowedActions"], newest["decidedBy"]) == (["APPROVE", "REJECT"], [])
    assert newest["preview"] == [{"name": "total", "value": "7"}]
    assert decided(api, CLEO)["items"] == []


def test_a_workflow_that_was_decided_twice_is_listed_once_by_its_newest_decision(api):
    first, second = api.create(), api.create()
    api.act(BO, first, "REJECT", 1, comment="no")
    api.act(BO, second, "APPROVE", 1)
    api.act(RITA, first, "REQUEST")
    api.act(BO, first, "APPROVE", 3)
    assert [each["workflowId"] for each in decided(api, BO)["items"]] == [first, second]
    page = decided(api, BO, "&limit=1")
    rest = decided(api, BO, f"&limit=5&cursor={page['cursor']}")
    assert [each["workflowId"] for each in page["items"] + rest["items"]] == [first, second]


def test_a_decided_workflow_shows_nothing_that_was_saved_since(api):
    workflow_id = api.create(title="Train", data={"amount": 12})
    api.act(BO, workflow_id, "REJECT", 1, comment="no")
    api.act(RITA, workflow_id, "SAVE", title="Secret", data={"secret": 1})
    [item] = decided(api, BO)["items"]
    assert (item["title"], item["preview"]) == ("Train", [{"name": "amount", "value": "12"}])
    own = api.send(RITA, "GET", "/workflows").body["items"][0]
    assert (own["title"], own["preview"]) == ("Secret", [{"name": "secret", "value": "1"}])
    shown = api.send(BO, "GET", f"/workflows/{workflow_id}").body
    assert (shown["title"], shown["preview"]) == ("Train", [{"name": "amount", "value": "12"}])


def test_who_decided_is_shown_until_the_next_round(api):
    workflow_id = api.create()
    rejected = api.act(BO, workflow_id, "REJECT", 1, comment="no").body
    [decision] = rejected["decidedBy"]
    assert decision == {
        "userId": BO.user_id,
        "name": "Bo",
        "actionType": "REJECT",
        "stepId": "approval",
        "round": 1,
        "at": rejected["updatedAt"],
    }
    for own in (f"/workflows/{workflow_id}", "/workflows"):
        body = api.send(RITA, "GET", own).body
        assert body.get("items", [body])[0]["decidedBy"] == [decision]
    assert api.act(RITA, workflow_id, "REQUEST").body["decidedBy"] == []
    assert api.act(CLEO, workflow_id, "APPROVE", 3).body["decidedBy"][0]["name"] == "Cleo"


def test_an_action_waits_for_no_name_and_a_read_does(api, directory):
    directory.known.clear()
    directory.read.clear()
    created = api.post(RITA, "REQUEST").body
    assert created["approvers"]["users"] == [{"userId": BO.user_id, "name": None}]
    assert directory.read == []
    read = api.send(RITA, "GET", f"/workflows/{created['workflowId']}").body
    assert read["approvers"]["users"] == [{"userId": BO.user_id, "name": "Bo"}]
    assert directory.read == [BO.user_id]


def test_without_the_user_directory_responses_have_no_names(api, directory):
    directory.known.clear()
    directory.is_down = True
    workflow_id = api.create()
    for url in (f"/workflows/{workflow_id}", "/workflows", "/schemes", "/schemes/expenses"):
        response = api.send(RITA, "GET", url)
        assert response.status == 200
        assert f'{{"userId":"{BO.user_id}","name":null}}' in response.text


def test_rounds_are_what_was_requested_newest_first_without_drafts(api):
    workflow_id = api.create("SAVE", title="Draft")
    api.act(RITA, workflow_id, "REQUEST", title="Train", data={"amount": 12.5})
    api.act(BO, workflow_id, "REJECT", 2, comment="no")
    api.act(RITA, workflow_id, "SAVE", title="Secret", data={"secret": 1})
    url = f"/workflows/{workflow_id}/rounds"
    assert [each["version"] for each in api.send(BO, "GET", url).body["items"]] == [2]
    api.act(RITA, workflow_id, "REQUEST", title="Bus", data={"amount": 3})
    page = api.send(BO, "GET", f"{url}?limit=1").body
    history = api.send(BO, "GET", f"/workflows/{workflow_id}/history").body["items"]
    assert page["items"] == [
        {
            "round": 2,
            "version": 5,
            "requestedAt": history[-1]["occurredAt"],
            "requestedBy": {"userId": RITA.user_id, "name": "Rita"},
            "title": "Bus",
            "data": {"amount": 3},
        }
    ]
    rest = api.send(BO, "GET", f"{url}?limit=1&cursor={page['cursor']}").body
    assert [(each["round"], each["title"], each["data"]) for each in rest["items"]] == [
        (1, "Train", {"amount": 12.5})
    ]
    assert rest["cursor"] is None
    assert api.send(STAN, "GET", url).status == 404
    assert api.send(BO, "GET", f"{url}?limit=21").status == 400


def test_history_entries_have_the_version_after_the_action(api):
    workflow_id = api.create()
    api.act(BO, workflow_id, "APPROVE", 1)
    entries = api.send(RITA, "GET", f"/workflows/{workflow_id}/history").body["items"]
    assert [each["version"] for each in entries] == [1, 2]
