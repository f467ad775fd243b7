import pytest

from notifications_service.use_cases.list_notifications import ListNotifications

from ..builders import BO, CY, a_notification
from ..fakes import FakeNotifications


@pytest.fixture
def list_notifications() -> ListNotifications:
    """Bo has five notifications, the fourth is read. Cy has one."""
    mine = [a_notification(str(number), minutes=number, read=number == 3) for number in range(5)]
    return ListNotifications(FakeNotifications(*mine, a_notification("of Cy", recipient=CY)))


@pytest.mark.parametrize(("status", "expected"), [("all", [4, 3, 2, 1, 0]), ("unread", [4, 2, 1, 0])])
@pytest.mark.parametrize("limit", [1, 2, 25])
def test_the_pages_contain_the_callers_notifications_newest_first(
    list_notifications, status, expected, limit
):
    found, after = [], None
    while True:
        page = list_notifications(BO, status=status, limit=limit, after=after).page
        assert len(page.items) <= limit
        found += [each.created_at.minute for each in page.items]
        after = page.next_position
        if after is None:
            break
    assert found == expected


@pytest.mark.parametrize("status", ["all", "unread"])
def test_unread_notifications_of_all_pages_are_counted(list_notifications, status):
    assert list_notifications(BO, status=status, limit=1, after=None).unread_count == 4
