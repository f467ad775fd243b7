"""MQTT by hand: what a browser would not do, such as asking for somebody else's topic."""

import threading
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from paho.mqtt.client import Client, MQTTMessage, MQTTv5
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.reasoncodes import ReasonCode

from harness.waiting import wait_until
from local_cloud.mqtt import presigned_path
from local_cloud.ports import LOOPBACK

_PATIENCE = 10.0


class RawMqttClient:
    """One MQTT 5 connection over a WebSocket with a session's credentials.

    Args:
        session: the answer of POST /notifications/sessions.
        client_id: what it connects as.
    """

    def __init__(self, session: dict[str, Any], client_id: str) -> None:
        self.received: list[tuple[str, bytes]] = []
        self._session = session
        self._answered = threading.Event()
        self._answer = ""
        self._client = Client(
            CallbackAPIVersion.VERSION2, client_id=client_id, transport="websockets", protocol=MQTTv5
        )
        self._client.on_connect = self._on_connect
        self._client.on_disconnect = self._on_disconnect
        self._client.on_subscribe = self._on_subscribe
        self._client.on_publish = self._on_publish
        self._client.on_message = self._on_message

    def __enter__(self) -> "RawMqttClient":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def connect(self) -> str:
        """Connect. Returns the broker's word for it: "Success", or why not."""
        endpoint = self._session["endpoint"]
        path = presigned_path(self._session, datetime.now(UTC))
        self._client.ws_set_options(path=path, headers={"Host": endpoint})
        return self._asked(self._open)

    def subscribe(self, topic: str) -> str:
        """Subscribe at QoS 1. Returns "Granted QoS 1", or why not."""
        return self._asked(lambda: self._client.subscribe(topic, qos=1))

    def publish(self, topic: str, payload: str) -> str:
        """Publish at QoS 1. Returns the acknowledgement's reason, or that the connection was closed."""
        return self._asked(lambda: self._client.publish(topic, payload, qos=1))

    def wait_for_message(self, within: float) -> None:
        """Wait until something has arrived."""
        wait_until(lambda: self.received, timeout=within, what="a message")

    def _open(self) -> None:
        name, _, port = self._session["endpoint"].partition(":")
        # Python does not resolve names under .localhost; they are loopback's by RFC 6761.
        self._client.connect(LOOPBACK if name.endswith(".localhost") else name, int(port or 443))
        self._client.loop_start()

    def _asked(self, ask: Any) -> str:
        self._answered.clear()
        try:
            ask()
        except OSError as error:
            return f"refused: {error}"
        return self._answer if self._answered.wait(_PATIENCE) else "no answer"

    def _say(self, answer: str) -> None:
        if not self._answered.is_set():
            self._answer = answer
            self._answered.set()

    def _on_connect(self, _c: Client, _d: object, _f: object, reason: ReasonCode, _p: object) -> None:
        self._say(str(reason))

    def _on_disconnect(self, _c: Client, _d: object, _f: object, reason: ReasonCode, _p: object) -> None:
        self._say(f"closed: {reason}")

    def _on_subscribe(self, _c: Client, _d: object, _mid: int, reasons: list[ReasonCode], _p: object) -> None:
        self._say(str(reasons[0]))

    def _on_publish(self, _c: Client, _d: object, _mid: int, reason: ReasonCode, _p: object) -> None:
        self._say(str(reason))

    def _on_message(self, _c: Client, _d: object, message: MQTTMessage) -> None:
        self.received.append((message.topic, bytes(message.payload)))
