"""boto3 clients with timeouts and retries that fit a Lambda function."""

import os
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from botocore.credentials import Credentials
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_iot_data import IoTDataPlaneClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sts import STSClient

CONNECT_TIMEOUT_SECONDS = 1


@cache
def session() -> boto3.Session:
    """Return the container's session: region and credentials come from the function's environment."""
    return boto3.Session()


def credentials() -> "Credentials":
    """Return the session's credentials, which refresh themselves when they expire.

    Raises:
        RuntimeError: There are no credentials.
    """
    found = session().get_credentials()
    if found is None:
        raise RuntimeError("No AWS credentials were found.")
    return found


def dynamodb_client(*, read_timeout: float = 3, attempts: int = 3, connections: int = 10) -> "DynamoDBClient":
    """Return a DynamoDB client."""
    client: DynamoDBClient = session().client(
        "dynamodb", config=_config(read_timeout, attempts, connections, validate=False)
    )
    return client


def sqs_client(*, read_timeout: float = 2, attempts: int = 2) -> "SQSClient":
    """Return an SQS client."""
    client: SQSClient = session().client("sqs", config=_config(read_timeout, attempts, validate=False))
    return client


def cognito_client(*, read_timeout: float = 3, attempts: int = 2) -> "CognitoIdentityProviderClient":
    """Return a client for Cognito user pools."""
    client: CognitoIdentityProviderClient = session().client(
        "cognito-idp", config=_config(read_timeout, attempts)
    )
    return client


def iot_data_client(
    endpoint_url: str | None, *, read_timeout: float = 2, attempts: int = 2, connections: int = 10
) -> "IoTDataPlaneClient":
    """Return a client that publishes to AWS IoT Core.

    Args:
        endpoint_url: The data endpoint of the account; None for the endpoint that the SDK resolves.
    """
    client: IoTDataPlaneClient = session().client(
        "iot-data", endpoint_url=endpoint_url, config=_config(read_timeout, attempts, connections)
    )
    return client


def kms_client(*, read_timeout: float = 3, attempts: int = 3) -> "KMSClient":
    """Return a KMS client."""
    client: KMSClient = session().client("kms", config=_config(read_timeout, attempts))
    return client


def s3_client(*, read_timeout: float = 5, attempts: int = 3, connections: int = 10) -> "S3Client":
    """Return an S3 client."""
    config = _config(read_timeout, attempts, connections)
    if os.environ.get("AWS_ENDPOINT_URL"):
        # An emulator's host has no subdomain for each bucket.
        config = config.merge(Config(s3={"addressing_style": "path"}))
    client: S3Client = session().client("s3", config=config)
    return client


def sts_client(*, read_timeout: float = 3, attempts: int = 2) -> "STSClient":
    """Return an STS client for the function's own region."""
    client: STSClient = session().client("sts", config=_config(read_timeout, attempts))
    return client


def _config(read_timeout: float, attempts: int, connections: int = 10, *, validate: bool = True) -> Any:
    return Config(
        connect_timeout=CONNECT_TIMEOUT_SECONDS,
        read_timeout=read_timeout,
        # The standard mode also retries throttled calls (ThrottlingException and similar), with backoff and jitter.
        retries={"mode": "standard", "total_max_attempts": attempts},
        max_pool_connections=connections,
        # Validation takes a large part of the CPU time of a write. mypy checks the parameters, and the service rejects
        # invalid ones anyway.
        parameter_validation=validate,
    )
