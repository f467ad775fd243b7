from dataclasses import replace
from datetime import timedelta

from countersign_common.ids import derived_id

from notifications_service.domain.notification import (
    POSITION_PATTERN,
    Notification,
    NotificationKind,
    create_notifications,
)

from ..builders import BO, CY, LATER, NOON, WORKFLOW, a_notification, an_id, an_incoming_event


def test_a_notification_is_stored_for_ninety_days():
    assert a_notification().expires_at == NOON + timedelta(days=90)


def test_the_position_sorts_by_time_and_then_by_id():
    notification = a_notification(minutes=5)
    assert notification.position == f"2026-01-31T12:05:00.000Z#{notification.notification_id}"
    assert POSITION_PATTERN.match(notification.position)


def test_each_recipient_gets_an_unread_notification_with_the_content_of_the_event():
    event = an_incoming_event(comment="Please.", outcome="ESCALATED", title="A chair", round=3, sequence=7)
    first, second = create_notifications(event, NotificationKind.APPROVAL_REQUESTED, [BO, CY], LATER)
    assert first == Notification(
        notification_id=derived_id(event.event_id, BO),
        recipient=BO,
        type=NotificationKind.APPROVAL_REQUESTED,
        workflow_id=WORKFLOW,
        title="A chair",
        scheme="purchase",
        step_id="manager",
        round=3,
        sequence=7,
        action_type="REQUEST",
        outcome="ESCALATED",
        action_owner=event.data.action_owner,
        comment="Please.",
        occurred_at=NOON,
        created_at=LATER,
        correlation_id=event.correlation_id,
        read=False,
    )
    assert second == replace(first, notification_id=derived_id(event.event_id, CY), recipient=CY)


def test_the_id_is_the_same_for_the_same_event_and_recipient_only():
    def id_of(event_name: str, recipient: str) -> str:
        event = an_incoming_event(event_name)
        [notification] = create_notifications(event, NotificationKind.APPROVED, [recipient], NOON)
        return notification.notification_id

    assert id_of("one", BO) == id_of("one", BO)
    assert len({id_of("one", BO), id_of("one", CY), id_of("two", BO), an_id("one")}) == 4
