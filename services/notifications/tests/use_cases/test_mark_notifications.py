from datetime import timedelta

import pytest
from countersign_common.errors import NotFoundError

from notifications_service.use_cases.mark_all_notifications import MarkAllNotifications
from notifications_service.use_cases.mark_notification import MarkNotification

from ..builders import BO, CY, NOON, WORKFLOW, a_notification, an_id
from ..fakes import FakeNotifications


def mark_all_on(notifications: FakeNotifications) -> MarkAllNotifications:
    return MarkAllNotifications(notifications, lambda: NOON)


def test_a_notification_is_marked_as_read_and_as_unread():
    mine = a_notification()
    mark = MarkNotification(FakeNotifications(mine))
    assert [mark(BO, mine.notification_id, read=read).read for read in (True, True, False)] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("notification_id", [an_id("a notification"), an_id("none")])
def test_another_users_notification_is_not_found_like_one_that_does_not_exist(notification_id):
    notifications = FakeNotifications(a_notification(recipient=CY))
    with pytest.raises(NotFoundError):
        MarkNotification(notifications)(BO, notification_id, read=True)
    assert notifications.count_unread(CY) == 1


def test_marking_all_includes_the_given_time_and_nothing_later():
    notifications = FakeNotifications(*(a_notification(str(n), minutes=n) for n in range(5)))
    assert mark_all_on(notifications)(BO, before=NOON + timedelta(minutes=2)) == 3
    assert notifications.count_unread(BO) == 2


def test_without_a_time_marking_all_stops_at_the_current_time():
    notifications = FakeNotifications(a_notification("now"), a_notification("later", minutes=1))
    assert mark_all_on(notifications)(BO) == 1


def test_marking_all_leaves_other_users_alone_and_marks_nothing_twice():
    notifications = FakeNotifications(a_notification(), a_notification("of Cy", recipient=CY))
    mark_all = mark_all_on(notifications)
    assert (mark_all(BO), mark_all(BO)) == (1, 0)
    assert notifications.count_unread(CY) == 1


def test_marking_the_notifications_of_a_workflow_leaves_those_of_others_unread():
    other = an_id("another workflow")
    notifications = FakeNotifications(
        a_notification("one"), a_notification("later", minutes=1), a_notification("other", workflow_id=other)
    )
    assert mark_all_on(notifications)(BO, workflow_id=WORKFLOW) == 1
    assert mark_all_on(notifications)(BO, before=NOON + timedelta(minutes=1), workflow_id=WORKFLOW) == 1
    assert [each.workflow_id for each in notifications.stored.values() if not each.read] == [other]
