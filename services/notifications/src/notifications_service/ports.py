"""What the use cases need of the world. One implementation of each in adapters, one fake in tests."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from notifications_service.domain.notification import Notification
from notifications_service.domain.subscription import Subscription

Failures = Mapping[str, str]
"""Ids of what failed, each with the reason."""


class GroupUnavailable(Exception):
    """The members of a group could not be read now; later may do."""


class NoSuchNotification(Exception):
    """There is none under that id, or it is somebody else's; nobody can tell which."""

    rule = "not-found"

    def __init__(self) -> None:
        super().__init__("There is no such notification.")


class Groups(Protocol):
    """Who is in which group."""

    def members(self, group: str) -> Collection[str]:
        """The userIds of the group's enabled members; none of a group that does not exist.

        Reading stops once there are more members than one event may tell.

        Raises:
            GroupUnavailable: they could not be read.
        """
        ...


@dataclass(frozen=True)
class Kept:
    """What became of notifications that were to be kept.

    Attributes:
        notifications: those that are stored, as they are stored: one that was there already may have been read.
        failures: by notificationId, those that are not.
    """

    notifications: Sequence[Notification]
    failures: Failures


class Outgoing(Protocol):
    """Where notifications are kept, as their sender sees it."""

    def keep(self, notifications: Sequence[Notification]) -> Kept:
        """Store each once. One that is there already stays as it is.

        Args:
            notifications: each notificationId once.
        """
        ...


@dataclass(frozen=True)
class Slice:
    """A part of a list.

    Attributes:
        notifications: newest first.
        next_position: where the next part starts; None at the end.
    """

    notifications: Sequence[Notification]
    next_position: str | None


class Inbox(Protocol):
    """Where notifications are kept, as their recipients see it. A position is `<createdAt>#<notificationId>`."""

    def newest(self, recipient: str, *, limit: int, after: str | None) -> Slice:
        """The recipient's notifications that come after a position, newest first."""
        ...

    def newest_unread(self, recipient: str, *, limit: int, after: str | None) -> Slice:
        """Those of them that are unread. May be fewer than `limit` before the end."""
        ...

    def unread_count(self, recipient: str) -> int:
        """How many are unread, counted up to 1,000."""
        ...

    def mark(self, notification_id: str, *, recipient: str, read: bool) -> Notification:
        """Mark the recipient's notification as read or unread; marked so already, it stays so.

        Raises:
            NoSuchNotification: there is none, or it is another's.
        """
        ...

    def mark_all(self, recipient: str, *, until: datetime) -> int:
        """Mark as read what is unread and was made no later than an instant; newest first, up to 500 in one call.

        Returns:
            How many were marked.
        """
        ...


class Realtime(Protocol):
    """What carries notifications to those who are watching."""

    def publish(self, notifications: Sequence[Notification]) -> Failures:
        """Publish each to its recipient's topic, in about this order; answers which were not, by notificationId."""
        ...


@dataclass(frozen=True)
class Credentials:
    """AWS credentials that end by themselves.

    Attributes:
        access_key_id, secret_access_key, session_token: as STS gives them; the last two are in no repr.
        expiration: when they end, UTC.
    """

    access_key_id: str
    secret_access_key: str = field(repr=False)
    session_token: str = field(repr=False)
    expiration: datetime


class Broker(Protocol):
    """Who lends out the subscriber role."""

    def credentials_for(self, subscription: Subscription) -> Credentials:
        """Credentials that can connect as this user, listen to this user's topic, and nothing else."""
        ...
