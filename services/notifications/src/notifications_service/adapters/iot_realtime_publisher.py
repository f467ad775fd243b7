"""Realtime notifications through AWS IoT Core."""

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError
from countersign_common.clock import Clock

from notifications_service.domain.errors import NoRealtimeForUserError
from notifications_service.domain.notification import Notification
from notifications_service.domain.subscription import Subscription

if TYPE_CHECKING:
    from mypy_boto3_iot_data import IoTDataPlaneClient

PAYLOAD_LIMIT = 128 * 1024
"""Largest MQTT payload in bytes (AWS IoT Core quota)."""

CONNECTIONS = 16
"""Parallel calls, each with a connection."""

ToJson = Callable[[Notification], Mapping[str, Any]]
"""Returns a notification as the API does."""


class IotRealtimePublisher:
    """`RealtimePublisher` on AWS IoT Core."""

    def __init__(
        self,
        client: "IoTDataPlaneClient",
        to_json: ToJson,
        clock: Clock,
    ) -> None:
        """
        Args:
            client: An IoT data client with `CONNECTIONS` connections.
            to_json: Returns a notification as the API does.
            clock: For the deadline.
        """
        self._client = client
        self._to_json = to_json
        self._clock = clock

    def publish(self, notifications: Sequence[Notification], *, deadline: datetime) -> dict[str, str]:
        """One Publish with QoS 1 for each notification, in parallel."""
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            reasons = pool.map(lambda each: self._publish(each, deadline), notifications)
            return {
                each.notification_id: reason
                for each, reason in zip(notifications, reasons, strict=True)
                if reason
            }

    def _publish(self, notification: Notification, deadline: datetime) -> str | None:
        """Publish a notification; return the reason if that fails."""
        if self._clock() > deadline:
            return "not published: no time left"
        payload = self._payload(notification)
        if len(payload) > PAYLOAD_LIMIT:
            return f"not published: the payload has {len(payload)} bytes; a message can have {PAYLOAD_LIMIT}"
        try:
            topic = Subscription(notification.recipient).topic
            self._client.publish(topic=topic, qos=1, payload=payload)
        except (ClientError, BotoCoreError, NoRealtimeForUserError) as error:
            return f"not published: {error}"
        return None

    def _payload(self, notification: Notification) -> bytes:
        envelope = {
            "notificationId": notification.notification_id,
            "notification": self._to_json(notification),
        }
        return json.dumps(envelope, ensure_ascii=False, separators=(",", ":")).encode()
