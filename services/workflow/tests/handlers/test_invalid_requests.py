"""Bad input: the right status, a problem that points at each fault, and nothing written."""

import base64
import json

import pytest
from countersign_common.cursors import Cursors

from ..builders import ADAM, BO, RITA

KB = 1024

BAD_VALUES = [
    ("an unknown field", {"colour": "red"}, 400, "/colour"),
    ("a title that is a number", {"title": 7}, 400, "/title"),
    ("a title that is null", {"title": None}, 400, "/title"),
    ("a title of blanks", {"title": "  "}, 400, "/title"),
    ("a title too long", {"title": "x" * 201}, 400, "/title"),
    ("a title with NUL", {"title": "a\x00"}, 400, "/title"),
    ("data that is a list", {"data": []}, 400, "/data"),
    ("data that is null", {"data": None}, 400, "/data"),
    ("data with a fraction", {"data": {"a": [1.5]}}, 400, "/data/a/0"),
    ("data with 2^53", {"data": {"a": 2**53}}, 400, "/data/a"),
    ("data over 128 KB", {"data": {"a": "x" * (128 * KB - 7)}}, 413, "/data"),
    ("data over 128 KB in UTF-8 only", {"data": {"a": "ü" * 65 * KB}}, 413, "/data"),
    ("a comment too long", {"comment": "x" * 4_001}, 400, "/comment"),
    ("a comment that is a list", {"comment": []}, 400, "/comment"),
    ("an action type in lower case", {"actionType": "save"}, 400, "/actionType"),
    ("an action type that is null", {"actionType": None}, 400, "/actionType"),
]
BAD_CREATIONS = [
    ("a decision", {"actionType": "APPROVE"}, 400, "/actionType"),
    ("a scheme with a capital", {"scheme": "Expenses"}, 400, "/scheme"),
    ("a scheme that is a number", {"scheme": 1}, 400, "/scheme"),
]
NOT_JSON = [
    "",
    "{",
    "null",
    "[]",
    '"a"',
    '{"a":NaN}',
    '{"title":"a","title":"b"}',
    "[" * 5_000,
    '{"a":"\\ud800"}',
]


def named(cases):
    return pytest.mark.parametrize("case", [case[1:] for case in cases], ids=[case[0] for case in cases])


@pytest.fixture(autouse=True)
def _scheme(api):
    api.has_scheme(users=[BO.user_id])


@pytest.fixture
def draft(api) -> str:
    """A saved workflow's id."""
    return api.creates("SAVE")


@named(BAD_VALUES + BAD_CREATIONS)
def test_a_bad_value_creates_nothing(api, cloud, case):
    change, status, pointer = case
    before = dict(cloud.items)
    body = {"actionType": "SAVE", "scheme": "expenses", "title": "Train", "data": {}} | change
    answer = api.ask(RITA, "POST", "/workflows", body)
    assert (answer.status, answer.faults) == (status, {("body", pointer)})
    assert cloud.items == before


@named(BAD_VALUES)
def test_a_bad_value_changes_no_workflow(api, cloud, draft, case):
    change, status, pointer = case
    before = dict(cloud.items)
    answer = api.acts(RITA, draft, **({"action_type": "SAVE"} | {"title": "Train"} | _named_so(change)))
    assert (answer.status, answer.faults) == (status, {("body", pointer)})
    assert cloud.items == before


def _named_so(change):
    return {"action_type" if name == "actionType" else name: value for name, value in change.items()}


@pytest.mark.parametrize("character", ["x", "é", "漢", "😀", "\ufffe"])
def test_data_of_exactly_128_kb_is_taken_however_json_writes_it(api, character):
    room = 128 * KB - len('{"a":""}')
    data = {"a": character * (room // len(character.encode())) + "x" * (room % len(character.encode()))}
    body = {"actionType": "SAVE", "scheme": "expenses", "title": "Train", "data": data}
    assert api.ask(RITA, "POST", "/workflows", body).status == 201


@pytest.mark.parametrize("raw", NOT_JSON, ids=lambda raw: raw[:20] or "nothing")
def test_a_body_that_is_no_json_object_is_400(api, cloud, draft, raw):
    before = dict(cloud.items)
    for path in ("/workflows", f"/workflows/{draft}/actions"):
        answer = api.ask(RITA, "POST", path, raw=raw)
        assert answer.status == 400
        assert {place for place, _ in answer.faults} == {"body"}
    assert cloud.items == before


def test_a_body_over_512_kb_is_413(api, cloud, draft):
    before = dict(cloud.items)
    answer = api.ask(RITA, "POST", f"/workflows/{draft}/actions", raw='"' + "x" * 513 * KB + '"')
    assert (answer.status, answer.problem) == (413, "too-large")
    assert cloud.items == before


def test_all_faults_are_told_at_once(api):
    answer = api.ask(RITA, "POST", "/workflows", {"actionType": "X", "title": "", "colour": 1})
    assert answer.faults == {
        ("body", pointer) for pointer in ("/actionType", "/title", "/colour", "/scheme", "/data")
    }


def test_title_and_data_come_with_a_save_or_a_request_only(api, cloud):
    workflow_id = api.creates()
    before = dict(cloud.items)
    answer = api.acts(BO, workflow_id, "APPROVE", title="Mine", data={})
    assert (answer.status, answer.faults) == (400, {("body", "/title"), ("body", "/data")})
    assert cloud.items == before


@pytest.mark.parametrize(
    "bad", ["x", "01950000-0000-7000-8000-00000000000A", "01950000000070008000000000000001"]
)
@pytest.mark.parametrize(("method", "rest"), [("GET", ""), ("GET", "/history"), ("POST", "/actions")])
def test_what_is_no_workflow_id_is_400(api, bad, method, rest):
    answer = api.ask(RITA, method, f"/workflows/{bad}{rest}", {"actionType": "SAVE"})
    assert (answer.status, answer.faults) == (400, {("path", "/workflowId")})


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("limit=0", "/limit"),
        ("limit=101", "/limit"),
        ("limit=ten", "/limit"),
        ("limit=1.5", "/limit"),
        ("limit=", "/limit"),
        ("view=all", "/view"),
        ("colour=red", "/colour"),
        ("cursor=", "/cursor"),
        ("cursor=garbage", "/cursor"),
        (f"cursor={'x' * 2_000}", "/cursor"),
    ],
)
def test_a_bad_query_is_400(api, query, pointer):
    answer = api.ask(RITA, "GET", f"/workflows?{query}")
    assert (answer.status, answer.faults) == (400, {("query", pointer)})


def test_a_cursor_fits_its_own_list_view_and_caller_only(api):
    ids = [api.creates() for _ in range(2)]
    cursor = api.ask(RITA, "GET", "/workflows?limit=1").body["cursor"]
    for by, url in (
        (RITA, f"/workflows?view=inbox&cursor={cursor}"),
        (BO, f"/workflows?cursor={cursor}"),
        (RITA, f"/schemes?cursor={cursor}"),
        (RITA, f"/workflows/{ids[0]}/history?cursor={cursor}"),
    ):
        answer = api.ask(by, "GET", url)
        assert (answer.status, answer.faults) == (400, {("query", "/cursor")})


@pytest.mark.parametrize(
    "position", [7, "", "x", True, ["a"], {"a": 1}, "2026-03-02T12:00:00.000Z#", "\ud800", 10**400]
)
def test_a_cursor_that_somebody_made_up_is_400(api, position):
    for name, url in (("workflows/mine", "/workflows"), ("schemes", "/schemes")):
        forged = Cursors(name, RITA.user_id).write(position)
        if url == "/schemes" and position == "x":
            continue
        answer = api.ask(RITA, "GET", f"{url}?cursor={forged}")
        assert (answer.status, answer.faults) == (400, {("query", "/cursor")})


@pytest.mark.parametrize(
    "cursor", [base64.urlsafe_b64encode(json.dumps(each).encode()).decode() for each in (1, [], {})]
)
def test_a_cursor_that_is_json_but_no_cursor_is_400(api, cursor):
    assert api.ask(RITA, "GET", f"/workflows?cursor={cursor}").status == 400


@pytest.mark.parametrize(
    ("header", "value", "pointer"),
    [
        ("If_Match", "7", "/If-Match"),
        ("If_Match", 'W/"7"', "/If-Match"),
        ("If_Match", '"1", "2"', "/If-Match"),
        ("Idempotency_Key", "", "/Idempotency-Key"),
        ("Idempotency_Key", "a b", "/Idempotency-Key"),
        ("Idempotency_Key", "x" * 129, "/Idempotency-Key"),
        ("Idempotency_Key", "schlüssel", "/Idempotency-Key"),
    ],
)
def test_a_bad_header_is_400(api, cloud, draft, header, value, pointer):
    before = dict(cloud.items)
    answer = api.acts(RITA, draft, "SAVE", {header: value})
    assert (answer.status, answer.faults) == (400, {("header", pointer)})
    assert cloud.items == before


def a_step(**changes):
    return {"stepId": "approval", "name": "Approval", "approvers": {"groups": ["approvers"]}} | changes


@named(
    [
        ("no name", {"name": " "}, "/name"),
        ("a name too long", {"name": "x" * 101}, "/name"),
        ("no steps", {"steps": []}, "/steps"),
        ("two steps", {"steps": [a_step(), a_step()]}, "/steps"),
        ("steps that are null", {"steps": None}, "/steps"),
        ("a step that is text", {"steps": ["approval"]}, "/steps/0"),
        ("a step id with a capital", {"steps": [a_step(stepId="A")]}, "/steps/0/stepId"),
        ("an unknown field", {"steps": [a_step(quorum=2)]}, "/steps/0/quorum"),
        ("no approvers", {"steps": [a_step(approvers={})]}, "/steps/0/approvers"),
        (
            "51 approvers",
            {"steps": [a_step(approvers={"groups": list(map(str, range(51)))})]},
            "/steps/0/approvers",
        ),
        ("one twice", {"steps": [a_step(approvers={"groups": ["a", "a"]})]}, "/steps/0/approvers"),
        (
            "a blank in a group",
            {"steps": [a_step(approvers={"groups": ["a b"]})]},
            "/steps/0/approvers/groups/0",
        ),
        (
            "a user who is no id",
            {"steps": [a_step(approvers={"users": ["bo"]})]},
            "/steps/0/approvers/users/0",
        ),
    ]
)
def test_a_bad_scheme_is_not_written(api, cloud, case):
    change, pointer = case
    before = dict(cloud.items)
    answer = api.ask(ADAM, "PUT", "/schemes/expenses", {"name": "Expenses", "steps": [a_step()]} | change)
    assert (answer.status, answer.faults) == (400, {("body", pointer)})
    assert cloud.items == before


def test_a_bad_scheme_id_or_version_is_400(api):
    assert api.ask(RITA, "GET", "/schemes/No-Such").faults == {("path", "/schemeId")}
    assert api.ask(RITA, "GET", "/schemes/expenses?version=first").faults == {("query", "/version")}
    assert api.ask(RITA, "GET", "/schemes/expenses?version=0").faults == {("query", "/version")}
    assert api.ask(RITA, "GET", "/schemes/none-such").status == 404
    assert api.ask(RITA, "GET", "/schemes/expenses?version=9").status == 404
