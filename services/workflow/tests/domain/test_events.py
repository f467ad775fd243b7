"""How an event is sealed, and the messages that publish it."""

import json
import random
from dataclasses import replace

import pytest
from countersign_common.events.audit_event import AUDIT_EVENT, CONTENT_PART, PERSON_PART, SEALED_PART
from countersign_common.events.cloud_event import MESSAGE_LIMIT, CloudEvent
from countersign_common.events.workflow_event import WORKFLOW_EVENT
from countersign_common.proof.canonical import canonical_text
from countersign_common.proof.commitment import CommitmentOpening
from countersign_common.proof.hash_chain import StoredEvent, hash_of, verify_chain
from hypothesis import given
from hypothesis import strategies as st

from workflow_service.domain.errors import DataTooLargeError
from workflow_service.domain.events import SealedEvent, seal
from workflow_service.domain.rules import apply, create
from workflow_service.domain.workflow import Action, ActionType

from ..builders import (
    BO,
    CHARACTERS,
    CLEO,
    NOON,
    RITA,
    WORKFLOW_ID,
    a_context,
    a_pending_workflow,
    a_scheme,
    approve,
    random_data,
    reject,
    save,
)

EVENT_ID = "01950000-0000-7000-8000-00000000000e"


def sealed_event(event, actor=BO, event_id=EVENT_ID) -> SealedEvent:
    return seal(event, a_context(actor), event_id=event_id, person_salt=b"p" * 32, content_salt=b"c" * 32)


def decided(action: Action, actor=BO) -> SealedEvent:
    return sealed_event(apply(a_pending_workflow(), action, actor, NOON).event, actor)


def cloud_events(event: SealedEvent) -> tuple[CloudEvent, CloudEvent]:
    messages = event.messages()
    return CloudEvent.from_message(messages.audit_trail), CloudEvent.from_message(messages.notifications)


@pytest.mark.parametrize("action", [approve(), approve("fine"), reject("no")])
def test_both_messages_match_their_contracts(action):
    audit, workflow = cloud_events(decided(action))
    data = AUDIT_EVENT.load(audit.data)
    SEALED_PART.load(json.loads(data.sealed))
    assert data.person is not None
    assert data.content is not None
    PERSON_PART.load(json.loads(data.person.value))
    CONTENT_PART.load(json.loads(data.content.value))
    WORKFLOW_EVENT.load(workflow.data)


def test_both_messages_are_the_same_event():
    event = decided(approve())
    audit, workflow = cloud_events(event)
    assert audit.id == workflow.id == event.event_id
    assert audit.subject == workflow.subject == f"workflow/{WORKFLOW_ID}"
    assert audit.correlation_id == workflow.correlation_id == "correlation-1"
    assert (audit.type, workflow.type) == ("countersign.audit-event.v1", "countersign.workflow-event.v1")


def test_the_sealed_part_has_ids_and_commitments_and_no_names_or_content():
    event = decided(reject("no"))
    sealed = json.loads(event.sealed)
    assert sealed == {
        "schemaVersion": 1,
        "eventId": EVENT_ID,
        "source": "/countersign/workflow",
        "actionType": "REJECT",
        "actionOwner": {"type": "user", "id": BO.user_id},
        "target": {"type": "workflow", "id": WORKFLOW_ID},
        "outcome": "REJECTED",
        "occurredAt": "2026-03-02T12:01:00.000Z",
        "requestId": "request-1",
        "participants": [f"user:{RITA.user_id}", f"user:{BO.user_id}", "group:approvers"],
        "personCommitment": event.person.commitment("person"),
        "contentCommitment": event.content.commitment("content"),
        "workflow": {
            "scheme": "expenses",
            "schemeVersion": 1,
            "stepId": "approval",
            "round": 1,
            "sequence": 3,
            "previousHash": a_pending_workflow().head_hash,
        },
    }
    assert event.sealed == canonical_text(sealed)
    assert event.hash == hash_of(event.sealed)


def test_the_person_part_has_the_name_email_groups_and_request_of_the_actor():
    event = decided(approve(), CLEO)
    assert json.loads(event.person.value) == {
        "name": "Cleo",
        "email": "cleo@example.com",
        "groups": ["approvers"],
        "sourceIp": "192.0.2.1",
        "userAgent": "tests",
    }


def test_the_content_part_has_title_comment_and_data():
    event = decided(reject("no"))
    assert event.person.salt != event.content.salt
    assert json.loads(event.content.value) == {
        "title": "Train",
        "comment": "no",
        "before": None,
        "after": {"amount": 12},
    }


def test_the_notification_message_has_names_and_no_email_or_data():
    event = decided(reject("no"))
    _, workflow = cloud_events(event)
    assert workflow.data == {
        "workflowId": WORKFLOW_ID,
        "title": "Train",
        "scheme": "expenses",
        "schemeVersion": 1,
        "stepId": "approval",
        "round": 1,
        "sequence": 3,
        "actionType": "REJECT",
        "outcome": "REJECTED",
        "actionOwner": {"type": "user", "id": BO.user_id, "name": "Bo"},
        "requester": {"userId": RITA.user_id, "name": "Rita"},
        "approvers": {"users": [BO.user_id], "groups": ["approvers"]},
        "comment": "no",
        "occurredAt": "2026-03-02T12:01:00.000Z",
    }


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(
    data=st.dictionaries(st.text(), json_values, max_size=5),
    title=st.text(min_size=1),
    comment=st.none() | st.text(),
)
def test_the_content_text_is_the_canonical_text_of_the_content(data, title, comment):
    action = Action(ActionType.SAVE, title, canonical_text(data), comment)
    created = create(WORKFLOW_ID, a_scheme(), action, RITA, NOON)
    changed = apply(created.after, replace(action, data='{"b":1}'), RITA, NOON)
    content = {"title": title, "comment": comment or None, "before": data, "after": {"b": 1}}
    if data != {"b": 1}:
        assert sealed_event(changed.event, RITA).content.value == canonical_text(content)


@pytest.mark.parametrize("script", CHARACTERS)
def test_random_data_of_the_largest_size_before_and_after_fits_in_a_message(script):
    before, after = (canonical_text(random_data(script, seed)) for seed in (1, 2))
    event = apply(a_pending_workflow(), reject("\U0001f600" * 4_000), BO, NOON).event
    event = sealed_event(replace(event, before=before, after=after))
    message = event.messages().audit_trail
    assert "data.content.value" in message.texts
    assert message.size <= MESSAGE_LIMIT
    assert CloudEvent.from_message(message).data["content"]["value"] == event.content.value


def test_an_event_that_fits_in_no_message_is_rejected():
    value = random.Random(1).randbytes(200_000).hex()
    event = replace(decided(approve()), content=CommitmentOpening(b"c" * 32, value + value[::-1]))
    with pytest.raises(DataTooLargeError) as error:
        event.messages()
    assert (error.value.code, error.value.pointer) == ("too-large", "/data")


def test_the_same_event_gives_the_same_messages_each_time():
    event = decided(approve())
    assert event.messages() == event.messages()


def test_a_verifier_finds_the_chain_of_the_published_events_intact():
    saved = create(WORKFLOW_ID, a_scheme(), save(), RITA, NOON)
    first = sealed_event(saved.event, RITA)
    requested = apply(saved.after.with_head_hash(first.hash), Action(ActionType.REQUEST), RITA, NOON)
    second = sealed_event(requested.event, RITA, EVENT_ID[:-1] + "f")
    verdict = verify_chain(WORKFLOW_ID, [stored_event(event) for event in (first, second)])
    assert verdict.is_intact, verdict.findings
    assert verdict.head_hash == second.hash


def stored_event(event: SealedEvent) -> StoredEvent:
    """Return what the audit service stores of the message."""
    cloud_event, _ = cloud_events(event)
    data = cloud_event.data
    person, content = (CommitmentOpening.from_json(data[part]) for part in ("person", "content"))
    return StoredEvent(cloud_event.id, data["sealed"], data["hash"], person, content)
