from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError
from countersign_common.aws.clients import dynamodb_client
from countersign_common.errors import NotFoundError, StoreUnavailableError
from countersign_common.telemetry import Telemetry

from notifications_service.adapters import dynamodb_notification_repository as module
from notifications_service.adapters.dynamodb_notification_repository import DynamoDbNotificationRepository
from notifications_service.adapters.notification_items import item_from_notification, key_of
from notifications_service.domain.errors import UnreadableNotificationError
from notifications_service.domain.notification import Notification

from ..builders import ANN, BO, CY, LATER, NOON, WORKFLOW, a_notification, an_id
from .tables import TABLE, an_error, calls_of, create_table, failing

OLD, NEW = a_notification("old"), a_notification("new", minutes=1)


class Table:
    """The notifications table and the adapter on it."""

    def __init__(self) -> None:
        self.client = dynamodb_client()
        create_table(self.client)
        self.repository = DynamoDbNotificationRepository(self.client, TABLE, Telemetry("test"))

    def put(self, *notifications: Notification, **damage: Any) -> None:
        for each in notifications:
            item = item_from_notification(each) | damage
            self.client.put_item(TableName=TABLE, Item=item)

    def items(self) -> list[Any]:
        return list(self.client.scan(TableName=TABLE)["Items"])


@pytest.fixture
def table(aws: None) -> Table:
    return Table()


@pytest.mark.parametrize("method", ["newest", "newest_unread"])
def test_a_page_takes_two_calls_and_is_sorted_by_time(table, method):
    table.put(OLD, NEW, a_notification("older", minutes=-1), a_notification("of Cy", recipient=CY))
    with calls_of(table.client) as calls:
        page = getattr(table.repository, method)(BO, limit=2, after=None)
    assert (page.items, page.next_position) == ([NEW, OLD], OLD.position)
    assert [operation for operation, _ in calls] == ["Query", "BatchGetItem"]


@pytest.mark.parametrize("method", ["newest", "newest_unread"])
@pytest.mark.parametrize("limit", [1, 2, 3, 5, 100])
def test_pages_of_any_size_make_the_same_list(table, method, limit):
    mine = [a_notification(str(number), minutes=number // 2) for number in range(5)]
    table.put(*mine)
    found, after = [], None
    while True:
        page = getattr(table.repository, method)(BO, limit=limit, after=after)
        found += page.items
        after = page.next_position
        if after is None:
            break
    assert found == sorted(mine, key=lambda each: each.position, reverse=True)


@pytest.mark.parametrize("method", ["newest", "newest_unread"])
def test_an_empty_list_takes_one_call(table, method):
    with calls_of(table.client) as calls:
        assert getattr(table.repository, method)(BO, limit=2, after=None).items == []
    assert len(calls) == 1


def test_unread_notifications_are_those_that_are_not_marked_as_read(table):
    table.put(OLD, NEW, a_notification("read", minutes=2, read=True))
    assert table.repository.newest_unread(BO, limit=10, after=None).items == [NEW, OLD]
    assert len(table.repository.newest(BO, limit=10, after=None).items) == 3


def test_what_an_index_still_has_after_an_item_expired_or_was_read_is_left_out(table):
    table.put(OLD, NEW, a_notification("third", minutes=2))

    def change_after_the_query(**_: Any) -> None:
        table.client.meta.events.unregister("after-call.dynamodb.Query", change_after_the_query)
        table.client.delete_item(TableName=TABLE, Key=key_of(NEW.notification_id))
        table.repository.mark(OLD.notification_id, recipient=BO, read=True)

    table.client.meta.events.register("after-call.dynamodb.Query", change_after_the_query)
    page = table.repository.newest_unread(BO, limit=10, after=None)
    assert [each.notification_id for each in page.items] == [an_id("third")]


@pytest.mark.parametrize("method", ["newest", "newest_unread"])
def test_a_damaged_item_is_skipped_logged_and_counted(table, method, caplog, capsys):
    table.put(OLD, NEW)
    damaged = a_notification("damaged", minutes=2)
    table.put(damaged, title={"N": "1"})
    page = getattr(table.repository, method)(BO, limit=2, after=None)
    assert page.items == [NEW]
    assert page.next_position == NEW.position
    assert [record.notificationId for record in caplog.records] == [damaged.notification_id]
    assert '"UnreadableNotifications":[1.0]' in capsys.readouterr().out


def test_marking_a_damaged_item_is_an_error_that_names_it(table):
    table.put(OLD, round={"S": "one"})
    with pytest.raises(UnreadableNotificationError, match=OLD.notification_id):
        table.repository.mark(OLD.notification_id, recipient=BO, read=True)


def test_unread_notifications_are_counted_up_to_a_limit_in_one_call(table, monkeypatch):
    monkeypatch.setattr(module, "UNREAD_COUNT_LIMIT", 3)
    table.put(OLD, NEW, a_notification("of Cy", recipient=CY), a_notification("read", read=True))
    assert table.repository.count_unread(BO) == 2
    table.put(*(a_notification(str(number)) for number in range(5)))
    with calls_of(table.client) as calls:
        assert table.repository.count_unread(BO) == 3
    assert len(calls) == 1


def test_a_notification_is_marked_as_read_and_as_unread_in_one_call_each(table):
    table.put(OLD, NEW)
    with calls_of(table.client) as calls:
        for read in (True, True, False):
            marked = table.repository.mark(OLD.notification_id, recipient=BO, read=read)
            assert marked == a_notification("old", read=read)
    assert [operation for operation, _ in calls] == ["UpdateItem"] * 3
    assert table.repository.newest_unread(BO, limit=10, after=None).items == [NEW, OLD]


@pytest.mark.parametrize(("notification_id", "user"), [(OLD.notification_id, ANN), (an_id("none"), BO)])
def test_another_users_notification_is_not_found_and_not_changed(table, notification_id, user):
    table.put(OLD)
    before = table.items()
    with pytest.raises(NotFoundError):
        table.repository.mark(notification_id, recipient=user, read=True)
    assert table.items() == before


def test_marking_all_marks_unread_notifications_up_to_a_time(table):
    mine = [a_notification(str(number), minutes=number // 2) for number in range(6)]
    table.put(*mine, a_notification("of Cy", recipient=CY), a_notification("read", read=True))
    assert table.repository.mark_all(BO, until=NOON + timedelta(minutes=1)) == 4
    assert table.repository.count_unread(BO) == 2
    assert table.repository.count_unread(CY) == 1
    assert table.repository.mark_all(BO, until=NOON + timedelta(days=1)) == 2
    assert table.repository.mark_all(BO, until=NOON + timedelta(days=1)) == 0


def test_marking_all_marks_at_most_a_limit_newest_first(table, monkeypatch):
    monkeypatch.setattr(module, "MARK_LIMIT", 5)
    monkeypatch.setattr(module, "_PAGE", 2)
    table.put(*(a_notification(str(number), minutes=number) for number in range(8)))
    assert table.repository.mark_all(BO, until=NOON + timedelta(days=1)) == 5
    left = table.repository.newest_unread(BO, limit=10, after=None).items
    assert [each.created_at.minute for each in left] == [2, 1, 0]


def test_marking_a_workflow_marks_its_unread_notifications_up_to_a_time_wherever_they_are(table, monkeypatch):
    monkeypatch.setattr(module, "_PAGE", 2)
    other = an_id("another workflow")
    mine = [a_notification(str(number), minutes=10 * number) for number in range(3)]
    noise = [a_notification(f"other {number}", minutes=number, workflow_id=other) for number in range(8)]
    table.put(*mine, *noise, a_notification("read", read=True), a_notification("of Cy", recipient=CY))
    with calls_of(table.client) as calls:
        marked = table.repository.mark_all(BO, until=NOON + timedelta(minutes=10), workflow_id=WORKFLOW)
    assert marked == 2
    assert [operation for operation, _ in calls] == ["Query", "UpdateItem", "UpdateItem"]
    left = table.repository.newest_unread(BO, limit=20, after=None).items
    assert [each.notification_id for each in left if each.workflow_id == WORKFLOW] == [an_id("2")]
    assert (len(left), table.repository.count_unread(CY)) == (9, 1)
    assert table.repository.mark_all(BO, until=LATER, workflow_id=an_id("none")) == 0


def test_marking_a_workflow_marks_at_most_a_limit_newest_first(table, monkeypatch):
    monkeypatch.setattr(module, "MARK_LIMIT", 3)
    table.put(*(a_notification(str(number), minutes=number) for number in range(5)))
    assert table.repository.mark_all(BO, until=LATER, workflow_id=WORKFLOW) == 3
    left = table.repository.newest_unread(BO, limit=10, after=None).items
    assert [each.created_at.minute for each in left] == [1, 0]


def test_what_another_request_marks_meanwhile_is_not_counted(table):
    table.put(OLD, NEW)

    def mark_after_the_query(**_: Any) -> None:
        table.client.meta.events.unregister("after-call.dynamodb.Query", mark_after_the_query)
        table.repository.mark(OLD.notification_id, recipient=BO, read=True)

    table.client.meta.events.register("after-call.dynamodb.Query", mark_after_the_query)
    assert table.repository.mark_all(BO, until=NOON + timedelta(days=1)) == 1


@pytest.mark.parametrize(
    "error", [an_error("ThrottlingException"), ReadTimeoutError(endpoint_url="https://dynamodb")], ids=str
)
@pytest.mark.parametrize(
    ("operation", "call"),
    [
        ("Query", lambda repository: repository.newest(BO, limit=1, after=None)),
        ("Query", lambda repository: repository.newest_unread(BO, limit=1, after=None)),
        ("BatchGetItem", lambda repository: repository.newest(BO, limit=1, after=None)),
        ("Query", lambda repository: repository.count_unread(BO)),
        ("UpdateItem", lambda repository: repository.mark(OLD.notification_id, recipient=BO, read=True)),
        ("Query", lambda repository: repository.mark_all(BO, until=NOON)),
        ("UpdateItem", lambda repository: repository.mark_all(BO, until=NOON)),
    ],
)
def test_a_store_that_does_not_respond_is_a_domain_error(table, operation, call, error):
    table.put(OLD)
    with failing(table.client, operation, error), pytest.raises(StoreUnavailableError):
        call(table.repository)
