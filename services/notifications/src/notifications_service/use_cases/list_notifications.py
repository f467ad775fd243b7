"""List a user's notifications."""

from dataclasses import dataclass
from typing import Literal

from countersign_common.pagination import Page

from notifications_service.domain.notification import Notification
from notifications_service.ports import NotificationRepository

Status = Literal["unread", "all"]


@dataclass(frozen=True)
class Inbox:
    """A page of a user's notifications.

    Attributes:
        page: Newest first.
        unread_count: Of all of the user's notifications, at most 1,000.
    """

    page: Page[Notification, str]
    unread_count: int


@dataclass(frozen=True)
class ListNotifications:
    """List a user's notifications, newest first, with the number of unread ones."""

    notifications: NotificationRepository

    def __call__(self, user_id: str, *, status: Status, limit: int, after: str | None) -> Inbox:
        get_page = self.notifications.newest_unread if status == "unread" else self.notifications.newest
        return Inbox(get_page(user_id, limit=limit, after=after), self.notifications.count_unread(user_id))
