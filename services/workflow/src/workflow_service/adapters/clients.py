"""AWS clients, each with an end to its patience: the API's function has ten seconds in all."""

from typing import Any

import boto3
from botocore.config import Config


def dynamodb_client() -> Any:
    """A DynamoDB client: 1 s to connect, 3 s to be answered, three attempts."""
    retries: Any = {"mode": "standard", "total_max_attempts": 3}
    return boto3.client("dynamodb", config=Config(connect_timeout=1, read_timeout=3, retries=retries))


def sqs_client() -> Any:
    """An SQS client: 1 s to connect, 2 s to be answered, two attempts; what it cannot send the relay will."""
    retries: Any = {"mode": "standard", "total_max_attempts": 2}
    return boto3.client("sqs", config=Config(connect_timeout=1, read_timeout=2, retries=retries))
