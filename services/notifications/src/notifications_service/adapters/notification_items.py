"""Items of the notifications table.

`unreadOf` is the recipient, while the notification is unread. The index `unread` has this key, so it contains only
unread notifications.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from countersign_common.aws.items import Item, from_item, to_item
from countersign_common.clock import from_rfc3339, to_rfc3339
from countersign_common.events.workflow_event import EventActionOwner
from countersign_common.telemetry import Telemetry

from notifications_service.domain.erasure import NotificationCopy, ResolutionCopy, ResolutionPlace
from notifications_service.domain.errors import UnreadableNotificationError
from notifications_service.domain.notification import (
    ErasedParts,
    Notification,
    NotificationKind,
    Resolution,
)

COPY_ATTRIBUTES = (
    "notificationId",
    "recipient",
    "workflowId",
    "sequence",
    "actionOwner.name",
    "title",
    "comment",
    "resolution.eventId",
    "resolution.sequence",
    "resolution.by.name",
    "endings",
)
"""What `copy_from_item` and `resolutions_in_item` read."""


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
            "resolution": notification.resolution and value_from_resolution(notification.resolution),
        }
    )


def value_from_resolution(resolution: Resolution) -> dict[str, Any]:
    """Return a resolution as the value of an attribute."""
    by = resolution.by
    return {
        "eventId": resolution.event_id,
        "sequence": resolution.sequence,
        "actionType": resolution.action_type,
        "by": {"type": by.type, "id": by.id, "name": by.name},
        "at": to_rfc3339(resolution.at),
    }


def resolution_from_value(value: Mapping[str, Any]) -> Resolution:
    """Return the resolution in the value of an attribute.

    Raises:
        KeyError, TypeError, ValueError: It is damaged.
    """
    return Resolution(
        event_id=_text(value, "eventId"),
        sequence=_integer(value, "sequence"),
        action_type=_text(value, "actionType"),
        by=_owner(value["by"]),
        at=from_rfc3339(_text(value, "at")),
    )


def notification_from_item(item: Item) -> Notification:
    """Return the notification in an item.

    Raises:
        UnreadableNotificationError: The item is damaged.
    """
    try:
        return _notification(from_item(item))
    except KeyError as error:
        raise UnreadableNotificationError(id_of(item), f"{error} is missing.") from error
    except (AttributeError, TypeError, ValueError) as error:
        raise UnreadableNotificationError(id_of(item), str(error)) from error


def readable_notifications(items: Iterable[Item], telemetry: Telemetry) -> list[Notification]:
    """Return the notifications in items. Damaged items are left out, logged and counted."""
    notifications: list[Notification] = []
    for item in items:
        try:
            notifications.append(notification_from_item(item))
        except UnreadableNotificationError as error:
            telemetry.warning("notification skipped", notificationId=id_of(item), reason=str(error))
            telemetry.count("UnreadableNotifications")
    return notifications


def copy_from_item(item: Item) -> NotificationCopy | None:
    """Return the erasable parts of the notification in an item; None if the item is not a notification."""
    values = from_item(item)
    try:
        return NotificationCopy(
            notification_id=_text(values, "notificationId"),
            recipient=_text(values, "recipient"),
            workflow_id=_text(values, "workflowId"),
            sequence=_integer(values, "sequence"),
            stored=ErasedParts(
                person="name" in values.get("actionOwner", {}),
                content="title" in values or "comment" in values,
            ),
        )
    except (KeyError, TypeError):
        return None


def resolutions_in_item(item: Item) -> list[ResolutionCopy]:
    """Return the resolutions with a name in the item of a notification or a round."""
    values = from_item(item)
    item_id = id_of(item)
    stored = {
        ResolutionPlace.in_round(item_id, int(sequence)): value
        for sequence, value in values.get("endings", {}).items()
    }
    if "resolution" in values:
        stored[ResolutionPlace.in_notification(item_id)] = values["resolution"]
    return [
        ResolutionCopy(place, value["eventId"], values["workflowId"], value["sequence"])
        for place, value in stored.items()
        if "name" in value.get("by", {})
    ]


def id_of(item: Item) -> str:
    """Return the notification id of an item, or of an entry of an index."""
    return str(item["notificationId"]["S"])


def _notification(values: Mapping[str, Any]) -> Notification:
    return Notification(
        notification_id=_text(values, "notificationId"),
        recipient=_text(values, "recipient"),
        type=NotificationKind(values["type"]),
        workflow_id=_text(values, "workflowId"),
        # Erased attributes are missing.
        title=_optional_text(values, "title") or "",
        scheme=_text(values, "scheme"),
        step_id=_optional_text(values, "stepId"),
        round=_integer(values, "round"),
        sequence=_integer(values, "sequence"),
        action_type=_text(values, "actionType"),
        outcome=_text(values, "outcome"),
        action_owner=_owner(values["actionOwner"]),
        comment=_optional_text(values, "comment"),
        occurred_at=from_rfc3339(_text(values, "occurredAt")),
        created_at=from_rfc3339(_text(values, "createdAt")),
        correlation_id=_text(values, "correlationId"),
        read="unreadOf" not in values,
        resolution=resolution_from_value(values["resolution"]) if "resolution" in values else None,
    )


def _owner(value: Mapping[str, Any]) -> EventActionOwner:
    # An erased name is missing.
    return EventActionOwner(_text(value, "type"), _text(value, "id"), _optional_text(value, "name") or "")


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values[name]
    if not isinstance(value, str):
        raise TypeError(f"{name!r} is not text.")
    return value


def _optional_text(values: Mapping[str, Any], name: str) -> str | None:
    return _text(values, name) if name in values else None


def _integer(values: Mapping[str, Any], name: str) -> int:
    value = values[name]
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name!r} is not an integer.")
    return value
