"""Let somebody's browser listen to their notifications."""

from dataclasses import dataclass

from notifications_service.domain.subscription import Subscription
from notifications_service.use_cases.ports import Broker, Credentials


@dataclass(frozen=True)
class Gateway:
    """Where subscribers connect.

    Attributes:
        endpoint: host, or host:port.
        region: that requests to it are signed for.
    """

    endpoint: str
    region: str


@dataclass(frozen=True)
class Session:
    """What a browser needs to listen.

    Attributes:
        endpoint, region: where to connect.
        topic: the one topic it may subscribe to.
        client_id_prefix: what its client id must begin with.
        credentials: to sign the connection with.
    """

    endpoint: str
    region: str
    topic: str
    client_id_prefix: str
    credentials: Credentials


def open_session(user_id: str, *, broker: Broker, gateway: Gateway) -> Session:
    """A session for one user: connect as that user, listen to that user's topic, nothing else.

    Raises:
        NotAUserId: no topic can be named for the user.
    """
    subscription = Subscription(user_id)
    return Session(
        endpoint=gateway.endpoint,
        region=gateway.region,
        topic=subscription.topic,
        client_id_prefix=subscription.client_id_prefix,
        credentials=broker.credentials_for(subscription),
    )
