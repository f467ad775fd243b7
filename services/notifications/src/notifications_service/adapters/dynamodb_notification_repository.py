"""Notifications in DynamoDB as their recipients see them."""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TYPE_CHECKING, Any

from countersign_common.clock import to_rfc3339

from notifications_service.adapters.clients import SIDE_BY_SIDE
from notifications_service.adapters.items import Item, from_item, key_of
from notifications_service.domain.notification import Notification
from notifications_service.use_cases.ports import NoSuchNotification, Slice

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

UNREAD_COUNT_LIMIT = 1000
"""How far unread notifications are counted: a thousand index entries are one call, far below its 1 MB."""

MARK_LIMIT = 500
"""Most notifications that one call marks, so that it stays well within the API's 10 seconds."""

_PAGE = 100
_END_OF_TIME = "~"  # sorts after every digit, so after every position
_BATCH_ATTEMPTS = 5


class InboxUnavailable(Exception):
    """DynamoDB left keys unprocessed again and again."""


class DynamoDbInbox:
    """`Inbox` on the notifications table.

    Both indexes are eventually consistent: a notification that was marked a moment ago may still be listed as it
    was. Marking itself is judged on the item.
    """

    def __init__(
        self, client: "DynamoDBClient", table: str, *, pause: Callable[[float], None] = time.sleep
    ) -> None:
        """
        Args:
            client: botocore's DynamoDB client.
            table: the notifications table's name.
            pause: waits some seconds, before keys that were left unprocessed are asked for again.
        """
        self._client = client
        self._table = table
        self._pause = pause

    def newest(self, recipient: str, *, limit: int, after: str | None) -> Slice:
        """See `Inbox.newest`. One call."""
        answer = self._client.query(
            TableName=self._table,
            IndexName="recipient",
            KeyConditionExpression="recipient = :recipient",
            ExpressionAttributeValues={":recipient": {"S": recipient}},
            ScanIndexForward=False,
            Limit=limit,
            **_start("recipient", recipient, after),
        )
        return Slice([from_item(item) for item in answer["Items"]], _next(answer))

    def newest_unread(self, recipient: str, *, limit: int, after: str | None) -> Slice:
        """See `Inbox.newest_unread`. Two calls: the ids from the index, then their items."""
        answer = self._unread(recipient, limit=limit, after=after)
        ids = [item["notificationId"]["S"] for item in answer["Items"]]
        found = self._items(ids)
        # The index may lag behind: what has been read or has expired since is left out.
        notifications = [from_item(found[each]) for each in ids if each in found]
        return Slice([each for each in notifications if not each.read], _next(answer))

    def unread_count(self, recipient: str) -> int:
        """See `Inbox.unread_count`. One call."""
        answer = self._client.query(
            TableName=self._table,
            IndexName="unread",
            Select="COUNT",
            KeyConditionExpression="unreadOf = :recipient",
            ExpressionAttributeValues={":recipient": {"S": recipient}},
            Limit=UNREAD_COUNT_LIMIT,
        )
        return answer["Count"]

    def mark(self, notification_id: str, *, recipient: str, read: bool) -> Notification:
        """See `Inbox.mark`. One call."""
        try:
            answer = self._client.update_item(
                TableName=self._table,
                Key=key_of(notification_id),
                UpdateExpression="REMOVE unreadOf" if read else "SET unreadOf = recipient",
                ConditionExpression="recipient = :recipient",
                ExpressionAttributeValues={":recipient": {"S": recipient}},
                ReturnValues="ALL_NEW",
            )
        except self._client.exceptions.ConditionalCheckFailedException as error:
            raise NoSuchNotification from error
        return from_item(answer["Attributes"])

    def mark_all(self, recipient: str, *, until: datetime) -> int:
        """See `Inbox.mark_all`. A call for each hundred, and one for each that is marked, these side by side."""
        # `$` is the character after `#`: every position of that instant, whatever its id, lies before it.
        end = f"{to_rfc3339(until)}$"
        marked, seen, after = 0, 0, None
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            while seen < MARK_LIMIT:
                page = min(_PAGE, MARK_LIMIT - seen)
                answer = self._unread(recipient, limit=page, after=after, end=end)
                ids = [item["notificationId"]["S"] for item in answer["Items"]]
                marked += sum(pool.map(lambda each: self._mark_unread(each, recipient), ids))
                seen, after = seen + len(ids), _next(answer)
                if after is None:
                    break
        return marked

    def _mark_unread(self, notification_id: str, recipient: str) -> bool:
        """Mark one as read; False when it was read, or gone, already."""
        try:
            self._client.update_item(
                TableName=self._table,
                Key=key_of(notification_id),
                UpdateExpression="REMOVE unreadOf",
                ConditionExpression="unreadOf = :recipient",
                ExpressionAttributeValues={":recipient": {"S": recipient}},
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def _unread(
        self, recipient: str, *, limit: int, after: str | None, end: str = _END_OF_TIME
    ) -> Mapping[str, Any]:
        """One query of the index of unread notifications, newest first, of positions before an end."""
        return self._client.query(
            TableName=self._table,
            IndexName="unread",
            # `position` is one of DynamoDB's reserved words.
            KeyConditionExpression="unreadOf = :recipient AND #position < :end",
            ExpressionAttributeNames={"#position": "position"},
            ExpressionAttributeValues={":recipient": {"S": recipient}, ":end": {"S": end}},
            ScanIndexForward=False,
            Limit=limit,
            **_start("unreadOf", recipient, after),
        )

    def _items(self, ids: Sequence[str]) -> dict[str, Item]:
        """The items of up to a hundred ids, by id."""
        found: dict[str, Item] = {}
        request: Any = {self._table: {"Keys": [key_of(each) for each in ids]}} if ids else {}
        for attempt in range(_BATCH_ATTEMPTS):
            if not request:
                return found
            if attempt:
                self._pause(0.05 * 2**attempt)
            answer = self._client.batch_get_item(RequestItems=request)
            items = answer["Responses"].get(self._table, [])
            found.update((item["notificationId"]["S"], item) for item in items)
            request = answer.get("UnprocessedKeys")
        if request:
            raise InboxUnavailable(f"{len(request[self._table]['Keys'])} keys stayed unprocessed")
        return found


def _start(hash_key: str, recipient: str, after: str | None) -> dict[str, Any]:
    """Where a query goes on after a position: the index's key and the table's."""
    if after is None:
        return {}
    _, notification_id = after.split("#", 1)
    return {
        "ExclusiveStartKey": {
            hash_key: {"S": recipient},
            "position": {"S": after},
            **key_of(notification_id),
        }
    }


def _next(answer: Mapping[str, Any]) -> str | None:
    last = answer.get("LastEvaluatedKey")
    return None if not last else str(last["position"]["S"])
