"""Invalid requests: the status, a pointer to each error, and nothing written.

What applies to every service (JSON, Unicode, headers, cursors) is tested in the common library.
"""

import json

import pytest
from countersign_common.http.cursors import Cursors

from ..builders import ADAM, BO, CHARACTERS, RITA, random_data

KB = 1024

INVALID_ACTIONS = [
    ("an unknown field", {"colour": "red"}, 400, "/colour"),
    ("a title that is a number", {"title": 7}, 400, "/title"),
    ("a title that is null", {"title": None}, 400, "/title"),
    ("a title of white space", {"title": "  "}, 400, "/title"),
    ("a title of zero-width characters", {"title": "\u200b\u2060\ufeff"}, 400, "/title"),
    ("a title that is too long", {"title": "x" * 201}, 400, "/title"),
    ("data that is a list", {"data": []}, 400, "/data"),
    ("data that is null", {"data": None}, 400, "/data"),
    ("data with an integer that no double holds", {"data": {"a": 2**53 + 1}}, 400, "/data/a"),
    ("data over 128 KB", {"data": {"a": "x" * (128 * KB - 7)}}, 413, "/data"),
    ("data over 128 KB in UTF-8 only", {"data": {"a": "ü" * 65 * KB}}, 413, "/data"),
    ("a comment that is too long", {"comment": "x" * 4_001}, 400, "/comment"),
    ("a comment that is a list", {"comment": []}, 400, "/comment"),
    ("an action type in lower case", {"actionType": "save"}, 400, "/actionType"),
    ("an action type that is null", {"actionType": None}, 400, "/actionType"),
]
INVALID_CREATIONS = [
    ("a decision", {"actionType": "APPROVE"}, 400, "/actionType"),
    ("a scheme with a capital letter", {"scheme": "Expenses"}, 400, "/scheme"),
    ("a scheme that is a number", {"scheme": 1}, 400, "/scheme"),
]


def cases(table):
    return pytest.mark.parametrize("case", [case[1:] for case in table], ids=[case[0] for case in table])


@pytest.fixture(autouse=True)
def _scheme(api):
    api.put_scheme(users=[BO.user_id])


@pytest.fixture
def draft(api) -> str:
    """The id of a saved workflow."""
    return api.create("SAVE")


@cases(INVALID_ACTIONS + INVALID_CREATIONS)
def test_an_invalid_creation_writes_nothing(api, aws, case):
    change, status, pointer = case
    before = aws.items()
    body = {"actionType": "SAVE", "scheme": "expenses", "title": "Train", "data": {}} | change
    response = api.send(RITA, "POST", "/workflows", body)
    assert (response.status, response.errors) == (status, {("body", pointer)})
    assert aws.items() == before


@cases(INVALID_ACTIONS)
def test_an_invalid_action_writes_nothing(api, aws, draft, case):
    change, status, pointer = case
    before = aws.items()
    body = {"actionType": "SAVE", "title": "Train"} | change
    response = api.send(RITA, "POST", f"/workflows/{draft}/actions", body)
    assert (response.status, response.errors) == (status, {("body", pointer)})
    assert aws.items() == before


@pytest.mark.parametrize("character", ["x", "é", "漢", "😀", "\ufffe"])
def test_data_of_exactly_128_kb_is_accepted_however_json_writes_it(api, character):
    room = 128 * KB - len('{"a":""}')
    data = {"a": character * (room // len(character.encode())) + "x" * (room % len(character.encode()))}
    assert api.post(RITA, "SAVE", data=data).status == 201


@pytest.mark.parametrize(
    "data", [{"a": 12.50}, {"a": 1e-7}, {"a": 1e21}, {"a": -0.0}, {"a": 5e-324}, {"a": 2**53}], ids=str
)
def test_data_can_have_any_number_that_a_double_holds(api, data):
    workflow_id = api.create("SAVE", data=data)
    assert api.send(RITA, "GET", f"/workflows/{workflow_id}").body["data"] == data


@pytest.mark.parametrize("script", CHARACTERS)
def test_random_data_of_128_kb_can_replace_other_random_data_of_128_kb(api, aws, script):
    workflow_id = api.create("SAVE", data=random_data(script, 1))
    comment = "\U0001f600" * 4_000
    response = api.act(RITA, workflow_id, "SAVE", data=random_data(script, 2), comment=comment)
    assert response.status == 200
    published = aws.events("audit-trail")
    content = json.loads(published[1].data["content"]["value"])
    assert (content["before"], content["after"]) == (random_data(script, 1), random_data(script, 2))


def test_a_body_over_512_kb_is_413(api, aws, draft):
    before = aws.items()
    raw = '"' + "x" * 513 * KB + '"'
    response = api.send(RITA, "POST", f"/workflows/{draft}/actions", raw=raw)
    assert (response.status, response.problem) == (413, "too-large")
    assert aws.items() == before


def test_all_errors_of_a_request_are_reported_together(api):
    response = api.send(RITA, "POST", "/workflows", {"actionType": "X", "title": "", "colour": 1})
    pointers = ("/actionType", "/title", "/colour", "/scheme", "/data")
    assert response.errors == {("body", pointer) for pointer in pointers}


def test_a_decision_with_title_or_data_is_400(api, aws):
    workflow_id = api.create()
    before = aws.items()
    response = api.act(BO, workflow_id, "APPROVE", 1, title="Mine", data={})
    assert (response.status, response.errors) == (400, {("body", "/title"), ("body", "/data")})
    assert aws.items() == before


@pytest.mark.parametrize(("method", "rest"), [("GET", ""), ("GET", "/history"), ("POST", "/actions")])
def test_an_invalid_workflow_id_is_400(api, method, rest):
    response = api.send(RITA, method, f"/workflows/x{rest}", {"actionType": "SAVE"})
    assert (response.status, response.errors) == (400, {("path", "/workflowId")})


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("/workflows?view=all", ("query", "/view")),
        ("/workflows?limit=101", ("query", "/limit")),
        ("/workflows?colour=red", ("query", "/colour")),
        ("/workflows?limit=1&limit=2", ("query", "/limit")),
        ("/schemes/No-Such", ("path", "/schemeId")),
        ("/schemes/expenses?version=first", ("query", "/version")),
        ("/schemes/expenses?version=0", ("query", "/version")),
    ],
)
def test_an_invalid_query_or_path_is_400(api, url, error):
    response = api.send(RITA, "GET", url)
    assert (response.status, response.errors) == (400, {error})


def test_a_cursor_is_valid_for_its_list_and_caller_only(api):
    workflow_ids = [api.create() for _ in range(2)]
    cursor = api.send(RITA, "GET", "/workflows?limit=1").body["cursor"]
    for caller, url in (
        (RITA, f"/workflows?view=inbox&cursor={cursor}"),
        (BO, f"/workflows?cursor={cursor}"),
        (RITA, f"/schemes?cursor={cursor}"),
        (RITA, f"/workflows/{workflow_ids[0]}/history?cursor={cursor}"),
    ):
        response = api.send(caller, "GET", url)
        assert (response.status, response.problem) == (400, "invalid-cursor")


@pytest.mark.parametrize("position", [True, -1, 10**9, 1.5, "1", [1]], ids=str)
def test_a_history_position_that_no_cursor_has_is_400(api, position):
    workflow_id = api.create()
    forged = Cursors(str, f"history/{workflow_id}", RITA.user_id).write(position)
    response = api.send(RITA, "GET", f"/workflows/{workflow_id}/history?cursor={forged}")
    assert (response.status, response.problem) == (400, "invalid-cursor")


@pytest.mark.parametrize("position", ["", "2026-03-02T12:00:00.000Z#", 7, True], ids=str)
def test_a_list_position_that_no_cursor_has_is_400(api, position):
    forged = Cursors(str, "workflows/mine", RITA.user_id).write(position)
    response = api.send(RITA, "GET", f"/workflows?cursor={forged}")
    assert (response.status, response.problem) == (400, "invalid-cursor")


@pytest.mark.parametrize("header", ["If_Match", "Idempotency_Key"])
def test_an_invalid_header_is_400(api, aws, draft, header):
    before = aws.items()
    response = api.act(RITA, draft, "SAVE", headers={header: "a b"})
    assert (response.status, response.errors) == (400, {("header", f"/{header.replace('_', '-')}")})
    assert aws.items() == before


def a_step(**changes):
    return {"stepId": "approval", "name": "Approval", "approvers": {"groups": ["approvers"]}} | changes


@cases(
    [
        ("a blank name", {"name": " "}, "/name"),
        ("a name that is too long", {"name": "x" * 101}, "/name"),
        ("no steps", {"steps": []}, "/steps"),
        ("two steps", {"steps": [a_step(), a_step()]}, "/steps"),
        ("steps that are null", {"steps": None}, "/steps"),
        ("a step that is text", {"steps": ["approval"]}, "/steps/0"),
        ("a step id with a capital letter", {"steps": [a_step(stepId="A")]}, "/steps/0/stepId"),
        ("an unknown field", {"steps": [a_step(quorum=2)]}, "/steps/0/quorum"),
        ("no approvers", {"steps": [a_step(approvers={})]}, "/steps/0/approvers"),
        (
            "51 approvers",
            {"steps": [a_step(approvers={"groups": list(map(str, range(51)))})]},
            "/steps/0/approvers",
        ),
        (
            "a repeated approver",
            {"steps": [a_step(approvers={"groups": ["a", "a"]})]},
            "/steps/0/approvers",
        ),
        (
            "a group with a space",
            {"steps": [a_step(approvers={"groups": ["a b"]})]},
            "/steps/0/approvers/groups/0",
        ),
        (
            "a user that is not an id",
            {"steps": [a_step(approvers={"users": ["bo"]})]},
            "/steps/0/approvers/users/0",
        ),
    ]
)
def test_an_invalid_scheme_is_not_written(api, aws, case):
    change, pointer = case
    before = aws.items()
    body = {"name": "Expenses", "steps": [a_step()]} | change
    response = api.send(ADAM, "PUT", "/schemes/expenses", body)
    assert (response.status, response.errors) == (400, {("body", pointer)})
    assert aws.items() == before
