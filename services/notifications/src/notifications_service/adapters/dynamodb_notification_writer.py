"""New notifications in DynamoDB: each stored once."""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError
from countersign_common.aws.transactions import cancellation_reasons, is_canceled

from notifications_service.adapters.notification_items import item_from_notification, notification_from_item
from notifications_service.domain.notification import Notification, StoreResult

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

TRANSACTION_LIMIT = 100
"""Most writes of one TransactWriteItems call (DynamoDB quota). A hundred notifications stay below its 4 MB."""

_ATTEMPTS = 6
# Reasons of a canceled transaction's items that may go away.
_TRANSIENT = {"None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}


class DynamoDbNotificationWriter:
    """`NotificationWriter` on the notifications table."""

    def __init__(
        self, client: "DynamoDBClient", table: str, *, pause: Callable[[float], None] = time.sleep
    ) -> None:
        """
        Args:
            client: A DynamoDB client.
            table: Name of the table.
            pause: Waits this many seconds before a retry.
        """
        self._client = client
        self._table = table
        self._pause = pause

    def store(self, notifications: Sequence[Notification]) -> StoreResult:
        """One TransactWriteItems per 100 notifications; one more if some of them are stored already."""
        stored: dict[str, Notification] = {}
        failures: dict[str, str] = {}
        for chunk in _chunks(notifications):
            self._store_chunk(chunk, stored, failures)
        ids = (each.notification_id for each in notifications)
        return StoreResult([stored[each] for each in ids if each in stored], failures)

    def _store_chunk(
        self, chunk: Sequence[Notification], stored: dict[str, Notification], failures: dict[str, str]
    ) -> None:
        pending = list(chunk)
        reason = ""
        for attempt in range(_ATTEMPTS):
            if attempt:
                self._pause(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311 - not a secret
            try:
                self._client.transact_write_items(TransactItems=[self._put(each) for each in pending])
            except ClientError as error:
                if not is_canceled(error):
                    reason = f"not stored: {error}"
                    break
                pending, reason = _pending_after(pending, cancellation_reasons(error), stored, failures)
                if not pending:
                    return
            except BotoCoreError as error:
                reason = f"not stored: {error}"
                break
            else:
                stored.update((each.notification_id, each) for each in pending)
                return
        failures.update((each.notification_id, reason) for each in pending)

    def _put(self, notification: Notification) -> "TransactWriteItemTypeDef":
        return {
            "Put": {
                "TableName": self._table,
                "Item": item_from_notification(notification),
                # A stored notification may have been read: a second delivery must not make it unread.
                "ConditionExpression": "attribute_not_exists(notificationId)",
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }


def _pending_after(
    pending: Sequence[Notification],
    reasons: Sequence[Mapping[str, Any]],
    stored: dict[str, Notification],
    failures: dict[str, str],
) -> tuple[list[Notification], str]:
    """Return what a canceled transaction leaves to be written, and why it was not written.

    Adds notifications that are stored already to `stored`, and those that can never be stored to `failures`.
    """
    left: list[Notification] = []
    codes: set[str] = set()
    for notification, reason in zip(pending, reasons, strict=True):
        code = reason.get("Code") or "None"
        if code == "ConditionalCheckFailed":
            item = reason.get("Item")
            stored[notification.notification_id] = notification_from_item(item) if item else notification
        elif code in _TRANSIENT:
            left.append(notification)
            codes.add(code)
        else:
            failures[notification.notification_id] = f"not stored: {code}: {reason.get('Message', '')}"
    return left, f"not stored: {', '.join(sorted(codes - {'None'})) or 'the transaction was canceled'}"


def _chunks(notifications: Sequence[Notification]) -> Iterator[Sequence[Notification]]:
    for start in range(0, len(notifications), TRANSACTION_LIMIT):
        yield notifications[start : start + TRANSACTION_LIMIT]
