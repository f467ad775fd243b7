"""An HTTP endpoint that returns prepared responses, for tests of what a boto3 client sends."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class FakeEndpoint:
    """Returns the prepared responses in order, and the last one for every further request.

    Attributes:
        responses: Pairs of HTTP status and JSON body.
        delay_seconds: How long the endpoint waits before each response.
        requests: Decoded bodies of the requests.
    """

    responses: list[tuple[int, dict[str, Any]]]
    delay_seconds: float = 0
    url: str = ""
    requests: list[Any] = field(default_factory=list)

    def next_response(self, body: bytes) -> tuple[int, dict[str, Any]]:
        self.requests.append(json.loads(body))
        return self.responses[min(len(self.requests), len(self.responses)) - 1]


@contextmanager
def running(*responses: tuple[int, dict[str, Any]], delay_seconds: float = 0) -> Iterator[FakeEndpoint]:
    """Run an endpoint on a free port."""
    endpoint = FakeEndpoint(list(responses), delay_seconds)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, body = endpoint.next_response(self.rfile.read(int(self.headers["content-length"])))
            time.sleep(endpoint.delay_seconds)
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-type", "application/x-amz-json-1.0")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.handle_error = lambda *_: None  # type: ignore[method-assign] # a client that timed out is gone
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        endpoint.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield endpoint
        finally:
            server.shutdown()


def aws_error(code: str, status: int = 400) -> tuple[int, dict[str, Any]]:
    """Return the response for an error of a JSON service."""
    return status, {"__type": f"com.amazonaws#{code}", "message": "A message."}
