"""Records, events and requests as the tests need them: valid unless a test says how not."""

import base64
import dataclasses
import hashlib
import json
from typing import Any

from countersign_common.canonical import Opening as Opened
from countersign_common.canonical import canonical_text
from countersign_common.chain import first_previous_hash, hash_of
from countersign_common.events import CloudEvent

from audit_service.domain.audit_record import AuditRecord, Opening
from audit_service.schemas import EVENT_TYPE

WORKFLOW = "0190a000-0000-7000-8000-00000000000a"
OTHER_WORKFLOW = "0190a000-0000-7000-8000-00000000000b"
REQUESTER, APPROVER, STRANGER = "user-requester", "user-approver", "user-stranger"


def dataset_id(number: int) -> str:
    """A UUID that sorts by its number."""
    return f"0190b000-0000-7000-8000-{number:012x}"


def an_event(
    sequence: int = 1,
    *,
    workflow_id: str = WORKFLOW,
    number: int | None = None,
    previous_hash: str | None = None,
    person: dict[str, Any] | None = None,
    content: dict[str, Any] | None = None,
    participants: tuple[str, ...] = (f"user:{REQUESTER}",),
    salt_bytes: int = 32,
    **facts: Any,
) -> CloudEvent:
    """The event of one action; `facts` replace or add members of the sealed part."""
    person_opening = _opening(
        "person",
        {
            "name": "Rita Requester",
            "email": "requester@example.com",
            "groups": ["users"],
            "sourceIp": "192.0.2.7",
            "userAgent": "test",
        }
        | (person or {}),
        salt_bytes,
    )
    content_opening = _opening(
        "content",
        {"title": "Buy a laptop", "comment": None, "before": None, "after": {"amount": 1200}}
        | (content or {}),
        salt_bytes,
    )
    sealed = {
        "schemaVersion": 1,
        "source": "/countersign/workflow",
        "scheme": "expense",
        "schemeVersion": 1,
        "workflowId": workflow_id,
        "stepId": None,
        "round": 1,
        "actionType": "SAVE",
        "actionOwner": {"userId": REQUESTER},
        "outcome": "DRAFT",
        "occurredAt": f"2026-01-31T09:00:{sequence % 60:02d}.000Z",
        "requestId": f"request-{sequence}",
        "sequence": sequence,
        "previousHash": previous_hash or first_previous_hash(workflow_id),
        "personCommitment": person_opening.commitment("person"),
        "contentCommitment": content_opening.commitment("content"),
    } | facts
    text = canonical_text(sealed)
    data = {
        "sealed": text,
        "hash": hash_of(text),
        "person": _as_json(person_opening),
        "content": _as_json(content_opening),
        "participants": list(participants),
    }
    return CloudEvent(
        id=dataset_id(sequence if number is None else number),
        source="/countersign/workflow",
        type=EVENT_TYPE,
        subject=f"workflow/{workflow_id}",
        time=sealed["occurredAt"],
        correlation_id=f"correlation-{sequence}",
        data=data,
    )


def with_data(event: CloudEvent, **data: Any) -> CloudEvent:
    """The event with members of its data replaced."""
    return dataclasses.replace(event, data=event.data | data)


def a_record(sequence: int = 1, **event: Any) -> AuditRecord:
    """The record that an event makes."""
    made = an_event(sequence, **event)
    return AuditRecord(
        dataset_id=made.id,
        hash=made.data["hash"],
        sealed=made.data["sealed"],
        person=Opening(**made.data["person"]),
        content=Opening(**made.data["content"]),
        participants=tuple(made.data["participants"]),
    )


def a_chain(
    length: int, *, workflow_id: str = WORKFLOW, first_number: int = 1, **event: Any
) -> list[AuditRecord]:
    """The records of a workflow, each bound to the one before."""
    chain: list[AuditRecord] = []
    for sequence in range(1, length + 1):
        previous = chain[-1].hash if chain else None
        number = first_number + sequence - 1
        chain.append(
            a_record(sequence, workflow_id=workflow_id, number=number, previous_hash=previous, **event)
        )
    return chain


def an_sqs_event(*bodies: str) -> dict[str, Any]:
    """What Lambda is invoked with by a queue; messages are called message-0, message-1, …"""
    return {
        "Records": [
            {
                "messageId": f"message-{index}",
                "body": body,
                "attributes": {"ApproximateReceiveCount": "1"},
            }
            for index, body in enumerate(bodies)
        ]
    }


def a_request(
    route: str,
    *,
    user: str = REQUESTER,
    groups: tuple[str, ...] = (),
    path: dict[str, str] | None = None,
    query: dict[str, str] | None = None,
    claims: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """What Lambda is invoked with by the HTTP API (payload format 2.0)."""
    if claims is None:
        claims = {"sub": user, "email": f"{user}@example.com", "token_use": "id"}
        if groups:
            claims["cognito:groups"] = f"[{' '.join(groups)}]"
    return {
        "version": "2.0",
        "routeKey": route,
        "headers": {},
        "pathParameters": path or {},
        "queryStringParameters": query or {},
        "requestContext": {
            "requestId": "request-of-the-test",
            "authorizer": {"jwt": {"claims": claims}},
            "http": {"sourceIp": "192.0.2.7", "userAgent": "test"},
        },
    }


def _opening(part: str, value: dict[str, Any], salt_bytes: int) -> Opened:
    salt = hashlib.sha256(part.encode()).digest()
    return Opened(salt[:salt_bytes], canonical_text(value))


def _as_json(opening: Opened) -> dict[str, str]:
    return {"salt": base64.b64encode(opening.salt).decode(), "value": opening.value}


def body_of(answer: dict[str, Any]) -> Any:
    """An answer's body, decoded."""
    return json.loads(answer["body"])
