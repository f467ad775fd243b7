"""The subscriber role, lent to one user at a time by STS AssumeRole with a session policy."""

import json
from typing import TYPE_CHECKING

from notifications_service.domain.subscription import Subscription
from notifications_service.use_cases.ports import Credentials

if TYPE_CHECKING:
    from mypy_boto3_sts.client import STSClient

DURATION_SECONDS = 3600
"""How long the credentials last: the longest that a role assumed by another role may be lent (STS, role chaining)."""


class StsBroker:
    """`Broker` on the subscriber role."""

    def __init__(self, client: "STSClient", role_arn: str, iot_arn_prefix: str) -> None:
        """
        Args:
            client: botocore's STS client.
            role_arn: of the subscriber role.
            iot_arn_prefix: `arn:aws:iot:<region>:<account>`, which topics and clients are named under.
        """
        self._client = client
        self._role_arn = role_arn
        self._iot_arn_prefix = iot_arn_prefix

    def credentials_for(self, subscription: Subscription) -> Credentials:
        """See `Broker.credentials_for`. One call."""
        answer = self._client.assume_role(
            RoleArn=self._role_arn,
            RoleSessionName=subscription.user_id,
            DurationSeconds=DURATION_SECONDS,
            Policy=self._policy(subscription),
        )["Credentials"]
        return Credentials(
            access_key_id=answer["AccessKeyId"],
            secret_access_key=answer["SecretAccessKey"],
            session_token=answer["SessionToken"],
            expiration=answer["Expiration"],
        )

    def _policy(self, subscription: Subscription) -> str:
        """What is left of the role: connect as this user, subscribe to and receive from this user's topic."""
        allowed = {
            "iot:Connect": f"client/{subscription.client_id_prefix}*",
            "iot:Subscribe": f"topicfilter/{subscription.topic}",
            "iot:Receive": f"topic/{subscription.topic}",
        }
        statements = [
            {"Effect": "Allow", "Action": action, "Resource": f"{self._iot_arn_prefix}:{resource}"}
            for action, resource in allowed.items()
        ]
        return json.dumps({"Version": "2012-10-17", "Statement": statements}, separators=(",", ":"))
