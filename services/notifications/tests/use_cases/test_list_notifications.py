"""Pages of somebody's notifications."""

import pytest
from countersign_common.cursors import Cursors
from countersign_common.problems import Problem

from notifications_service.use_cases.list_notifications import list_notifications

from ..builders import BO, CY, a_notification
from ..fakes import FakeNotifications


def five_for_bo() -> FakeNotifications:
    """Number 3 is read; Cy has one too."""
    mine = [a_notification(str(number), minutes=number, read=number == 3) for number in range(5)]
    return FakeNotifications(*mine, a_notification("another's", recipient=CY))


def minutes_of(page) -> list[int]:
    return [each.created_at.minute for each in page.items]


def test_the_newest_comes_first_and_nobody_elses_are_there():
    page = list_notifications(BO, status="all", limit=25, inbox=five_for_bo())
    assert minutes_of(page) == [4, 3, 2, 1, 0]
    assert page.cursor is None


@pytest.mark.parametrize(("status", "expected"), [("all", [4, 3, 2, 1, 0]), ("unread", [4, 2, 1, 0])])
def test_the_pages_together_are_the_list(status, expected):
    inbox, found, cursor = five_for_bo(), [], None
    while True:
        page = list_notifications(BO, status=status, limit=2, cursor=cursor, inbox=inbox)
        found += minutes_of(page)
        cursor = page.cursor
        if cursor is None:
            break
    assert found == expected


def test_the_unread_are_counted_over_the_whole_inbox_whatever_is_listed():
    assert list_notifications(BO, status="all", limit=1, inbox=five_for_bo()).unread_count == 4
    assert list_notifications(BO, status="unread", limit=1, inbox=five_for_bo()).unread_count == 4


def test_a_cursor_of_another_list_or_another_user_is_refused():
    inbox = five_for_bo()
    cursor = list_notifications(BO, status="all", limit=2, inbox=inbox).cursor
    for user, status in ((BO, "unread"), (CY, "all")):
        with pytest.raises(Problem) as refused:
            list_notifications(user, status=status, limit=2, cursor=cursor, inbox=inbox)
        assert (refused.value.status, refused.value.faults[0].pointer) == (400, "/cursor")


@pytest.mark.parametrize("position", [1, True, {"S": "x"}, [], "x", "#", f"{'9' * 23}Z#{'f' * 35}"])
def test_a_made_up_position_is_refused_before_the_store_sees_it(position):
    forged = Cursors("notifications", "all", BO).write(position)
    with pytest.raises(Problem) as refused:
        list_notifications(BO, status="all", limit=2, cursor=forged, inbox=five_for_bo())
    assert refused.value.status == 400
