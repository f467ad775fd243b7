"""A notification as an item of the notifications table.

`unreadOf` is there only while the notification is unread, so its index holds nothing else, and it is the one
place where read and unread are told apart.
"""

from typing import TYPE_CHECKING, Any

from countersign_common.clock import from_rfc3339, to_rfc3339

from notifications_service.domain.action import ActionType, Outcome, Person
from notifications_service.domain.notification import Notification, NotificationType

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

Item = dict[str, Any]
"""Attribute name → `{"S": …}` or `{"N": …}`."""


def position_of(notification: Notification) -> str:
    """What a recipient's notifications are sorted by: the time, then the id."""
    return f"{to_rfc3339(notification.created_at)}#{notification.notification_id}"


def key_of(notification_id: str) -> "dict[str, AttributeValueTypeDef]":
    """The key of a notification's item."""
    return {"notificationId": {"S": notification_id}}


def to_item(notification: Notification) -> Item:
    """The item of a notification; what is None is left out."""
    texts = {
        "notificationId": notification.notification_id,
        "recipient": notification.recipient,
        "position": position_of(notification),
        "unreadOf": None if notification.read else notification.recipient,
        "type": notification.type.value,
        "workflowId": notification.workflow_id,
        "title": notification.title,
        "scheme": notification.scheme,
        "stepId": notification.step_id,
        "actionType": notification.action_type.value,
        "outcome": notification.outcome.value,
        "actionOwnerId": notification.action_owner.user_id,
        "actionOwnerName": notification.action_owner.name,
        "comment": notification.comment,
        "occurredAt": to_rfc3339(notification.occurred_at),
        "createdAt": to_rfc3339(notification.created_at),
        "correlationId": notification.correlation_id,
    }
    numbers = {
        "round": notification.round,
        "sequence": notification.sequence,
        "expiresAt": int(notification.expires_at.timestamp()),
    }
    item: Item = {name: {"S": text} for name, text in texts.items() if text is not None}
    return item | {name: {"N": str(number)} for name, number in numbers.items()}


def from_item(item: Item) -> Notification:
    """The notification in an item."""

    def text(name: str) -> str:
        return str(item[name]["S"])

    def text_or_none(name: str) -> str | None:
        return text(name) if name in item else None

    return Notification(
        notification_id=text("notificationId"),
        recipient=text("recipient"),
        type=NotificationType(text("type")),
        workflow_id=text("workflowId"),
        title=text("title"),
        scheme=text("scheme"),
        step_id=text_or_none("stepId"),
        round=int(item["round"]["N"]),
        sequence=int(item["sequence"]["N"]),
        action_type=ActionType(text("actionType")),
        outcome=Outcome(text("outcome")),
        action_owner=Person(text("actionOwnerId"), text("actionOwnerName")),
        comment=text_or_none("comment"),
        occurred_at=from_rfc3339(text("occurredAt")),
        created_at=from_rfc3339(text("createdAt")),
        correlation_id=text("correlationId"),
        read="unreadOf" not in item,
    )
