"""Invalid requests to the notifications API."""

from typing import Any
from uuid import uuid4

import pytest

from harness.problems import error_pointers, expect_problem
from harness.scenario import Scenario
from local_cloud.waiting import wait_until


@pytest.fixture(scope="module")
def unread(module_scenario: Scenario) -> dict[str, Any]:
    """An unread notification of the shared scenario's approver, which no test changes."""
    scenario = module_scenario.sign_in_again()
    scenario.create_pending()
    return wait_until(scenario.approver.list_notifications, timeout=10)[0]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/read"),
        ({"read": "yes"}, "/read"),
        ({"read": 1}, "/read"),
        ({"read": None}, "/read"),
        ({"read": True, "title": "x"}, "/title"),
    ],
    ids=str,
)
def test_an_invalid_mark_returns_400_and_changes_nothing(
    body: dict[str, Any], pointer: str, shared_scenario: Scenario, unread
):
    response = shared_scenario.approver.api.patch(f"/notifications/{unread['notificationId']}", body)
    expect_problem(response, 400, "bad-request")
    assert error_pointers(response, "body") == {pointer}
    assert shared_scenario.approver.list_notifications() == [unread]


@pytest.mark.parametrize("raw", ["", "{", "[]", "null", '"read"'])
def test_a_mark_that_is_not_a_json_object_returns_400(raw: str, shared_scenario: Scenario, unread):
    path = f"/notifications/{unread['notificationId']}"
    expect_problem(shared_scenario.approver.api.request("PATCH", path, data=raw), 400, "bad-request")
    assert shared_scenario.approver.list_notifications() == [unread]


def test_a_mark_of_another_content_type_returns_415(shared_scenario: Scenario, unread):
    path, headers = f"/notifications/{unread['notificationId']}", {"content-type": "text/plain"}
    response = shared_scenario.approver.api.request("PATCH", path, data='{"read": true}', headers=headers)
    expect_problem(response, 415, "unsupported-media-type")
    assert shared_scenario.approver.list_notifications() == [unread]


def test_another_users_notification_returns_the_same_404_as_an_unknown_one(shared_scenario: Scenario, unread):
    api = shared_scenario.requester.api
    not_theirs = api.patch(f"/notifications/{unread['notificationId']}", {"read": True})
    unknown = api.patch(f"/notifications/{uuid4()}", {"read": True})
    problems = [expect_problem(response, 404, "not-found") for response in (not_theirs, unknown)]
    assert problems[0]["detail"] == problems[1]["detail"]
    assert shared_scenario.approver.list_notifications() == [unread]


def test_an_invalid_notification_id_returns_400(shared_scenario: Scenario):
    response = shared_scenario.approver.api.patch("/notifications/x", {"read": True})
    expect_problem(response, 400, "bad-request")
    assert error_pointers(response, "path") == {"/notificationId"}


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ({"status": "read"}, "/status", "bad-request"),
        ({"limit": "101"}, "/limit", "bad-request"),
        ({"limit": "-1"}, "/limit", "bad-request"),
        ({"cursor": "garbage"}, "/cursor", "invalid-cursor"),
        ({"color": "red"}, "/color", "bad-request"),
    ],
    ids=str,
)
def test_an_invalid_query_returns_400(
    query: dict[str, str], pointer: str, code: str, shared_scenario: Scenario
):
    response = shared_scenario.approver.api.get("/notifications", **query)
    expect_problem(response, 400, code)
    assert error_pointers(response, "query") == {pointer}


def test_a_repeated_parameter_returns_400(shared_scenario: Scenario):
    query = [("status", "unread"), ("status", "all")]
    response = shared_scenario.approver.api.request("GET", "/notifications", params=query)
    expect_problem(response, 400, "bad-request")
    assert error_pointers(response, "query") == {"/status"}


def test_a_cursor_is_valid_only_in_its_own_list(scenario: Scenario):
    for _ in range(2):
        scenario.create_pending()
    wait_until(lambda: len(scenario.approver.list_notifications()) == 2, timeout=10)
    cursor = scenario.approver.api.get("/notifications", limit=1).expect(200).body["cursor"]
    for response in (
        scenario.approver.api.get("/notifications", limit=1, cursor=cursor, status="unread"),
        scenario.requester.api.get("/notifications", limit=1, cursor=cursor),
    ):
        expect_problem(response, 400, "invalid-cursor")


@pytest.mark.parametrize("before", ["yesterday", 7, "2026-01-31", "2026-01-31T09:00:00"])
def test_mark_all_requires_a_timestamp_with_an_offset(before: object, shared_scenario: Scenario):
    response = shared_scenario.requester.api.post("/notifications/mark-all", {"before": before})
    expect_problem(response, 400, "bad-request")
    assert error_pointers(response, "body") == {"/before"}


@pytest.mark.parametrize("path", ["/notifications/mark-all", "/notifications/sessions"])
def test_an_optional_body_must_be_an_object(path: str, shared_scenario: Scenario, unread):
    for raw in ("null", "[]", "7"):
        expect_problem(shared_scenario.approver.api.request("POST", path, data=raw), 400, "bad-request")
    assert shared_scenario.approver.list_notifications() == [unread]


def test_a_session_request_has_no_parameters(shared_scenario: Scenario):
    body = {"topic": "notifications-everybody"}
    response = shared_scenario.requester.api.post("/notifications/sessions", body)
    expect_problem(response, 400, "bad-request")
    assert error_pointers(response, "body") == {"/topic"}
