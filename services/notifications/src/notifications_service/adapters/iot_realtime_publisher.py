"""Realtime messages through AWS IoT Core."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError
from countersign_common.clock import Clock, to_rfc3339
from countersign_common.telemetry import Telemetry

from notifications_service.domain.change import WorkflowChange
from notifications_service.domain.errors import NoRealtimeForUserError
from notifications_service.domain.notification import Notification
from notifications_service.domain.subscription import Subscription

if TYPE_CHECKING:
    from mypy_boto3_iot_data import IoTDataPlaneClient

PAYLOAD_LIMIT = 128 * 1024
"""Largest MQTT payload in bytes (AWS IoT Core quota)."""

CONNECTIONS = 16
"""Parallel calls, each with a connection."""

_LISTED_REASONS = 3

ToJson = Callable[[Notification], Mapping[str, Any]]
"""Returns a notification as the API does."""


class IotRealtimePublisher:
    """`RealtimePublisher` on AWS IoT Core."""

    def __init__(
        self,
        client: "IoTDataPlaneClient",
        to_json: ToJson,
        clock: Clock,
        telemetry: Telemetry,
    ) -> None:
        """
        Args:
            client: An IoT data client with `CONNECTIONS` connections.
            to_json: Returns a notification as the API does.
            clock: For the deadline.
            telemetry: Counts changes that are not published.
        """
        self._client = client
        self._to_json = to_json
        self._clock = clock
        self._telemetry = telemetry

    def publish(self, notifications: Sequence[Notification], *, deadline: datetime) -> dict[str, str]:
        """One Publish with QoS 1 for each notification, in parallel."""
        messages = [_Message(each.recipient, self._notification(each)) for each in notifications]
        reasons = self._publish_all(messages, deadline)
        return {
            each.notification_id: reason
            for each, reason in zip(notifications, reasons, strict=True)
            if reason
        }

    def publish_changes(self, changes: Sequence[WorkflowChange], *, deadline: datetime) -> None:
        """One Publish with QoS 1 for each change, in parallel. Failures are logged and counted."""
        messages = [_Message(each.recipient, _change(each)) for each in changes]
        failures = Counter(reason for reason in self._publish_all(messages, deadline) if reason)
        if failures:
            self._telemetry.warning(
                "changes not published", reasons=dict(failures.most_common(_LISTED_REASONS))
            )
            self._telemetry.count("ChangesNotPublished", failures.total())

    def _publish_all(self, messages: Sequence["_Message"], deadline: datetime) -> list[str | None]:
        """Publish messages; return the reason for each that fails."""
        if not messages:
            return []
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            return list(pool.map(lambda each: self._publish(each, deadline), messages))

    def _publish(self, message: "_Message", deadline: datetime) -> str | None:
        if self._clock() > deadline:
            return "not published: no time left"
        payload = json.dumps(message.content, ensure_ascii=False, separators=(",", ":")).encode()
        if len(payload) > PAYLOAD_LIMIT:
            return f"not published: the payload has {len(payload)} bytes; a message can have {PAYLOAD_LIMIT}"
        try:
            topic = Subscription(message.recipient).topic
            self._client.publish(topic=topic, qos=1, payload=payload)
        except (ClientError, BotoCoreError, NoRealtimeForUserError) as error:
            return f"not published: {error}"
        return None

    def _notification(self, notification: Notification) -> Mapping[str, Any]:
        return {
            "messageType": "notification",
            "notificationId": notification.notification_id,
            "notification": self._to_json(notification),
        }


@dataclass(frozen=True)
class _Message:
    recipient: str
    content: Mapping[str, Any]


def _change(change: WorkflowChange) -> Mapping[str, Any]:
    return {
        "messageType": "changed",
        "workflowId": change.workflow_id,
        "version": change.version,
        "occurredAt": to_rfc3339(change.occurred_at),
    }
