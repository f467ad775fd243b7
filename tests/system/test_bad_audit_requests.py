"""Every bad request to the audit API, and that it takes no writes at all."""

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
        ({"actionType": "approve"}, "/actionType"),
        ({"actionOwner": "x" * 129}, "/actionOwner"),
        ({"outcome": "DONE"}, "/outcome"),
        ({"from": "yesterday"}, "/from"),
        ({"from": "2026-01-31"}, "/from"),
        ({"from": "2026-01-31T09:00:00"}, "/from"),
        ({"to": "2026-13-01T00:00:00Z"}, "/to"),
        ({"from": "2026-02-01T00:00:00Z", "to": "2026-01-01T00:00:00Z"}, "/from"),
        ({"text": ""}, "/text"),
        ({"text": "x" * 201}, "/text"),
        ({"limit": "0"}, "/limit"),
        ({"limit": "1000"}, "/limit"),
        ({"limit": "1e1"}, "/limit"),
        ({"cursor": "garbage"}, "/cursor"),
        ({"cursor": ""}, "/cursor"),
        ({"colour": "red"}, "/colour"),
    ],
    ids=str,
)
def test_a_bad_search_is_400_and_names_the_fault(query: dict[str, str], pointer: str, auditor: Person):
    answer = auditor.api.get("/audit-trail", **query)
    expect_problem(answer, 400, "bad-request")
    assert error_pointers(answer, "query") == {pointer}


def test_a_cursor_fits_the_same_filters_only(auditor: Person, shared_scenario):
    for _ in range(2):
        shared_scenario.create_draft()
    cursor = auditor.api.get("/audit-trail", limit=1).expect(200).body["cursor"]
    answer = auditor.api.get("/audit-trail", limit=1, cursor=cursor, actionType="SAVE")
    expect_problem(answer, 400)
    assert error_pointers(answer, "query") == {"/cursor"}


@pytest.mark.parametrize("bad", ["x", "1234", "018F0000-0000-7000-8000-000000000000", "' OR 1=1"])
def test_a_bad_dataset_id_is_400(bad: str, auditor: Person):
    answer = auditor.api.get(f"/audit-trail/{bad}")
    expect_problem(answer, 400)
    assert error_pointers(answer, "path") == {"/datasetId"}


def test_a_bad_workflow_id_is_400(auditor: Person):
    answer = auditor.api.get("/workflows/x/verification")
    expect_problem(answer, 400)
    assert error_pointers(answer, "path") == {"/workflowId"}


def test_what_is_not_recorded_is_404(auditor: Person):
    expect_problem(auditor.api.get(f"/audit-trail/{uuid4()}"), 404, "not-found")
    expect_problem(auditor.api.get(f"/workflows/{uuid4()}/verification"), 404, "not-found")


@pytest.mark.parametrize("text", ['"', "*", "a AND (", "comment:x", "\\", "{}", "/a[/", "~", "'; drop"])
def test_no_text_breaks_the_search(text: str, auditor: Person):
    auditor.api.get("/audit-trail", text=text).expect(200)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_the_trail_cannot_be_written_through_the_api(method: str, auditor: Person):
    assert auditor.api.request(method, "/audit-trail", json={}).status == 404
    assert auditor.api.request(method, f"/audit-trail/{uuid4()}", json={}).status == 404
