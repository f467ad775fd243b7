"""The ports, in memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from countersign_common.clock import to_rfc3339

from notifications_service.domain.notification import Notification
from notifications_service.domain.subscription import Subscription
from notifications_service.use_cases.ports import (
    Credentials,
    Failures,
    GroupUnavailable,
    Kept,
    NoSuchNotification,
    Slice,
)

from .builders import NOON


class FakeGroups:
    """Groups of a user pool; a group that is None cannot be read."""

    def __init__(self, **groups: Collection[str] | None) -> None:
        self._groups = groups
        self.asked: list[str] = []

    def members(self, group: str) -> Collection[str]:
        self.asked.append(group)
        found = self._groups.get(group, ())
        if found is None:
            raise GroupUnavailable(f"the members of group {group!r} could not be read")
        return found


class FakeNotifications:
    """A notifications table: `Outgoing` and `Inbox` in one, as in DynamoDB."""

    def __init__(self, *notifications: Notification) -> None:
        self.stored = {each.notification_id: each for each in notifications}
        self.broken: dict[str, str] = {}
        self.calls = 0

    def keep(self, notifications: Sequence[Notification]) -> Kept:
        self.calls += 1
        for each in notifications:
            if each.notification_id not in self.broken:
                self.stored.setdefault(each.notification_id, each)
        kept = [
            self.stored[each.notification_id] for each in notifications if each.notification_id in self.stored
        ]
        failed = {each.notification_id for each in notifications} & self.broken.keys()
        return Kept(kept, {each: self.broken[each] for each in failed})

    def newest(self, recipient: str, *, limit: int, after: str | None) -> Slice:
        return self._slice(self._of(recipient), limit, after)

    def newest_unread(self, recipient: str, *, limit: int, after: str | None) -> Slice:
        return self._slice([each for each in self._of(recipient) if not each.read], limit, after)

    def unread_count(self, recipient: str) -> int:
        return sum(not each.read for each in self._of(recipient))

    def mark(self, notification_id: str, *, recipient: str, read: bool) -> Notification:
        found = self.stored.get(notification_id)
        if found is None or found.recipient != recipient:
            raise NoSuchNotification
        self.stored[notification_id] = replace(found, read=read)
        return self.stored[notification_id]

    def mark_all(self, recipient: str, *, until: datetime) -> int:
        due = [each for each in self._of(recipient) if not each.read and each.created_at <= until]
        for each in due:
            self.mark(each.notification_id, recipient=recipient, read=True)
        return len(due)

    def _of(self, recipient: str) -> list[Notification]:
        return sorted(
            (each for each in self.stored.values() if each.recipient == recipient),
            key=_position,
            reverse=True,
        )

    def _slice(self, notifications: Sequence[Notification], limit: int, after: str | None) -> Slice:
        rest = [each for each in notifications if after is None or _position(each) < after]
        return Slice(rest[:limit], _position(rest[limit - 1]) if len(rest) > limit else None)


class FakeRealtime:
    """What was published, in order; publishing what is named as broken fails."""

    def __init__(self, **broken: str) -> None:
        self.broken = broken
        self.published: list[Notification] = []

    def publish(self, notifications: Sequence[Notification]) -> Failures:
        failed: Mapping[str, str] = {
            each.notification_id: self.broken[each.recipient]
            for each in notifications
            if each.recipient in self.broken
        }
        self.published += [each for each in notifications if each.notification_id not in failed]
        return failed


class FakeBroker:
    """Lends out credentials that name who they are for."""

    def credentials_for(self, subscription: Subscription) -> Credentials:
        return Credentials("ASIA", "a secret", f"for {subscription.user_id}", NOON + timedelta(hours=1))


def _position(notification: Notification) -> str:
    return f"{to_rfc3339(notification.created_at)}#{notification.notification_id}"
