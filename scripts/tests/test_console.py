"""What the console's bucket keeps, and how its server serves it."""

import gzip
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests

from local_cloud.console import KEEP_REPLACED, Build, needed_builds, upload_files
from local_cloud.console_server import Bucket, make_server
from local_cloud.ports import free_port

NOW = datetime(2026, 3, 1, tzinfo=UTC)
_FILES = {"index.html": b"<p>page</p>" * 100, "config.json": b"{}", "assets/font-1.woff2": b"font"}


def build(days_ago: float) -> Build:
    return Build(NOW - timedelta(days=days_ago), [f"assets/{days_ago}.js"])


def test_a_build_that_was_replaced_lately_is_needed_however_old_it_is() -> None:
    first, second, deployed = build(400), build(300), build(1)
    assert needed_builds([first, second, deployed], NOW) == [second, deployed]


def test_a_build_is_not_needed_a_week_after_it_was_replaced() -> None:
    builds = [build(10), build(KEEP_REPLACED.days), build(6)]
    assert needed_builds(builds, NOW) == builds[1:]


def test_the_deployed_build_is_always_needed() -> None:
    assert needed_builds([build(900)], NOW) == [build(900)]


class FakeS3:
    """A bucket in memory."""

    class exceptions:
        class NoSuchKey(Exception): ...

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {"config.json": b"{}"}

    def put_object(self, *, Key: str, Body: bytes | str, **_: Any) -> None:
        self.objects[Key] = Body if isinstance(Body, bytes) else Body.encode()

    def get_object(self, *, Key: str, **_: Any) -> dict[str, Any]:
        if Key not in self.objects:
            raise self.exceptions.NoSuchKey
        content = self.objects[Key]
        return {"Body": type("Body", (), {"read": lambda _: content})()}

    def delete_object(self, *, Key: str, **_: Any) -> None:
        del self.objects[Key]

    def get_paginator(self, _: str) -> Any:
        pages = [{"Contents": [{"Key": key} for key in self.objects]}]
        return type("Paginator", (), {"paginate": lambda _, **__: pages})()


def upload(s3: FakeS3, folder: Path, *names: str) -> set[str]:
    """Upload a build with these files and return the keys in the bucket."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    upload_files(s3, "console", folder, lambda _: None)
    return set(s3.objects) - {"config.json", "builds.json"}


def test_an_upload_keeps_the_hashed_files_of_the_build_before_and_no_other(tmp_path: Path) -> None:
    s3 = FakeS3()
    s3.objects["assets/unknown.js"] = b""
    assert upload(s3, tmp_path / "1", "index.html", "old.svg", "assets/1.js") == {
        "index.html",
        "old.svg",
        "assets/1.js",
    }
    assert upload(s3, tmp_path / "2", "index.html", "assets/2.js") == {
        "index.html",
        "assets/1.js",
        "assets/2.js",
    }
    assert "config.json" in s3.objects


def test_an_upload_deletes_hashed_files_a_week_after_they_were_replaced(tmp_path: Path) -> None:
    s3 = FakeS3()
    upload(s3, tmp_path / "1", "assets/1.js")
    upload(s3, tmp_path / "2", "assets/2.js")
    builds = json.loads(s3.objects["builds.json"])
    for each in builds:
        each["since"] = (datetime.fromisoformat(each["since"]) - KEEP_REPLACED).isoformat()
    s3.objects["builds.json"] = json.dumps(builds).encode()
    assert upload(s3, tmp_path / "3", "assets/3.js") == {"assets/2.js", "assets/3.js"}


class _S3Handler(BaseHTTPRequestHandler):
    """Anonymous reads of the bucket `console`."""

    def do_GET(self) -> None:
        body = _FILES.get(self.path.removeprefix("/console/"))
        self.send_response(404 if body is None else 200)
        if body is not None:
            kind = "text/html" if self.path.endswith(".html") else "font/woff2"
            for name, value in {"content-type": kind, "cache-control": "no-cache", "etag": '"1"'}.items():
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body or b"<Error/>")

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def console_url(tmp_path: Path) -> Iterator[str]:
    """The URL of a server of the console, with a policy in its outputs."""
    outputs = tmp_path / "outputs.json"
    headers = {"content-security-policy": "default-src 'none'"}
    outputs.write_text(json.dumps({"console_bucket": "console", "console_headers": headers}))
    s3 = HTTPServer(("127.0.0.1", 0), _S3Handler)
    server = make_server(free_port(), Bucket(f"http://127.0.0.1:{s3.server_port}", outputs))
    for each in (s3, server):
        threading.Thread(target=each.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    for each in (s3, server):
        each.shutdown()
        each.server_close()


@pytest.mark.parametrize(("path", "status"), [("", 200), ("assets/font-1.woff2", 200), ("missing.js", 404)])
def test_every_response_has_the_policy(console_url: str, path: str, status: int) -> None:
    response = requests.get(console_url + path, timeout=5)
    assert response.status_code == status
    assert response.headers["content-security-policy"] == "default-src 'none'"


def test_texts_are_compressed_and_fonts_are_not(console_url: str) -> None:
    page = requests.get(console_url, timeout=5, stream=True)
    assert page.headers["content-encoding"] == "gzip"
    assert gzip.decompress(page.raw.read()) == _FILES["index.html"]
    font = requests.get(console_url + "assets/font-1.woff2", timeout=5)
    assert "content-encoding" not in font.headers
    assert font.content == b"font"


def test_an_unchanged_file_is_not_sent_again(console_url: str) -> None:
    response = requests.get(console_url, headers={"if-none-match": '"1"'}, timeout=5)
    assert (response.status_code, response.content) == (304, b"")


def test_an_unreachable_bucket_is_502(tmp_path: Path) -> None:
    server = make_server(free_port(), Bucket(f"http://127.0.0.1:{free_port()}", tmp_path / "no-outputs"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    assert requests.get(f"http://127.0.0.1:{server.server_port}/", timeout=5).status_code == 502
    server.shutdown()
    server.server_close()
