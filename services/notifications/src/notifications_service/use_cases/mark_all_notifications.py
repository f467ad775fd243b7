"""Mark all notifications of a user."""

from dataclasses import dataclass
from datetime import datetime

from countersign_common.clock import Clock

from notifications_service.ports import NotificationRepository


@dataclass(frozen=True)
class MarkAllNotifications:
    """Mark a user's unread notifications as read, at most 500 per call."""

    notifications: NotificationRepository
    clock: Clock

    def __call__(
        self, user_id: str, *, before: datetime | None = None, workflow_id: str | None = None
    ) -> int:
        """Mark what was created at `before` or earlier (None for now): what arrives meanwhile stays unread.

        Args:
            user_id: The recipient.
            before: In UTC.
            workflow_id: Only the notifications of this workflow; None for those of all.

        Returns:
            How many were marked.
        """
        return self.notifications.mark_all(user_id, until=before or self.clock(), workflow_id=workflow_id)
