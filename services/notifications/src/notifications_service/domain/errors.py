"""Errors of this service."""

from countersign_common.errors import DomainError


class NoRealtimeForUserError(DomainError):
    """The user's id can't be part of a topic name or a policy."""

    code = "no-realtime-for-this-user"

    def __init__(self) -> None:
        super().__init__("Realtime notifications need a user id that is a UUID in lower case.")


class GroupUnavailableError(Exception):
    """The members of a group can't be read now. A later attempt may succeed."""


class TooManyRecipientsError(Exception):
    """An event has more recipients than one event may have."""
