"""A proxy that records the requests of a function, and forwards them unchanged."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit

from werkzeug import Request, Response
from werkzeug.serving import make_server

from local_cloud.ports import LOOPBACK

# Those of one connection.
_HOP_BY_HOP = frozenset({"connection", "keep-alive", "transfer-encoding"})


@dataclass(frozen=True)
class SentRequest:
    """A request that reached the proxy.

    Attributes:
        path: Without the query.
        operation: Of an AWS API with JSON: `x-amz-target`, such as `DynamoDB_20120810.Query`; else empty.
        body: As it was sent.
        status: Of the response.
    """

    method: str
    path: str
    operation: str
    body: bytes
    status: int


@dataclass(frozen=True)
class RecordingProxy:
    """The requests so far, and the address to send them to."""

    url: str
    requests: list[SentRequest]


@contextmanager
def recording_proxy(endpoint: str) -> Iterator[RecordingProxy]:
    """Run a proxy before an endpoint on loopback while the context is open."""
    requests: list[SentRequest] = []

    @Request.application
    def respond(request: Request) -> Response:
        # All headers as they are, `host` included: they are signed.
        target = str(request.environ["REQUEST_URI"])
        body = request.get_data()
        connection = HTTPConnection(urlsplit(endpoint).netloc, timeout=60)
        try:
            connection.putrequest(request.method, target, skip_host=True, skip_accept_encoding=True)
            for name, value in request.headers:
                if name.lower() not in (*_HOP_BY_HOP, "content-length"):
                    connection.putheader(name, value)
            if body or request.content_length is not None:
                connection.putheader("content-length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        operation = request.headers.get("x-amz-target", "")
        requests.append(SentRequest(request.method, urlsplit(target).path, operation, body, response.status))
        kept = [each for each in response.getheaders() if each[0].lower() not in _HOP_BY_HOP]
        return Response(content, response.status, headers=kept)

    server = make_server(LOOPBACK, 0, respond, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield RecordingProxy(f"http://{LOOPBACK}:{server.server_port}", requests)
    finally:
        server.shutdown()
