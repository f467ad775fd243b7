"""Errors of this service."""

from countersign_common.errors import DomainError


class NoRealtimeForUserError(DomainError):
    """The user's id can't be part of a topic name or a policy."""

    code = "no-realtime-for-this-user"

    def __init__(self) -> None:
        super().__init__("Realtime notifications need a user id that is a UUID in lower case.")


class UnreadableNotificationError(DomainError):
    """A stored notification is damaged: an attribute is missing, or has another type or form than this version's."""

    code = "unreadable-record"

    def __init__(self, notification_id: str, reason: str) -> None:
        super().__init__(f"The stored notification {notification_id} can't be read: {reason}")


class GroupUnavailableError(Exception):
    """The members of a group can't be read now. A later attempt may succeed."""


class OutOfTimeError(Exception):
    """There is not enough time. The next delivery continues."""
