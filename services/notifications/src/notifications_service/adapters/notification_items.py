"""Items of the notifications table.

`unreadOf` is the recipient, while the notification is unread. The index `unread` has this key, so it contains only
unread notifications.
"""

from typing import Any

from countersign_common.aws.items import Item, from_item, to_item
from countersign_common.clock import from_rfc3339, to_rfc3339
from countersign_common.events.workflow_event import EventActionOwner

from notifications_service.domain.notification import Notification, NotificationKind


def key_of(notification_id: str) -> Item:
    """Return the key of a notification's item."""
    return to_item({"notificationId": notification_id})


def item_from_notification(notification: Notification) -> Item:
    """Return a notification as an item."""
    owner = notification.action_owner
    return to_item(
        {
            "notificationId": notification.notification_id,
            "recipient": notification.recipient,
            "position": notification.position,
            "unreadOf": None if notification.read else notification.recipient,
            "type": notification.type.value,
            "workflowId": notification.workflow_id,
            "title": notification.title,
            "scheme": notification.scheme,
            "stepId": notification.step_id,
            "round": notification.round,
            "sequence": notification.sequence,
            "actionType": notification.action_type,
            "outcome": notification.outcome,
            "actionOwner": {"type": owner.type, "id": owner.id, "name": owner.name},
            "comment": notification.comment,
            "occurredAt": to_rfc3339(notification.occurred_at),
            "createdAt": to_rfc3339(notification.created_at),
            "correlationId": notification.correlation_id,
            "expiresAt": int(notification.expires_at.timestamp()),
        }
    )


def notification_from_item(item: Item) -> Notification:
    """Return the notification in an item."""
    values: dict[str, Any] = from_item(item)
    owner = values["actionOwner"]
    return Notification(
        notification_id=values["notificationId"],
        recipient=values["recipient"],
        type=NotificationKind(values["type"]),
        workflow_id=values["workflowId"],
        title=values["title"],
        scheme=values["scheme"],
        step_id=values.get("stepId"),
        round=values["round"],
        sequence=values["sequence"],
        action_type=values["actionType"],
        outcome=values["outcome"],
        action_owner=EventActionOwner(owner["type"], owner["id"], owner["name"]),
        comment=values.get("comment"),
        occurred_at=from_rfc3339(values["occurredAt"]),
        created_at=from_rfc3339(values["createdAt"]),
        correlation_id=values["correlationId"],
        read="unreadOf" not in values,
    )
