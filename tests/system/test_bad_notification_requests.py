"""Every bad request to the notifications API."""

from typing import Any
from uuid import uuid4

import pytest

from harness.faults import pointers, refused
from harness.office import Office
from harness.waiting import wait_until


@pytest.fixture(scope="module")
def unread(desk: Office) -> dict[str, Any]:
    """A notification of the desk's approver, which nothing may change."""
    desk.pending()
    return wait_until(desk.approver.notifications, within=10)[0]


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
def test_a_bad_mark_is_400_and_changes_nothing(body, pointer: str, desk: Office, unread):
    answer = desk.approver.api.patch(f"/notifications/{unread['notificationId']}", body)
    refused(answer, 400, "bad-request")
    assert pointers(answer, "body") == {pointer}
    assert desk.approver.notifications() == [unread]


@pytest.mark.parametrize("raw", ["", "{", "[]", "null", '"read"'])
def test_a_mark_that_is_no_json_object_is_400(raw: str, desk: Office, unread):
    path = f"/notifications/{unread['notificationId']}"
    refused(desk.approver.api.request("PATCH", path, data=raw), 400, "bad-request")
    assert desk.approver.notifications() == [unread]


def test_a_mark_of_what_is_somebody_elses_is_404_like_one_of_nothing(desk: Office, unread):
    somebody_elses = desk.requester.api.patch(f"/notifications/{unread['notificationId']}", {"read": True})
    nothing = desk.requester.api.patch(f"/notifications/{uuid4()}", {"read": True})
    assert refused(somebody_elses, 404)["detail"] == refused(nothing, 404)["detail"]
    assert desk.approver.notifications() == [unread]


def test_a_bad_notification_id_is_400(desk: Office):
    answer = desk.approver.api.patch("/notifications/x", {"read": True})
    refused(answer, 400)
    assert pointers(answer, "path") == {"/notificationId"}


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
def test_a_bad_list_is_400(query: dict[str, str], pointer: str, desk: Office):
    answer = desk.approver.api.get("/notifications", **query)
    refused(answer, 400)
    assert pointers(answer, "query") == {pointer}


def test_a_cursor_fits_the_same_list_only(office: Office):
    for _ in range(2):
        office.pending()
    wait_until(lambda: len(office.approver.notifications()) == 2, within=10)
    cursor = office.approver.api.get("/notifications", limit=1).expect(200).body["cursor"]
    refused(office.approver.api.get("/notifications", limit=1, cursor=cursor, status="unread"), 400)
    refused(office.requester.api.get("/notifications", limit=1, cursor=cursor), 400)


@pytest.mark.parametrize("before", ["yesterday", 7, "2026-01-31", "2026-01-31T09:00:00"])
def test_mark_all_wants_an_instant(before: object, desk: Office):
    answer = desk.requester.api.post("/notifications/mark-all", {"before": before})
    refused(answer, 400)
    assert pointers(answer, "body") == {"/before"}


@pytest.mark.parametrize("path", ["/notifications/mark-all", "/notifications/sessions"])
def test_a_body_that_may_be_left_out_is_an_object_where_it_is_not(path: str, desk: Office, unread):
    for raw in ("null", "[]", "7"):
        refused(desk.approver.api.request("POST", path, data=raw), 400, "bad-request")
    assert desk.approver.notifications() == [unread]


def test_nothing_can_be_asked_of_a_session(desk: Office):
    answer = desk.requester.api.post("/notifications/sessions", {"topic": "notifications-everybody"})
    refused(answer, 400)
    assert pointers(answer, "body") == {"/topic"}
