"""A stub for SQS: it delivers messages, lets the sender wait, or returns 503."""

import json
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Any
from uuid import uuid4

from werkzeug import Request, Response
from werkzeug.serving import make_server

from local_cloud.ports import LOOPBACK
from local_cloud.waiting import wait_until


class QueueBehavior(Enum):
    """What happens to a message."""

    DELIVER = "the queue gets it and the sender gets a response"
    DELIVER_WITHOUT_RESPONSE = "the queue gets it and the sender waits"
    HOLD = "the queue doesn't get it and the sender waits"
    LOSE = "the queue doesn't get it, and the sender gets a response"
    UNAVAILABLE = "the sender gets 503"


class SqsStub:
    """The messages that reached the stub.

    Attributes:
        url: The SQS endpoint for a function.
        arrived: Names of the queues, in the order of arrival.
    """

    def __init__(self, sqs: Any, behaviors: dict[str, QueueBehavior]) -> None:
        self.arrived: list[str] = []
        self.url = ""
        self.released = threading.Event()
        self._sqs = sqs
        self._behaviors = behaviors

    def wait_for(self, count: int) -> None:
        """Wait until this number of messages has arrived."""
        wait_until(lambda: len(self.arrived) >= count, timeout=30, what=f"{count} messages")

    def send_message(self, request: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Return status and JSON of SQS's response to SendMessage."""
        queue = next(name for name in self._behaviors if name in request["QueueUrl"])
        behavior, response = self._behaviors[queue], None
        if behavior in (QueueBehavior.DELIVER, QueueBehavior.DELIVER_WITHOUT_RESPONSE):
            response = self._sqs.send_message(**request)
            del response["ResponseMetadata"]
        elif behavior is QueueBehavior.LOSE:
            response = {"MessageId": str(uuid4())}
        self.arrived.append(queue)
        if behavior in (QueueBehavior.HOLD, QueueBehavior.DELIVER_WITHOUT_RESPONSE):
            self.released.wait(60)
        if response is None:
            return 503, {"__type": "com.amazonaws.sqs#ServiceUnavailable", "message": "Try again later."}
        return 200, response


@contextmanager
def sqs_stub(sqs: Any, audit_trail: QueueBehavior, notifications: QueueBehavior) -> Iterator[SqsStub]:
    """Run a stub on loopback while the context is open. It delivers with a boto3 client for SQS."""
    stub = SqsStub(sqs, {"audit-trail": audit_trail, "notifications": notifications})

    @Request.application
    def respond(request: Request) -> Response:
        status, body = stub.send_message(json.loads(request.data, object_hook=_decoded))
        return Response(json.dumps(body), status, content_type="application/x-amz-json-1.0")

    server = make_server(LOOPBACK, 0, respond, threaded=True)
    stub.url = f"http://{LOOPBACK}:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield stub
    finally:
        stub.released.set()
        server.shutdown()


def _decoded(member: dict[str, Any]) -> dict[str, Any]:
    """Decode the binary value of a message attribute, which boto3 encodes again."""
    return {name: b64decode(value) if name == "BinaryValue" else value for name, value in member.items()}
