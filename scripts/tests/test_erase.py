"""`make erase`: what it sends, what it shows, and when it stops."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from json import dumps, loads
from threading import Thread
from typing import Any

import pytest
from typer.testing import CliRunner

import erase

PREVIEW = {
    "records": 3,
    "workflows": 1,
    "person": 2,
    "content": 3,
    "complete": False,
    "held": {"count": 1, "workflowIds": ["w"]},
}


def erasure(state: str, person: int = 0, **changes: Any) -> dict[str, Any]:
    made = {
        "erasureId": "e-1",
        "state": state,
        "error": None,
        "erased": {"person": person, "content": 0},
        "held": {"count": 1, "workflowIds": ["w-held"]},
    }
    return made | changes


class Server:
    """The API of erasures.

    Attributes:
        requests: Method, path, headers and body of each request.
        states: What GET returns, one after the other; the last one stays.
        is_rejecting: Whether POST gets a 403.
    """

    def __init__(self) -> None:
        self.requests: list[tuple[str, str, Any, Any]] = []
        self.states = [erasure("RUNNING", 1), erasure("RUNNING", 1), erasure("DONE", 2)]
        self.is_rejecting = False

    def respond(self, method: str, path: str, headers: Any, body: Any) -> tuple[int, Any]:
        self.requests.append((method, path, headers, body))
        if self.is_rejecting:
            return 403, {"detail": "Only members of the group admins can do this."}
        if method == "POST":
            return (200, PREVIEW) if body.get("dryRun") else (202, erasure("REQUESTED"))
        return 200, self.states[0] if len(self.states) == 1 else self.states.pop(0)

    @property
    def bodies(self) -> list[Any]:
        return [body for method, _, _, body in self.requests if method == "POST"]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    made = Server()

    class Handler(BaseHTTPRequestHandler):
        def _handle(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            status, response = made.respond(
                self.command, self.path, self.headers, loads(body) if body else None
            )
            text = dumps(response).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = _handle

        def log_message(self, *_: Any) -> None:
            pass

    http = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=http.serve_forever, daemon=True).start()
    monkeypatch.setenv(erase.URL_VARIABLE, f"http://127.0.0.1:{http.server_port}")
    monkeypatch.setenv(erase.TOKEN_VARIABLE, "the-token")
    monkeypatch.setattr(erase, "POLL_SECONDS", 0.0)
    yield made
    http.shutdown()
    http.server_close()


def run_erase(*arguments: str) -> Any:
    return CliRunner().invoke(erase.app, [*arguments, "--stage", "dev"])


def test_a_dry_run_sends_one_request_and_shows_the_counts(server: Server) -> None:
    done = run_erase("u-1", "--reason", "letter", "--dry-run")
    assert done.exit_code == 0, done.output
    assert server.bodies == [
        {"userId": "u-1", "parts": ["person", "content"], "reason": "letter", "dryRun": True}
    ]
    shown = " ".join(done.output.split())
    assert "3 or more records of 1 workflows: person of 2, content of 3. 1 more are" in shown


def test_an_erasure_is_followed_until_it_is_done(server: Server) -> None:
    done = run_erase("u-1", "--reason", "letter", "--parts", "person")
    assert done.exit_code == 0, done.output
    assert server.bodies[1] == {"userId": "u-1", "parts": ["person"], "reason": "letter"}
    assert [path for method, path, *_ in server.requests if method == "GET"] == 3 * [
        "/audit-trail/erasures/e-1"
    ]
    _, _, headers, _ = server.requests[1]
    assert headers["authorization"] == "Bearer the-token"
    assert len(headers["idempotency-key"]) == 36
    assert done.output.count("RUNNING") == 1
    assert done.output.splitlines()[-2:] == [
        "DONE: 2 person, 0 content erased, 1 records held",
        "Under a legal hold, not erased: workflow w-held",
    ]


def test_an_erasure_that_fails_is_an_error(server: Server) -> None:
    server.states = [erasure("FAILED", error="The event is gone.")]
    done = run_erase("u-1", "--reason", "letter")
    assert done.exit_code == 1
    assert "The event is gone." in done.output


def test_a_request_that_is_rejected_erases_nothing(server: Server) -> None:
    server.is_rejecting = True
    done = run_erase("u-1", "--reason", "letter")
    assert done.exit_code == 1
    assert "Only members of the group admins" in done.output
    assert len(server.requests) == 1


def test_without_a_token_nothing_is_sent(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(erase.TOKEN_VARIABLE)
    done = run_erase("u-1", "--reason", "letter")
    assert done.exit_code == 1
    assert (erase.TOKEN_VARIABLE in done.output, server.requests) == (True, [])


@pytest.mark.parametrize(("arguments", "answer", "posts"), [((), "n", 1), ((), "y", 2), (("--yes",), "", 2)])
def test_a_person_confirms_the_erasure(
    server: Server, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], answer: str, posts: int
) -> None:
    monkeypatch.setattr(erase, "is_interactive", lambda: True)
    CliRunner().invoke(
        erase.app, ["u-1", "--reason", "letter", "--stage", "dev", *arguments], input=f"{answer}\n"
    )
    assert len(server.bodies) == posts
