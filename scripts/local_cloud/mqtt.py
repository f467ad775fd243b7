"""MQTT over a WebSocket, as the console uses it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import quote, urlsplit
from uuid import uuid4

from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from paho.mqtt.client import Client, MQTTMessage, MQTTv5
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.reasoncodes import ReasonCode

from local_cloud.errors import CloudError
from local_cloud.ports import LOOPBACK
from local_cloud.waiting import wait_until

_TIMEOUT = 10.0


class RawMqttClient:
    """One MQTT 5 connection with the credentials of a realtime session. It can send what the console never sends.

    Args:
        session: The response of POST /notifications/sessions.
    """

    def __init__(self, session: dict[str, Any], client_id: str) -> None:
        self.messages: list[tuple[str, bytes]] = []
        self._session = session
        self._replied = threading.Event()
        self._reply = ""
        self._client = Client(
            CallbackAPIVersion.VERSION2, client_id=client_id, transport="websockets", protocol=MQTTv5
        )
        # The fourth argument of each is the reason.
        self._client.on_connect = self._client.on_publish = lambda *arguments: self._set(arguments[3])
        self._client.on_disconnect = lambda *arguments: self._set(f"closed: {arguments[3]}")
        self._client.on_subscribe = lambda *arguments: self._set(arguments[3][0])
        self._client.on_message = self._on_message

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def connect(self) -> str:
        """Connect and return the broker's reason, "Success" or another one."""
        endpoint = self._session["endpoint"]
        name, _, port = endpoint.partition(":")
        local = name.endswith(".localhost")
        if not local:
            self._client.tls_set()
        self._client.ws_set_options(path=presigned_path(self._session), headers={"Host": endpoint})

        def connect() -> None:
            # Python doesn't resolve names under .localhost, which are loopback names (RFC 6761).
            self._client.connect(LOOPBACK if local else name, int(port or 443))
            self._client.loop_start()

        return self._call(connect)

    def subscribe(self, topic: str) -> str:
        """Subscribe with QoS 1 and return the reason, "Granted QoS 1" or another one."""
        return self._call(lambda: self._client.subscribe(topic, qos=1))

    def publish(self, topic: str, payload: str) -> str:
        """Publish with QoS 1 and return the reason of the acknowledgement, or that the connection was closed."""
        return self._call(lambda: self._client.publish(topic, payload, qos=1))

    def _call(self, send: Callable[[], object]) -> str:
        self._replied.clear()
        try:
            send()
        except OSError as error:
            return f"not connected: {error}"
        return self._reply if self._replied.wait(_TIMEOUT) else "no reply"

    def _set(self, reason: ReasonCode | str) -> None:
        if not self._replied.is_set():
            self._reply = str(reason)
            self._replied.set()

    def _on_message(self, _client: Client, _data: object, message: MQTTMessage) -> None:
        self.messages.append((message.topic, bytes(message.payload)))


@dataclass(frozen=True)
class ReceivedNotification:
    """A notification that arrived over MQTT.

    Attributes:
        at: time.monotonic() at its arrival.
    """

    notification_id: str
    notification: dict[str, Any]
    at: float


class Subscriber(RawMqttClient):
    """Receives a user's notifications, and the changes of workflows, while the context is open.

    Args:
        session: The response of POST /notifications/sessions.
        on_notification: Called with each notification, from the network thread.
    """

    def __init__(
        self,
        session: dict[str, Any],
        on_notification: Callable[[ReceivedNotification], None] | None = None,
    ) -> None:
        super().__init__(session, f"{session['clientIdPrefix']}{uuid4().hex[:12]}")
        self.received: list[ReceivedNotification] = []
        self.changes: list[dict[str, Any]] = []
        self._on_notification = on_notification

    def __enter__(self) -> Self:
        """Connect and subscribe.

        Raises:
            CloudError: The broker rejects one of them or doesn't reply.
        """
        reason = self.connect()
        if reason == "Success":
            reason = self.subscribe(self._session["topic"])
        if not reason.startswith("Granted"):
            self.__exit__()
            raise CloudError(f"MQTT at {self._session['endpoint']}: {reason}.")
        return self

    def wait_for(
        self, matches: Callable[[ReceivedNotification], bool], timeout: float = 10.0
    ) -> ReceivedNotification:
        """Return the first notification that matches, already received or within `timeout` seconds."""
        return wait_until(
            lambda: next(filter(matches, self.received), None), timeout=timeout, what="a notification"
        )

    def _on_message(self, _client: Client, _data: object, message: MQTTMessage) -> None:
        envelope = json.loads(message.payload)
        if envelope["messageType"] != "notification":
            self.changes.append(envelope)
            return
        received = ReceivedNotification(
            envelope["notificationId"], envelope["notification"], time.monotonic()
        )
        self.received.append(received)
        if self._on_notification is not None:
            self._on_notification(received)


def presigned_path(session: dict[str, Any]) -> str:
    """Return the signed path and query that open the session's WebSocket.

    AWS IoT takes the session token in the query after signing ("MQTT over WSS", AWS IoT Core developer guide).

    Args:
        session: `endpoint`, `region` and `credentials` from POST /notifications/sessions.
    """
    keys = session["credentials"]
    request = AWSRequest("GET", f"https://{session['endpoint']}/mqtt")
    credentials = Credentials(keys["accessKeyId"], keys["secretAccessKey"])
    SigV4QueryAuth(credentials, "iotdevicegateway", session["region"], expires=300).add_auth(request)
    url = urlsplit(str(request.url))
    return f"{url.path}?{url.query}&X-Amz-Security-Token={quote(keys['sessionToken'], safe='')}"
