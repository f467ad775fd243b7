"""CPU time of audit events: the handler of create_audit_trail against bare botocore that makes the same calls."""

from __future__ import annotations

import base64
import json
import os
import uuid
from dataclasses import asdict
from functools import partial
from typing import Any

from countersign_common.aws.sqs import event_message
from countersign_common.clock import system_clock, to_rfc3339
from countersign_common.events.audit_event import (
    AUDIT_EVENT_TYPE,
    CONTENT_PART,
    PERSON_PART,
    SEALED_PART,
    AuditEvent,
    ContentPart,
    PersonPart,
    Reference,
    SealedPart,
    StoredTexts,
    WorkflowBlock,
)
from countersign_common.events.cloud_event import CloudEvent, EventMessage
from countersign_common.ids import new_id
from countersign_common.proof.canonical import canonical_text
from countersign_common.proof.commitment import SALT_BYTES, CommitmentOpening
from countersign_common.proof.hash_chain import first_previous_hash, hash_of

from bench.recording import Call, bare_caller, bare_post, recorded, renamed
from bench.rounds import compare

ROUNDS, PER_ROUND, BATCH = 11, 10, 10
SIZES = {"1 KB of data": 1_000, "20 KB of data": 20_000}
SOURCE = "/countersign/workflow"
USER = "5f0c3f0e-0000-7000-8000-000000000001"


def main() -> None:
    """Print one JSON object: size → ratio for a batch of ten, and the calls."""
    from audit_service.handlers.create_audit_trail import handler  # noqa: PLC0415 - reads the environment

    measured = {}
    for name, size in SIZES.items():
        handler(_batch(size), None)  # template and index exist from here on
        batch = _batch(size)
        with recorded() as calls:
            assert handler(batch, None) == {"batchItemFailures": []}
        ours = [[partial(_consume, handler, _batch(size)) for _ in range(PER_ROUND)] for _ in range(ROUNDS)]
        ratio = compare(ours, _replays(calls, batch))
        measured[name] = {"calls": [*(call.operation for call in calls), "_bulk"]} | asdict(ratio)
    print(json.dumps(measured))


def _replays(calls: list[Call], batch: dict[str, Any]) -> list[list[Any]]:
    """Prepare the batch's calls with new ids; the search engine's body is created as the service creates it."""
    call = bare_caller({each.service for each in calls})
    url = f"{os.environ['OPENSEARCH_ENDPOINT']}/_bulk?require_alias=true"
    post = bare_post(url, os.environ["AWS_REGION"])
    events = [CloudEvent.from_message(event_message(record)) for record in batch["Records"]]

    def make_calls(prepared: list[Call], body: bytes) -> None:
        for each in prepared:
            call(each)
        post(body)

    def replay() -> Any:
        names = {event.id: str(uuid.uuid4()) for event in events}
        prepared = [Call(each.service, each.operation, renamed(each.parameters, names)) for each in calls]
        return partial(make_calls, prepared, _bulk([renamed(_document(event), names) for event in events]))

    return [[replay() for _ in range(PER_ROUND)] for _ in range(ROUNDS)]


def _document(event: CloudEvent) -> dict[str, Any]:
    from audit_service.adapters.documents import document_of  # noqa: PLC0415
    from audit_service.adapters.index_schema import month_of, write_alias  # noqa: PLC0415
    from audit_service.schemas.events import record_from  # noqa: PLC0415

    record = record_from(event)
    alias = write_alias(month_of(record.occurred_at))
    return {"index": alias, "id": record.dataset_id, "document": document_of(record)}


def _bulk(documents: list[dict[str, Any]]) -> bytes:
    lines: list[Any] = []
    for each in documents:
        lines += [{"create": {"_index": each["index"], "_id": each["id"]}}, each["document"]]
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


def _consume(handler: Any, batch: dict[str, Any]) -> None:
    assert handler(batch, None) == {"batchItemFailures": []}


def _batch(size: int) -> dict[str, Any]:
    return {"Records": [_record(_message(size)) for _ in range(BATCH)]}


def _record(message: EventMessage) -> dict[str, Any]:
    """Return a message as an event source mapping delivers it."""
    attributes = {
        name: {"dataType": "Binary", "binaryValue": base64.b64encode(text).decode()}
        for name, text in message.texts.items()
    }
    return {
        "messageId": str(uuid.uuid4()),
        "body": message.body,
        "attributes": {"SenderId": os.environ["ALLOWED_SENDERS"].partition(",")[0]},
        "messageAttributes": attributes,
    }


def _message(size: int) -> EventMessage:
    """Return the message of a workflow's first event, which saves this many bytes of data."""
    event_id, workflow_id, now = new_id(), new_id(), to_rfc3339(system_clock())
    person = _opening(
        PERSON_PART.dump(PersonPart("Bench", "bench@example.com", ("users",), "192.0.2.1", "bench"))
    )
    data = {"lines": ["x" * 50 for _ in range(size // 53)]}
    content = _opening(CONTENT_PART.dump(ContentPart("Bench", None, None, data)))
    sealed = SealedPart(
        event_id=event_id,
        source=SOURCE,
        action_type="SAVE",
        action_owner=Reference("user", USER),
        target=Reference("workflow", workflow_id),
        outcome="DRAFT",
        occurred_at=now,
        request_id=str(uuid.uuid4()),
        participants=(f"user:{USER}",),
        person_commitment=person.commitment("person"),
        content_commitment=content.commitment("content"),
        workflow=WorkflowBlock("bench", 1, None, 1, 1, first_previous_hash(workflow_id)),
    )
    text = canonical_text(SEALED_PART.dump(sealed))
    return CloudEvent(
        id=event_id,
        source=SOURCE,
        type=AUDIT_EVENT_TYPE,
        subject=f"workflow/{workflow_id}",
        time=now,
        correlation_id=sealed.request_id,
        data=AuditEvent(text, hash_of(text), person, content).to_json(),
        packed=StoredTexts.of(text, person, content, packed={}).packed,
    ).to_message()


def _opening(part: dict[str, Any]) -> CommitmentOpening:
    return CommitmentOpening(os.urandom(SALT_BYTES), canonical_text(part))


if __name__ == "__main__":
    main()
