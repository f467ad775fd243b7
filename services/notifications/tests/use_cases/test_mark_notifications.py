"""Read and unread."""

from datetime import timedelta

import pytest

from notifications_service.use_cases.mark_all import mark_all
from notifications_service.use_cases.mark_notification import mark_notification
from notifications_service.use_cases.ports import NoSuchNotification

from ..builders import BO, CY, NOON, a_notification, an_id
from ..fakes import FakeNotifications


def test_a_notification_is_marked_as_read_and_unread_again():
    mine = a_notification()
    inbox = FakeNotifications(mine)
    assert mark_notification(BO, mine.notification_id, read=True, inbox=inbox).read
    assert mark_notification(BO, mine.notification_id, read=True, inbox=inbox).read
    assert not mark_notification(BO, mine.notification_id, read=False, inbox=inbox).read


def test_anothers_notification_is_as_if_it_were_not_there():
    theirs = a_notification(recipient=CY)
    inbox = FakeNotifications(theirs)
    for notification_id in (theirs.notification_id, an_id("none")):
        with pytest.raises(NoSuchNotification):
            mark_notification(BO, notification_id, read=True, inbox=inbox)
    assert not inbox.stored[theirs.notification_id].read


def test_all_up_to_and_including_an_instant_are_marked_and_later_ones_are_not():
    inbox = FakeNotifications(*(a_notification(str(number), minutes=number) for number in range(5)))
    done = mark_all(BO, before=NOON + timedelta(minutes=2), inbox=inbox, clock=lambda: NOON)
    assert done.marked == 3
    assert inbox.unread_count(BO) == 2


def test_without_an_instant_all_that_are_there_now_are_marked():
    inbox = FakeNotifications(a_notification("now"), a_notification("later", minutes=1))
    assert mark_all(BO, inbox=inbox, clock=lambda: NOON).marked == 1


def test_marking_all_leaves_others_alone_and_a_second_time_marks_none():
    inbox = FakeNotifications(a_notification(), a_notification("another's", recipient=CY))
    assert mark_all(BO, inbox=inbox, clock=lambda: NOON).marked == 1
    assert mark_all(BO, inbox=inbox, clock=lambda: NOON).marked == 0
    assert inbox.unread_count(CY) == 1
