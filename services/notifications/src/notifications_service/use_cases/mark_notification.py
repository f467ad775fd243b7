"""Mark one notification."""

from dataclasses import dataclass

from notifications_service.domain.notification import Notification
from notifications_service.ports import NotificationRepository


@dataclass(frozen=True)
class MarkNotification:
    """Mark a user's notification as read or unread."""

    notifications: NotificationRepository

    def __call__(self, user_id: str, notification_id: str, *, read: bool) -> Notification:
        return self.notifications.mark(notification_id, recipient=user_id, read=read)
