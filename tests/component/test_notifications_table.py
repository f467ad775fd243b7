"""The notifications table as its writer and its recipients use it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from countersign_common.clock import system_clock
from countersign_common.errors import NotFoundError
from countersign_common.events.workflow_event import EventActionOwner
from countersign_common.telemetry import Telemetry

from component.calls import calls_of
from component.tables import Table
from notifications_service.adapters.dynamodb_approval_rounds import DynamoDbApprovalRounds
from notifications_service.adapters.dynamodb_erasable_notifications import DynamoDbErasableNotifications
from notifications_service.adapters.dynamodb_notification_repository import DynamoDbNotificationRepository
from notifications_service.adapters.dynamodb_notification_writer import DynamoDbNotificationWriter
from notifications_service.adapters.dynamodb_publish_checkpoints import DynamoDbPublishCheckpoints
from notifications_service.adapters.notification_items import item_from_notification
from notifications_service.domain.erasure import SEGMENTS
from notifications_service.domain.notification import RETENTION, Notification, Resolution, StoreResult
from notifications_service.domain.resolution import ApprovalRequest, Ending, Round
from services.notifications.tests.builders import ANN, BO, NOON, WORKFLOW, a_notification, an_id, people


@pytest.fixture(autouse=True)
def metrics_namespace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Countersign")


@pytest.fixture
def writer(notifications_table: Table) -> DynamoDbNotificationWriter:
    return DynamoDbNotificationWriter(
        notifications_table.client, notifications_table.name, system_clock, Telemetry("test")
    )


@pytest.fixture
def repository(notifications_table: Table) -> DynamoDbNotificationRepository:
    return DynamoDbNotificationRepository(
        notifications_table.client, notifications_table.name, Telemetry("test")
    )


def some(count: int, *, recipient: str = BO) -> list[Notification]:
    """Return notifications, oldest first. Each two have the same time."""
    notifications = [
        a_notification(f"number {n} of {recipient}", recipient=recipient, minutes=n // 2)
        for n in range(count)
    ]
    return sorted(notifications, key=lambda each: each.position)


def store(writer: DynamoDbNotificationWriter, *notifications: Notification) -> StoreResult:
    """Store notifications and check that none fails."""
    result = writer.store(notifications, deadline=system_clock() + timedelta(minutes=5))
    assert not result.failures
    return result


def test_a_notification_is_read_as_it_was_stored(
    writer: DynamoDbNotificationWriter, repository: DynamoDbNotificationRepository
) -> None:
    notification = replace(
        a_notification(),
        title="Zürich ↔ 東京 👩‍👧",
        comment='\u2028"\\',
        step_id=None,
        action_owner=EventActionOwner("user", ANN, "A\x00nn"),
        outcome="ESCALATED",
    )
    assert store(writer, notification).created == [notification]
    assert repository.newest(BO, limit=10, after=None).items == [notification]


def test_a_notification_expires_after_its_retention(
    writer: DynamoDbNotificationWriter, notifications_table: Table
) -> None:
    store(writer, a_notification())
    [item] = notifications_table.items()
    assert item["expiresAt"] == {"N": str(int((NOON + RETENTION).timestamp()))}


def test_1700_notifications_are_stored_in_seventeen_calls(
    writer: DynamoDbNotificationWriter, notifications_table: Table
) -> None:
    many = [a_notification(f"for {n}", recipient=an_id(f"user {n}")) for n in range(1_700)]
    with calls_of(notifications_table.client) as calls:
        assert store(writer, *many).created == many
    assert calls == ["TransactWriteItems"] * 17
    assert store(writer, *many).existing == many


def test_a_hundred_of_the_largest_notifications_fit_in_one_transaction(
    writer: DynamoDbNotificationWriter, notifications_table: Table
) -> None:
    many = [
        replace(
            a_notification(f"large {n}", recipient=an_id(f"user {n}")), comment="界" * 4000, title="界" * 200
        )
        for n in range(100)
    ]
    with calls_of(notifications_table.client) as calls:
        store(writer, *many)
    assert calls == ["TransactWriteItems"]


def test_a_read_notification_stays_read_when_its_event_is_delivered_again(
    writer: DynamoDbNotificationWriter,
    repository: DynamoDbNotificationRepository,
    notifications_table: Table,
) -> None:
    first, second = some(2)
    store(writer, first)
    repository.mark(first.notification_id, recipient=BO, read=True)
    later = [replace(each, created_at=NOON + timedelta(days=1)) for each in (first, second)]
    with calls_of(notifications_table.client) as calls:
        result = store(writer, *later)
    assert (result.created, result.existing) == ([later[1]], [replace(first, read=True)])
    assert calls == ["PutItem"] * 2
    assert repository.count_unread(BO) == 1


def test_a_transaction_leaves_stored_notifications_as_they_are(
    writer: DynamoDbNotificationWriter,
    repository: DynamoDbNotificationRepository,
    notifications_table: Table,
) -> None:
    first, *others = some(30)
    store(writer, first)
    repository.mark(first.notification_id, recipient=BO, read=True)
    with calls_of(notifications_table.client) as calls:
        result = store(writer, first, *others)
    assert (result.created, result.existing) == (others, [replace(first, read=True)])
    assert calls == ["TransactWriteItems"] * 2
    assert repository.count_unread(BO) == 29


@pytest.mark.parametrize("count", [20, 40])
def test_two_writers_at_once_store_each_notification_once(
    writer: DynamoDbNotificationWriter, notifications_table: Table, count: int
) -> None:
    many = some(count)
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda each: store(writer, *each), (many, many[::-1])))
    assert sum(len(result.created) for result in results) == count
    assert len(notifications_table.items()) == count


@pytest.mark.parametrize("limit", [1, 3, 7, 100])
def test_pages_of_any_size_make_the_same_list(
    writer: DynamoDbNotificationWriter, repository: DynamoDbNotificationRepository, limit: int
) -> None:
    mine, others = some(7), some(3, recipient=ANN)
    store(writer, *mine, *others)
    for get_page in (repository.newest, repository.newest_unread):
        found: list[Notification] = []
        after = None
        while True:
            page = get_page(BO, limit=limit, after=after)
            found += page.items
            after = page.next_position
            if after is None:
                break
        assert found == mine[::-1]


def test_a_page_of_a_hundred_takes_two_calls(
    writer: DynamoDbNotificationWriter,
    repository: DynamoDbNotificationRepository,
    notifications_table: Table,
) -> None:
    mine = some(101)
    store(writer, *mine)
    for get_page in (repository.newest, repository.newest_unread):
        with calls_of(notifications_table.client) as calls:
            page = get_page(BO, limit=100, after=None)
        assert (page.items, calls) == (mine[:0:-1], ["Query", "BatchGetItem"])
    assert repository.count_unread(BO) == 101


def test_a_damaged_item_is_skipped(
    writer: DynamoDbNotificationWriter,
    repository: DynamoDbNotificationRepository,
    notifications_table: Table,
) -> None:
    first, damaged, last = some(3)
    store(writer, first, last)
    notifications_table.put(item_from_notification(damaged) | {"round": {"S": "one"}})
    assert repository.newest(BO, limit=10, after=None).items == [last, first]
    assert repository.newest_unread(BO, limit=10, after=None).items == [last, first]


def test_a_marked_notification_leaves_the_unread_list_and_comes_back(
    writer: DynamoDbNotificationWriter, repository: DynamoDbNotificationRepository
) -> None:
    first, second = store(writer, *some(2)).created
    assert repository.mark(first.notification_id, recipient=BO, read=True) == replace(first, read=True)
    assert repository.newest_unread(BO, limit=10, after=None).items == [second]
    assert repository.newest(BO, limit=10, after=None).items == [second, replace(first, read=True)]
    assert repository.count_unread(BO) == 1
    for _ in range(2):
        assert repository.mark(first.notification_id, recipient=BO, read=False) == first
    assert repository.count_unread(BO) == 2


def test_another_users_notification_is_not_found_like_one_that_does_not_exist(
    writer: DynamoDbNotificationWriter,
    repository: DynamoDbNotificationRepository,
    notifications_table: Table,
) -> None:
    [notification] = store(writer, a_notification()).created
    before = notifications_table.items()
    for notification_id, user in ((notification.notification_id, ANN), (an_id("none"), BO)):
        with pytest.raises(NotFoundError):
            repository.mark(notification_id, recipient=user, read=True)
    assert notifications_table.items() == before


def test_marking_all_stops_at_its_time_and_its_recipient(
    writer: DynamoDbNotificationWriter, repository: DynamoDbNotificationRepository
) -> None:
    mine, others = some(6), some(2, recipient=ANN)
    store(writer, *mine, *others)
    repository.mark(mine[0].notification_id, recipient=BO, read=True)
    assert repository.mark_all(BO, until=NOON + timedelta(minutes=1)) == 3
    assert repository.newest_unread(BO, limit=10, after=None).items == mine[:3:-1]
    assert repository.count_unread(ANN) == 2
    assert repository.mark_all(BO, until=NOON + timedelta(days=1)) == 2
    assert repository.mark_all(BO, until=NOON + timedelta(days=1)) == 0


def test_marking_all_reads_more_than_one_page(
    writer: DynamoDbNotificationWriter, repository: DynamoDbNotificationRepository
) -> None:
    store(writer, *some(230))
    assert repository.mark_all(BO, until=NOON + timedelta(days=1)) == 230
    assert repository.count_unread(BO) == 0


def test_a_publish_checkpoint_is_stored_and_is_in_no_list(
    repository: DynamoDbNotificationRepository, notifications_table: Table
) -> None:
    checkpoints = DynamoDbPublishCheckpoints(
        notifications_table.client, notifications_table.name, lambda: NOON, Telemetry("test").warning
    )
    event_id = an_id("an event")
    assert checkpoints.get(event_id) is None
    checkpoints.save(event_id, "")
    assert checkpoints.get(event_id) == ""
    checkpoints.save(event_id, BO)
    assert checkpoints.get(event_id) == BO
    assert repository.newest(BO, limit=10, after=None).items == []


def test_the_notifications_of_a_workflow_are_marked_in_one_query(
    writer: DynamoDbNotificationWriter,
    repository: DynamoDbNotificationRepository,
    notifications_table: Table,
) -> None:
    other = an_id("another workflow")
    mine, others = some(2), [replace(each, workflow_id=other) for each in some(6)[2:]]
    store(writer, *mine, *others)
    with calls_of(notifications_table.client) as calls:
        assert repository.mark_all(BO, until=system_clock(), workflow_id=other) == 4
    assert calls == ["Query"] + ["UpdateItem"] * 4
    assert repository.newest_unread(BO, limit=10, after=None).items == mine[::-1]


def test_a_request_and_what_ends_it_find_each_other_in_either_order(notifications_table: Table) -> None:
    rounds = DynamoDbApprovalRounds(notifications_table.client, notifications_table.name, system_clock)
    request = ApprovalRequest(an_id("request"), 2, "manager", people(5_000))
    owner = EventActionOwner("user", ANN, "Ann")
    ending = Ending("manager", Resolution(an_id("decision"), 3, "APPROVE", owner, NOON))
    both = Round({2: request}, {3: ending})
    for number in (1, 2):
        add = [
            lambda n=number: rounds.add_request(WORKFLOW, n, request),
            lambda n=number: rounds.add_ending(WORKFLOW, n, ending),
        ]
        for each in add[:: 1 if number == 1 else -1]:
            found = each()
        assert found == both
    # A repeated ending stays as it is.
    nameless = replace(ending, resolution=ending.resolution.without_name())
    assert rounds.add_ending(WORKFLOW, 1, nameless) == both


def test_a_request_and_what_ends_it_at_the_same_time_do_not_miss_each_other(
    notifications_table: Table,
) -> None:
    rounds = DynamoDbApprovalRounds(notifications_table.client, notifications_table.name, system_clock)
    owner = EventActionOwner("user", ANN, "Ann")
    ending = Ending(None, Resolution(an_id("decision"), 3, "APPROVE", owner, NOON))
    request = ApprovalRequest(an_id("request"), 2, "manager", people(3))
    for number in range(20):
        with ThreadPoolExecutor(2) as pool:
            added = pool.submit(rounds.add_request, WORKFLOW, number, request)
            ended = pool.submit(rounds.add_ending, WORKFLOW, number, ending)
        assert Round({2: request}, {3: ending}) in (added.result(), ended.result())


def test_the_first_action_after_a_request_resolves_its_notifications_and_an_erasure_removes_the_name(
    writer: DynamoDbNotificationWriter,
    repository: DynamoDbNotificationRepository,
    notifications_table: Table,
) -> None:
    [mine] = store(writer, a_notification()).created
    rounds = DynamoDbApprovalRounds(notifications_table.client, notifications_table.name, system_clock)
    owner = EventActionOwner("user", ANN, "Ann")
    first, second = (Resolution(an_id(f"end {n}"), n, "REJECT", owner, NOON) for n in (3, 4))
    for resolution in (second, first, second):
        ids = [mine.notification_id, an_id("not stored")]
        assert rounds.resolve(ids, resolution, deadline=system_clock() + timedelta(minutes=1)) == {}
    assert repository.newest(BO, limit=10, after=None).items == [mine.resolved(first)]
    assert repository.count_unread(BO) == 0
    assert repository.mark(mine.notification_id, recipient=BO, read=False) == mine.resolved(first)
    with pytest.raises(NotFoundError):
        repository.mark(mine.notification_id, recipient=ANN, read=False)

    erasable = DynamoDbErasableNotifications(
        notifications_table.client, notifications_table.name, system_clock
    )
    found = [each for n in range(SEGMENTS) for page in erasable.scan(n, None) for each in page.resolutions]
    assert [each.event_id for each in found] == [first.event_id]
    erasable.erase_name(found[0].place)
    assert repository.newest(BO, limit=10, after=None).items == [mine.resolved(first.without_name())]
    assert len(notifications_table.items()) == 1
