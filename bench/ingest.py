"""What audit events cost: the real create_audit_trail handler against bare botocore making a batch's calls."""

from __future__ import annotations

import json
import os
import uuid
from dataclasses import asdict
from functools import partial
from typing import Any

from countersign_common.caller import Caller
from countersign_common.canonical import SALT_BYTES, canonical_text
from countersign_common.chain import first_previous_hash
from countersign_common.clock import system_clock
from countersign_common.events import CloudEvent
from countersign_common.ids import new_id

from bench.recording import Call, bare_caller, bare_post, recorded, renamed
from bench.rounds import compare
from workflow_service.domain.people import Approvers, Person
from workflow_service.domain.rules import create
from workflow_service.domain.scheme import Definition, Scheme, Step
from workflow_service.domain.workflow import Action, ActionType
from workflow_service.use_cases.seal import Origin, Sealer

ROUNDS, PER_ROUND, BATCH = 11, 10, 10
SIZES = {"1 KB of data": 1_000, "20 KB of data": 20_000}
CALLER = Caller("5f0c3f0e-0000-7000-8000-000000000001", "Bench", "bench@example.com")


def main() -> None:
    """Print one JSON object: size → ratio for a batch of ten, and the calls that were made."""
    from audit_service.handlers.create_audit_trail import handler  # noqa: PLC0415 - reads the environment

    measured = {}
    for name, size in SIZES.items():
        handler(_batch(size), None)  # the index template is there from here on
        batch = _batch(size)
        with recorded() as calls:
            assert handler(batch, None) == {"batchItemFailures": []}
        ours = [[partial(_consume, handler, _batch(size)) for _ in range(PER_ROUND)] for _ in range(ROUNDS)]
        ratio = compare(ours, _replays(calls, batch))
        measured[name] = {"calls": [*(call.operation for call in calls), "_bulk"]} | asdict(ratio)
    print(json.dumps(measured))


def _replays(calls: list[Call], batch: dict[str, Any]) -> list[list[Any]]:
    """The batch's calls with ids of their own; the search engine's body is made as the service makes it."""
    call = bare_caller({each.service for each in calls})
    url = f"{os.environ['OPENSEARCH_ENDPOINT']}/_bulk"
    post = bare_post(url, os.environ["AWS_REGION"])
    events = [CloudEvent.from_json(record["body"]) for record in batch["Records"]]

    def once(made: list[Call], body: bytes) -> None:
        for each in made:
            call(each)
        post(body)

    def again() -> Any:
        names = {event.id: str(uuid.uuid4()) for event in events}
        made = [Call(c.service, c.operation, renamed(c.parameters, names)) for c in calls]
        return partial(once, made, _bulk([renamed(_document(event), names) for event in events]))

    return [[again() for _ in range(PER_ROUND)] for _ in range(ROUNDS)]


def _document(event: CloudEvent) -> dict[str, Any]:
    from audit_service.adapters.searchable_dataset import index_of, searchable  # noqa: PLC0415
    from audit_service.schemas import audit_record  # noqa: PLC0415

    record = audit_record(event)
    return {"index": index_of(record), "id": record.dataset_id, "document": searchable(record)}


def _bulk(documents: list[dict[str, Any]]) -> bytes:
    lines: list[Any] = []
    for each in documents:
        lines += [{"create": {"_index": each["index"], "_id": each["id"]}}, each["document"]]
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


def _consume(handler: Any, batch: dict[str, Any]) -> None:
    assert handler(batch, None) == {"batchItemFailures": []}


def _batch(size: int) -> dict[str, Any]:
    return {"Records": [{"messageId": str(uuid.uuid4()), "body": _body(size)} for _ in range(BATCH)]}


def _body(size: int) -> str:
    step = Step("approval", "Approval", Approvers(groups=("approvers",)))
    workflow_id, now = new_id(), system_clock()
    scheme = Scheme("bench", 1, Definition("Bench", (step,)), now, Person.of(CALLER))
    data = canonical_text({"lines": ["x" * 50 for _ in range(size // 53)]})
    action = Action(ActionType.SAVE, title="Bench", data=data)
    root = first_previous_hash(workflow_id)
    transition = create(workflow_id, scheme, action, CALLER, now, root_hash=root)
    sealer = Sealer(new_id, partial(os.urandom, SALT_BYTES))
    return sealer.seal(transition.event, Origin(CALLER, str(uuid.uuid4()), "bench")).messages().audit_trail


if __name__ == "__main__":
    main()
