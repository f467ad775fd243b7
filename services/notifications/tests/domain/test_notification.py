"""A notification."""

from datetime import timedelta

from ..builders import NOON, a_notification


def test_a_notification_is_kept_for_ninety_days():
    assert a_notification().expires_at == NOON + timedelta(days=90)


def test_a_notification_is_unread_at_first():
    assert a_notification().read is False
