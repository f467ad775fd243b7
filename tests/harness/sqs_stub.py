"""A stub for SQS: it delivers messages, lets the sender wait, or returns 503."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Any

from werkzeug import Request, Response
from werkzeug.serving import make_server

from harness.producers import producer_sqs
from local_cloud.ports import LOOPBACK
from local_cloud.running import RunningCloud
from local_cloud.waiting import wait_until


class QueueBehavior(Enum):
    """What happens to a message."""

    DELIVER = "the queue gets it and the sender gets a response"
    DELIVER_WITHOUT_RESPONSE = "the queue gets it and the sender waits"
    HOLD = "the queue doesn't get it and the sender waits"
    UNAVAILABLE = "the sender gets 503"


class SqsStub:
    """The messages that reached the stub.

    Attributes:
        url: The SQS endpoint for a function.
        arrived: Names of the queues, in the order of arrival.
    """

    def __init__(self, cloud: RunningCloud, behaviors: dict[str, QueueBehavior]) -> None:
        self.arrived: list[str] = []
        self.url = ""
        self.released = threading.Event()
        self._cloud = cloud
        self._behaviors = behaviors

    def wait_for(self, count: int) -> None:
        """Wait until this number of messages has arrived."""
        wait_until(lambda: len(self.arrived) >= count, timeout=30, what=f"{count} messages")

    def send_message(self, request: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Return status and JSON of SQS's response to SendMessage."""
        queue = next(name for name in self._behaviors if request["QueueUrl"].endswith(name))
        behavior = self._behaviors[queue]
        if behavior in (QueueBehavior.DELIVER, QueueBehavior.DELIVER_WITHOUT_RESPONSE):
            producer_sqs(self._cloud).send_message(**request)
        self.arrived.append(queue)
        if behavior in (QueueBehavior.HOLD, QueueBehavior.DELIVER_WITHOUT_RESPONSE):
            self.released.wait(60)
        if behavior is QueueBehavior.UNAVAILABLE:
            return 503, {"__type": "com.amazonaws.sqs#ServiceUnavailable", "message": "Try again later."}
        digest = hashlib.md5(request["MessageBody"].encode()).hexdigest()
        return 200, {"MessageId": "00000000-0000-4000-8000-000000000000", "MD5OfMessageBody": digest}


@contextmanager
def sqs_stub(
    cloud: RunningCloud, audit_trail: QueueBehavior, notifications: QueueBehavior
) -> Iterator[SqsStub]:
    """Run a stub on loopback while the context is open."""
    stub = SqsStub(cloud, {"audit-trail": audit_trail, "notifications": notifications})

    @Request.application
    def respond(request: Request) -> Response:
        status, body = stub.send_message(request.get_json(force=True))
        return Response(json.dumps(body), status, content_type="application/x-amz-json-1.0")

    server = make_server(LOOPBACK, 0, respond, threaded=True)
    stub.url = f"http://{LOOPBACK}:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield stub
    finally:
        stub.released.set()
        server.shutdown()
