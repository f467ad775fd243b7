"""Realtime through AWS IoT Core: a publish to each recipient's topic, side by side."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from notifications_service.adapters.clients import SIDE_BY_SIDE
from notifications_service.domain.notification import Notification
from notifications_service.domain.subscription import NotAUserId, Subscription

if TYPE_CHECKING:
    from mypy_boto3_iot_data.client import IoTDataPlaneClient

PAYLOAD_LIMIT = 128 * 1024
"""Largest MQTT payload in bytes (AWS IoT Core's quota)."""

BUDGET = 15.0
"""Seconds that publishing may take of a function that has 30: what was not begun by then comes back in time."""

AsJson = Callable[[Notification], Mapping[str, Any]]


class IotRealtime:
    """`Realtime` on AWS IoT Core."""

    def __init__(
        self,
        client: "IoTDataPlaneClient",
        as_json: AsJson,
        *,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        """
        Args:
            client: botocore's IoT data client.
            as_json: a notification as the API answers it.
            elapsed: seconds since some moment in the past.
        """
        self._client = client
        self._as_json = as_json
        self._elapsed = elapsed

    def publish(self, notifications: Sequence[Notification]) -> dict[str, str]:
        """See `Realtime.publish`. One call each, QoS 1; what is not begun within 15 s fails."""
        end = self._elapsed() + BUDGET
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            reasons = pool.map(lambda each: self._publish(each, end), notifications)
            return {
                each.notification_id: reason
                for each, reason in zip(notifications, reasons, strict=True)
                if reason
            }

    def _publish(self, notification: Notification, end: float) -> str | None:
        """Publish one; the reason why it was not, or None."""
        if self._elapsed() > end:
            return "not published: no time left in this invocation"
        payload = self._payload(notification)
        if len(payload) > PAYLOAD_LIMIT:
            return f"not published: the payload takes {len(payload)} bytes; a message takes {PAYLOAD_LIMIT}"
        try:
            topic = Subscription(notification.recipient).topic
            self._client.publish(topic=topic, qos=1, payload=payload)
        except (ClientError, BotoCoreError, NotAUserId) as error:
            return f"not published: {error}"
        return None

    def _payload(self, notification: Notification) -> bytes:
        """The envelope, in UTF-8 JSON."""
        envelope = {
            "notificationId": notification.notification_id,
            "notification": self._as_json(notification),
        }
        return json.dumps(envelope, ensure_ascii=False, separators=(",", ":")).encode()
