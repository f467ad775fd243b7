"""A listener where a function takes SQS to be: takes messages on, keeps the sender waiting, or refuses."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from harness.waiting import wait_until
from local_cloud.ports import LOOPBACK
from local_cloud.running import RunningCloud


class QueueBehavior(Enum):
    """What becomes of a message that is sent to a queue."""

    DELIVER = "the queue takes it and the sender is told so"
    DELIVER_IN_SILENCE = "the queue takes it and the sender is kept waiting"
    HOLD = "the queue does not get it and the sender is kept waiting"
    REFUSE = "the sender is told 503"


class SqsStub:
    """What came to the listener.

    Attributes:
        url: what a function is told as its SQS endpoint.
        arrived: names of the queues that were sent to, in the order of arrival.
    """

    def __init__(self, cloud: RunningCloud, audit_trail: QueueBehavior, notifications: QueueBehavior) -> None:
        self.arrived: list[str] = []
        self.url = ""
        self._cloud = cloud
        self._does = {"audit-trail": audit_trail, "notifications": notifications}
        self._released = threading.Event()

    def wait_for(self, count: int) -> None:
        """Wait until so many messages have arrived."""
        wait_until(lambda: len(self.arrived) >= count, timeout=30, what=f"{count} messages at the listener")

    def release(self) -> None:
        """Let go of the senders that are kept waiting."""
        self._released.set()

    def take(self, target: str, request: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """The status and JSON that a request is answered, in SQS's JSON protocol."""
        if not target.endswith(".SendMessage"):
            return 400, {"__type": "com.amazonaws.sqs#UnsupportedOperation"}
        queue = next(name for name in self._does if request["QueueUrl"].endswith(name))
        does = self._does[queue]
        if does in (QueueBehavior.DELIVER, QueueBehavior.DELIVER_IN_SILENCE):
            self._cloud.client("sqs").send_message(**request)
        self.arrived.append(queue)
        if does in (QueueBehavior.HOLD, QueueBehavior.DELIVER_IN_SILENCE):
            self._released.wait(60)
        if does is QueueBehavior.REFUSE:
            return 503, {"__type": "com.amazonaws.sqs#ServiceUnavailable", "message": "Come back later."}
        digest = hashlib.md5(request["MessageBody"].encode()).hexdigest()
        return 200, {"MessageId": "00000000-0000-4000-8000-000000000000", "MD5OfMessageBody": digest}


@contextmanager
def sqs_stub(
    cloud: RunningCloud, audit_trail: QueueBehavior, notifications: QueueBehavior
) -> Iterator[SqsStub]:
    """A listener on loopback, open as long as the context is."""
    stand_in = SqsStub(cloud, audit_trail, notifications)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["content-length"])))
            status, answer = stand_in.take(self.headers["x-amz-target"], request)
            body = json.dumps(answer).encode()
            try:
                self.send_response(status)
                self.send_header("content-type", "application/x-amz-json-1.0")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                return  # the sender was killed while it waited

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
    stand_in.url = f"http://{LOOPBACK}:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield stand_in
    finally:
        stand_in.release()
        server.shutdown()
        server.server_close()
