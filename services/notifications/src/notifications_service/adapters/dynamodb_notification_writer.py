"""Notifications in DynamoDB as their sender sees them: each stored once, up to a hundred in one call."""

import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from notifications_service.adapters.items import from_item, to_item
from notifications_service.domain.notification import Notification
from notifications_service.use_cases.ports import Kept

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

TRANSACTION_LIMIT = 100
"""Most writes of one TransactWriteItems call (DynamoDB's quota); a hundred notifications stay below its 4 MB."""

_ATTEMPTS = 6
# Of a canceled transaction's writes: nothing wrong with this one, or wrong only for now.
_TRY_AGAIN = {"None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}


class DynamoDbOutgoing:
    """`Outgoing` on the notifications table."""

    def __init__(
        self, client: "DynamoDBClient", table: str, *, pause: Callable[[float], None] = time.sleep
    ) -> None:
        """
        Args:
            client: botocore's DynamoDB client.
            table: the notifications table's name.
            pause: waits some seconds, between attempts at a write that is in conflict with another.
        """
        self._client = client
        self._table = table
        self._pause = pause

    def keep(self, notifications: Sequence[Notification]) -> Kept:
        """See `Outgoing.keep`. One call for a hundred that are new, one more where some are there already."""
        kept: dict[str, Notification] = {}
        failures: dict[str, str] = {}
        for chunk in _chunks(notifications, TRANSACTION_LIMIT):
            self._keep_chunk(chunk, kept, failures)
        return Kept(
            [kept[each.notification_id] for each in notifications if each.notification_id in kept], failures
        )

    def _keep_chunk(
        self, chunk: Sequence[Notification], kept: dict[str, Notification], failures: dict[str, str]
    ) -> None:
        pending = list(chunk)
        reason = ""
        for attempt in range(_ATTEMPTS):
            if attempt:
                self._pause(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311 (spreads retries, keeps no secret)
            try:
                self._client.transact_write_items(TransactItems=[self._put(each) for each in pending])
            except self._client.exceptions.TransactionCanceledException as error:
                canceled: Mapping[str, Any] = error.response
                pending, reason = _sorted_out(pending, canceled["CancellationReasons"], kept, failures)
            except (ClientError, BotoCoreError) as error:
                reason = f"not stored: {error}"
                break
            else:
                kept.update((each.notification_id, each) for each in pending)
                return
            if not pending:
                return
        failures.update((each.notification_id, reason) for each in pending)

    def _put(self, notification: Notification) -> "TransactWriteItemTypeDef":
        return {
            "Put": {
                "TableName": self._table,
                "Item": to_item(notification),
                # What is there may have been read since: a second delivery must not make it unread again.
                "ConditionExpression": "attribute_not_exists(notificationId)",
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }


def _sorted_out(
    pending: Sequence[Notification],
    reasons: Sequence[Mapping[str, Any]],
    kept: dict[str, Notification],
    failures: dict[str, str],
) -> tuple[list[Notification], str]:
    """What is left to be written of a canceled transaction, and why it was not.

    What is there already goes to `kept` as it is stored, what can never be written to `failures`.
    """
    left: list[Notification] = []
    conflicts: set[str] = set()
    for notification, reason in zip(pending, reasons, strict=True):
        code = reason.get("Code", "None")
        if code == "ConditionalCheckFailed":
            stored = reason.get("Item")
            kept[notification.notification_id] = from_item(stored) if stored else notification
        elif code in _TRY_AGAIN:
            left.append(notification)
            conflicts.add(code)
        else:
            failures[notification.notification_id] = f"not stored: {code}: {reason.get('Message', '')}"
    return left, f"not stored: {', '.join(sorted(conflicts - {'None'})) or 'canceled again and again'}"


def _chunks(notifications: Iterable[Notification], size: int) -> Iterable[list[Notification]]:
    remaining = iter(notifications)
    while chunk := list(islice(remaining, size)):
        yield chunk
