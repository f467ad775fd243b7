"""Which canceled transactions are conflicts with other writers."""

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from countersign_common.aws.transactions import (
    cancellation_reasons,
    conflicts,
    is_busy,
    is_canceled,
    is_conflict,
)
from countersign_common.errors import StoreUnavailableError

from .aws_errors import canceled_transaction, client_error, error_id


class VersionConflictError(Exception):
    pass


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (canceled_transaction("ConditionalCheckFailed"), True),
        (canceled_transaction("None", "ConditionalCheckFailed", "None"), True),
        (canceled_transaction(None, "ConditionalCheckFailed"), True),
        (canceled_transaction("TransactionConflict"), True),
        (canceled_transaction("TransactionConflict", "ConditionalCheckFailed"), True),
        (canceled_transaction("None", "None"), False),
        (canceled_transaction(), False),
        (canceled_transaction("ValidationError"), False),
        (canceled_transaction("ConditionalCheckFailed", "ValidationError"), False),
        (canceled_transaction("ItemCollectionSizeLimitExceeded"), False),
        (canceled_transaction("ThrottlingError"), False),
        (canceled_transaction("ConditionalCheckFailed", "ThrottlingError"), False),
        (client_error("TransactionCanceledException"), False),
        (client_error("ConditionalCheckFailedException"), False),
        (client_error("ValidationException"), False),
    ],
    ids=error_id,
)
def test_conflict_is_a_cancellation_by_other_writers_only(error, expected):
    assert is_conflict(error) is expected


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (canceled_transaction("ThrottlingError"), True),
        (canceled_transaction("None", "ProvisionedThroughputExceeded"), True),
        (canceled_transaction("ConditionalCheckFailed", "ThrottlingError", "TransactionConflict"), True),
        (
            canceled_transaction(
                "ConditionalCheckFailed",
                "TransactionConflict",
                "ProvisionedThroughputExceeded",
                "ThrottlingError",
            ),
            True,
        ),
        (canceled_transaction("ThrottlingError", "ValidationError"), False),
        (canceled_transaction("ConditionalCheckFailed"), False),
        (canceled_transaction(), False),
        (client_error("ThrottlingException"), False),
    ],
    ids=error_id,
)
def test_transaction_canceled_by_throttling_is_busy(error, expected):
    assert is_busy(error) is expected


def test_canceled_transaction_has_one_reason_per_item():
    error = canceled_transaction("None", "ConditionalCheckFailed")
    assert is_canceled(error)
    assert [reason["Code"] for reason in cancellation_reasons(error)] == ["None", "ConditionalCheckFailed"]
    assert not is_canceled(client_error("ValidationException"))
    assert cancellation_reasons(client_error("ValidationException")) == []


def commit(error: Exception) -> None:
    with conflicts(VersionConflictError):
        raise error


def test_conflict_is_raised_as_the_error_of_the_caller():
    error = canceled_transaction("ConditionalCheckFailed")
    with pytest.raises(VersionConflictError) as raised:
        commit(error)
    assert raised.value.__cause__ is error


@pytest.mark.parametrize(
    "error",
    [
        client_error("ThrottlingException"),
        canceled_transaction("ThrottlingError"),
        canceled_transaction("ConditionalCheckFailed", "ProvisionedThroughputExceeded"),
        ReadTimeoutError(endpoint_url="http://x"),
    ],
    ids=error_id,
)
def test_busy_store_is_unavailable(error):
    with pytest.raises(StoreUnavailableError):
        commit(error)


@pytest.mark.parametrize(
    "error", [canceled_transaction("ValidationError"), client_error("ValidationException")]
)
def test_other_errors_pass_unchanged(error):
    with pytest.raises(ClientError) as raised:
        commit(error)
    assert raised.value is error
