"""Realtime sessions: a user's topic, and what the user may connect and subscribe as."""

from dataclasses import dataclass, field
from datetime import datetime

from countersign_common.ids import is_id

from notifications_service.domain.errors import NoRealtimeForUserError


@dataclass(frozen=True)
class Subscription:
    """A user's topic.

    The id goes into topic names and policies, where `*`, `+`, `#` and `/` would widen them.

    Attributes:
        user_id: A Cognito `sub`.

    Raises:
        NoRealtimeForUserError: The id is not a UUID.
    """

    user_id: str

    def __post_init__(self) -> None:
        if not is_id(self.user_id):
            raise NoRealtimeForUserError

    @property
    def topic(self) -> str:
        """The MQTT topic of the user's notifications."""
        return f"notifications-{self.user_id}"

    @property
    def client_id_prefix(self) -> str:
        """What each MQTT client id of the user starts with."""
        return f"{self.user_id}-"


@dataclass(frozen=True)
class RealtimeEndpoint:
    """Where subscribers connect.

    Attributes:
        host: Host, or host:port.
        region: AWS region that connections are signed for.
    """

    host: str
    region: str


@dataclass(frozen=True)
class Credentials:
    """Temporary AWS credentials. Their secrets are not in the repr, which may get into a log."""

    access_key_id: str
    secret_access_key: str = field(repr=False)
    session_token: str = field(repr=False)
    expiration: datetime


@dataclass(frozen=True)
class Session:
    """What a client needs to subscribe to a user's notifications.

    Attributes:
        endpoint: Host, or host:port.
        region: AWS region that the connection is signed for.
        topic: The one topic that the credentials allow.
        client_id_prefix: What the client id must start with.
        credentials: For signing the connection.
    """

    endpoint: str
    region: str
    topic: str
    client_id_prefix: str
    credentials: Credentials
