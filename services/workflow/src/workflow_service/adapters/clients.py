"""AWS clients, each with an end to its patience: the API's function has ten seconds in all.

They are botocore's own, which boto3 wraps: that saves a container's start the import of what is not used here.
"""

from typing import Any

from botocore.config import Config
from botocore.session import Session


def aws_session() -> Session:
    """Where clients take region and credentials from: the function's environment."""
    return Session()


def dynamodb_client(session: Session) -> Any:
    """A DynamoDB client: 1 s to connect, 3 s to be answered, three attempts."""
    return _client(session, "dynamodb", read_timeout=3, attempts=3)


def sqs_client(session: Session) -> Any:
    """An SQS client: 1 s to connect, 2 s to be answered, two attempts; what it cannot send the relay will."""
    return _client(session, "sqs", read_timeout=2, attempts=2)


def _client(session: Session, service: str, *, read_timeout: float, attempts: int) -> Any:
    config = Config(
        connect_timeout=1,
        read_timeout=read_timeout,
        retries={"mode": "standard", "total_max_attempts": attempts},
        # A good part of a write's CPU time. What is sent has been through the schemas, and the service refuses
        # what is wrong with its shape all the same.
        parameter_validation=False,
    )
    return session.create_client(service, config=config)
