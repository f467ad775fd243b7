"""Chains as the format describes them, built here by hand: nothing of Countersign's own code."""

import base64
import hashlib
import json
from typing import Any

import rfc8785

WORKFLOW = "018f0000-0000-7000-8000-000000000001"
OTHER = "018f0000-0000-7000-8000-000000000002"


def canonical(value: Any) -> str:
    """RFC 8785 text."""
    return rfc8785.dumps(value).decode()


def sha256(text: str) -> str:
    """64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def a_record(
    sequence: int, previous_hash: str, workflow_id: str = WORKFLOW, comment: str = "naïve 𝄞"
) -> dict[str, Any]:
    """A record as the API answers it."""
    person = {"name": "Rita", "email": "rita@example.com", "groups": []}
    content = {"title": "Laptop", "comment": comment, "before": None, "after": {"amount": 1200}}
    salts = {part: hashlib.sha256(f"{part}{sequence}".encode()).digest() for part in ("person", "content")}
    sealed = {
        "workflowId": workflow_id,
        "sequence": sequence,
        "previousHash": previous_hash,
        "personCommitment": commitment("person", salts["person"], canonical(person)),
        "contentCommitment": commitment("content", salts["content"], canonical(content)),
        "aFieldToCome": {"b": 1, "a": [None, True]},
    }
    return {
        "datasetId": f"0190b000-0000-7000-8000-{sequence:012x}",
        "hash": sha256(canonical(sealed)),
        "sealed": sealed,
        "person": person,
        "content": content,
        "participants": [],
        "canonical": {
            "sealed": canonical(sealed),
            "person": {"salt": base64.b64encode(salts["person"]).decode(), "value": canonical(person)},
            "content": {"salt": base64.b64encode(salts["content"]).decode(), "value": canonical(content)},
        },
    }


def a_chain(length: int, workflow_id: str = WORKFLOW) -> list[dict[str, Any]]:
    """A workflow's records, each bound to the one before."""
    previous_hash, chain = sha256(f"countersign/v1/workflow\x00{workflow_id}"), []
    for sequence in range(1, length + 1):
        chain.append(a_record(sequence, previous_hash, workflow_id))
        previous_hash = chain[-1]["hash"]
    return chain


def commitment(part: str, salt: bytes, value: str) -> str:
    """SHA-256("countersign/v1/<part>" ‖ 0x00 ‖ salt ‖ value)."""
    return hashlib.sha256(f"countersign/v1/{part}\x00".encode() + salt + value.encode()).hexdigest()


def reopened(record: dict[str, Any], part: str, value: str) -> dict[str, Any]:
    """The record committed to another text: what a writer who breaks the format could leave behind."""
    salt = bytes(32)
    committed = resealed(record, **{f"{part}Commitment": commitment(part, salt, value)})
    opening = {"salt": base64.b64encode(salt).decode(), "value": value}
    return committed | {"canonical": committed["canonical"] | {part: opening}}


def resealed(record: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """The record with members of its sealed part replaced, and its hash made anew: a forger who knows the format."""
    sealed = record["sealed"] | facts
    text = canonical(sealed)
    return record | {
        "sealed": sealed,
        "hash": sha256(text),
        "canonical": record["canonical"] | {"sealed": text},
    }


def as_file(*records: dict[str, Any]) -> str:
    """One record on a line."""
    return "".join(json.dumps(record) + "\n" for record in records)
