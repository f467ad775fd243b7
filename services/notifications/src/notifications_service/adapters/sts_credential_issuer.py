"""Subscribers' credentials: STS AssumeRole with a session policy for one user."""

import json
from typing import TYPE_CHECKING

from notifications_service.domain.subscription import Credentials, Subscription

if TYPE_CHECKING:
    from mypy_boto3_sts import STSClient

DURATION_SECONDS = 3600
"""Lifetime of the credentials: the longest for a role that another role assumes (STS, "role chaining")."""


class StsCredentialIssuer:
    """`CredentialIssuer` on the subscriber role."""

    def __init__(self, client: "STSClient", role_arn: str, iot_arn_prefix: str) -> None:
        """
        Args:
            client: An STS client.
            role_arn: ARN of the subscriber role.
            iot_arn_prefix: `arn:aws:iot:<region>:<account>`, which the ARNs of topics and clients start with.
        """
        self._client = client
        self._role_arn = role_arn
        self._iot_arn_prefix = iot_arn_prefix

    def issue(self, subscription: Subscription) -> Credentials:
        """One AssumeRole."""
        issued = self._client.assume_role(
            RoleArn=self._role_arn,
            RoleSessionName=subscription.user_id,
            DurationSeconds=DURATION_SECONDS,
            Policy=self._policy(subscription),
        )["Credentials"]
        return Credentials(
            access_key_id=issued["AccessKeyId"],
            secret_access_key=issued["SecretAccessKey"],
            session_token=issued["SessionToken"],
            expiration=issued["Expiration"],
        )

    def _policy(self, subscription: Subscription) -> str:
        """Return the session policy: connect as this user, subscribe to and receive from this user's topic."""
        resources = {
            "iot:Connect": f"client/{subscription.client_id_prefix}*",
            "iot:Subscribe": f"topicfilter/{subscription.topic}",
            "iot:Receive": f"topic/{subscription.topic}",
        }
        statements = [
            {"Effect": "Allow", "Action": action, "Resource": f"{self._iot_arn_prefix}:{resource}"}
            for action, resource in resources.items()
        ]
        return json.dumps({"Version": "2012-10-17", "Statement": statements}, separators=(",", ":"))
