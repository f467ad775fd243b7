"""The AWS session and clients, with the time-outs that a function of ten seconds can afford.

They come from botocore, which boto3 is a shell around: boto3's own import adds S3 transfers and resources, a fifth of
a cold start, to functions that use neither.
"""

from typing import TYPE_CHECKING, cast

from botocore.config import Config
from botocore.credentials import Credentials
from botocore.session import Session

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_CONFIG = Config(
    connect_timeout=1,
    read_timeout=2,
    # Two tries of three seconds, after a search of three, stay under the ten of the API; a queue tries again anyway.
    retries={"mode": "standard", "total_max_attempts": 2},
    # Half of a write's CPU time. What is sent has been through the schemas, its shape through mypy, and the service
    # refuses what is wrong with it all the same.
    parameter_validation=False,
)


def aws_session(region: str) -> Session:
    """The session that clients and signatures take their region and credentials from."""
    session = Session()
    session.set_config_variable("region", region)
    return session


def dynamodb_client(session: Session) -> "DynamoDBClient":
    """A DynamoDB client; where it connects to is the SDK's own resolution (AWS_ENDPOINT_URL)."""
    return cast("DynamoDBClient", session.create_client("dynamodb", config=_CONFIG))


def credentials_of(session: Session) -> Credentials:
    """The session's credentials, which refresh themselves where they expire.

    Raises:
        RuntimeError: there are none.
    """
    found = session.get_credentials()
    if found is None:
        raise RuntimeError("no AWS credentials were found")
    return found
