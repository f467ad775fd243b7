"""Where a user's notifications are published, and what that user may connect and listen as."""

import re
from dataclasses import dataclass

# A Cognito `sub`. The id goes into topics and policies, where `*`, `+`, `#` and `/` would widen them.
_USER_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")


class NotAUserId(Exception):
    """An id that is no Cognito `sub`, so no topic can be named for it."""

    rule = "no-realtime-for-this-user"

    def __init__(self) -> None:
        super().__init__("Realtime is for users whose id is a UUID in lower case.")


@dataclass(frozen=True)
class Subscription:
    """One user's place in realtime.

    Attributes:
        user_id: a Cognito `sub`.

    Raises:
        NotAUserId: it is none.
    """

    user_id: str

    def __post_init__(self) -> None:
        if not _USER_ID.match(self.user_id):
            raise NotAUserId

    @property
    def topic(self) -> str:
        """The MQTT topic of the user's notifications."""
        return f"notifications-{self.user_id}"

    @property
    def client_id_prefix(self) -> str:
        """What each of the user's MQTT client ids begins with."""
        return f"{self.user_id}-"
