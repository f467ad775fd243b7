"""The AWS session and clients, with the time-outs that a function of ten seconds can afford."""

from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_CONFIG = Config(
    connect_timeout=1,
    read_timeout=2,
    # Two tries of three seconds, after a search of three, stay under the ten of the API; a queue tries again anyway.
    retries={"mode": "standard", "total_max_attempts": 2},
)


def aws_session(region: str) -> boto3.Session:
    """The session that clients and signatures take their credentials from."""
    return boto3.Session(region_name=region)


def dynamodb_client(session: boto3.Session) -> "DynamoDBClient":
    """A DynamoDB client; where it connects to is the SDK's own resolution (AWS_ENDPOINT_URL)."""
    return session.client("dynamodb", config=_CONFIG)
