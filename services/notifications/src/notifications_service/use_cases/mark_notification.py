"""Mark one notification as read or unread."""

from notifications_service.domain.notification import Notification
from notifications_service.use_cases.ports import Inbox


def mark_notification(user_id: str, notification_id: str, *, read: bool, inbox: Inbox) -> Notification:
    """The caller's notification, marked; doing it twice is doing it once.

    Raises:
        NoSuchNotification: there is none, or it is another's.
    """
    return inbox.mark(notification_id, recipient=user_id, read=read)
