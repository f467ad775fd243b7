"""Build records from the published format, without code of Countersign."""

import base64
import hashlib
import json
from typing import Any

import rfc8785

WORKFLOW = "018f0000-0000-7000-8000-000000000001"
OTHER_WORKFLOW = "018f0000-0000-7000-8000-000000000002"

Record = dict[str, Any]

PERSON = {
    "name": "Rita",
    "email": "rita@example.com",
    "groups": [],
    "sourceIp": "192.0.2.1",
    "userAgent": "curl/8",
}
CONTENT = {"title": "Laptop", "comment": "naïve 𝄞", "before": None, "after": {"amount": 12.5, "tiny": 1e-7}}


def canonical(value: Any) -> str:
    return rfc8785.dumps(value).decode()


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def commitment(part: str, salt: bytes, value: str) -> str:
    """SHA-256("countersign/v1/<part>" ‖ 0x00 ‖ salt ‖ value)."""
    return hashlib.sha256(f"countersign/v1/{part}\x00".encode() + salt + value.encode()).hexdigest()


def build_record(number: int, target: dict[str, str], workflow: dict[str, Any] | None = None) -> Record:
    """Build a record as the API returns it to an auditor."""
    salts = {part: hashlib.sha256(f"{part}{number}".encode()).digest() for part in ("person", "content")}
    event_id = f"0190b000-0000-7000-8000-{number:012x}"
    sealed = {
        "schemaVersion": 1,
        "eventId": event_id,
        "source": "/countersign/workflow",
        "actionType": "SAVE",
        "actionOwner": {"type": "user", "id": "018f0000-0000-7000-8000-00000000000a"},
        "target": target,
        "outcome": "DRAFT",
        "occurredAt": "2026-11-02T09:30:00.000Z",
        "requestId": "request",
        "participants": ["user:018f0000-0000-7000-8000-00000000000a"],
        "personCommitment": commitment("person", salts["person"], canonical(PERSON)),
        "contentCommitment": commitment("content", salts["content"], canonical(CONTENT)),
    }
    if number % 2 == 0:  # a writer of a later version
        sealed["aFutureField"] = {"b": 1, "a": [None, True]}
    if workflow is not None:
        sealed["workflow"] = workflow
    return {
        "datasetId": event_id,
        "hash": sha256(canonical(sealed)),
        "sealed": sealed,
        "person": PERSON,
        "content": CONTENT,
        "canonical": {
            "sealed": canonical(sealed),
            "person": {"salt": base64.b64encode(salts["person"]).decode(), "value": canonical(PERSON)},
            "content": {"salt": base64.b64encode(salts["content"]).decode(), "value": canonical(CONTENT)},
        },
    }


def build_chain(length: int, workflow_id: str = WORKFLOW) -> list[Record]:
    """Build a workflow's records, each linked to the one before."""
    previous_hash, chain = sha256(f"countersign/v1/workflow\x00{workflow_id}"), []
    for sequence in range(1, length + 1):
        link = {
            "scheme": "purchase",
            "schemeVersion": 1,
            "stepId": None,
            "round": 1,
            "sequence": sequence,
            "previousHash": previous_hash,
        }
        chain.append(build_record(sequence, {"type": "workflow", "id": workflow_id}, link))
        previous_hash = chain[-1]["hash"]
    return chain


def build_standalone(number: int) -> Record:
    """Build the record of an event outside workflows."""
    return build_record(number, {"type": "user", "id": "018f0000-0000-7000-8000-00000000000a"})


def reseal(record: Record, **fields: Any) -> Record:
    """Replace fields of the sealed part and recompute its hash, as a forger who knows the format would."""
    sealed = record["sealed"] | fields
    text = canonical(sealed)
    return record | {
        "sealed": sealed,
        "hash": sha256(text),
        "canonical": record["canonical"] | {"sealed": text},
    }


def reseal_workflow(record: Record, **fields: Any) -> Record:
    """Replace fields of the sealed workflow block and recompute the hash."""
    return reseal(record, workflow=record["sealed"]["workflow"] | fields)


def recommit(record: Record, part: str, value: str) -> Record:
    """Commit the record to another text, as a writer that breaks the format could."""
    salt = bytes(32)
    committed = reseal(record, **{f"{part}Commitment": commitment(part, salt, value)})
    opening = {"salt": base64.b64encode(salt).decode(), "value": value}
    return committed | {"canonical": committed["canonical"] | {part: opening}}


def erase(record: Record, *parts: str) -> Record:
    """Return the record with parts erased, as the API returns it afterward."""
    nothing = dict.fromkeys(parts)
    return record | nothing | {"canonical": record["canonical"] | nothing}


def withhold_person(record: Record) -> Record:
    """Return the record as the API returns it to a participant."""
    return record | {
        "person": {"name": record["person"]["name"]},
        "redacted": ["person"],
        "canonical": record["canonical"] | {"person": None},
    }


def build_erasure(number: int, erased: dict[str, list[str]]) -> Record:
    """Build the record of an erasure event that names parts of records by their datasetId."""
    after = {
        "reason": "request of the data subject",
        "parts": ["person"],
        "erased": [{"datasetId": dataset_id, "parts": parts} for dataset_id, parts in erased.items()],
    }
    record = build_record(number, {"type": "user", "id": "018f0000-0000-7000-8000-00000000000a"})
    record = reseal(record, source="/countersign/audit", actionType="ERASE", outcome="ERASED")
    content = {"title": "Erasure", "comment": None, "before": None, "after": after}
    return recommit(record, "content", canonical(content)) | {"content": content}


def to_file(*records: Record) -> str:
    """Write one record per line."""
    return "".join(json.dumps(record) + "\n" for record in records)
