"""Invalid requests to the workflow API: each returns its status, points at the error and writes nothing."""

import json
from typing import Any

import pytest

from harness.problems import error_pointers, expect_problem
from harness.scenario import Scenario, scheme_of
from harness.stores import Stores
from local_cloud.people import Person

_KB = 1024

_INVALID_VALUES: list[tuple[str, dict[str, Any], int, str]] = [
    ("an unknown field", {"color": "red"}, 400, "/color"),
    ("an unknown field with a slash in its name", {"a/b~c": 1}, 400, "/a~1b~0c"),
    ("a title that is a number", {"title": 7}, 400, "/title"),
    ("a title that is null", {"title": None}, 400, "/title"),
    ("an empty title", {"title": ""}, 400, "/title"),
    ("a title of spaces", {"title": "   "}, 400, "/title"),
    ("a title of zero-width characters", {"title": "\u200b\u2060\ufeff"}, 400, "/title"),
    ("a title of 201 characters", {"title": "x" * 201}, 400, "/title"),
    ("a title with NUL", {"title": "a\x00b"}, 400, "/title"),
    ("data that is a list", {"data": [1]}, 400, "/data"),
    ("data that is text", {"data": "amount"}, 400, "/data"),
    ("data that is null", {"data": None}, 400, "/data"),
    (
        "data with an integer that no double can hold",
        {"data": {"items": [0, 2**53 + 1]}},
        400,
        "/data/items/1",
    ),
    ("data with an integer beyond all doubles", {"data": {"amount": 10**400}}, 400, "/data/amount"),
    ("data of more than 128 KB", {"data": {"note": "x" * 128 * _KB}}, 413, "/data"),
    ("a comment that is an object", {"comment": {}}, 400, "/comment"),
    ("a comment of 4,001 characters", {"comment": "x" * 4_001}, 400, "/comment"),
    ("an actionType in lower case", {"actionType": "save"}, 400, "/actionType"),
    ("an actionType that is a list", {"actionType": ["SAVE"]}, 400, "/actionType"),
    ("an unknown actionType", {"actionType": "DELETE"}, 400, "/actionType"),
]
_INVALID_ON_CREATION: list[tuple[str, dict[str, Any], int, str]] = [
    ("a decision", {"actionType": "APPROVE"}, 400, "/actionType"),
    ("a scheme in upper case", {"scheme": "Expense"}, 400, "/scheme"),
    ("a scheme of 64 characters", {"scheme": "x" * 64}, 400, "/scheme"),
    ("an unknown scheme", {"scheme": "no-such-scheme"}, 422, "/scheme"),
]
_NOT_A_JSON_OBJECT = [
    ("no body", b""),
    ("not JSON", b"{"),
    ("text after the JSON", b'{"a": 1} x'),
    ("a list", b"[]"),
    ("null", b"null"),
    ("NaN", b'{"data": {"a": NaN}}'),
    ("a number that overflows to infinity", b'{"data": {"a": 1e400}}'),
    ("a repeated name", b'{"title": "a", "title": "b"}'),
    ("a hundred levels", b'{"data": ' + b'{"a":' * 100 + b"1" + b"}" * 100 + b"}"),
    ("ten thousand levels", b"[" * 10_000),
    ("a lone surrogate", b'{"title": "\\ud800"}'),
    ("not UTF-8", b'{"title": "\xff"}'),
]


def _names(cases: list[Any]) -> list[str]:
    return [case[0] for case in cases]


@pytest.mark.parametrize(
    "case", _INVALID_VALUES + _INVALID_ON_CREATION, ids=_names(_INVALID_VALUES + _INVALID_ON_CREATION)
)
def test_an_invalid_value_creates_nothing(case, shared_scenario: Scenario, stores: Stores):
    _, change, status, pointer = case
    before = len(stores.workflows_of(shared_scenario.requester.user_id))
    body = {"actionType": "SAVE", "scheme": shared_scenario.scheme, "title": "Train", "data": {}, **change}
    response = shared_scenario.requester.api.post("/workflows", body)
    expect_problem(response, status)
    assert error_pointers(response, "body") == {pointer}
    assert len(stores.workflows_of(shared_scenario.requester.user_id)) == before


@pytest.mark.parametrize("case", _INVALID_VALUES, ids=_names(_INVALID_VALUES))
def test_an_invalid_value_changes_no_workflow(
    case, shared_scenario: Scenario, shared_draft: str, stores: Stores
):
    _, change, status, pointer = case
    body = {"actionType": "SAVE", **change}
    response = shared_scenario.requester.api.post(f"/workflows/{shared_draft}/actions", body)
    expect_problem(response, status)
    assert error_pointers(response, "body") == {pointer}
    assert len(stores.events(shared_draft)) == 1


@pytest.mark.parametrize("missing", ["actionType", "scheme", "title", "data"])
def test_a_missing_member_is_named(missing: str, shared_scenario: Scenario):
    body = {"actionType": "SAVE", "scheme": shared_scenario.scheme, "title": "Train", "data": {}}
    del body[missing]
    response = shared_scenario.requester.api.post("/workflows", body)
    expect_problem(response, 400, "bad-request")
    assert error_pointers(response, "body") == {f"/{missing}"}


def test_all_errors_of_a_body_are_listed(shared_scenario: Scenario):
    body = {"actionType": "NONE", "scheme": "A B", "title": "", "data": [], "color": 1}
    response = shared_scenario.requester.api.post("/workflows", body)
    expect_problem(response, 400, "bad-request")
    assert error_pointers(response, "body") == {"/actionType", "/scheme", "/title", "/data", "/color"}


@pytest.mark.parametrize("case", _NOT_A_JSON_OBJECT, ids=_names(_NOT_A_JSON_OBJECT))
@pytest.mark.parametrize("path", ["/workflows", "/workflows/{draft}/actions"])
def test_a_body_that_is_not_a_json_object_returns_400(
    path: str, case, shared_scenario: Scenario, shared_draft: str, stores: Stores
):
    before = len(stores.workflows_of(shared_scenario.requester.user_id))
    response = shared_scenario.requester.api.request("POST", path.format(draft=shared_draft), data=case[1])
    problem = expect_problem(response, 400, "bad-request")
    assert {error["in"] for error in problem["errors"]} == {"body"}
    assert len(stores.workflows_of(shared_scenario.requester.user_id)) == before
    assert len(stores.events(shared_draft)) == 1


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "text/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonl",
        "application/json; charset=iso-8859-1",
    ],
)
@pytest.mark.parametrize("path", ["/workflows", "/workflows/{draft}/actions"])
def test_another_content_type_returns_415(
    path: str, content_type: str, shared_scenario: Scenario, shared_draft: str, stores: Stores
):
    before = len(stores.workflows_of(shared_scenario.requester.user_id))
    body = {"actionType": "SAVE", "title": "Train"}
    if path == "/workflows":
        body |= {"scheme": shared_scenario.scheme, "data": {}}
    response = shared_scenario.requester.api.request(
        "POST",
        path.format(draft=shared_draft),
        data=json.dumps(body),
        headers={"content-type": content_type},
    )
    expect_problem(response, 415, "unsupported-media-type")
    assert error_pointers(response, "header") == {"/Content-Type"}
    assert len(stores.workflows_of(shared_scenario.requester.user_id)) == before
    assert len(stores.events(shared_draft)) == 1


@pytest.mark.parametrize("content_type", ["application/json; charset=UTF-8", "APPLICATION/JSON"])
def test_every_spelling_of_the_json_content_type_is_accepted(content_type: str, scenario: Scenario):
    path, headers = f"/workflows/{scenario.create_draft()}/actions", {"content-type": content_type}
    body = json.dumps({"actionType": "SAVE", "title": "Zürich"}, ensure_ascii=False).encode()
    response = scenario.requester.api.request("POST", path, data=body, headers=headers)
    assert response.expect(200).body["title"] == "Zürich"


def test_a_body_of_more_than_512_kb_returns_413(shared_scenario: Scenario, shared_draft: str, stores: Stores):
    body = json.dumps({"actionType": "SAVE", "comment": "x" * 513 * _KB})
    response = shared_scenario.requester.api.request("POST", f"/workflows/{shared_draft}/actions", data=body)
    expect_problem(response, 413, "too-large")
    assert len(stores.events(shared_draft)) == 1


@pytest.mark.parametrize("action_type", ["APPROVE", "REJECT"])
def test_a_decision_without_if_match_returns_428(action_type: str, shared_scenario: Scenario, stores: Stores):
    workflow_id = shared_scenario.create_pending()
    body = {"actionType": action_type, "comment": "No receipt"}
    response = shared_scenario.approver.api.post(f"/workflows/{workflow_id}/actions", body)
    expect_problem(response, 428, "precondition-required")
    assert error_pointers(response, "header") == {"/If-Match"}
    assert len(stores.events(workflow_id)) == 1


def test_a_decision_with_title_or_data_returns_400(shared_scenario: Scenario, stores: Stores):
    workflow_id = shared_scenario.create_pending()
    response = shared_scenario.approver.act(workflow_id, "APPROVE", title="Mine", data={"amount": 1})
    expect_problem(response, 400, "bad-request")
    assert error_pointers(response, "body") == {"/title", "/data"}
    assert len(stores.events(workflow_id)) == 1


@pytest.mark.parametrize("workflow_id", ["x", "0000", "018F0000-0000-7000-8000-000000000000", "%00"])
@pytest.mark.parametrize("path", ["/workflows/{}", "/workflows/{}/history"])
def test_an_invalid_workflow_id_returns_400(path: str, workflow_id: str, shared_scenario: Scenario):
    response = shared_scenario.requester.api.get(path.format(workflow_id))
    expect_problem(response, 400, "bad-request")
    assert error_pointers(response, "path") == {"/workflowId"}


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ({"limit": "0"}, "/limit", "bad-request"),
        ({"limit": "101"}, "/limit", "bad-request"),
        ({"limit": "ten"}, "/limit", "bad-request"),
        ({"view": "theirs"}, "/view", "bad-request"),
        ({"cursor": "garbage"}, "/cursor", "invalid-cursor"),
        ({"cursor": "x" * 2_000}, "/cursor", "bad-request"),
        ({"color": "red"}, "/color", "bad-request"),
    ],
    ids=str,
)
def test_an_invalid_query_returns_400(
    query: dict[str, str], pointer: str, code: str, shared_scenario: Scenario
):
    response = shared_scenario.requester.api.get("/workflows", **query)
    expect_problem(response, 400, code)
    assert error_pointers(response, "query") == {pointer}


@pytest.mark.parametrize("values", [("mine", "mine"), ("mine", "inbox")])
def test_a_repeated_parameter_returns_400(values: tuple[str, str], shared_scenario: Scenario):
    query = [("view", value) for value in values]
    response = shared_scenario.requester.api.request("GET", "/workflows", params=query)
    expect_problem(response, 400, "bad-request")
    assert error_pointers(response, "query") == {"/view"}


def test_a_cursor_is_valid_only_in_its_own_list_and_for_its_own_caller(shared_scenario: Scenario):
    for _ in range(2):
        shared_scenario.create_pending()
    cursor = shared_scenario.requester.api.get("/workflows", limit=1).expect(200).body["cursor"]
    for response in (
        shared_scenario.requester.api.get("/workflows", view="inbox", cursor=cursor),
        shared_scenario.requester.api.get("/schemes", cursor=cursor),
        shared_scenario.approver.api.get("/workflows", cursor=cursor),
        shared_scenario.requester.api.get("/notifications", cursor=cursor),
        shared_scenario.requester.api.get("/audit-trail", cursor=cursor),
    ):
        expect_problem(response, 400, "invalid-cursor")
        assert error_pointers(response, "query") == {"/cursor"}


_INVALID_SCHEMES: list[tuple[str, dict[str, Any], str]] = [
    ("no name", {"name": ""}, "/name"),
    ("a name of 101 characters", {"name": "x" * 101}, "/name"),
    ("an unknown field", {"owner": "me"}, "/owner"),
    ("no steps", {"steps": []}, "/steps"),
    ("steps that are an object", {"steps": {}}, "/steps"),
    ("two steps", {"steps": [scheme_of(groups=["approvers"])["steps"][0]] * 2}, "/steps"),
    ("a step without approvers", {"steps": [{"stepId": "a", "name": "A"}]}, "/steps/0/approvers"),
    (
        "a step with empty lists of approvers",
        {"steps": [{"stepId": "a", "name": "A", "approvers": {"users": [], "groups": []}}]},
        "/steps/0/approvers",
    ),
    (
        "51 approvers",
        {"steps": [{"stepId": "a", "name": "A", "approvers": {"groups": [f"g{n}" for n in range(51)]}}]},
        "/steps/0/approvers",
    ),
    (
        "a group with a space in its name",
        {"steps": [{"stepId": "a", "name": "A", "approvers": {"groups": ["fine", "not fine"]}}]},
        "/steps/0/approvers/groups/1",
    ),
    (
        "a user id that is not a Cognito sub",
        {"steps": [{"stepId": "a", "name": "A", "approvers": {"users": ["bo"]}}]},
        "/steps/0/approvers/users/0",
    ),
    (
        "a step id in upper case",
        {"steps": [{"stepId": "A", "name": "A", "approvers": {"groups": ["g"]}}]},
        "/steps/0/stepId",
    ),
    (
        "an unknown field of a step",
        {"steps": [{"stepId": "a", "name": "A", "approvers": {"groups": ["g"]}, "quorum": 2}]},
        "/steps/0/quorum",
    ),
]


@pytest.mark.parametrize("case", _INVALID_SCHEMES, ids=_names(_INVALID_SCHEMES))
def test_an_invalid_scheme_returns_400_and_is_not_written(case, shared_scenario: Scenario, admin: Person):
    _, change, pointer = case
    body = {**scheme_of(groups=[shared_scenario.group]), **change}
    response = admin.api.put(f"/schemes/{shared_scenario.scheme}", body)
    expect_problem(response, 400, "bad-request")
    assert error_pointers(response, "body") == {pointer}
    assert admin.api.get(f"/schemes/{shared_scenario.scheme}").body["version"] == 1


def test_only_admins_write_schemes(shared_scenario: Scenario, auditor: Person):
    path = f"/schemes/{shared_scenario.scheme}"
    for person in (shared_scenario.requester, shared_scenario.approver, auditor):
        expect_problem(person.api.put(path, scheme_of(groups=["mine"])), 403, "admins-only")
    assert shared_scenario.requester.api.get(path).body["version"] == 1


def test_an_unknown_scheme_or_version_returns_404(shared_scenario: Scenario):
    api, path = shared_scenario.requester.api, f"/schemes/{shared_scenario.scheme}"
    expect_problem(api.get("/schemes/no-such-scheme"), 404, "not-found")
    expect_problem(api.get(path, version=9), 404, "not-found")


def test_an_invalid_scheme_id_or_version_returns_400(shared_scenario: Scenario):
    api, path = shared_scenario.requester.api, f"/schemes/{shared_scenario.scheme}"
    expect_problem(api.get("/schemes/No-Such"), 400, "bad-request")
    expect_problem(api.get(path, version="first"), 400, "bad-request")
