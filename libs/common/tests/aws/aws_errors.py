"""Builders of botocore's errors."""

from typing import Any

from botocore.exceptions import ClientError


def client_error(code: str, status: int = 400) -> ClientError:
    """Return the error of a call that AWS rejected."""
    response: Any = {
        "Error": {"Code": code, "Message": "m"},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    return ClientError(response, "GetItem")


def canceled_transaction(*codes: str | None) -> ClientError:
    """Return the error of a canceled transaction, with one reason per item."""
    response: Any = {
        "Error": {"Code": "TransactionCanceledException", "Message": "m"},
        "ResponseMetadata": {"HTTPStatusCode": 400},
        "CancellationReasons": [{} if code is None else {"Code": code} for code in codes],
    }
    return ClientError(response, "TransactWriteItems")


def error_id(error: object) -> str:
    """Return the name of an error as the id of a test case."""
    if not isinstance(error, ClientError):
        return type(error).__name__ if isinstance(error, Exception) else str(error)
    reasons: Any = error.response.get("CancellationReasons")
    code = error.response["Error"]["Code"]
    return code if reasons is None else f"{code}: {[reason.get('Code') for reason in reasons]}"
