"""DynamoDB transactions: which cancellations are conflicts with other writers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import ClientError

from countersign_common.aws.errors import busy, store_errors

# Codes of cancellation reasons, one per item ("None" for an item that did not cause the cancellation). See
# TransactionCanceledException in the DynamoDB API Reference.
_CONFLICT_CODES = frozenset({"ConditionalCheckFailed", "TransactionConflict"})
_BUSY_CODES = frozenset({"ProvisionedThroughputExceeded", "ThrottlingError"})


def is_canceled(error: ClientError) -> bool:
    """Return whether the error is a canceled transaction."""
    return error.response.get("Error", {}).get("Code") == "TransactionCanceledException"


def cancellation_reasons(error: ClientError) -> list[dict[str, Any]]:
    """Return the reasons of a canceled transaction, one per item; empty for another error."""
    reasons: list[dict[str, Any]] = error.response.get("CancellationReasons", [])  # type: ignore[assignment]
    return reasons


def is_conflict(error: ClientError) -> bool:
    """Return whether a transaction was canceled only because of what another writer has written."""
    codes = _codes(error)
    return bool(codes) and codes <= _CONFLICT_CODES


def is_busy(error: ClientError) -> bool:
    """Return whether a transaction was canceled because of throttling, and at most conflicts in addition."""
    codes = _codes(error)
    return not codes.isdisjoint(_BUSY_CODES) and codes <= _CONFLICT_CODES | _BUSY_CODES


@contextmanager
def conflicts(conflict_error: Callable[[], Exception]) -> Iterator[None]:
    """Raise `conflict_error()` for a transaction that conflicts with another writer's.

    Raises:
        StoreUnavailableError: DynamoDB is busy or does not respond.
        ClientError: Any other error.
    """
    with store_errors():
        try:
            yield
        except ClientError as error:
            if is_conflict(error):
                raise conflict_error() from error
            if is_busy(error):
                raise busy() from error
            raise


def _codes(error: ClientError) -> set[str]:
    """Return the codes of what canceled a transaction; empty for another error."""
    if not is_canceled(error):
        return set()
    return {reason.get("Code") or "None" for reason in cancellation_reasons(error)} - {"None"}
