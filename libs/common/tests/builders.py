"""Builders of test values: events of Lambda, stored chains, strategies for JSON."""

import base64 as b64
import json
from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from countersign_common.proof.canonical import canonical_text
from countersign_common.proof.commitment import CommitmentOpening
from countersign_common.proof.hash_chain import StoredEvent, first_previous_hash, hash_of
from hypothesis import strategies as st

WORKFLOW_ID = "018f0000-0000-7000-8000-000000000001"
OTHER_WORKFLOW_ID = "018f0000-0000-7000-8000-000000000002"
USER_ID = "11111111-1111-4111-8111-111111111111"

CONTEXT = SimpleNamespace(aws_request_id="an-invocation")
"""Lambda's context object."""

unicode_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
safe_integers = st.integers(-(2**53) + 1, 2**53 - 1)
doubles = st.floats(allow_nan=False, allow_infinity=False)
json_values = st.recursive(
    st.none() | st.booleans() | safe_integers | doubles | unicode_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(unicode_text, inner, max_size=4),
    max_leaves=12,
)
"""JSON values that have a canonical form."""


def http_event(
    route: str,
    *,
    body: str | None = None,
    base64: bool = False,
    path: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    raw_query: str | None = None,
    headers: Mapping[str, str] | None = None,
    claims: Mapping[str, Any] | None = None,
    token: bool = True,
) -> dict[str, Any]:
    """Return an event of an HTTP API, payload format 2.0."""
    user = {"sub": USER_ID, "token_use": "id", "name": "Bo", "email": "bo@example.com"}
    return {
        "version": "2.0",
        "routeKey": route,
        "rawQueryString": urlencode(query or {}) if raw_query is None else raw_query,
        "headers": dict(headers or {}),
        "pathParameters": path,
        "queryStringParameters": query,
        "body": body,
        "isBase64Encoded": base64,
        "requestContext": {
            "requestId": "a-request",
            "http": {"sourceIp": "192.0.2.1", "userAgent": "a browser"},
            "authorizer": {"jwt": {"claims": user | dict(claims or {})}} if token else {},
        },
    }


def sqs_record(
    message_id: str,
    body: str,
    texts: Mapping[str, bytes] | None = None,
    *,
    sender: str = "the-producer:a-session",
) -> dict[str, Any]:
    """Return a message as Lambda passes it to the consumer of a queue."""
    return {
        "messageId": message_id,
        "body": body,
        "attributes": {"ApproximateReceiveCount": "2", "SenderId": sender},
        "messageAttributes": {
            name: {"dataType": "Binary", "binaryValue": b64.b64encode(text).decode()}
            for name, text in (texts or {}).items()
        },
    }


def sqs_event(**bodies: str) -> dict[str, Any]:
    """Return an event with one message for each keyword: message id and body."""
    return {"Records": [sqs_record(message_id, body) for message_id, body in bodies.items()]}


def stored_chain(length: int, workflow_id: str = WORKFLOW_ID) -> list[StoredEvent]:
    """Return the stored events of a workflow, an intact chain."""
    chain: list[StoredEvent] = []
    previous_hash = first_previous_hash(workflow_id)
    for sequence in range(1, length + 1):
        salt = bytes([sequence % 256]) * 32
        person = CommitmentOpening(salt, canonical_text({"name": f"person {sequence}"}))
        content = CommitmentOpening(salt, canonical_text({"title": f"title {sequence}"}))
        event_id = f"event-{sequence}"
        sealed = canonical_text(
            {
                "eventId": event_id,
                "target": {"type": "workflow", "id": workflow_id},
                "personCommitment": person.commitment("person"),
                "contentCommitment": content.commitment("content"),
                "workflow": {"sequence": sequence, "previousHash": previous_hash},
            }
        )
        previous_hash = hash_of(sealed)
        chain.append(StoredEvent(event_id, sealed, previous_hash, person, content))
    return chain


def log_lines(output: str) -> list[dict[str, Any]]:
    """Return the log lines in what was printed, without metrics."""
    return [line for line in _json_lines(output) if "level" in line]


def metrics(output: str) -> dict[str, Any]:
    """Return the members of all EMF metrics in what was printed."""
    found: dict[str, Any] = {}
    for line in _json_lines(output):
        if "_aws" in line:
            found |= line
    return found


def _json_lines(output: str) -> Iterable[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines() if line.startswith("{")]
