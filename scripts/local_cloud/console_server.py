"""Serve the console from the cloud's bucket, with the headers and the compression that CloudFront adds on AWS.

Run as a program by the cloud's own Python; it needs the standard library only.
"""

from __future__ import annotations

import argparse
import gzip
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

# Headers of S3 that CloudFront passes on.
_PASSED_ON = ("content-type", "cache-control", "etag")
_COMPRESSED_TYPES = ("text/", "application/json", "application/javascript", "image/svg+xml")
_TIMEOUT = 10.0
_CACHED_FILES = 200


@dataclass(frozen=True)
class File:
    """A file of the bucket.

    Attributes:
        headers: Lower-case name → value.
    """

    body: bytes
    headers: dict[str, str]

    @property
    def is_compressible(self) -> bool:
        return self.headers.get("content-type", "").startswith(_COMPRESSED_TYPES)


@dataclass(frozen=True)
class Bucket:
    """The console's bucket, and the headers to serve it with. Both are outputs of Terraform.

    Attributes:
        outputs: The file with the outputs. It is read for each request, because an apply can change it.
    """

    endpoint: str
    outputs: Path

    def headers(self) -> dict[str, str]:
        """Return the headers of every response; none before the first apply."""
        return dict(self._read().get("console_headers", {}))

    def get(self, key: str) -> File | None:
        """Return a file, or None if there is none."""
        url = f"{self.endpoint}/{self._read().get('console_bucket', '')}/{quote(key)}"
        try:
            with _opener.open(url, timeout=_TIMEOUT) as response:
                headers = {name: response.headers[name] for name in _PASSED_ON if response.headers[name]}
                return File(response.read(), headers)
        except urllib.error.HTTPError:
            return None

    def _read(self) -> dict[str, Any]:
        return dict(json.loads(self.outputs.read_text())) if self.outputs.exists() else {}


# Requests to this machine must not use a proxy.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@lru_cache(maxsize=_CACHED_FILES)
def _compress(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


def make_server(port: int, bucket: Bucket) -> ThreadingHTTPServer:
    """Return a server on the loopback interface that serves `bucket`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "countersign-console"
        sys_version = ""

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path).lstrip("/") or "index.html"
            try:
                file = bucket.get(path)
            except OSError as error:
                self._send(HTTPStatus.BAD_GATEWAY, File(str(error).encode(), {"content-type": "text/plain"}))
                return
            if file is None:
                self._send(HTTPStatus.NOT_FOUND, File(b"Not found\n", {"content-type": "text/plain"}))
            elif "etag" in file.headers and self.headers.get("if-none-match") == file.headers["etag"]:
                self._send(HTTPStatus.NOT_MODIFIED, File(b"", file.headers))
            else:
                self._send(HTTPStatus.OK, file)

        do_HEAD = do_GET

        def _send(self, status: HTTPStatus, file: File) -> None:
            body, headers = file.body, {**file.headers, **bucket.headers()}
            if body and file.is_compressible:
                headers["vary"] = "accept-encoding"
                if "gzip" in self.headers.get("accept-encoding", ""):
                    body, headers["content-encoding"] = _compress(body), "gzip"
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != HTTPStatus.NOT_MODIFIED:
                self.send_header("content-length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD" and status != HTTPStatus.NOT_MODIFIED:
                self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Log nothing: the browser shows each request."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    return server


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--endpoint", required=True, help="URL of the emulator")
    parser.add_argument("--outputs", type=Path, required=True, help="file with Terraform's outputs")
    arguments = parser.parse_args()
    make_server(arguments.port, Bucket(arguments.endpoint, arguments.outputs)).serve_forever()
