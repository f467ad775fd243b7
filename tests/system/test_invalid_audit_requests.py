"""Invalid requests to the audit API, and that the API can't write the audit trail."""

from uuid import uuid4

import pytest

from harness.problems import error_pointers, expect_problem
from local_cloud.people import Person


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"scheme": "A B"}, "/scheme"),
        ({"workflowId": "x"}, "/workflowId"),
        ({"stepId": "Step"}, "/stepId"),
        ({"target": ""}, "/target"),
        ({"target": "x" * 201}, "/target"),
        ({"actionType": ""}, "/actionType"),
        ({"actionType": "x" * 65}, "/actionType"),
        ({"actionType": "a\x00b"}, "/actionType"),
        ({"actionOwner": ""}, "/actionOwner"),
        ({"actionOwner": "x" * 201}, "/actionOwner"),
        ({"outcome": ""}, "/outcome"),
        ({"outcome": "x" * 65}, "/outcome"),
        ({"from": "yesterday"}, "/from"),
        ({"from": "2026-01-31"}, "/from"),
        ({"from": "2026-01-31T09:00:00"}, "/from"),
        ({"to": "2026-13-01T00:00:00Z"}, "/to"),
        ({"from": "2026-02-01T00:00:00Z", "to": "2026-01-01T00:00:00Z"}, "/from"),
        ({"text": ""}, "/text"),
        ({"text": " \u200b"}, "/text"),
        ({"text": "x" * 201}, "/text"),
        ({"limit": "0"}, "/limit"),
        ({"limit": "1000"}, "/limit"),
        ({"limit": "1e1"}, "/limit"),
        ({"cursor": ""}, "/cursor"),
        ({"color": "red"}, "/color"),
    ],
    ids=ascii,
)
def test_an_invalid_search_returns_400_with_the_parameter(
    query: dict[str, str], pointer: str, auditor: Person
):
    response = auditor.api.get("/audit-trail", **query)
    expect_problem(response, 400, "bad-request")
    assert error_pointers(response, "query") == {pointer}


@pytest.mark.parametrize("values", [("1", "1"), ("1", "2")])
def test_a_repeated_parameter_returns_400(values: tuple[str, str], auditor: Person):
    response = auditor.api.request("GET", "/audit-trail", params=[("limit", value) for value in values])
    expect_problem(response, 400, "bad-request")
    assert error_pointers(response, "query") == {"/limit"}


# "garbage", and a decoded cursor with a digest and a position of another list.
@pytest.mark.parametrize("cursor", ["garbage", "WyJhYmMiLDFd", "x" * 1_000])
def test_a_handmade_cursor_returns_400(cursor: str, auditor: Person):
    response = auditor.api.get("/audit-trail", cursor=cursor)
    expect_problem(response, 400, "invalid-cursor")
    assert error_pointers(response, "query") == {"/cursor"}


def test_a_cursor_is_valid_only_with_the_same_filters(auditor: Person, shared_scenario):
    for _ in range(2):
        shared_scenario.create_draft()
    cursor = auditor.api.get("/audit-trail", limit=1).expect(200).body["cursor"]
    response = auditor.api.get("/audit-trail", limit=1, cursor=cursor, actionType="SAVE")
    expect_problem(response, 400, "invalid-cursor")
    assert error_pointers(response, "query") == {"/cursor"}


@pytest.mark.parametrize("dataset_id", ["x", "1234", "018F0000-0000-7000-8000-000000000000", "' OR 1=1"])
def test_an_invalid_dataset_id_returns_400(dataset_id: str, auditor: Person):
    response = auditor.api.get(f"/audit-trail/{dataset_id}")
    expect_problem(response, 400, "bad-request")
    assert error_pointers(response, "path") == {"/datasetId"}


def test_an_invalid_workflow_id_returns_400(auditor: Person):
    response = auditor.api.get("/workflows/x/verification")
    expect_problem(response, 400, "bad-request")
    assert error_pointers(response, "path") == {"/workflowId"}


def test_an_unknown_record_or_workflow_returns_404(auditor: Person):
    expect_problem(auditor.api.get(f"/audit-trail/{uuid4()}"), 404, "not-found")
    expect_problem(auditor.api.get(f"/workflows/{uuid4()}/verification"), 404, "not-found")


@pytest.mark.parametrize("text", ['"', "*", "a AND (", "comment:x", "\\", "{}", "/a[/", "~", "'; drop"])
def test_query_syntax_in_a_text_is_searched_as_text(text: str, auditor: Person):
    auditor.api.get("/audit-trail", text=text).expect(200)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_the_api_has_no_route_that_writes_the_audit_trail(method: str, auditor: Person):
    assert auditor.api.request(method, "/audit-trail", json={}).status == 404
    assert auditor.api.request(method, f"/audit-trail/{uuid4()}", json={}).status == 404
