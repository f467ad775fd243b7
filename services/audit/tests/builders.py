"""Events, records and requests: valid unless a test says how they are not."""

import dataclasses
import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from countersign_common.aws.sqs import send_arguments
from countersign_common.events.audit_event import AUDIT_EVENT_TYPE, StoredTexts
from countersign_common.events.cloud_event import CloudEvent, EventMessage
from countersign_common.http.caller import Caller
from countersign_common.proof.canonical import canonical_text
from countersign_common.proof.commitment import PARTS, CommitmentOpening, Part
from countersign_common.proof.hash_chain import first_previous_hash, hash_of

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.own_events import NO_PERSON, OwnEvent, Reference, Salts, own_record
from audit_service.domain.search import Position

WORKFLOW = "0190a000-0000-7000-8000-00000000000a"
OTHER_WORKFLOW = "0190a000-0000-7000-8000-00000000000b"
REQUESTER, APPROVER, STRANGER = "user-requester", "user-approver", "user-stranger"
PARTICIPANTS = (f"user:{REQUESTER}", f"user:{APPROVER}")

WORKFLOW_FIELDS = frozenset({"scheme", "schemeVersion", "stepId", "round", "sequence", "previousHash"})


def just_then() -> datetime:
    """Return the time of the events' minute: none of them is late."""
    return datetime(2026, 1, 31, 9, tzinfo=UTC)


def dataset_id(number: int) -> str:
    """Return a UUID that sorts by its number."""
    return f"0190b000-0000-7000-8000-{number:012x}"


def make_event(
    sequence: int = 1,
    *,
    workflow_id: str = WORKFLOW,
    number: int | None = None,
    previous_hash: str | None = None,
    person: dict[str, Any] | None = None,
    content: dict[str, Any] | None = None,
    participants: tuple[str, ...] = PARTICIPANTS,
    salt_bytes: int = 32,
    has_workflow: bool = True,
    **facts: Any,
) -> CloudEvent:
    """Return the event of one action; `facts` replace or add fields of the sealed part or its workflow block."""
    event_id = dataset_id(sequence if number is None else number)
    person_opening = _opening("person", _PERSON | (person or {}), salt_bytes)
    content_opening = _opening("content", _CONTENT | (content or {}), salt_bytes)
    sealed: dict[str, Any] = {
        "schemaVersion": 1,
        "eventId": event_id,
        "source": "/countersign/workflow",
        "actionType": "REQUEST",
        "actionOwner": {"type": "user", "id": REQUESTER},
        "target": {"type": "workflow", "id": workflow_id},
        "outcome": "PENDING",
        "occurredAt": f"2026-01-31T09:00:{sequence % 60:02d}.000Z",
        "requestId": f"request-{sequence}",
        "participants": list(participants),
        "personCommitment": person_opening.commitment("person"),
        "contentCommitment": content_opening.commitment("content"),
    }
    workflow = {
        "scheme": "expense",
        "schemeVersion": 1,
        "stepId": "approval",
        "round": 1,
        "sequence": sequence,
        "previousHash": previous_hash or first_previous_hash(workflow_id),
    }
    workflow |= {name: value for name, value in facts.items() if name in WORKFLOW_FIELDS}
    sealed |= {name: value for name, value in facts.items() if name not in WORKFLOW_FIELDS}
    if has_workflow:
        sealed["workflow"] = workflow
    text = canonical_text(sealed)
    target = sealed["target"]
    return CloudEvent(
        id=event_id,
        source="/countersign/workflow",
        type=AUDIT_EVENT_TYPE,
        subject=f"{target['type']}/{target['id']}" if isinstance(target, dict) else "workflow/x",
        time="2026-01-31T09:00:00.000Z",
        correlation_id=f"correlation-{sequence}",
        data={
            "sealed": text,
            "hash": hash_of(text),
            "person": person_opening.to_json(),
            "content": content_opening.to_json(),
        },
    )


def with_data(event: CloudEvent, **data: Any) -> CloudEvent:
    """Return the event with fields of its data replaced."""
    return dataclasses.replace(event, data={**event.data, **data})


def make_record(sequence: int = 1, **event: Any) -> AuditRecord:
    """Return the record of an event."""
    made = make_event(sequence, **event)
    return AuditRecord(
        dataset_id=made.id,
        hash=made.data["hash"],
        sealed=made.data["sealed"],
        person=CommitmentOpening.from_json(made.data["person"]),
        content=CommitmentOpening.from_json(made.data["content"]),
    )


def make_draft(sequence: int = 1, owner: str = REQUESTER, **event: Any) -> AuditRecord:
    """Return the record of a saved draft, which names its owner as the only participant."""
    facts = {
        "actionType": "SAVE",
        "outcome": "DRAFT",
        "stepId": None,
        "actionOwner": {"type": "user", "id": owner},
        "participants": (f"user:{owner}",),
    }
    return make_record(sequence, **(facts | event))


def make_chain(
    length: int, *, workflow_id: str = WORKFLOW, first_number: int = 1, **event: Any
) -> list[AuditRecord]:
    """Return the records of a workflow, each bound to the previous one."""
    chain: list[AuditRecord] = []
    for sequence in range(1, length + 1):
        previous = chain[-1].hash if chain else None
        number = first_number + sequence - 1
        chain.append(
            make_record(sequence, workflow_id=workflow_id, number=number, previous_hash=previous, **event)
        )
    return chain


def position_of(record: AuditRecord) -> Position:
    """Return where a search finds the record."""
    return Position(int(record.occurred_at.timestamp() * 1000), record.dataset_id)


def caller(user_id: str, *groups: str) -> Caller:
    """Return a signed-in user."""
    return Caller(user_id, user_id, f"{user_id}@example.com", frozenset(groups))


def body_of(event: CloudEvent) -> str:
    """Return the event as the body of a message."""
    return str(send_arguments(event.to_message())["MessageBody"])


def with_compressed_texts(event: CloudEvent) -> CloudEvent:
    """Return the event with its long texts in compressed form, as the workflow service sends them."""
    person, content = (CommitmentOpening.from_json(event.data[part]) for part in PARTS)
    texts = StoredTexts.of(event.data["sealed"], person, content, packed={})
    return dataclasses.replace(event, packed=texts.packed)


def make_erasure(number: int, parts: Mapping[str, Sequence[str]]) -> AuditRecord:
    """Return the record of an erasure event: what it names, by datasetId."""
    event = OwnEvent(
        event_id=dataset_id(number),
        action_type="ERASE",
        outcome="ERASED",
        target=Reference("user", REQUESTER),
        action_owner=Reference("user", "ada"),
        occurred_at="2026-02-01T09:00:00.000Z",
        request_id="request",
        person=NO_PERSON,
        title="Erasure",
        comment="x",
        after={
            "reason": "x",
            "parts": ["person"],
            "erased": [{"datasetId": each, "parts": named} for each, named in parts.items()],
        },
    )
    return own_record(event, Salts(b"1" * 32, b"2" * 32))


def sqs_event(*messages: str | EventMessage) -> dict[str, Any]:
    """Return what a queue invokes a function with; the messages, or their bodies, are message-0, message-1, …"""
    return {"Records": [_record(f"message-{index}", message) for index, message in enumerate(messages)]}


def _record(message_id: str, message: str | EventMessage) -> dict[str, Any]:
    body, texts = (message, {}) if isinstance(message, str) else (message.body, message.texts)
    attributes = {
        name: {"dataType": "Binary", "binaryValue": b64encode(text).decode()} for name, text in texts.items()
    }
    return {
        "messageId": message_id,
        "body": body,
        "attributes": {"SenderId": "the-producer:a-session"},
        "messageAttributes": attributes,
    }


def api_request(
    route: str,
    *,
    user: str = REQUESTER,
    groups: tuple[str, ...] = (),
    path: dict[str, str] | None = None,
    query: str = "",
    claims: dict[str, Any] | None = None,
    body: Any = None,
) -> dict[str, Any]:
    """Return what the HTTP API invokes a function with (payload format 2.0)."""
    if claims is None:
        claims = {"sub": user, "email": f"{user}@example.com", "token_use": "id"}
        if groups:
            claims["cognito:groups"] = f"[{' '.join(groups)}]"
    return {
        "version": "2.0",
        "routeKey": route,
        "rawQueryString": query,
        "headers": {},
        "body": None if body is None else json.dumps(body),
        "pathParameters": path or {},
        "requestContext": {
            "requestId": "request-of-the-test",
            "authorizer": {"jwt": {"claims": claims}},
            "http": {"sourceIp": "192.0.2.7", "userAgent": "test"},
        },
    }


def json_of(response: dict[str, Any]) -> Any:
    """Return the decoded body of a response."""
    return json.loads(response["body"])


_PERSON = {
    "name": "Rita Requester",
    "email": "requester@example.com",
    "groups": ["users"],
    "sourceIp": "192.0.2.7",
    "userAgent": "test",
}
_CONTENT = {"title": "Buy a laptop", "comment": None, "before": None, "after": {"amount": 1249.5}}


def _opening(part: Part, value: dict[str, Any], salt_bytes: int) -> CommitmentOpening:
    salt = hashlib.sha256(part.encode()).digest()
    return CommitmentOpening(salt[:salt_bytes], canonical_text(value))
