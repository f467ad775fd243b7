"""AWS errors that mean "try again later", as a domain error."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as EndpointError

from countersign_common.errors import StoreUnavailableError

UNAVAILABLE_CODES = frozenset(
    {
        "InternalServerError",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "ThrottlingException",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)
"""Error codes of DynamoDB that may go away by themselves. They are left after the SDK's retries.

See "Error handling with DynamoDB" in the DynamoDB Developer Guide.
"""


@contextmanager
def store_errors() -> Iterator[None]:
    """Raise StoreUnavailableError for a store that is busy or does not respond. Other errors pass unchanged."""
    try:
        yield
    except ClientError as error:
        if not _is_unavailable(error):
            raise
        raise busy() from error
    except (EndpointError, HTTPClientError) as error:
        raise StoreUnavailableError(
            f"The database does not respond ({type(error).__name__}). Send the request again later."
        ) from error


def is_condition_failed(error: ClientError) -> bool:
    """Return whether a conditional write was rejected because its condition doesn't hold."""
    return error.response.get("Error", {}).get("Code") == "ConditionalCheckFailedException"


def busy() -> StoreUnavailableError:
    """Return the error for a store that is busy."""
    return StoreUnavailableError("The database is busy. Send the request again later.")


def _is_unavailable(error: ClientError) -> bool:
    if error.response.get("Error", {}).get("Code") in UNAVAILABLE_CODES:
        return True
    # A gateway or proxy before the service responds with a status only.
    return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 400) >= 500
