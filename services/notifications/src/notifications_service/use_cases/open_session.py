"""Open a realtime session."""

from dataclasses import dataclass

from notifications_service.domain.subscription import RealtimeEndpoint, Session, Subscription
from notifications_service.ports import CredentialIssuer


@dataclass(frozen=True)
class OpenSession:
    """Give a user's client the endpoint, the topic and the credentials to receive the user's notifications."""

    issuer: CredentialIssuer
    endpoint: RealtimeEndpoint

    def __call__(self, user_id: str) -> Session:
        """
        Raises:
            NoRealtimeForUserError: The user id can't have a topic.
        """
        subscription = Subscription(user_id)
        return Session(
            endpoint=self.endpoint.host,
            region=self.endpoint.region,
            topic=subscription.topic,
            client_id_prefix=subscription.client_id_prefix,
            credentials=self.issuer.issue(subscription),
        )
