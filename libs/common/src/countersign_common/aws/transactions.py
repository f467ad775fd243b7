"""DynamoDB transactions: which cancellations are conflicts with other writers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import ClientError

from countersign_common.aws.errors import store_errors

_CONFLICT_CODES = frozenset({"None", "ConditionalCheckFailed", "TransactionConflict"})
_CANCELED = "TransactionCanceledException"


def cancellation_reasons(error: ClientError) -> list[dict[str, Any]]:
    """Return the reasons of a canceled transaction, one per item; empty for another error."""
    reasons: list[dict[str, Any]] = error.response.get("CancellationReasons", [])  # type: ignore[assignment]
    return reasons


def is_canceled(error: ClientError) -> bool:
    """Return whether the error is a canceled transaction."""
    return error.response.get("Error", {}).get("Code") == _CANCELED


def is_conflict(error: ClientError) -> bool:
    """Return whether a transaction was canceled only because of what another writer has written."""
    if not is_canceled(error):
        return False
    codes = {reason.get("Code") or "None" for reason in cancellation_reasons(error)}
    return bool(codes - {"None"}) and codes <= _CONFLICT_CODES


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
            raise
