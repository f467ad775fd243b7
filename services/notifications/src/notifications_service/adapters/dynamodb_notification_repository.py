"""Recipients' notifications in DynamoDB."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from countersign_common.aws.errors import store_errors
from countersign_common.aws.items import Item, to_item
from countersign_common.aws.reads import batch_get, query_items
from countersign_common.clock import to_rfc3339
from countersign_common.errors import NotFoundError
from countersign_common.pagination import Page, paginate
from countersign_common.telemetry import Telemetry

from notifications_service.adapters.notification_items import (
    id_of,
    key_of,
    notification_from_item,
    readable_notifications,
)
from notifications_service.domain.notification import Notification

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

UNREAD_COUNT_LIMIT = 1000
"""Entries of the index that are counted: a thousand are far below the 1 MB of one Query."""

MARK_LIMIT = 500
"""Notifications that one `mark_all` marks, so that it stays well below the 10 seconds of the API's time-out."""

CONNECTIONS = 16
"""Parallel updates of `mark_all`, each with a connection."""

_PAGE = 100
_END_OF_TIME = "~"  # sorts after every position


class DynamoDbNotificationRepository:
    """`NotificationRepository` on the notifications table.

    The indexes contain keys, and `unread` also the workflow's id, so that a mark writes the item and one small entry.
    Indexes and reads are eventually consistent: a notification that was marked a moment ago may be listed as it was. A
    damaged item is skipped.
    """

    def __init__(self, client: "DynamoDBClient", table: str, telemetry: Telemetry) -> None:
        """
        Args:
            client: A DynamoDB client with `CONNECTIONS` connections.
            table: Name of the table.
            telemetry: Counts damaged items.
        """
        self._client = client
        self._table = table
        self._telemetry = telemetry

    def newest(self, recipient: str, *, limit: int, after: str | None) -> Page[Notification, str]:
        """One Query for the ids, one BatchGetItem for the items."""
        return self._page("recipient", "recipient", recipient, limit, after)

    def newest_unread(self, recipient: str, *, limit: int, after: str | None) -> Page[Notification, str]:
        """One Query for the ids, one BatchGetItem for the items."""
        page = self._page("unread", "unreadOf", recipient, limit, after)
        return Page([each for each in page.items if not each.read], page.next_position)

    def count_unread(self, recipient: str) -> int:
        """One Query."""
        with store_errors():
            response = self._client.query(
                TableName=self._table,
                IndexName="unread",
                Select="COUNT",
                KeyConditionExpression="unreadOf = :recipient",
                ExpressionAttributeValues=to_item({":recipient": recipient}),
                Limit=UNREAD_COUNT_LIMIT,
            )
        return response["Count"]

    def mark(self, notification_id: str, *, recipient: str, read: bool) -> Notification:
        """One UpdateItem."""
        if read:
            change: Any = {
                "UpdateExpression": "REMOVE unreadOf",
                "ConditionExpression": "recipient = :recipient",
            }
        else:
            change = {
                "UpdateExpression": "SET unreadOf = recipient",
                "ConditionExpression": "recipient = :recipient AND attribute_not_exists(#resolution)",
                "ExpressionAttributeNames": {"#resolution": "resolution"},
            }
        try:
            with store_errors():
                response = self._client.update_item(
                    TableName=self._table,
                    Key=key_of(notification_id),
                    ExpressionAttributeValues=to_item({":recipient": recipient}),
                    ReturnValues="ALL_NEW",
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                    **change,
                )
        except self._client.exceptions.ConditionalCheckFailedException as error:
            stored = cast("Item", error.response.get("Item", {}))
            # The condition failed for a notification of the recipient: it is resolved, and stays read.
            if stored.get("recipient") == {"S": recipient}:
                return notification_from_item(stored)
            raise NotFoundError("notification") from error
        return notification_from_item(response["Attributes"])

    def mark_all(self, recipient: str, *, until: datetime, workflow_id: str | None = None) -> int:
        """One Query per 100 notifications, and one UpdateItem each, in parallel.

        For one workflow, one Query per 1 MB of the index, which are thousands of unread notifications.
        """
        # `$` is the character after `#`: every position of this time is before it.
        query = self._query("unread", "unreadOf", recipient, before=f"{to_rfc3339(until)}$", limit=_PAGE)
        if workflow_id is not None:
            # The limit counts what the filter leaves out, too.
            del query["Limit"]
            query["FilterExpression"] = "workflowId = :workflowId"
            query["ExpressionAttributeValues"] |= to_item({":workflowId": workflow_id})
        entries = islice(query_items(self._client, query), MARK_LIMIT)
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            return sum(pool.map(lambda entry: self._mark_unread(entry, recipient), entries))

    def _mark_unread(self, entry: Item, recipient: str) -> bool:
        """Mark an unread notification as read; return False if it is read or deleted already."""
        try:
            with store_errors():
                self._client.update_item(
                    TableName=self._table,
                    Key=key_of(id_of(entry)),
                    UpdateExpression="REMOVE unreadOf",
                    ConditionExpression="unreadOf = :recipient",
                    ExpressionAttributeValues=to_item({":recipient": recipient}),
                )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def _page(
        self, index: str, key: str, recipient: str, limit: int, after: str | None
    ) -> Page[Notification, str]:
        query = self._query(index, key, recipient, before=after or _END_OF_TIME, limit=limit + 1)
        page = paginate(query_items(self._client, query), limit, _position_of)
        keys = [key_of(id_of(entry)) for entry in page.items]
        items = {id_of(item): item for item in batch_get(self._client, self._table, keys)}
        # An expired notification may still be in the index.
        stored = [items[id_of(entry)] for entry in page.items if id_of(entry) in items]
        return Page(readable_notifications(stored, self._telemetry), page.next_position)

    def _query(self, index: str, key: str, recipient: str, *, before: str, limit: int) -> dict[str, Any]:
        """Return the arguments of a query of an index, newest first."""
        return {
            "TableName": self._table,
            "IndexName": index,
            # `position` is one of DynamoDB's reserved words.
            "KeyConditionExpression": "#key = :recipient AND #position < :before",
            "ExpressionAttributeNames": {"#key": key, "#position": "position"},
            "ExpressionAttributeValues": to_item({":recipient": recipient, ":before": before}),
            "ScanIndexForward": False,
            "Limit": limit,
        }


def _position_of(entry: Item) -> str:
    return str(entry["position"]["S"])
