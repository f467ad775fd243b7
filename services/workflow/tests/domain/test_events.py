"""What an event is sealed as, and the messages that tell of it."""

import base64
import json
from dataclasses import replace

import pytest
from countersign_common.canonical import Opening, canonical_text
from countersign_common.chain import Evidence, first_previous_hash, verify
from countersign_common.events import CloudEvent
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import RAISE

from workflow_service import schemas
from workflow_service.domain.rules import apply, create
from workflow_service.domain.workflow import Action, ActionType
from workflow_service.use_cases.seal import SealedEvent, Sealer

from ..builders import (
    BO,
    NOON,
    RITA,
    WORKFLOW_ID,
    a_pending_workflow,
    a_scheme,
    an_origin,
    approve,
    reject,
    save,
)
from ..fakes import CountedSalts


def a_sealer() -> Sealer:
    return Sealer(lambda: "01950000-0000-7000-8000-00000000000e", CountedSalts())


def a_sealed(action: Action, by=BO) -> SealedEvent:
    return a_sealer().seal(apply(a_pending_workflow(), action, by, NOON).event, an_origin(by))


def told(event: SealedEvent) -> tuple[CloudEvent, CloudEvent]:
    messages = event.messages()
    return CloudEvent.from_json(messages.audit_trail), CloudEvent.from_json(messages.notifications)


@pytest.mark.parametrize("action", [approve(), approve("fine"), reject("no")])
def test_both_messages_load_in_this_services_own_schemas(action):
    recorded, acted = told(a_sealed(action))
    loaded = schemas.AuditTrailRecorded().load(recorded.data, unknown=RAISE)
    schemas.Sealed().load(json.loads(loaded["sealed"]), unknown=RAISE)
    schemas.WorkflowActed().load(acted.data, unknown=RAISE)


def test_both_messages_are_the_same_event():
    event = a_sealed(approve())
    recorded, acted = told(event)
    assert recorded.id == acted.id == event.event_id
    assert recorded.subject == acted.subject == f"workflow/{WORKFLOW_ID}"
    assert recorded.correlation_id == acted.correlation_id == "correlation-1"
    assert (recorded.type, acted.type) == (
        "countersign.audit-trail.recorded.v1",
        "countersign.workflow.acted.v1",
    )


def test_the_sealed_part_says_what_happened_and_names_nobody_but_by_id():
    event = a_sealed(reject("no"))
    sealed = json.loads(event.sealed)
    assert sealed == {
        "schemaVersion": 1,
        "source": "/countersign/workflow",
        "scheme": "expenses",
        "schemeVersion": 1,
        "workflowId": WORKFLOW_ID,
        "stepId": "approval",
        "round": 1,
        "actionType": "REJECT",
        "actionOwner": {"userId": BO.user_id},
        "outcome": "REJECTED",
        "occurredAt": "2026-03-02T12:01:00.000Z",
        "requestId": "request-1",
        "sequence": 3,
        "previousHash": a_pending_workflow().head_hash,
        "personCommitment": event.person.commitment("person"),
        "contentCommitment": event.content.commitment("content"),
    }
    assert event.sealed == canonical_text(sealed)


def test_person_and_content_have_salts_of_their_own_and_stay_out_of_the_notification():
    event = a_sealed(reject("no"))
    assert event.person.salt != event.content.salt
    assert json.loads(event.person.value)["email"] == "bo@example.com"
    assert json.loads(event.content.value) == {
        "title": "Train",
        "comment": "no",
        "before": None,
        "after": {"amount": 12},
    }
    assert "@" not in event.messages().notifications


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(
    data=st.dictionaries(st.text(), json_values, max_size=5),
    title=st.text(min_size=1),
    comment=st.none() | st.text(),
)
def test_the_content_put_together_from_texts_is_the_canonical_text_of_the_whole(data, title, comment):
    action = Action(ActionType.SAVE, title, canonical_text(data), comment)
    made = create(WORKFLOW_ID, a_scheme(), action, RITA, NOON, root_hash="0" * 64)
    changed = apply(made.after, replace(action, data='{"b":1}'), RITA, NOON)
    whole = {"title": title, "comment": comment or None, "before": data, "after": {"b": 1}}
    if data != {"b": 1}:
        assert a_sealer().seal(changed.event, an_origin()).content.value == canonical_text(whole)


def test_a_large_event_travels_compressed_and_arrives_whole():
    data = canonical_text({"rows": [{"name": f"row {number}", "amount": number} for number in range(3_000)]})
    event = apply(a_pending_workflow(), reject("no"), BO, NOON).event
    sealed = a_sealer().seal(replace(event, before=data, after=data), an_origin(BO))
    body = sealed.messages().audit_trail
    assert '"data_base64"' in body
    assert len(body) < 262_144
    assert CloudEvent.from_json(body).data["content"]["value"] == sealed.content.value


def test_the_same_event_gives_the_same_bytes_each_time():
    event = a_sealed(approve())
    assert event.messages() == event.messages()


def test_a_verifier_who_gets_the_messages_finds_the_chain_intact():
    saved = create(WORKFLOW_ID, a_scheme(), save(), RITA, NOON, root_hash=first_previous_hash(WORKFLOW_ID))
    first = a_sealer().seal(saved.event, an_origin())
    asked = apply(saved.after.linked(first.hash), Action(ActionType.REQUEST), RITA, NOON)
    second = a_sealer().seal(asked.event, an_origin())
    verdict = verify(WORKFLOW_ID, [evidence(event) for event in (first, second)])
    assert verdict.intact
    assert verdict.head_hash == second.hash


def evidence(event: SealedEvent) -> Evidence:
    """What the audit service makes of the message."""
    data = told(event)[0].data
    person, content = (
        Opening(base64.b64decode(data[part]["salt"]), data[part]["value"]) for part in ("person", "content")
    )
    return Evidence(event.event_id, data["sealed"], data["hash"], person, content)
