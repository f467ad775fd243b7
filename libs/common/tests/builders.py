"""Values to test with."""

import json
from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import Any

from countersign_common.canonical import Opening, canonical_text
from countersign_common.chain import Evidence, first_previous_hash, hash_of
from hypothesis import strategies as st

WORKFLOW = "018f0000-0000-7000-8000-000000000001"
USER = "11111111-1111-4111-8111-111111111111"

CONTEXT = SimpleNamespace(aws_request_id="an-invocation")

unicode_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | unicode_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(unicode_text, inner, max_size=4),
    max_leaves=12,
)
"""JSON values that have a canonical form."""


def a_request(
    route: str,
    *,
    body: str | None = None,
    base64: bool = False,
    path: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    claims: Mapping[str, str] | None = None,
    token: bool = True,
) -> dict[str, Any]:
    """An HTTP API event, payload format 2.0."""
    who = {"sub": USER, "token_use": "id", "name": "Bo", "email": "bo@example.com"} | dict(claims or {})
    return {
        "version": "2.0",
        "routeKey": route,
        "headers": dict(headers or {}),
        "pathParameters": path,
        "queryStringParameters": query,
        "body": body,
        "isBase64Encoded": base64,
        "requestContext": {
            "requestId": "a-request",
            "http": {"sourceIp": "192.0.2.1", "userAgent": "a browser"},
            "authorizer": {"jwt": {"claims": who}} if token else {},
        },
    }


def a_batch(**bodies: str) -> dict[str, Any]:
    """What Lambda gives a queue's consumer: a message under each name, delivered for the second time."""
    return {
        "Records": [
            {"messageId": name, "body": body, "attributes": {"ApproximateReceiveCount": "2"}}
            for name, body in bodies.items()
        ]
    }


def a_chain(length: int, workflow_id: str = WORKFLOW) -> list[Evidence]:
    """The stored events of a workflow, unbroken."""
    chain: list[Evidence] = []
    previous = first_previous_hash(workflow_id)
    for sequence in range(1, length + 1):
        person = Opening(bytes([sequence % 256]) * 32, canonical_text({"name": f"person {sequence}"}))
        content = Opening(bytes([sequence % 256]) * 32, canonical_text({"title": f"title {sequence}"}))
        sealed = canonical_text(
            {
                "workflowId": workflow_id,
                "sequence": sequence,
                "previousHash": previous,
                "personCommitment": person.commitment("person"),
                "contentCommitment": content.commitment("content"),
            }
        )
        previous = hash_of(sealed)
        chain.append(Evidence(f"dataset-{sequence}", sealed, previous, person, content))
    return chain


def log_lines(output: str) -> list[dict[str, Any]]:
    """The log lines in what was printed; metrics are left out."""
    return [line for line in _objects(output) if "level" in line]


def metrics(output: str) -> dict[str, Any]:
    """The members of all EMF metrics in what was printed."""
    found: dict[str, Any] = {}
    for line in _objects(output):
        if "_aws" in line:
            found |= line
    return found


def _objects(output: str) -> Iterable[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines() if line.startswith("{")]
