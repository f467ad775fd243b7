"""A witness signs a checkpoint only if its tree extends the stored one."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from countersign_verify.cli import app
from countersign_verify.notes import read_checkpoint, read_vkey
from typer.testing import CliRunner

from .build_vectors import numbered_entries
from .log_builders import LogKey, consistency_proof, leaf_hash

LEAVES = [leaf_hash(entry) for entry in numbered_entries(40)]
OTHER_LEAVES = [leaf_hash(b"rewritten"), *LEAVES[1:]]


class Api:
    """The public API of a log, whose leaves and key a test can change."""

    def __init__(self):
        self.key = LogKey()
        self.leaves = LEAVES[:5]
        self.note = None
        self.posted = []
        self.failures = []
        api = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                status, body = api.failures.pop(0) if api.failures else api.get(self.path)
                self.respond(status, body)

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                api.posted.append((self.path, self.headers["authorization"], body))
                self.respond(204, None)

            def respond(self, status, body):
                self.send_response(status)
                if status == 302:
                    self.send_header("location", self.path)
                self.end_headers()
                if body is not None:
                    self.wfile.write(json.dumps(body).encode())

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def get(self, path):
        parts = urlsplit(path)
        if parts.path == "/audit-trail/public-key":
            return 200, {
                "origin": self.key.origin,
                "vkey": self.key.vkey,
                "fingerprint": self.key.fingerprint,
            }
        if parts.path == "/audit-trail/checkpoint":
            return 200, {"note": self.note or self.key.checkpoint(self.leaves), "cosigners": []}
        query = parse_qs(parts.query)
        old, new = (int(query[name][0]) for name in ("from", "to"))
        hashes = [node.hex() for node in consistency_proof(old, self.leaves[:new])]
        return 200, {"from": old, "to": new, "proof": hashes}


@pytest.fixture
def api():
    api = Api()
    yield api
    api.server.shutdown()
    api.server.server_close()


@pytest.fixture
def witness(api, tmp_path):
    key = tmp_path / "witness.key"
    vkey = CliRunner().invoke(app, ["witness", "keygen", "w.example.com/1", "--key", str(key)]).stdout.strip()

    def run(*options, env=None):
        command = ["witness", "--url", api.url, "--key", str(key), "--state", str(tmp_path / "state.json")]
        result = CliRunner().invoke(app, [*command, *options], env=env)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    run.vkey = vkey
    run.state = tmp_path / "state.json"
    return run


def signed_size(api, witness, result):
    """Return the size of the checkpoint that the printed line signs."""
    assert result.exit_code == 0, result.stderr
    checkpoint = read_checkpoint(api.key.checkpoint(api.leaves) + result.stdout)
    assert checkpoint.cosigned_at(read_vkey(witness.vkey))
    return checkpoint.size


def refused(witness, result):
    """Return the evidence of a refusal."""
    assert result.exit_code == 1
    assert result.stdout == ""
    (file,) = witness.state.parent.glob("*evidence*")
    return json.loads(file.read_text(encoding="utf-8"))


def test_the_first_checkpoint_is_signed_and_the_key_is_stored(api, witness):
    result = witness()
    assert signed_size(api, witness, result) == 5
    assert api.key.fingerprint in result.stderr
    assert json.loads(witness.state.read_text())["logKey"] == api.key.vkey


def test_checkpoints_that_only_add_are_signed(api, witness):
    for size in (5, 5, 6, 8, 31, 40):
        api.leaves = LEAVES[:size]
        assert signed_size(api, witness, witness()) == size


def test_the_signature_is_sent_to_the_log_with_a_token(api, witness):
    result = witness("--token", "secret")
    assert result.exit_code == 0
    ((path, authorization, body),) = api.posted
    assert (path, authorization) == ("/audit-trail/checkpoint/cosignatures", "Bearer secret")
    assert body["size"] == 5
    assert read_checkpoint(api.key.checkpoint(api.leaves) + body["line"] + "\n").cosigned_at(
        read_vkey(witness.vkey)
    )
    assert witness(env={"COUNTERSIGN_TOKEN": "of the environment"}).exit_code == 0
    assert api.posted[1][1] == "Bearer of the environment"


def test_a_rolled_back_log_is_refused(api, witness):
    api.leaves = LEAVES[:8]
    witness()
    api.leaves = LEAVES[:5]
    evidence = refused(witness, witness())
    assert "rolled back" in evidence["reason"]
    assert read_checkpoint(evidence["remembered"]).size == 8
    assert read_checkpoint(evidence["newest"]).size == 5
    assert read_checkpoint(json.loads(witness.state.read_text())["checkpoint"]).size == 8


@pytest.mark.parametrize("size", [5, 9])
def test_a_fork_is_refused(api, witness, size):
    witness()
    api.leaves = OTHER_LEAVES[:size]
    evidence = refused(witness, witness())
    assert read_checkpoint(evidence["remembered"]).is_signed_by(read_vkey(api.key.vkey))
    assert read_checkpoint(evidence["newest"]).is_signed_by(read_vkey(api.key.vkey))
    api.leaves = LEAVES[:9]
    assert signed_size(api, witness, witness()) == 9


def test_another_key_is_refused(api, witness):
    witness()
    trusted, api.key = api.key, LogKey("mallory")
    evidence = refused(witness, witness())
    assert (evidence["trustedKey"], evidence["offeredKey"]) == (trusted.vkey, api.key.vkey)


def test_a_pinned_key_is_compared_from_the_first_run_on(api, witness):
    result = witness("--log-key", LogKey("mallory").vkey)
    assert "another key" in refused(witness, result)["reason"]
    assert not witness.state.exists()
    result = witness("--log-key", api.key.vkey)
    assert signed_size(api, witness, result) == 5
    assert result.stderr == ""


def test_a_checkpoint_with_an_invalid_signature_is_refused(api, witness):
    api.note = LogKey("mallory").checkpoint(LEAVES)
    assert "not valid" in refused(witness, witness())["reason"]


def test_the_state_of_another_log_is_not_overwritten(api, witness):
    witness()
    before = witness.state.read_bytes()
    result = witness("--log-key", LogKey("another log").vkey)
    assert result.exit_code == 2
    assert witness.state.read_bytes() == before


@pytest.mark.parametrize("text", ["", "{", "{}"])
def test_a_damaged_state_is_not_started_again(witness, text):
    witness.state.write_text(text)
    result = witness()
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize(
    "failure", [(404, {"type": "no-checkpoint"}), (200, {"other": 1}), (500, {}), (302, None)]
)
def test_a_log_that_does_not_respond_is_unusable(api, witness, failure):
    api.failures = [failure]
    result = witness()
    assert (result.exit_code, result.stdout) == (2, "")
    assert not witness.state.exists()


def test_a_request_to_a_busy_gateway_is_sent_again(api, witness):
    api.failures = [(503, {})]
    assert signed_size(api, witness, witness()) == 5


def test_no_consistency_proof_is_unusable_and_not_signed(api, witness):
    witness()
    api.leaves = LEAVES[:9]
    api.failures = [
        api.get("/audit-trail/public-key"),
        api.get("/audit-trail/checkpoint"),
        (200, {"proof": None}),
    ]
    result = witness()
    assert (result.exit_code, result.stdout) == (2, "")
    assert read_checkpoint(json.loads(witness.state.read_text())["checkpoint"]).size == 5


def test_a_token_is_not_sent_without_encryption(witness):
    result = witness("--url", "http://log.example.com", "--token", "secret")
    assert result.exit_code == 2
    assert "https only" in result.stderr


@pytest.mark.parametrize("url", ["ftp://127.0.0.1", "log.example.com", "https://"])
def test_another_address_is_unusable(witness, url):
    result = witness("--url", url)
    assert result.exit_code == 2
    assert "not an address" in result.stderr


def test_a_key_is_private_and_never_overwritten(tmp_path):
    key = tmp_path / "witness.key"
    command = ["witness", "keygen", "w.example.com/1", "--key", str(key)]
    first = CliRunner().invoke(app, command)
    assert read_vkey(first.stdout).name == "w.example.com/1"
    assert key.stat().st_mode & 0o077 == 0
    before = key.read_bytes()
    assert CliRunner().invoke(app, command).exit_code == 2
    assert key.read_bytes() == before


@pytest.mark.parametrize("name", ["a b", "a+b", ""])
def test_a_name_that_notes_do_not_allow_is_rejected(tmp_path, name):
    result = CliRunner().invoke(app, ["witness", "keygen", name, "--key", str(tmp_path / "key")])
    assert result.exit_code == 2
    assert not (tmp_path / "key").exists()


@pytest.mark.parametrize("text", ["", "x", "PRIVATE+KEY+w+00000000+BAAA", LogKey().vkey])
def test_another_file_is_not_a_key(api, tmp_path, text):
    (tmp_path / "key").write_text(text)
    command = [
        "witness",
        "--url",
        api.url,
        "--key",
        str(tmp_path / "key"),
        "--state",
        str(tmp_path / "state"),
    ]
    assert CliRunner().invoke(app, command).exit_code == 2


def test_missing_options_are_named():
    result = CliRunner().invoke(app, ["witness"])
    assert result.exit_code == 2
    assert "--url" in result.stderr
