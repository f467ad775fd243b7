"""The AWS clients: how long each waits, and how often it tries again.

They are botocore's own, which boto3 wraps: that saves a container's start the import of what is not used here.
"""

from typing import TYPE_CHECKING, Any, cast

import botocore.session
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp.client import CognitoIdentityProviderClient
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_iot_data.client import IoTDataPlaneClient
    from mypy_boto3_sts.client import STSClient

SIDE_BY_SIDE = 16
"""Calls of one client under way at one time: a connection for each."""


def dynamodb(session: botocore.session.Session) -> "DynamoDBClient":
    """DynamoDB: answers in milliseconds, so one that hangs is asked again soon."""
    return cast("DynamoDBClient", _client(session, "dynamodb", read_timeout=2, attempts=3))


def cognito(session: botocore.session.Session) -> "CognitoIdentityProviderClient":
    """Cognito user pools."""
    return cast("CognitoIdentityProviderClient", _client(session, "cognito-idp", read_timeout=3, attempts=2))


def iot_data(session: botocore.session.Session, endpoint: str) -> "IoTDataPlaneClient":
    """AWS IoT Core, to publish; short, since a message that fails comes back anyway.

    Args:
        endpoint: the account's own, with `https://`; empty for what the SDK resolves.
    """
    client = _client(session, "iot-data", read_timeout=2, attempts=2, endpoint_url=endpoint or None)
    return cast("IoTDataPlaneClient", client)


def sts(session: botocore.session.Session) -> "STSClient":
    """STS of the function's own region."""
    return cast("STSClient", _client(session, "sts", read_timeout=3, attempts=2))


def _client(
    session: botocore.session.Session,
    service: str,
    *,
    read_timeout: float,
    attempts: int,
    endpoint_url: str | None = None,
) -> Any:
    config = Config(
        connect_timeout=1,
        read_timeout=read_timeout,
        retries={"mode": "standard", "total_max_attempts": attempts},
        max_pool_connections=SIDE_BY_SIDE,
    )
    return session.create_client(service, endpoint_url=endpoint_url, config=config)
