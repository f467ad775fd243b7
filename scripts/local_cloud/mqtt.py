"""A subscriber to one person's notifications over MQTT on a WebSocket, as the console is one."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from paho.mqtt.client import Client, ConnectFlags, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from local_cloud.errors import CloudError
from local_cloud.ports import LOOPBACK

_SERVICE = "iotdevicegateway"


@dataclass(frozen=True)
class Received:
    """One notification that arrived.

    Attributes:
        notification_id: of the envelope.
        notification: the envelope's other half.
        at: time.monotonic() of its arrival.
    """

    notification_id: str
    notification: dict[str, Any]
    at: float


class Subscriber:
    """Listens to the topic of one session while the context is open.

    Args:
        session: the answer of POST /notifications/sessions.
        on_arrival: called from the network thread with each notification.
    """

    def __init__(self, session: dict[str, Any], on_arrival: Callable[[Received], None] | None = None) -> None:
        self.received: list[Received] = []
        self._session = session
        self._on_arrival = on_arrival
        self._news = threading.Condition()
        self._subscribed = threading.Event()
        self._refusal: str | None = None
        name = f"{session['clientIdPrefix']}{uuid4().hex[:12]}"
        self._client = Client(CallbackAPIVersion.VERSION2, client_id=name, transport="websockets")
        self._client.on_connect = self._connected
        self._client.on_subscribe = self._granted
        self._client.on_message = self._arrived

    def __enter__(self) -> Subscriber:
        """Connect and subscribe.

        Raises:
            CloudError: the broker refuses, or says nothing for ten seconds.
        """
        endpoint = self._session["endpoint"]
        name, _, port = endpoint.partition(":")
        local = name.endswith(".localhost")
        if not local:
            self._client.tls_set()
        self._client.ws_set_options(
            path=presigned_path(self._session, datetime.now(UTC)), headers={"Host": endpoint}
        )
        # Python does not resolve names under .localhost; they are loopback's by RFC 6761.
        self._client.connect(LOOPBACK if local else name, int(port or 443), keepalive=60)
        self._client.loop_start()
        if not self._subscribed.wait(10) or self._refusal:
            self.__exit__(None, None, None)
            raise CloudError(f"MQTT at {endpoint}: {self._refusal or 'no answer within 10 s'}.")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def wait_for(self, wanted: Callable[[Received], bool], patience: float = 10.0) -> Received:
        """The first notification that is `wanted`, arrived already or within `patience` seconds.

        Raises:
            CloudError: none came.
        """
        deadline = time.monotonic() + patience
        with self._news:
            while True:
                for each in self.received:
                    if wanted(each):
                        return each
                if (
                    not self._news.wait(max(0.0, deadline - time.monotonic()))
                    and time.monotonic() >= deadline
                ):
                    raise CloudError(f"No such notification arrived within {patience:.0f} s.")

    def _connected(
        self,
        client: Client,
        _data: object,
        _flags: ConnectFlags,
        reason: ReasonCode,
        _properties: Properties | None,
    ) -> None:
        if reason.is_failure:
            self._refuse(f"connection refused: {reason}")
        else:
            client.subscribe(self._session["topic"], qos=1)

    def _granted(
        self,
        _client: Client,
        _data: object,
        _mid: int,
        reasons: list[ReasonCode],
        _properties: Properties | None,
    ) -> None:
        if any(reason.is_failure for reason in reasons):
            self._refuse(f"subscription refused: {reasons[0]}")
        self._subscribed.set()

    def _refuse(self, why: str) -> None:
        self._refusal = why
        self._subscribed.set()

    def _arrived(self, _client: Client, _data: object, message: MQTTMessage) -> None:
        envelope = json.loads(message.payload)
        received = Received(envelope["notificationId"], envelope["notification"], time.monotonic())
        with self._news:
            self.received.append(received)
            self._news.notify_all()
        if self._on_arrival is not None:
            self._on_arrival(received)


def presigned_path(session: dict[str, Any], at: datetime) -> str:
    """The path and query that open the session's WebSocket, signed with its credentials.

    AWS IoT wants SigV4 in the query with the session token added after signing, which botocore's presigner does not
    do ("MQTT over WSS", AWS IoT Core developer guide).

    Args:
        session: `endpoint`, `region` and `credentials` of POST /notifications/sessions.
        at: the time of signing, UTC.
    """
    keys = session["credentials"]
    moment = at.strftime("%Y%m%dT%H%M%SZ")
    scope = f"{moment[:8]}/{session['region']}/{_SERVICE}/aws4_request"
    query = "&".join(
        (
            "X-Amz-Algorithm=AWS4-HMAC-SHA256",
            f"X-Amz-Credential={quote(keys['accessKeyId'] + '/' + scope, safe='')}",
            f"X-Amz-Date={moment}",
            "X-Amz-Expires=300",
            "X-Amz-SignedHeaders=host",
        )
    )
    canonical = f"GET\n/mqtt\n{query}\nhost:{session['endpoint']}\n\nhost\n{hashlib.sha256(b'').hexdigest()}"
    to_sign = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = f"AWS4{keys['secretAccessKey']}".encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    return f"/mqtt?{query}&X-Amz-Signature={signature}&X-Amz-Security-Token={quote(keys['sessionToken'], safe='')}"
