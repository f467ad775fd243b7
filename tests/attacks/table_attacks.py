"""Attacks on queues, tables and the search index.

Each function tampers with a victim's workflow, as consistently as the attacker can, and returns the id of the workflow
that shows it.
"""

import json
import secrets
from datetime import timedelta

from countersign_common.clock import from_rfc3339, to_rfc3339
from countersign_common.ids import new_id
from countersign_common.proof.canonical import canonical_text
from countersign_common.proof.commitment import CommitmentOpening
from countersign_common.proof.hash_chain import first_previous_hash

from attacks.attacker import Attacker, Item
from attacks.victims import (
    AMOUNT,
    FORGED_AMOUNT,
    Victim,
    hash_in,
    packed,
    salt_of,
    sealed_of,
    text_of,
    value_of,
    with_committed_part,
    with_forged_amount,
    with_part,
    with_sealed,
)
from local_cloud.waiting import wait_until
from workflow_service.adapters.event_items import event_from_item

# (a) The queue


def send_forged_event(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Send one more event of the workflow, which continues its chain."""
    last = victim.events(attacker)[-1]
    sealed = sealed_of(last)
    block = {
        **sealed["workflow"],
        "sequence": sealed["workflow"]["sequence"] + 1,
        "previousHash": hash_in(last),
    }
    forged = {**sealed, "eventId": new_id(), "workflow": block, "occurredAt": _after(sealed["occurredAt"])}
    _record(attacker, with_sealed(last, forged))
    return victim.workflow_id


def send_invented_workflow(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Send the complete chain of a workflow that never existed."""
    workflow_id = new_id()
    previous = first_previous_hash(workflow_id)
    for event in victim.events(attacker):
        sealed = sealed_of(event)
        invented = {
            **sealed,
            "eventId": new_id(),
            "target": {**sealed["target"], "id": workflow_id},
            "workflow": {**sealed["workflow"], "previousHash": previous},
        }
        item = with_sealed(event, invented)
        previous = hash_in(item)
        _record(attacker, item)
    return workflow_id


def _record(attacker: Attacker, event: Item) -> None:
    """Send an event and wait until it is recorded. The record is deleted at the end, its leaf in the log stays."""
    key = {"datasetId": {"S": sealed_of(event)["eventId"]}}
    attacker.delete_at_the_end(attacker.audit, key)
    attacker.send(event_from_item(event).messages().audit_trail)
    wait_until(lambda: attacker.audit.get(key) is not None, timeout=20, what="the forged record")


def _after(occurred_at: str) -> str:
    return to_rfc3339(from_rfc3339(occurred_at) + timedelta(milliseconds=1))


# (b) The audit-trail table


def rewrite_last_event(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Turn an approval into a rejection, with the hash of the new text."""
    last = victim.records(attacker)[-1]
    forged = {**sealed_of(last), "actionType": "REJECT", "outcome": "REJECTED"}
    attacker.put(attacker.audit, with_sealed(last, forged))
    return victim.workflow_id


def rehash_chain(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Change the amount in all events, with new commitments, links and hashes."""
    for record in with_forged_amount(victim.records(attacker)):
        attacker.put(attacker.audit, record)
    return victim.workflow_id


def delete_tail(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Delete the request and its approval."""
    for record in victim.records(attacker)[2:]:
        attacker.delete(attacker.audit, record)
    return victim.workflow_id


def delete_event(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Delete an event in the middle."""
    attacker.delete(attacker.audit, victim.records(attacker)[1])
    return victim.workflow_id


def remove_content(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Remove value and salt of a content part, as an erasure does."""
    return _remove(attacker, victim, "content")


def remove_person(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Remove value and salt of a person part, as an erasure does."""
    return _remove(attacker, victim, "person")


def _remove(attacker: Attacker, victim: Victim, part: str) -> str:
    record = dict(victim.records(attacker)[1])
    del record[part]
    attacker.put(attacker.audit, record)
    return victim.workflow_id


def change_participants(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Let another user read a record."""
    last = victim.records(attacker)[-1]
    sealed = sealed_of(last)
    forged = {**sealed, "participants": sorted([*sealed["participants"], "user:someone"])}
    attacker.put(attacker.audit, with_sealed(last, forged))
    return victim.workflow_id


def damage_record(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Make a record unreadable."""
    record = victim.records(attacker)[1]
    attacker.put(attacker.audit, {**record, "sealed": packed(text_of(record["sealed"])[:-1])})
    return victim.workflow_id


def swap_events(attacker: Attacker, victim: Victim, other: Victim) -> str:
    """Exchange an event of two workflows."""
    one, two = victim.records(attacker)[1], other.records(attacker)[1]
    texts = ("sealed", "hash", "person", "content")
    attacker.put(attacker.audit, {**one, **{name: two[name] for name in texts}})
    attacker.put(attacker.audit, {**two, **{name: one[name] for name in texts}})
    return victim.workflow_id


def move_record(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Store a record under another datasetId."""
    record = victim.records(attacker)[-1]
    attacker.delete(attacker.audit, record)
    attacker.put(attacker.audit, {**record, "datasetId": {"S": new_id()}})
    return victim.workflow_id


def replace_content(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Replace the value of a content part, and leave the commitment."""
    record = victim.records(attacker)[1]
    attacker.put(attacker.audit, with_part(record, "content", _other_content(record)))
    return victim.workflow_id


def forge_salt(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Replace value and salt of a content part."""
    record = victim.records(attacker)[1]
    forged = with_part(record, "content", _other_content(record), secrets.token_bytes(32))
    attacker.put(attacker.audit, forged)
    return victim.workflow_id


def move_bytes_into_salt(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Move the first byte of a value to the end of its salt: the commitment stays the same."""
    record = victim.records(attacker)[1]
    value = text_of(record["content"]["M"]["value"])
    opening = {"salt": {"B": salt_of(record, "content") + value[:1].encode()}, "value": packed(value[1:])}
    attacker.put(attacker.audit, {**record, "content": {"M": opening}})
    return victim.workflow_id


def _other_content(record: Item) -> dict[str, object]:
    content = value_of(record, "content")
    return {**content, "after": {**content["after"], "amount": FORGED_AMOUNT}}


def hide_record(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Remove the attribute that lists a record under its workflow. Nothing that is hashed changes."""
    record = dict(victim.records(attacker)[1])
    del record["workflowId"]
    attacker.put(attacker.audit, record)
    return victim.workflow_id


# (c) The search index


def delete_document(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Hide a record from searches."""
    attacker.delete_document(victim.records(attacker)[1]["datasetId"]["S"])
    return victim.workflow_id


def change_document(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Let another user find a record."""
    dataset_id = victim.records(attacker)[-1]["datasetId"]["S"]
    document = attacker.document(dataset_id)[1]
    participants = [*document["participants"], "user:someone"]
    attacker.change_document(dataset_id, participants=participants)
    return victim.workflow_id


# (d) The workflow table


def change_status(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Change the status of a workflow without an event."""
    attacker.put(attacker.workflow, {**victim.state(attacker), "status": {"S": "REJECTED"}})
    return victim.workflow_id


def change_data(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Change the data of a workflow without an event."""
    state = victim.state(attacker)
    data = text_of(state["data"]).replace(str(AMOUNT), str(FORGED_AMOUNT))
    attacker.put(attacker.workflow, {**state, "data": packed(data)})
    return victim.workflow_id


def set_version_back(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Give a workflow the version, the status and the head that it had before the request. Its events stay."""
    attacker.put(attacker.workflow, _state_before_the_request(attacker, victim))
    return victim.workflow_id


def change_history(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Change what the workflow service stores of an event, and shows in the history."""
    event = victim.events(attacker)[1]
    forged = with_committed_part(event, "content", _other_content(event))
    attacker.put(attacker.workflow, {**forged, "title": {"S": "New bicycle"}})
    return victim.workflow_id


# (e) All of them, and the buckets, without the key


def rehash_everywhere(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Change the amount in all events, in all tables, with all hashes that follow from it."""
    records = with_forged_amount(victim.records(attacker))
    for record in records:
        attacker.put(attacker.audit, record)
        key = {"pk": {"S": f"ENTRY#{record['datasetId']['S']}"}, "sk": {"S": "INDEX"}}
        entry = attacker.log.get(key)
        if entry is not None:
            attacker.put(attacker.log, {**entry, "hash": {"B": bytes.fromhex(hash_in(record))}})
    events = with_forged_amount(victim.events(attacker))
    for event in events:
        attacker.put(attacker.workflow, event)
    state = victim.state(attacker)
    data = text_of(state["data"]).replace(str(AMOUNT), str(FORGED_AMOUNT))
    head = {"B": bytes.fromhex(hash_in(events[-1]))}
    attacker.put(attacker.workflow, {**state, "data": packed(data), "headHash": head})
    return victim.workflow_id


def roll_back_tables(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Restore all tables to the time before the request, as from a backup."""
    events = victim.events(attacker)
    for record in victim.records(attacker)[2:]:
        attacker.delete(attacker.audit, record)
        entry = {"pk": {"S": f"ENTRY#{record['datasetId']['S']}"}, "sk": {"S": "INDEX"}}
        attacker.delete(attacker.log, entry)
    for event in events[2:]:
        attacker.delete(attacker.workflow, event)
    attacker.put(attacker.workflow, _state_of(victim.state(attacker), events[1]))
    return victim.workflow_id


def _state_before_the_request(attacker: Attacker, victim: Victim) -> Item:
    return _state_of(victim.state(attacker), victim.events(attacker)[1])


def _state_of(state: Item, event: Item) -> Item:
    """Return a state as it was after an event."""
    return {
        **state,
        "version": {"N": str(sealed_of(event)["workflow"]["sequence"])},
        "status": {"S": sealed_of(event)["outcome"]},
        "headHash": {"B": bytes.fromhex(hash_in(event))},
    }


def erase_everywhere(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Remove a content part from both services' tables, without an erasure."""
    record, event = dict(victim.records(attacker)[1]), dict(victim.events(attacker)[1])
    del record["content"], event["content"]
    attacker.put(attacker.audit, record)
    attacker.put(attacker.workflow, event)
    return victim.workflow_id


def forge_erasure(attacker: Attacker, victim: Victim, _: Victim) -> str:
    """Remove a content part, and store an erasure event that names it in the tables."""
    record = dict(victim.records(attacker)[1])
    dataset_id = record["datasetId"]["S"]
    del record["content"]
    attacker.put(attacker.audit, record)
    erasure = _erasure_of(dataset_id, sealed_of(record))
    attacker.put(attacker.audit, erasure)
    pointer = {"pk": {"S": f"ERASED#{dataset_id}"}, "sk": erasure["datasetId"]}
    attacker.put(attacker.log, {**pointer, "parts": {"L": [{"S": "content"}]}})
    return victim.workflow_id


def _erasure_of(dataset_id: str, sealed: dict[str, object]) -> Item:
    """Return the record of an erasure event, as the audit service writes it."""
    event_id = new_id()
    names = {"datasetId": dataset_id, "parts": ["content"]}
    content = {"reason": "On request", "parts": ["content"], "erased": [names]}
    parts = {
        "person": CommitmentOpening(secrets.token_bytes(32), canonical_text({"name": "Ada"})),
        "content": CommitmentOpening(
            secrets.token_bytes(32),
            canonical_text({"after": content, "before": None, "comment": None, "title": ""}),
        ),
    }
    kept = {name: sealed[name] for name in ("schemaVersion", "requestId", "occurredAt", "participants")}
    item: Item = {
        "datasetId": {"S": event_id},
        "hash": {"S": ""},
        **{
            part: {"M": {"salt": {"B": opening.salt}, "value": packed(opening.value)}}
            for part, opening in parts.items()
        },
    }
    text = {
        **kept,
        "eventId": event_id,
        "source": "/countersign/audit",
        "actionType": "ERASE",
        "actionOwner": {"type": "user", "id": new_id()},
        "target": {"type": "user", "id": new_id()},
        "outcome": "ERASED",
        "personCommitment": parts["person"].commitment("person"),
        "contentCommitment": parts["content"].commitment("content"),
    }
    return with_sealed(item, json.loads(canonical_text(text)))
