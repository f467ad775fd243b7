"""Every bad request to the workflow API: the right status, a problem that points at the fault, nothing written."""

import json
from typing import Any

import pytest

from harness.problems import error_pointers, expect_problem
from harness.scenario import Scenario, scheme_of
from harness.stores import Stores
from local_cloud.people import Person

_KB = 1024

_BAD_VALUES: list[tuple[str, dict[str, Any], int, str]] = [
    ("an unknown field", {"colour": "red"}, 400, "/colour"),
    ("an unknown field with a slash in its name", {"a/b~c": 1}, 400, "/a~1b~0c"),
    ("a title that is a number", {"title": 7}, 400, "/title"),
    ("a title that is null", {"title": None}, 400, "/title"),
    ("an empty title", {"title": ""}, 400, "/title"),
    ("a title of blanks", {"title": "   "}, 400, "/title"),
    ("a title of 201 characters", {"title": "x" * 201}, 400, "/title"),
    ("a title with a NUL", {"title": "a\x00b"}, 400, "/title"),
    ("data that is a list", {"data": [1]}, 400, "/data"),
    ("data that is text", {"data": "amount"}, 400, "/data"),
    ("data that is null", {"data": None}, 400, "/data"),
    ("data with a fraction", {"data": {"amount": 1.5}}, 400, "/data/amount"),
    ("data with an integer beyond 2^53", {"data": {"items": [0, 2**53]}}, 400, "/data/items/1"),
    ("data of more than 128 KB", {"data": {"note": "x" * 128 * _KB}}, 413, "/data"),
    ("a comment that is an object", {"comment": {}}, 400, "/comment"),
    ("a comment of 4,001 characters", {"comment": "x" * 4_001}, 400, "/comment"),
    ("an actionType in lower case", {"actionType": "save"}, 400, "/actionType"),
    ("an actionType that is a list", {"actionType": ["SAVE"]}, 400, "/actionType"),
    ("an actionType that is none", {"actionType": "DELETE"}, 400, "/actionType"),
]
_ONLY_ON_CREATION: list[tuple[str, dict[str, Any], int, str]] = [
    ("a decision on what is not there yet", {"actionType": "APPROVE"}, 400, "/actionType"),
    ("a scheme in upper case", {"scheme": "Expense"}, 400, "/scheme"),
    ("a scheme of 64 characters", {"scheme": "x" * 64}, 400, "/scheme"),
    ("a scheme that there is not", {"scheme": "no-such-scheme"}, 422, ""),
]
_NOT_A_BODY = [
    ("no body", ""),
    ("no JSON", "{"),
    ("text behind the JSON", '{"a": 1} x'),
    ("a list", "[]"),
    ("a word", "null"),
    ("NaN", '{"data": {"a": NaN}}'),
    ("a name twice", '{"title": "a", "title": "b"}'),
    ("a hundred levels", '{"data": ' + '{"a":' * 100 + "1" + "}" * 100 + "}"),
    ("ten thousand levels", "[" * 10_000),
    ("half a surrogate pair", '{"title": "\\ud800"}'),
]


def _names(cases: list[Any]) -> list[str]:
    return [case[0] for case in cases]


@pytest.mark.parametrize("case", _BAD_VALUES + _ONLY_ON_CREATION, ids=_names(_BAD_VALUES + _ONLY_ON_CREATION))
def test_a_bad_value_creates_nothing(case, shared_scenario: Scenario, stores: Stores):
    _, change, status, pointer = case
    before = len(stores.workflows_of(shared_scenario.requester.user_id))
    body = {"actionType": "SAVE", "scheme": shared_scenario.scheme, "title": "Train", "data": {}, **change}
    answer = shared_scenario.requester.api.post("/workflows", body)
    expect_problem(answer, status)
    if pointer:
        assert error_pointers(answer, "body") == {pointer}
    assert len(stores.workflows_of(shared_scenario.requester.user_id)) == before


@pytest.mark.parametrize("case", _BAD_VALUES, ids=_names(_BAD_VALUES))
def test_a_bad_value_changes_no_workflow(case, shared_scenario: Scenario, shared_draft: str, stores: Stores):
    _, change, status, pointer = case
    body = {"actionType": "SAVE", **change}
    answer = shared_scenario.requester.api.post(f"/workflows/{shared_draft}/actions", body)
    expect_problem(answer, status)
    assert error_pointers(answer, "body") == {pointer}
    assert len(stores.events(shared_draft)) == 1


@pytest.mark.parametrize("missing", ["actionType", "scheme", "title", "data"])
def test_what_a_creation_needs_is_named_when_it_is_missing(missing: str, shared_scenario: Scenario):
    body = {"actionType": "SAVE", "scheme": shared_scenario.scheme, "title": "Train", "data": {}}
    del body[missing]
    answer = shared_scenario.requester.api.post("/workflows", body)
    expect_problem(answer, 400, "bad-request")
    assert error_pointers(answer, "body") == {f"/{missing}"}


def test_all_faults_of_a_body_are_told_at_once(shared_scenario: Scenario):
    body = {"actionType": "NONE", "scheme": "A B", "title": "", "data": [], "colour": 1}
    answer = shared_scenario.requester.api.post("/workflows", body)
    expect_problem(answer, 400)
    assert error_pointers(answer, "body") == {"/actionType", "/scheme", "/title", "/data", "/colour"}


@pytest.mark.parametrize("case", _NOT_A_BODY, ids=_names(_NOT_A_BODY))
@pytest.mark.parametrize("path", ["/workflows", "/workflows/{draft}/actions"])
def test_what_is_no_json_object_is_refused(
    path: str, case, shared_scenario: Scenario, shared_draft: str, stores: Stores
):
    before = len(stores.workflows_of(shared_scenario.requester.user_id))
    answer = shared_scenario.requester.api.request(
        "POST", path.format(draft=shared_draft), data=case[1].encode()
    )
    problem = expect_problem(answer, 400, "bad-request")
    assert {error["in"] for error in problem["errors"]} == {"body"}
    assert len(stores.workflows_of(shared_scenario.requester.user_id)) == before
    assert len(stores.events(shared_draft)) == 1


def test_a_body_of_more_than_512_kb_is_413(shared_scenario: Scenario, shared_draft: str, stores: Stores):
    body = json.dumps({"actionType": "SAVE", "comment": "x" * 513 * _KB})
    answer = shared_scenario.requester.api.request("POST", f"/workflows/{shared_draft}/actions", data=body)
    expect_problem(answer, 413, "too-large")
    assert len(stores.events(shared_draft)) == 1


def test_title_and_data_come_with_a_save_or_a_request_only(shared_scenario: Scenario, stores: Stores):
    workflow_id = shared_scenario.create_pending()
    answer = shared_scenario.approver.act(workflow_id, "APPROVE", title="Mine", data={"amount": 1})
    expect_problem(answer, 400)
    assert error_pointers(answer, "body") == {"/title", "/data"}
    assert len(stores.events(workflow_id)) == 1


@pytest.mark.parametrize("bad", ["x", "0000", "018F0000-0000-7000-8000-000000000000", "%00"])
@pytest.mark.parametrize("path", ["/workflows/{}", "/workflows/{}/history"])
def test_what_is_no_workflow_id_is_400(path: str, bad: str, shared_scenario: Scenario):
    answer = shared_scenario.requester.api.get(path.format(bad))
    expect_problem(answer, 400)
    assert error_pointers(answer, "path") == {"/workflowId"}


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"limit": "0"}, "/limit"),
        ({"limit": "101"}, "/limit"),
        ({"limit": "ten"}, "/limit"),
        ({"view": "theirs"}, "/view"),
        ({"cursor": "garbage"}, "/cursor"),
        ({"cursor": "x" * 2_000}, "/cursor"),
        ({"colour": "red"}, "/colour"),
    ],
    ids=str,
)
def test_a_bad_query_is_400(query: dict[str, str], pointer: str, shared_scenario: Scenario):
    answer = shared_scenario.requester.api.get("/workflows", **query)
    expect_problem(answer, 400)
    assert error_pointers(answer, "query") == {pointer}


def test_a_cursor_fits_its_own_list_and_its_own_caller_only(shared_scenario: Scenario):
    for _ in range(2):
        shared_scenario.create_pending()
    cursor = shared_scenario.requester.api.get("/workflows", limit=1).expect(200).body["cursor"]
    for answer in (
        shared_scenario.requester.api.get("/workflows", view="inbox", cursor=cursor),
        shared_scenario.requester.api.get("/schemes", cursor=cursor),
        shared_scenario.approver.api.get("/workflows", cursor=cursor),
        shared_scenario.requester.api.get("/notifications", cursor=cursor),
        shared_scenario.requester.api.get("/audit-trail", cursor=cursor),
    ):
        expect_problem(answer, 400)
        assert error_pointers(answer, "query") == {"/cursor"}


_BAD_SCHEMES: list[tuple[str, dict[str, Any], str]] = [
    ("no name", {"name": ""}, "/name"),
    ("a name of 101 characters", {"name": "x" * 101}, "/name"),
    ("an unknown field", {"owner": "me"}, "/owner"),
    ("no steps", {"steps": []}, "/steps"),
    ("steps that are an object", {"steps": {}}, "/steps"),
    ("two steps", {"steps": [scheme_of(groups=["approvers"])["steps"][0]] * 2}, "/steps"),
    ("a step without approvers", {"steps": [{"stepId": "a", "name": "A"}]}, "/steps/0/approvers"),
    (
        "a step that nobody approves",
        {"steps": [{"stepId": "a", "name": "A", "approvers": {"users": [], "groups": []}}]},
        "/steps/0/approvers",
    ),
    (
        "51 approvers",
        {"steps": [{"stepId": "a", "name": "A", "approvers": {"groups": [f"g{n}" for n in range(51)]}}]},
        "/steps/0/approvers",
    ),
    (
        "a group with a blank in its name",
        {"steps": [{"stepId": "a", "name": "A", "approvers": {"groups": ["fine", "not fine"]}}]},
        "/steps/0/approvers/groups/1",
    ),
    (
        "a user who is no Cognito sub",
        {"steps": [{"stepId": "a", "name": "A", "approvers": {"users": ["bo"]}}]},
        "/steps/0/approvers/users/0",
    ),
    (
        "a step id with a capital",
        {"steps": [{"stepId": "A", "name": "A", "approvers": {"groups": ["g"]}}]},
        "/steps/0/stepId",
    ),
    (
        "an unknown field of a step",
        {"steps": [{"stepId": "a", "name": "A", "approvers": {"groups": ["g"]}, "quorum": 2}]},
        "/steps/0/quorum",
    ),
]


@pytest.mark.parametrize("case", _BAD_SCHEMES, ids=_names(_BAD_SCHEMES))
def test_a_bad_scheme_is_refused_and_not_written(case, shared_scenario: Scenario, admin: Person):
    _, change, pointer = case
    answer = admin.api.put(
        f"/schemes/{shared_scenario.scheme}", {**scheme_of(groups=[shared_scenario.group]), **change}
    )
    expect_problem(answer, 400)
    assert error_pointers(answer, "body") == {pointer}
    assert admin.api.get(f"/schemes/{shared_scenario.scheme}").body["version"] == 1


def test_only_admins_write_schemes(shared_scenario: Scenario, auditor: Person):
    for person in (shared_scenario.requester, shared_scenario.approver, auditor):
        expect_problem(
            person.api.put(f"/schemes/{shared_scenario.scheme}", scheme_of(groups=["mine"])),
            403,
            "admins-only",
        )
    assert shared_scenario.requester.api.get(f"/schemes/{shared_scenario.scheme}").body["version"] == 1


def test_a_scheme_or_version_that_there_is_not_is_404(shared_scenario: Scenario):
    expect_problem(shared_scenario.requester.api.get("/schemes/no-such-scheme"), 404)
    expect_problem(shared_scenario.requester.api.get(f"/schemes/{shared_scenario.scheme}", version=9), 404)
    expect_problem(shared_scenario.requester.api.get("/schemes/No-Such"), 400)
    expect_problem(
        shared_scenario.requester.api.get(f"/schemes/{shared_scenario.scheme}", version="first"), 400
    )
