"""Audit records of workflows that ended long ago: their events are sent when they are old, as time can't pass."""

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from countersign_common.clock import to_rfc3339
from countersign_common.events.cloud_event import CloudEvent
from countersign_common.proof.canonical import canonical_text
from countersign_common.proof.hash_chain import first_previous_hash, hash_of

from harness.scenario import Scenario
from harness.stores import Stores
from local_cloud.waiting import wait_until


@dataclass(frozen=True)
class OldWorkflow:
    """A workflow of which only the audit trail knows.

    Attributes:
        dataset_ids: Of its records, by sequence.
    """

    workflow_id: str
    dataset_ids: Sequence[str]


def record_old_workflow(scenario: Scenario, stores: Stores, *times: datetime) -> OldWorkflow:
    """Record a workflow of the scenario's scheme with one event at each of these times, in UTC.

    The events are those of a new workflow, with other ids and times: `audit-create-audit-trail` records them from its
    queue like all others. No manifest names them.
    """
    source = scenario.create_pending(title="An old claim", data={"amount": 1}, comment="From the archive")
    event = CloudEvent.from_message(stores.messages_of(source, 1)["audit_trail"])
    workflow_id, dataset_ids = str(uuid4()), [str(uuid4()) for _ in times]
    previous = first_previous_hash(workflow_id)
    for sequence, (event_id, at) in enumerate(zip(dataset_ids, times, strict=True), start=1):
        sealed = json.loads(event.data["sealed"])
        sealed |= {"eventId": event_id, "occurredAt": to_rfc3339(at)}
        sealed["target"]["id"] = workflow_id
        sealed["workflow"] |= {"sequence": sequence, "previousHash": previous}
        text = canonical_text(sealed)
        previous = hash_of(text)
        data = {**event.data, "sealed": text, "hash": previous}
        sent = dataclasses.replace(
            event, id=event_id, subject=f"workflow/{workflow_id}", time=to_rfc3339(at), data=data, packed={}
        )
        stores.send("audit_trail", sent.to_message())
    wait_until(lambda: len(stores.audit_records(workflow_id)) == len(times), timeout=30)
    wait_until(lambda: all(map(stores.searchable, dataset_ids)), timeout=30)
    return OldWorkflow(workflow_id, dataset_ids)
