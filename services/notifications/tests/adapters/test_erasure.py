"""Erasure on the table: what is left of the items, and what the other adapters read."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from countersign_common.aws.clients import dynamodb_client
from countersign_common.errors import StoreUnavailableError
from countersign_common.events.erasure_event import ErasedDataset, Erasure
from countersign_common.events.workflow_event import EventActionOwner
from countersign_common.ids import derived_id
from countersign_common.telemetry import Telemetry

from notifications_service.adapters.dynamodb_approval_rounds import DynamoDbApprovalRounds
from notifications_service.adapters.dynamodb_erasable_notifications import DynamoDbErasableNotifications
from notifications_service.adapters.dynamodb_erased_events import DynamoDbErasedEvents
from notifications_service.adapters.dynamodb_notification_repository import DynamoDbNotificationRepository
from notifications_service.adapters.dynamodb_notification_writer import DynamoDbNotificationWriter
from notifications_service.adapters.dynamodb_publish_checkpoints import DynamoDbPublishCheckpoints
from notifications_service.adapters.notification_items import key_of
from notifications_service.domain.erasure import SCANNED, SEGMENTS, NotificationCopy, ResolutionPlace
from notifications_service.domain.notification import ErasedParts, Notification, Resolution
from notifications_service.domain.resolution import Ending
from notifications_service.use_cases.erase_copies import EraseCopies

from ..builders import ANN, BO, NOON, WORKFLOW, a_notification, an_id, people
from .tables import TABLE, an_error, calls_of, create_table, failing

EVENT, OTHER = an_id("an event"), an_id("another event")
BOTH = ErasedParts(person=True, content=True)
DEADLINE = NOON + timedelta(seconds=20)


@pytest.fixture
def client(aws: None) -> Any:
    client = dynamodb_client(connections=16)
    create_table(client)
    return client


@pytest.fixture
def notifications(client: Any) -> DynamoDbErasableNotifications:
    return DynamoDbErasableNotifications(client, TABLE, lambda: NOON)


@pytest.fixture
def erased_events(client: Any) -> DynamoDbErasedEvents:
    return DynamoDbErasedEvents(client, TABLE, lambda: NOON)


@pytest.fixture
def erase(client, notifications, erased_events) -> EraseCopies:
    return EraseCopies(erased_events, notifications, notifications, lambda: NOON)


def stored(client: Any, event: str = EVENT, recipient: str = BO, sequence: int = 2) -> Notification:
    """Store a notification of an event."""
    notification = replace(
        a_notification(recipient=recipient),
        notification_id=derived_id(event, recipient),
        sequence=sequence,
        title="Secret title",
        comment="Secret comment",
        action_owner=replace(a_notification().action_owner, name="Secret Ann"),
    )
    writer = DynamoDbNotificationWriter(client, TABLE, lambda: NOON, Telemetry("test"))
    assert writer.store([notification], deadline=DEADLINE).failures == {}
    return notification


def item_of(client: Any, notification_id: str) -> dict[str, Any]:
    item: dict[str, Any] = client.get_item(TableName=TABLE, Key=key_of(notification_id)).get("Item", {})
    return item


def erasure_of(*datasets: tuple[str, int], parts: tuple[str, ...] = ("person", "content")) -> Erasure:
    return Erasure(
        an_id("an erasure"),
        ANN,
        tuple(ErasedDataset(event, WORKFLOW, sequence, ANN, parts) for event, sequence in datasets),
    )


def everything_in(client: Any) -> str:
    return json.dumps(client.scan(TableName=TABLE)["Items"])


def test_nothing_that_was_erased_is_left_in_the_table_and_the_list_shows_it(client, erase):
    one, two = stored(client), stored(client, recipient=ANN)
    other = stored(client, OTHER, sequence=3)
    assert erase(erasure_of((EVENT, 2)), DEADLINE) == 2
    assert everything_in(client).count("Secret") == 3  # of the other event
    repository = DynamoDbNotificationRepository(client, TABLE, Telemetry("test"))
    listed = repository.newest(BO, limit=10, after=None).items
    assert set(listed) == {one.without(BOTH), other}
    marked = repository.mark(two.notification_id, recipient=ANN, read=True)
    assert marked == replace(two.without(BOTH), read=True)


@pytest.mark.parametrize(
    ("parts", "left"),
    [(("person",), ["Secret title", "Secret comment"]), (("content",), ["Secret Ann"])],
)
def test_only_the_named_parts_are_removed(client, erase, parts, left):
    stored(client)
    assert erase(erasure_of((EVENT, 2), parts=parts), DEADLINE) == 1
    texts = ["Secret title", "Secret comment", "Secret Ann"]
    assert [text for text in texts if text in everything_in(client)] == left


def test_a_second_delivery_updates_no_notification(client, erase):
    notification = stored(client)
    erase(erasure_of((EVENT, 2)), DEADLINE)
    with calls_of(client) as calls:
        assert erase(erasure_of((EVENT, 2)), DEADLINE) == 0
    updated = [call["Key"] for operation, call in calls if operation == "UpdateItem"]
    assert key_of(notification.notification_id) not in updated


def test_the_scan_finds_each_notification_once_and_nothing_else(client, notifications, erased_events):
    expected = {stored(client, recipient=each).notification_id for each in people(60)}
    DynamoDbPublishCheckpoints(client, TABLE, lambda: NOON, Telemetry("test").warning).save(OTHER, BO)
    erased_events.add([(EVENT, BOTH)])
    notifications.save(an_id("an erasure"), {0: "x"})
    damaged = item_of(client, next(iter(expected))) | {"sequence": {"S": "2"}}
    client.put_item(TableName=TABLE, Item=damaged | key_of(an_id("damaged")))
    found: list[NotificationCopy] = []
    with calls_of(client) as calls:
        for segment in range(SEGMENTS):
            pages = list(notifications.scan(segment, None))
            assert pages[-1].position == SCANNED
            found += [copy for page in pages for copy in page.copies]
    assert sorted(copy.notification_id for copy in found) == sorted(expected)
    assert all(call["ConsistentRead"] for _, call in calls)


def test_a_scan_continues_after_a_position(client, notifications):
    for each in people(60):
        stored(client, recipient=each)
    [whole] = notifications.scan(0, None)
    first, *rest = whole.copies
    [after] = notifications.scan(0, first.notification_id)
    assert [copy.notification_id for copy in after.copies] == [copy.notification_id for copy in rest]
    assert list(notifications.scan(0, SCANNED)) == []


def test_progress_is_kept_between_deliveries_and_expires(client, notifications):
    assert notifications.get(an_id("an erasure")) == {}
    notifications.save(an_id("an erasure"), {0: "x", 3: SCANNED})
    assert notifications.get(an_id("an erasure")) == {0: "x", 3: SCANNED}
    assert item_of(client, an_id("an erasure"))["expiresAt"] == {"N": "1772452800"}


def test_segments_that_were_scanned_are_not_scanned_again(client, erase, notifications):
    stored(client)
    notifications.save(an_id("an erasure"), dict.fromkeys(range(SEGMENTS), SCANNED))
    with calls_of(client) as calls:
        assert erase(erasure_of((EVENT, 2)), DEADLINE) == 0
    assert [operation for operation, _ in calls] == ["GetItem"]


def test_an_expired_notification_is_not_created_by_an_erasure(client, notifications):
    notifications.erase(an_id("gone"), BOTH)
    assert item_of(client, an_id("gone")) == {}


def test_what_was_erased_of_an_event_is_added_up_and_read(client, erased_events):
    erased_events.add([(EVENT, ErasedParts(person=True, content=False)), (OTHER, BOTH)])
    assert erased_events.get([EVENT, OTHER, an_id("a third")]) == {
        EVENT: ErasedParts(person=True, content=False),
        OTHER: BOTH,
    }
    erased_events.add([(EVENT, ErasedParts(person=False, content=True))])
    with calls_of(client) as calls:
        assert erased_events.get([EVENT, EVENT]) == {EVENT: BOTH}
    [(operation, call)] = calls
    assert operation == "BatchGetItem"
    assert call["RequestItems"][TABLE]["ConsistentRead"] is True


@pytest.mark.parametrize("first", ["checkpoint", "erasure"])
def test_a_checkpoint_and_what_was_erased_are_kept_together(client, erased_events, first):
    checkpoints = DynamoDbPublishCheckpoints(client, TABLE, lambda: NOON, Telemetry("test").warning)
    steps = [lambda: checkpoints.save(EVENT, BO), lambda: erased_events.add([(EVENT, BOTH)])]
    for step in steps if first == "checkpoint" else reversed(steps):
        step()
    assert checkpoints.get(EVENT) == BO
    assert erased_events.get([EVENT]) == {EVENT: BOTH}


def test_a_checkpoint_alone_is_no_erasure(client, erased_events):
    DynamoDbPublishCheckpoints(client, TABLE, lambda: NOON, Telemetry("test").warning).save(EVENT, BO)
    assert erased_events.get([EVENT]) == {}


@pytest.mark.parametrize("operation", ["Scan", "UpdateItem", "GetItem"])
def test_a_busy_table_is_an_error_and_the_next_delivery_completes(client, erase, operation):
    stored(client)
    with (
        failing(client, operation, *[an_error("ThrottlingException")] * 20),
        pytest.raises(StoreUnavailableError),
    ):
        erase(erasure_of((EVENT, 2)), DEADLINE)
    assert erase(erasure_of((EVENT, 2)), DEADLINE) == 1
    assert "Secret" not in everything_in(client)


def test_the_name_of_who_decided_is_removed_from_the_resolutions_and_the_round(client, erase):
    one, two = stored(client), stored(client, recipient=ANN)
    decision = an_id("a decision")
    rounds = DynamoDbApprovalRounds(client, TABLE, lambda: NOON)
    owner = EventActionOwner("user", ANN, "Secret Cy")
    resolution = Resolution(decision, 3, "APPROVE", owner, NOON)
    rounds.add_ending(WORKFLOW, 1, Ending("manager", resolution))
    rounds.resolve([one.notification_id, two.notification_id], resolution, deadline=DEADLINE)
    assert everything_in(client).count("Secret Cy") == 3
    # Neither the request nor another event with this sequence, nor content.
    assert erase(erasure_of((OTHER, 3), (decision, 4)), DEADLINE) == 0
    assert erase(erasure_of((decision, 3), parts=("content",)), DEADLINE) == 0
    assert erase(erasure_of((decision, 3), parts=("person",)), DEADLINE) == 3
    assert "Secret Cy" not in everything_in(client)
    assert erase(erasure_of((decision, 3)), DEADLINE) == 0
    listed = DynamoDbNotificationRepository(client, TABLE, Telemetry("test")).newest(BO, limit=1, after=None)
    assert listed.items == [one.resolved(resolution.without_name())]
    assert rounds.add_ending(WORKFLOW, 1, Ending("manager", resolution)).endings[3].resolution.by.erased


def test_a_name_that_is_gone_is_not_created_by_an_erasure(client, notifications):
    notification = stored(client)
    for item_id in (an_id("gone"), notification.notification_id):
        notifications.erase_name(ResolutionPlace.in_notification(item_id))
        notifications.erase_name(ResolutionPlace.in_round(item_id, 3))
    assert item_of(client, an_id("gone")) == {}
    assert "resolution" not in item_of(client, notification.notification_id)
