from datetime import datetime, timedelta
from threading import Lock
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError
from countersign_common.aws.clients import dynamodb_client
from countersign_common.telemetry import Telemetry

from notifications_service.adapters import dynamodb_notification_writer as module
from notifications_service.adapters.dynamodb_notification_writer import DynamoDbNotificationWriter
from notifications_service.adapters.notification_items import item_from_notification, notification_from_item
from notifications_service.domain.notification import Notification

from ..builders import LATER, NOON, a_notification, people
from .tables import TABLE, an_error, calls_of, create_table, failing

ONE, TWO, THREE = (a_notification(name) for name in ("one", "two", "three"))
NONE = {"Code": "None"}
CONFLICT = {"Code": "TransactionConflict", "Message": "busy"}


class Table:
    """The notifications table and the adapter on it. The clock advances by a second each time it is read."""

    def __init__(self) -> None:
        self.client = dynamodb_client()
        create_table(self.client)
        self.now = NOON
        self._lock = Lock()
        self.writer = DynamoDbNotificationWriter(
            self.client, TABLE, self._clock, Telemetry("test"), pause=lambda _: None
        )

    def _clock(self) -> datetime:
        with self._lock:
            self.now += timedelta(seconds=1)
            return self.now

    def put(self, notification: Notification, **changes: Any) -> None:
        self.client.put_item(TableName=TABLE, Item=item_from_notification(notification) | changes)

    def stored(self) -> dict[str, Notification]:
        pages = self.client.get_paginator("scan").paginate(TableName=TABLE)
        found = [notification_from_item(item) for page in pages for item in page["Items"]]
        return {each.notification_id: each for each in found}


@pytest.fixture
def table(aws: None) -> Table:
    return Table()


@pytest.fixture
def transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write also a few notifications in a transaction."""
    monkeypatch.setattr(module, "SINGLE_WRITE_LIMIT", 0)


@pytest.fixture(params=["one by one", "in a transaction"])
def each_way(request: pytest.FixtureRequest) -> None:
    """Run a test for both ways of writing."""
    if request.param == "in a transaction":
        request.getfixturevalue("transactions")


def canceled(*reasons: dict[str, Any]) -> Exception:
    return an_error("TransactionCanceledException", CancellationReasons=list(reasons))


def many(count: int) -> list[Notification]:
    return [a_notification(f"for {recipient}", recipient=recipient) for recipient in people(count)]


@pytest.mark.parametrize(
    ("count", "calls"),
    [
        (0, []),
        (1, ["PutItem"]),
        (25, ["PutItem"] * 25),
        (26, ["TransactWriteItems"]),
        (100, ["TransactWriteItems"]),
        (101, ["TransactWriteItems"] * 2),
    ],
)
def test_a_few_are_written_one_by_one_and_more_a_hundred_per_transaction(table, count, calls):
    notifications = many(count)
    with calls_of(table.client) as made:
        result = table.writer.store(notifications, deadline=LATER)
    assert [operation for operation, _ in made] == calls
    assert (result.created, result.existing, result.failures) == (notifications, [], {})
    assert len(table.stored()) == count


@pytest.mark.usefixtures("each_way")
def test_a_notification_is_stored_as_it_is(table):
    table.writer.store([ONE], deadline=LATER)
    assert table.stored() == {ONE.notification_id: ONE}


@pytest.mark.usefixtures("each_way")
def test_stored_notifications_stay_as_they_are_and_are_returned(table):
    read = a_notification("two", read=True)
    table.put(read)
    result = table.writer.store([ONE, TWO, THREE], deadline=LATER)
    assert (result.created, result.existing, result.failures) == ([ONE, THREE], [read], {})
    assert table.stored()[TWO.notification_id] == read


@pytest.mark.usefixtures("transactions")
def test_a_complete_second_delivery_takes_one_transaction(table):
    table.writer.store([ONE, TWO], deadline=LATER)
    with calls_of(table.client) as calls:
        result = table.writer.store([ONE, TWO], deadline=LATER)
    assert (result.created, result.existing, result.failures, len(calls)) == ([], [ONE, TWO], {}, 1)


@pytest.mark.usefixtures("each_way")
def test_a_damaged_item_is_skipped_and_logged(table, caplog, capsys):
    table.put(ONE, title={"N": "1"})
    result = table.writer.store([ONE, TWO], deadline=LATER)
    assert (result.created, result.existing, result.failures) == ([TWO], [], {})
    assert [record.notificationId for record in caplog.records] == [ONE.notification_id]
    assert '"UnreadableNotifications":[1.0]' in capsys.readouterr().out


@pytest.mark.usefixtures("transactions")
def test_a_transaction_that_conflicts_with_another_is_repeated(table):
    conflict = canceled(CONFLICT, NONE)
    with failing(table.client, "TransactWriteItems", conflict, conflict):
        result = table.writer.store([ONE, TWO], deadline=LATER)
    assert (result.created, result.failures) == ([ONE, TWO], {})


@pytest.mark.usefixtures("transactions")
def test_a_conflict_that_does_not_end_is_a_failure_with_its_reason(table):
    errors = [canceled(CONFLICT)] * 6
    with failing(table.client, "TransactWriteItems", *errors), calls_of(table.client) as calls:
        result = table.writer.store([ONE], deadline=LATER)
    assert (result.created, result.failures) == ([], {ONE.notification_id: "not stored: TransactionConflict"})
    assert len(calls) == 6


@pytest.mark.usefixtures("transactions")
def test_a_notification_that_can_never_be_stored_fails_alone(table):
    wrong = {"Code": "ValidationError", "Message": "Item size exceeded"}
    with failing(table.client, "TransactWriteItems", canceled(NONE, wrong)):
        result = table.writer.store([ONE, TWO], deadline=LATER)
    assert result.created == [ONE]
    assert result.failures == {TWO.notification_id: "not stored: ValidationError: Item size exceeded"}


ERRORS = [an_error("AccessDeniedException"), ReadTimeoutError(endpoint_url="https://dynamodb")]


@pytest.mark.parametrize("error", ERRORS, ids=str)
def test_an_error_of_a_single_write_fails_its_notification_only(table, error):
    with failing(table.client, "PutItem", error):
        result = table.writer.store([ONE, TWO], deadline=LATER)
    assert len(result.created) == 1
    assert list(result.failures.values()) == [f"not stored: {error}"]
    assert result.failures.keys() | table.stored().keys() == {ONE.notification_id, TWO.notification_id}


@pytest.mark.parametrize("error", ERRORS, ids=str)
def test_an_error_of_a_transaction_fails_its_notifications_only(table, error):
    notifications = many(150)
    with failing(table.client, "TransactWriteItems", error):
        result = table.writer.store(notifications, deadline=LATER)
    assert result.created == notifications[100:]
    assert result.failures.keys() == {each.notification_id for each in notifications[:100]}
    assert set(result.failures.values()) == {f"not stored: {error}"}


@pytest.mark.parametrize(("count", "stored"), [(3, 2), (250, 200)])
def test_after_the_deadline_nothing_more_is_written(table, count, stored):
    notifications = many(count)
    result = table.writer.store(notifications, deadline=NOON + timedelta(seconds=2))
    assert len(result.created) == len(table.stored()) == stored
    assert list(result.failures.values()) == ["not stored: no time left"] * (count - stored)


@pytest.mark.usefixtures("transactions")
def test_retries_end_at_the_deadline(table):
    errors = [canceled(CONFLICT)] * 6
    with failing(table.client, "TransactWriteItems", *errors), calls_of(table.client) as calls:
        result = table.writer.store([ONE], deadline=NOON + timedelta(seconds=3))
    assert result.failures == {ONE.notification_id: "not stored: no time left"}
    assert len(calls) == 3
