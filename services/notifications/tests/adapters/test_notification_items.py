"""A notification as an item."""

from dataclasses import replace

from notifications_service.adapters.items import from_item, to_item

from ..builders import BO, a_notification


def test_an_item_gives_back_the_notification_that_it_was_made_of():
    for notification in (
        a_notification(),
        a_notification(read=True),
        replace(a_notification(), comment="“Näher” \x01 𝄞", step_id=None),
    ):
        assert from_item(to_item(notification)) == notification


def test_only_an_unread_notification_is_in_the_index_of_unread_ones():
    assert to_item(a_notification())["unreadOf"] == {"S": BO}
    assert "unreadOf" not in to_item(a_notification(read=True))


def test_the_position_is_the_time_and_then_the_id():
    notification = a_notification(minutes=5)
    expected = f"2026-01-31T12:05:00.000Z#{notification.notification_id}"
    assert to_item(notification)["position"] == {"S": expected}


def test_the_item_expires_ninety_days_after_it_was_made():
    assert to_item(a_notification())["expiresAt"] == {"N": "1777636800"}
