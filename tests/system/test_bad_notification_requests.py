"""Every bad request to the notifications API."""

from typing import Any
from uuid import uuid4

import pytest

from harness.problems import error_pointers, expect_problem
from harness.scenario import Scenario
from local_cloud.waiting import wait_until


@pytest.fixture(scope="module")
def unread(module_scenario: Scenario) -> dict[str, Any]:
    """A notification of the scenario's approver, which no test may change."""
    module_scenario.create_pending()
    return wait_until(module_scenario.approver.list_notifications, timeout=10)[0]


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
def test_a_bad_mark_is_400_and_changes_nothing(body, pointer: str, shared_scenario: Scenario, unread):
    answer = shared_scenario.approver.api.patch(f"/notifications/{unread['notificationId']}", body)
    expect_problem(answer, 400, "bad-request")
    assert error_pointers(answer, "body") == {pointer}
    assert shared_scenario.approver.list_notifications() == [unread]


@pytest.mark.parametrize("raw", ["", "{", "[]", "null", '"read"'])
def test_a_mark_that_is_no_json_object_is_400(raw: str, shared_scenario: Scenario, unread):
    path = f"/notifications/{unread['notificationId']}"
    expect_problem(shared_scenario.approver.api.request("PATCH", path, data=raw), 400, "bad-request")
    assert shared_scenario.approver.list_notifications() == [unread]


def test_a_mark_of_what_is_somebody_elses_is_404_like_one_of_nothing(shared_scenario: Scenario, unread):
    somebody_elses = shared_scenario.requester.api.patch(
        f"/notifications/{unread['notificationId']}", {"read": True}
    )
    nothing = shared_scenario.requester.api.patch(f"/notifications/{uuid4()}", {"read": True})
    assert expect_problem(somebody_elses, 404)["detail"] == expect_problem(nothing, 404)["detail"]
    assert shared_scenario.approver.list_notifications() == [unread]


def test_a_bad_notification_id_is_400(shared_scenario: Scenario):
    answer = shared_scenario.approver.api.patch("/notifications/x", {"read": True})
    expect_problem(answer, 400)
    assert error_pointers(answer, "path") == {"/notificationId"}


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"status": "read"}, "/status"),
        ({"limit": "101"}, "/limit"),
        ({"limit": "-1"}, "/limit"),
        ({"cursor": "garbage"}, "/cursor"),
        ({"colour": "red"}, "/colour"),
    ],
    ids=str,
)
def test_a_bad_list_is_400(query: dict[str, str], pointer: str, shared_scenario: Scenario):
    answer = shared_scenario.approver.api.get("/notifications", **query)
    expect_problem(answer, 400)
    assert error_pointers(answer, "query") == {pointer}


def test_a_cursor_fits_the_same_list_only(scenario: Scenario):
    for _ in range(2):
        scenario.create_pending()
    wait_until(lambda: len(scenario.approver.list_notifications()) == 2, timeout=10)
    cursor = scenario.approver.api.get("/notifications", limit=1).expect(200).body["cursor"]
    expect_problem(scenario.approver.api.get("/notifications", limit=1, cursor=cursor, status="unread"), 400)
    expect_problem(scenario.requester.api.get("/notifications", limit=1, cursor=cursor), 400)


@pytest.mark.parametrize("before", ["yesterday", 7, "2026-01-31", "2026-01-31T09:00:00"])
def test_mark_all_wants_an_instant(before: object, shared_scenario: Scenario):
    answer = shared_scenario.requester.api.post("/notifications/mark-all", {"before": before})
    expect_problem(answer, 400)
    assert error_pointers(answer, "body") == {"/before"}


@pytest.mark.parametrize("path", ["/notifications/mark-all", "/notifications/sessions"])
def test_a_body_that_may_be_left_out_is_an_object_where_it_is_not(
    path: str, shared_scenario: Scenario, unread
):
    for raw in ("null", "[]", "7"):
        expect_problem(shared_scenario.approver.api.request("POST", path, data=raw), 400, "bad-request")
    assert shared_scenario.approver.list_notifications() == [unread]


def test_nothing_can_be_asked_of_a_session(shared_scenario: Scenario):
    answer = shared_scenario.requester.api.post(
        "/notifications/sessions", {"topic": "notifications-everybody"}
    )
    expect_problem(answer, 400)
    assert error_pointers(answer, "body") == {"/topic"}
