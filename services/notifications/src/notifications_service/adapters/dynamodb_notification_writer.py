"""New notifications in DynamoDB: each stored once."""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError
from countersign_common.aws.items import Item
from countersign_common.aws.transactions import cancellation_reasons, is_canceled
from countersign_common.clock import Clock
from countersign_common.telemetry import Telemetry

from notifications_service.adapters.notification_items import item_from_notification, readable_notifications
from notifications_service.domain.notification import Notification, StoreResult

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import PutTypeDef

TRANSACTION_LIMIT = 100
"""Most writes of one TransactWriteItems call (DynamoDB quota). A hundred notifications stay below its 4 MB."""

SINGLE_WRITE_LIMIT = 25
"""Up to this many notifications are written one by one. A transaction takes fewer calls and twice the write units."""

CONNECTIONS = 16
"""Parallel writes, each with a connection."""

_ATTEMPTS = 6
# Reasons of a canceled transaction's items that may go away.
_TRANSIENT = {"None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}


class DynamoDbNotificationWriter:
    """`NotificationWriter` on the notifications table. Damaged items that are stored already are skipped."""

    def __init__(
        self,
        client: "DynamoDBClient",
        table: str,
        clock: Clock,
        telemetry: Telemetry,
        *,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """
        Args:
            client: A DynamoDB client.
            table: Name of the table.
            clock: For the deadline.
            telemetry: Counts damaged items.
            pause: Waits this many seconds before a retry.
        """
        self._client = client
        self._table = table
        self._clock = clock
        self._telemetry = telemetry
        self._pause = pause

    def store(self, notifications: Sequence[Notification], *, deadline: datetime) -> StoreResult:
        """One PutItem per notification, in parallel.

        For more than 25, one TransactWriteItems per 100; one more if some of them are stored already.
        """
        if len(notifications) <= SINGLE_WRITE_LIMIT:
            with ThreadPoolExecutor(CONNECTIONS) as pool:
                chunks = list(pool.map(lambda each: self._store_one(each, deadline), notifications))
        else:
            chunks = [
                self._store_chunk(notifications[start : start + TRANSACTION_LIMIT], deadline)
                for start in range(0, len(notifications), TRANSACTION_LIMIT)
            ]
        existing = (item for chunk in chunks for item in chunk.existing)
        return StoreResult(
            created=[each for chunk in chunks for each in chunk.created],
            existing=readable_notifications(existing, self._telemetry),
            failures={each: reason for chunk in chunks for each, reason in chunk.failures.items()},
        )

    def _store_one(self, notification: Notification, deadline: datetime) -> "_Chunk":
        chunk = _Chunk([notification])
        if self._clock() > deadline:
            chunk.reason = "no time left"
        else:
            try:
                self._client.put_item(**self._put(notification))
            except self._client.exceptions.ConditionalCheckFailedException as error:
                item: Mapping[str, Any] = error.response
                chunk.cancel([{"Code": "ConditionalCheckFailed", "Item": item.get("Item")}])
            except (ClientError, BotoCoreError) as error:
                chunk.reason = str(error)
            else:
                chunk.commit()
        chunk.fail_pending()
        return chunk

    def _store_chunk(self, notifications: Sequence[Notification], deadline: datetime) -> "_Chunk":
        chunk = _Chunk(notifications)
        for attempt in range(_ATTEMPTS):
            if attempt:
                self._pause(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311 - not a secret
            if self._clock() > deadline:
                chunk.reason = "no time left"
                break
            try:
                self._client.transact_write_items(
                    TransactItems=[{"Put": self._put(each)} for each in chunk.pending]
                )
            except ClientError as error:
                if not is_canceled(error):
                    chunk.reason = str(error)
                    break
                chunk.cancel(cancellation_reasons(error))
            except BotoCoreError as error:
                chunk.reason = str(error)
                break
            else:
                chunk.commit()
            if not chunk.pending:
                break
        chunk.fail_pending()
        return chunk

    def _put(self, notification: Notification) -> "PutTypeDef":
        return {
            "TableName": self._table,
            "Item": item_from_notification(notification),
            # A stored notification may have been read: a second delivery must not make it unread.
            "ConditionExpression": "attribute_not_exists(notificationId)",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }


@dataclass
class _Chunk:
    """The notifications of one call.

    Attributes:
        pending: Not stored yet.
        created: Stored now.
        existing: Items that were stored already.
        failures: Notifications that are not stored, by id.
        reason: Why `pending` is not stored.
    """

    pending: Sequence[Notification]
    created: Sequence[Notification] = ()
    existing: list[Item] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    reason: str = ""

    def commit(self) -> None:
        self.created, self.pending = self.pending, ()

    def cancel(self, reasons: Sequence[Mapping[str, Any]]) -> None:
        """Keep as pending only what another attempt may store.

        Args:
            reasons: Of a canceled transaction, one for each pending notification.
        """
        pending: list[Notification] = []
        codes: set[str] = set()
        for notification, reason in zip(self.pending, reasons, strict=True):
            code = reason.get("Code") or "None"
            if code == "ConditionalCheckFailed":
                self.existing.append(reason.get("Item") or item_from_notification(notification))
            elif code in _TRANSIENT:
                pending.append(notification)
                codes.add(code)
            else:
                self.failures[notification.notification_id] = (
                    f"not stored: {code}: {reason.get('Message', '')}"
                )
        self.pending = pending
        self.reason = ", ".join(sorted(codes - {"None"})) or "the transaction was canceled"

    def fail_pending(self) -> None:
        self.failures.update((each.notification_id, f"not stored: {self.reason}") for each in self.pending)
