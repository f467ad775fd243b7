"""The API as API Gateway calls it."""

import json
from typing import Any

import pytest
from countersign_common.errors import StoreUnavailableError
from countersign_common.http.cursors import Cursors
from countersign_common.http.handler import api_handler
from countersign_common.http.openapi import openapi_of

from notifications_service.bootstrap.api import Service
from notifications_service.domain.errors import UnreadableNotificationError
from notifications_service.domain.subscription import RealtimeEndpoint
from notifications_service.handlers.api import ROUTES
from notifications_service.use_cases.list_notifications import ListNotifications
from notifications_service.use_cases.mark_all_notifications import MarkAllNotifications
from notifications_service.use_cases.mark_notification import MarkNotification
from notifications_service.use_cases.open_session import OpenSession

from ..builders import ANN, BO, CY, NOON, a_notification, a_request, an_id
from ..fakes import FakeIssuer, FakeNotifications

LIST = "GET /notifications"
MARK = "PATCH /notifications/{notificationId}"
MARK_ALL = "POST /notifications/mark-all"
SESSION = "POST /notifications/sessions"


def response_to(event: dict[str, Any], notifications: FakeNotifications | None = None) -> dict[str, Any]:
    """Return the function's response."""
    store = notifications or FakeNotifications()
    service = Service(
        list_notifications=ListNotifications(store),
        mark_notification=MarkNotification(store),
        mark_all_notifications=MarkAllNotifications(store, lambda: NOON),
        open_session=OpenSession(FakeIssuer(), RealtimeEndpoint("iot.example.com", "eu-central-1")),
    )
    response = api_handler(ROUTES, lambda: service)(event, None)
    assert response["headers"]["x-correlation-id"] == "a-correlation"
    return response


def call(event: dict[str, Any], notifications: FakeNotifications | None = None) -> tuple[int, dict[str, Any]]:
    """Return status and body of the function's response."""
    response = response_to(event, notifications)
    return response["statusCode"], json.loads(response["body"])


def pointer_of(body: dict[str, Any]) -> tuple[str, str]:
    return body["errors"][0]["in"], body["errors"][0]["pointer"]


def test_the_list_has_items_unread_count_and_cursor():
    store = FakeNotifications(a_notification("old"), a_notification("new", minutes=1, read=True))
    status, body = call(a_request(LIST), store)
    assert status == 200
    assert [item["createdAt"] for item in body["items"]] == [
        "2026-01-31T12:01:00.000Z",
        "2026-01-31T12:00:00.000Z",
    ]
    assert (body["unreadCount"], body["cursor"]) == (1, None)


def test_a_listed_notification_has_every_field_of_the_contract():
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
        "actionOwner": {"type": "user", "id": ANN, "name": "Ann"},
        "comment": None,
        "occurredAt": "2026-01-31T12:00:00.000Z",
        "createdAt": "2026-01-31T12:00:00.000Z",
        "read": False,
        "resolution": None,
        "correlationId": "a-correlation",
    }


def test_unread_notifications_can_be_listed_page_by_page():
    store = FakeNotifications(*(a_notification(str(n), minutes=n, read=n == 1) for n in range(4)))
    _, first = call(a_request(LIST, query={"status": "unread", "limit": "2"}), store)
    query = {"status": "unread", "limit": "2", "cursor": first["cursor"]}
    _, second = call(a_request(LIST, query=query), store)
    minutes = [item["createdAt"][14:16] for item in first["items"] + second["items"]]
    assert (minutes, second["cursor"]) == (["03", "02", "00"], None)


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"status": "read"}, "/status"),
        ({"status": ""}, "/status"),
        ({"limit": "101"}, "/limit"),
        ({"offset": "1"}, "/offset"),
    ],
)
def test_an_invalid_query_is_400_with_the_parameter(query, pointer):
    status, body = call(a_request(LIST, query=query))
    assert (status, body["type"]) == (400, "/docs/problems/bad-request.md")
    assert pointer_of(body) == ("query", pointer)


@pytest.mark.parametrize(
    "position",
    [
        1,
        1.5,
        True,
        {"S": "x"},
        [],
        "",
        "x",
        "#",
        "2026-01-31T12:00:00.000Z",
        f"2026-01-31T12:00:00.000Z#{'f' * 36}",
        f"2026-01-31T12:00:00.000Z#{BO}\n",
        f"2026-01-31 12:00:00.000Z#{BO}",
    ],
)
def test_a_hand_made_cursor_is_400_invalid_cursor(position):
    cursor = Cursors(str, "notifications", "all", BO).write(position)
    status, body = call(a_request(LIST, query={"cursor": cursor}))
    assert (status, body["type"]) == (400, "/docs/problems/invalid-cursor.md")


@pytest.mark.parametrize(("user", "status"), [(BO, "unread"), (CY, "all")])
def test_a_cursor_of_another_list_or_user_is_400_invalid_cursor(user, status):
    store = FakeNotifications(a_notification("one"), a_notification("two"))
    cursor = call(a_request(LIST, query={"limit": "1"}), store)[1]["cursor"]
    query = {"status": status, "limit": "1", "cursor": cursor}
    assert call(a_request(LIST, query={"limit": "1", "cursor": cursor}), store)[0] == 200
    assert call(a_request(LIST, user=user, query=query), store)[0] == 400


def test_marking_returns_the_notification_as_it_is_now():
    mine = a_notification()
    store = FakeNotifications(mine)
    path = {"notificationId": mine.notification_id}
    for read in (True, True, False):
        status, body = call(a_request(MARK, path=path, body={"read": read}), store)
        assert (status, body["read"]) == (200, read)


def test_another_users_notification_is_404_and_not_changed():
    theirs = a_notification(recipient=CY)
    store = FakeNotifications(theirs)
    request = a_request(MARK, path={"notificationId": theirs.notification_id}, body={"read": True})
    status, body = call(request, store)
    assert (status, body["type"]) == (404, "/docs/problems/not-found.md")
    assert not store.stored[theirs.notification_id].read


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"read": "true"}, "/read"),
        ({"read": 1}, "/read"),
        ({}, "/read"),
        ({"read": True, "recipient": CY}, "/recipient"),
        (None, ""),
    ],
)
def test_an_invalid_body_is_400_with_the_pointer_and_marks_nothing(body, pointer):
    mine = a_notification()
    store = FakeNotifications(mine)
    status, problem = call(a_request(MARK, path={"notificationId": mine.notification_id}, body=body), store)
    assert (status, pointer_of(problem)) == (400, ("body", pointer))
    assert not store.stored[mine.notification_id].read


def test_an_invalid_id_in_the_path_is_400():
    status, body = call(a_request(MARK, path={"notificationId": "1"}, body={"read": True}))
    assert (status, pointer_of(body)) == (400, ("path", "/notificationId"))


@pytest.mark.parametrize("body", [None, {}, {"before": "2026-01-31T13:00:00+01:00"}])
def test_marking_all_returns_how_many_were_marked(body):
    store = FakeNotifications(a_notification("one"), a_notification("later", minutes=1))
    assert call(a_request(MARK_ALL, body=body), store) == (200, {"marked": 1})


def test_marking_all_of_a_workflow_leaves_the_others_unread():
    other = an_id("another workflow")
    store = FakeNotifications(a_notification("one"), a_notification("two", workflow_id=other))
    assert call(a_request(MARK_ALL, body={"workflowId": other}), store) == (200, {"marked": 1})
    assert not store.stored[an_id("one")].read


@pytest.mark.parametrize("workflow_id", [None, "", "a-workflow", 1])
def test_marking_all_of_an_invalid_workflow_is_400_and_marks_nothing(workflow_id):
    store = FakeNotifications(a_notification())
    status, body = call(a_request(MARK_ALL, body={"workflowId": workflow_id}), store)
    assert (status, pointer_of(body)) == (400, ("body", "/workflowId"))
    assert store.count_unread(BO) == 1


def test_marking_all_with_an_invalid_time_is_400_and_marks_nothing():
    store = FakeNotifications(a_notification())
    status, body = call(a_request(MARK_ALL, body={"before": "yesterday"}), store)
    assert (status, pointer_of(body)) == (400, ("body", "/before"))
    assert store.count_unread(BO) == 1


@pytest.mark.parametrize("body", [None, {}])
def test_a_session_has_endpoint_topic_and_credentials(body):
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


def test_a_session_of_another_user_cannot_be_requested():
    status, body = call(a_request(SESSION, body={"userId": CY}))
    assert (status, pointer_of(body)) == (400, ("body", "/userId"))


def test_a_token_whose_user_id_is_not_a_uuid_gets_no_session():
    status, body = call(a_request(SESSION, user="*"))
    assert (status, body["type"]) == (403, "/docs/problems/no-realtime-for-this-user.md")


@pytest.mark.parametrize("route", [MARK_ALL, SESSION])
def test_a_body_that_may_be_left_out_must_still_be_an_object(route):
    assert call(a_request(route, body="null"))[0] == 400


@pytest.mark.parametrize("route", [LIST, MARK_ALL, SESSION])
def test_every_route_needs_an_id_token(route):
    assert call(a_request(route, user=None))[0] == 401
    assert call(a_request(route, claims={"token_use": "access"}))[0] == 403


def test_a_store_that_does_not_respond_is_503_with_retry_after():
    class Unavailable(FakeNotifications):
        def count_unread(self, recipient: str) -> int:
            raise StoreUnavailableError("The database is busy.")

    response = response_to(a_request(LIST), Unavailable())
    assert (response["statusCode"], response["headers"]["retry-after"]) == (503, "5")
    assert json.loads(response["body"])["type"] == "/docs/problems/store-unavailable.md"


def test_marking_a_damaged_notification_is_500_unreadable_record():
    class Damaged(FakeNotifications):
        def mark(self, notification_id: str, *, recipient: str, read: bool) -> Any:
            raise UnreadableNotificationError(notification_id, "'title' is missing.")

    status, body = call(a_request(MARK, path={"notificationId": BO}, body={"read": True}), Damaged())
    assert (status, body["type"]) == (500, "/docs/problems/unreadable-record.md")


@pytest.mark.parametrize("route", ROUTES.values(), ids=ROUTES)
def test_the_examples_of_a_route_match_its_schemas(route):
    assert route.response_example is not None
    assert route.response().validate(route.response_example) == {}
    if route.body is not None:
        assert route.body().validate(route.request_example) == {}


@pytest.mark.parametrize(
    ("path", "method", "statuses"),
    [
        ("/notifications", "get", {"200", "400", "401", "403", "503", "default"}),
        (
            "/notifications/{notificationId}",
            "patch",
            {"200", "400", "401", "403", "404", "413", "415", "500", "503", "default"},
        ),
        ("/notifications/mark-all", "post", {"200", "400", "401", "403", "413", "415", "503", "default"}),
        ("/notifications/sessions", "post", {"201", "400", "401", "403", "413", "415", "default"}),
    ],
)
def test_openapi_lists_every_status_of_a_route(path, method, statuses):
    operation = openapi_of(ROUTES, title="x", version="0")["paths"][path][method]
    assert operation["responses"].keys() == statuses
    assert operation["description"]
