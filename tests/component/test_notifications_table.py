"""The notifications table, as its sender and as its recipients see it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from component.calls import calls_of
from component.tables import Table
from engines.definitions import Definitions
from notifications_service.adapters.dynamodb_inbox import DynamoDbInbox
from notifications_service.adapters.dynamodb_outgoing import DynamoDbOutgoing
from notifications_service.domain.action import Person
from notifications_service.domain.notification import RETENTION, Notification
from notifications_service.use_cases.ports import NoSuchNotification
from services.notifications.tests.builders import ANN, BO, NOON, a_notification, an_id


@pytest.fixture
def outgoing(notifications_table: Table) -> DynamoDbOutgoing:
    """The sender's adapter."""
    return DynamoDbOutgoing(notifications_table.client, notifications_table.name)


@pytest.fixture
def inbox(notifications_table: Table) -> DynamoDbInbox:
    """The recipients' adapter."""
    return DynamoDbInbox(notifications_table.client, notifications_table.name)


def some(count: int, *, recipient: str = BO) -> list[Notification]:
    """Notifications, oldest first; each two of the same instant."""
    made = [
        a_notification(f"number {n} of {recipient}", recipient=recipient, minutes=n // 2)
        for n in range(count)
    ]
    return sorted(made, key=lambda each: (each.created_at, each.notification_id))


def kept(outgoing: DynamoDbOutgoing, *notifications: Notification) -> list[Notification]:
    """Keep notifications that are new."""
    result = outgoing.keep(notifications)
    assert not result.failures
    return list(result.notifications)


def test_a_notification_is_kept_as_it_was_made(outgoing: DynamoDbOutgoing, inbox: DynamoDbInbox) -> None:
    made = replace(
        a_notification(),
        title="Zürich ↔ 東京 👩‍👧",
        comment='\u2028"\\',
        step_id=None,
        action_owner=Person(ANN, ""),
    )
    assert kept(outgoing, made) == [made]
    assert inbox.newest(BO, limit=10, after=None).notifications == [made]


def test_what_is_kept_expires_when_it_may_be_forgotten(
    outgoing: DynamoDbOutgoing, notifications_table: Table, definitions: Definitions
) -> None:
    kept(outgoing, a_notification())
    [item] = notifications_table.items()
    assert item[definitions.ttl["notifications"]] == {"N": str(int((NOON + RETENTION).timestamp()))}


def test_five_hundred_are_kept_by_a_call_for_each_hundred(
    outgoing: DynamoDbOutgoing, notifications_table: Table
) -> None:
    many = [a_notification(f"for {n}", recipient=an_id(f"user {n}")) for n in range(500)]
    with calls_of(notifications_table.client) as calls:
        assert kept(outgoing, *many) == many
    assert calls == ["TransactWriteItems"] * 5


def test_a_hundred_of_the_largest_fit_into_one_transaction(
    outgoing: DynamoDbOutgoing, notifications_table: Table
) -> None:
    many = [
        replace(
            a_notification(f"large {n}", recipient=an_id(f"user {n}")), comment="界" * 4000, title="界" * 200
        )
        for n in range(100)
    ]
    with calls_of(notifications_table.client) as calls:
        kept(outgoing, *many)
    assert calls == ["TransactWriteItems"]


def test_delivered_again_a_read_notification_stays_read(
    outgoing: DynamoDbOutgoing, inbox: DynamoDbInbox, notifications_table: Table
) -> None:
    first, second = some(2)
    kept(outgoing, first)
    inbox.mark(first.notification_id, recipient=BO, read=True)
    later = [replace(each, created_at=NOON + timedelta(days=1)) for each in (first, second)]
    with calls_of(notifications_table.client) as calls:
        assert kept(outgoing, *later) == [replace(first, read=True), later[1]]
    assert calls == ["TransactWriteItems"] * 2
    assert inbox.unread_count(BO) == 1


def test_two_senders_at_once_keep_each_notification_once(
    outgoing: DynamoDbOutgoing, notifications_table: Table
) -> None:
    many = some(20)
    with ThreadPoolExecutor(2) as at_once:
        results = list(at_once.map(outgoing.keep, (many, many[::-1])))
    assert not any(result.failures for result in results)
    assert len(notifications_table.items()) == 20


@pytest.mark.parametrize("limit", [1, 3, 100])
def test_pages_of_any_size_make_the_same_list(
    outgoing: DynamoDbOutgoing, inbox: DynamoDbInbox, limit: int
) -> None:
    mine, others = some(7), some(3, recipient=ANN)
    kept(outgoing, *mine, *others)
    for read_page in (inbox.newest, inbox.newest_unread):
        walked: list[Notification] = []
        after = None
        while True:
            part = read_page(BO, limit=limit, after=after)
            walked += part.notifications
            after = part.next_position
            if after is None:
                break
        assert walked == mine[::-1]


def test_a_hundred_unread_are_read_in_two_calls(
    outgoing: DynamoDbOutgoing, inbox: DynamoDbInbox, notifications_table: Table
) -> None:
    mine = some(101)
    kept(outgoing, *mine)
    with calls_of(notifications_table.client) as calls:
        part = inbox.newest_unread(BO, limit=100, after=None)
    assert (part.notifications, calls) == (mine[:0:-1], ["Query", "BatchGetItem"])
    assert inbox.unread_count(BO) == 101


def test_marking_moves_it_out_of_the_unread_and_back(
    outgoing: DynamoDbOutgoing, inbox: DynamoDbInbox
) -> None:
    first, second = kept(outgoing, *some(2))
    assert inbox.mark(first.notification_id, recipient=BO, read=True) == replace(first, read=True)
    assert inbox.newest_unread(BO, limit=10, after=None).notifications == [second]
    assert inbox.newest(BO, limit=10, after=None).notifications == [second, replace(first, read=True)]
    assert inbox.unread_count(BO) == 1
    for _ in range(2):
        assert inbox.mark(first.notification_id, recipient=BO, read=False) == first
    assert inbox.unread_count(BO) == 2


def test_anothers_notification_cannot_be_marked_nor_told_from_none(
    outgoing: DynamoDbOutgoing, inbox: DynamoDbInbox, notifications_table: Table
) -> None:
    [notification] = kept(outgoing, a_notification())
    before = notifications_table.items()
    for notification_id, who in ((notification.notification_id, ANN), (an_id("none"), BO)):
        with pytest.raises(NoSuchNotification):
            inbox.mark(notification_id, recipient=who, read=True)
    assert notifications_table.items() == before


def test_marking_all_stops_at_its_instant_and_at_its_recipient(
    outgoing: DynamoDbOutgoing, inbox: DynamoDbInbox
) -> None:
    mine, others = some(6), some(2, recipient=ANN)
    kept(outgoing, *mine, *others)
    inbox.mark(mine[0].notification_id, recipient=BO, read=True)
    assert inbox.mark_all(BO, until=NOON + timedelta(minutes=1)) == 3
    assert inbox.newest_unread(BO, limit=10, after=None).notifications == mine[:3:-1]
    assert inbox.unread_count(ANN) == 2
    assert inbox.mark_all(BO, until=NOON + timedelta(days=1)) == 2
    assert inbox.mark_all(BO, until=NOON + timedelta(days=1)) == 0


def test_marking_all_goes_over_more_than_one_page(outgoing: DynamoDbOutgoing, inbox: DynamoDbInbox) -> None:
    kept(outgoing, *some(230))
    assert inbox.mark_all(BO, until=NOON + timedelta(days=1)) == 230
    assert inbox.unread_count(BO) == 0
