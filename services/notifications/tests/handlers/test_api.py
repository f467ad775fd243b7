"""The API over its route table, as API Gateway calls it."""

import json
from typing import Any

import pytest
from countersign_common.lambda_api import lambda_handler

from notifications_service.handlers.api import ROUTES
from notifications_service.handlers.routes import REFUSALS
from notifications_service.use_cases.open_session import Gateway
from notifications_service.use_cases.services import api_on

from ..builders import BO, CY, NOON, a_notification, a_request, an_id
from ..fakes import FakeBroker, FakeNotifications

LIST = "GET /notifications"
MARK = "PATCH /notifications/{notificationId}"
MARK_ALL = "POST /notifications/mark-all"
SESSION = "POST /notifications/sessions"


def call(event: dict[str, Any], inbox: FakeNotifications | None = None) -> tuple[int, dict[str, Any]]:
    """What the function answers: status, and the body."""
    api = api_on(
        inbox=inbox or FakeNotifications(),
        broker=FakeBroker(),
        gateway=Gateway("iot.example.com", "eu-central-1"),
        clock=lambda: NOON,
    )
    answer = lambda_handler(ROUTES, lambda: api, refusals=REFUSALS)(event, None)
    assert answer["headers"]["x-correlation-id"] == "a-correlation"
    return answer["statusCode"], json.loads(answer["body"])


def test_the_list_answers_items_unread_count_and_cursor():
    inbox = FakeNotifications(a_notification("old"), a_notification("new", minutes=1, read=True))
    status, body = call(a_request(LIST), inbox)
    assert status == 200
    assert [item["createdAt"] for item in body["items"]] == [
        "2026-01-31T12:01:00.000Z",
        "2026-01-31T12:00:00.000Z",
    ]
    assert (body["unreadCount"], body["cursor"]) == (1, None)


def test_a_notification_in_the_list_has_every_field_of_the_contract():
    _, body = call(a_request(LIST), FakeNotifications(a_notification()))
    assert body["items"][0] == {
        "notificationId": an_id("a notification"),
        "recipient": BO,
        "type": "APPROVAL_REQUESTED",
        "workflowId": an_id("a workflow"),
        "title": "A new chair",
        "scheme": "purchase",
        "stepId": "manager",
        "round": 1,
        "sequence": 2,
        "actionType": "REQUEST",
        "outcome": "PENDING",
        "actionOwner": {"userId": an_id("ann"), "name": "Ann"},
        "comment": None,
        "occurredAt": "2026-01-31T12:00:00.000Z",
        "createdAt": "2026-01-31T12:00:00.000Z",
        "read": False,
        "correlationId": "a-correlation",
    }


def test_the_unread_can_be_listed_alone_and_page_by_page():
    inbox = FakeNotifications(*(a_notification(str(n), minutes=n, read=n == 1) for n in range(4)))
    _, first = call(a_request(LIST, query={"status": "unread", "limit": "2"}), inbox)
    query = {"status": "unread", "limit": "2", "cursor": first["cursor"]}
    _, second = call(a_request(LIST, query=query), inbox)
    minutes = [item["createdAt"][14:16] for item in first["items"] + second["items"]]
    assert (minutes, second["cursor"]) == (["03", "02", "00"], None)


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"limit": "0"}, "/limit"),
        ({"limit": "101"}, "/limit"),
        ({"limit": "many"}, "/limit"),
        ({"status": "read"}, "/status"),
        ({"cursor": "bm90IG91cnM"}, "/cursor"),
        ({"cursor": "x" * 513}, "/cursor"),
        ({"cursor": "é"}, "/cursor"),
        ({"offset": "1"}, "/offset"),
    ],
)
def test_a_query_that_is_not_valid_is_400_and_names_what(query, pointer):
    status, body = call(a_request(LIST, query=query))
    assert status == 400
    assert (body["errors"][0]["in"], body["errors"][0]["pointer"]) == ("query", pointer)


def test_marking_answers_the_notification_as_it_is_now():
    mine = a_notification()
    inbox = FakeNotifications(mine)
    path = {"notificationId": mine.notification_id}
    for read in (True, True, False):
        status, body = call(a_request(MARK, path=path, body={"read": read}), inbox)
        assert (status, body["read"]) == (200, read)


def test_anothers_notification_is_404_and_stays_as_it_was():
    theirs = a_notification(recipient=CY)
    inbox = FakeNotifications(theirs)
    request = a_request(MARK, path={"notificationId": theirs.notification_id}, body={"read": True})
    status, body = call(request, inbox)
    assert (status, body["type"]) == (404, "urn:countersign:problem:not-found")
    assert not inbox.stored[theirs.notification_id].read


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"read": "true"}, "/read"),
        ({"read": 1}, "/read"),
        ({"read": None}, "/read"),
        ({}, "/read"),
        ({"read": True, "recipient": CY}, "/recipient"),
        ([], ""),
        ("not json", ""),
        ('{"read": true, "read": false}', ""),
        (None, ""),
    ],
)
def test_a_body_that_is_not_valid_is_400_names_the_pointer_and_marks_nothing(body, pointer):
    mine = a_notification()
    inbox = FakeNotifications(mine)
    status, answer = call(a_request(MARK, path={"notificationId": mine.notification_id}, body=body), inbox)
    assert (status, answer["errors"][0]["in"], answer["errors"][0]["pointer"]) == (400, "body", pointer)
    assert not inbox.stored[mine.notification_id].read


def test_a_body_that_is_too_large_is_413():
    path = {"notificationId": an_id("any")}
    status, _ = call(a_request(MARK, path=path, body='{"read": true, "x": "' + "x" * 300_000 + '"}'))
    assert status == 413


@pytest.mark.parametrize("notification_id", ["1", "not-a-uuid", "A" * 36, f"{BO}%00", ""])
def test_an_id_in_the_path_that_is_none_is_400(notification_id):
    status, body = call(a_request(MARK, path={"notificationId": notification_id}, body={"read": True}))
    assert (status, body["errors"][0]["in"], body["errors"][0]["pointer"]) == (400, "path", "/notificationId")


@pytest.mark.parametrize("body", [None, {}, {"before": "2026-01-31T13:00:00+01:00"}])
def test_marking_all_answers_how_many(body):
    inbox = FakeNotifications(a_notification("one"), a_notification("later", minutes=1))
    assert call(a_request(MARK_ALL, body=body), inbox) == (200, {"marked": 1})


@pytest.mark.parametrize("before", ["yesterday", "2026-01-31", "2026-01-31T12:00:00", 1, True])
def test_marking_all_up_to_what_is_no_instant_is_400(before):
    inbox = FakeNotifications(a_notification())
    status, body = call(a_request(MARK_ALL, body={"before": before}), inbox)
    assert (status, body["errors"][0]["pointer"]) == (400, "/before")
    assert inbox.unread_count(BO) == 1


@pytest.mark.parametrize("body", [None, {}])
def test_a_session_answers_where_and_with_what_to_connect(body):
    status, session = call(a_request(SESSION, body=body))
    assert status == 201
    assert session == {
        "endpoint": "iot.example.com",
        "region": "eu-central-1",
        "topic": f"notifications-{BO}",
        "clientIdPrefix": f"{BO}-",
        "credentials": {
            "accessKeyId": "ASIA",
            "secretAccessKey": "a secret",
            "sessionToken": f"for {BO}",
            "expiration": "2026-01-31T13:00:00.000Z",
        },
    }


def test_nobody_can_ask_for_anothers_session():
    status, body = call(a_request(SESSION, body={"userId": CY}))
    assert (status, body["errors"][0]["pointer"]) == (400, "/userId")


def test_a_token_whose_sub_is_no_user_id_gets_no_session():
    status, body = call(a_request(SESSION, user="*"))
    assert (status, body["type"]) == (403, "urn:countersign:problem:no-realtime-for-this-user")


@pytest.mark.parametrize("route", [LIST, MARK_ALL, SESSION])
def test_without_a_token_every_route_is_401_and_with_an_access_token_403(route):
    assert call(a_request(route, user=None))[0] == 401
    assert call(a_request(route, claims={"token_use": "access"}))[0] == 403
