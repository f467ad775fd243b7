"""AWS errors that mean "try again later" as a domain error."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from countersign_common.errors import StoreUnavailableError

UNAVAILABLE_CODES = frozenset(
    {
        "InternalServerError",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "ThrottlingException",
        "TransactionInProgressException",
    }
)
"""Error codes of DynamoDB that are left after the SDK's retries and may go away (DynamoDB, "Error handling")."""


@contextmanager
def store_errors() -> Iterator[None]:
    """Raise StoreUnavailableError for a store that is busy or does not respond; other errors pass unchanged."""
    try:
        yield
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") not in UNAVAILABLE_CODES:
            raise
        raise StoreUnavailableError("The database is busy. Send the request again later.") from error
    except BotoCoreError as error:
        raise StoreUnavailableError(
            f"The database does not respond ({type(error).__name__}). Send the request again later."
        ) from error
