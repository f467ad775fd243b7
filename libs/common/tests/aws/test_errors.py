"""Which AWS errors mean that the store is unavailable."""

import pytest
from botocore.exceptions import (
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    ParamValidationError,
    ReadTimeoutError,
)
from countersign_common.aws.errors import is_condition_failed, store_errors
from countersign_common.errors import StoreUnavailableError

from .aws_errors import client_error, error_id


def fail(error: Exception) -> None:
    with store_errors():
        raise error


@pytest.mark.parametrize(
    "error",
    [
        client_error("ThrottlingException"),
        client_error("ProvisionedThroughputExceededException"),
        client_error("RequestLimitExceeded"),
        client_error("TransactionInProgressException"),
        client_error("TransactionConflictException"),
        client_error("502", 502),
        client_error("InternalFailure", 500),
        client_error("InternalServerError", 500),
        client_error("ServiceUnavailable", 503),
        ReadTimeoutError(endpoint_url="http://x"),
        ConnectTimeoutError(endpoint_url="http://x"),
        EndpointConnectionError(endpoint_url="http://x"),
        ConnectionClosedError(endpoint_url="http://x"),
    ],
    ids=error_id,
)
def test_busy_or_unreachable_store_is_unavailable(error):
    with pytest.raises(StoreUnavailableError, match="later") as raised:
        fail(error)
    assert raised.value.__cause__ is error


@pytest.mark.parametrize(
    "error",
    [
        client_error("ValidationException"),
        client_error("AccessDeniedException"),
        client_error("ResourceNotFoundException"),
        client_error("ConditionalCheckFailedException"),
        client_error("TransactionCanceledException"),
        NoCredentialsError(),
        ParamValidationError(report="x"),
        RuntimeError("x"),
    ],
    ids=error_id,
)
def test_other_errors_pass_unchanged(error):
    with pytest.raises(type(error)) as raised:
        fail(error)
    assert raised.value is error


def test_success_passes():
    with store_errors():
        pass


@pytest.mark.parametrize(
    ("code", "expected"), [("ConditionalCheckFailedException", True), ("ValidationException", False)]
)
def test_only_a_failed_condition_is_one(code, expected):
    assert is_condition_failed(client_error(code)) is expected
