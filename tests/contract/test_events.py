"""Every event that the workflow service can create loads in both consumers, means the same there, and fits.

Hypothesis generates the stories. The workflow service's routes, schemas, rules and seals turn them into events.
"""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from countersign_common.clock import from_rfc3339
from countersign_common.events.audit_event import AUDIT_EVENT_TYPE, SEALED_PART, SealedPart
from countersign_common.events.cloud_event import (
    MESSAGE_LIMIT,
    CloudEvent,
    EventMessage,
    InvalidEventError,
)
from countersign_common.events.contract import NAME, Contract, object_of
from countersign_common.events.workflow_event import WORKFLOW_EVENT_TYPE
from countersign_common.proof.canonical import canonical_text
from countersign_common.proof.hash_chain import StoredEvent, hash_of, verify_chain
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit_service.adapters.record_items import item_of
from audit_service.domain.audit_record import SIZE_LIMIT, AuditRecord
from audit_service.schemas.events import record_from
from contract.consumers import AUDITOR, audit_trail, notifications
from contract.producer import Claims, Producer
from contract.stories import JSON, LETTERS, stories
from notifications_service.domain.notification import IncomingEvent
from notifications_service.handlers.send_notifications import incoming_event
from services.workflow.tests.builders import CHARACTERS, random_data
from workflow_service.adapters.event_items import event_item
from workflow_service.domain import events
from workflow_service.domain.events import EventMessages

REQUESTER = Claims("00000000-0000-4000-8000-000000000001")
APPROVER = Claims("00000000-0000-4000-8000-000000000002", "Bo", groups=("approvers",))

_MANY = settings(max_examples=75, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class Received:
    """One event as its two consumers load it."""

    record: AuditRecord
    incoming: IncomingEvent


def received(messages: EventMessages) -> Received:
    """Load an event's two messages as the audit service and the notifications service do."""
    for message in (messages.audit_trail, messages.notifications):
        assert message.size <= MESSAGE_LIMIT
    return Received(
        record_from(CloudEvent.from_message(messages.audit_trail)),
        incoming_event(CloudEvent.from_message(messages.notifications)),
    )


@_MANY
@given(stories())
def test_every_event_loads_in_both_consumers_and_means_the_same_there(story: tuple[Producer, Claims]):
    producer, requester = story
    for messages in producer.sent:
        event = received(messages)
        sealed, content, data = event.record.event, event.record.content_part, event.incoming.data
        assert sealed.workflow is not None
        assert content is not None
        assert sealed.event_id == event.record.dataset_id == event.incoming.event_id
        assert event.record.workflow_id == data.workflow_id
        assert (sealed.action_type, sealed.outcome) == (data.action_type, data.outcome)
        assert (sealed.workflow.sequence, sealed.workflow.round) == (data.sequence, data.round)
        assert sealed.workflow.step_id == data.step_id
        assert (sealed.action_owner.type, sealed.action_owner.id) == (
            data.action_owner.type,
            data.action_owner.id,
        )
        assert from_rfc3339(sealed.occurred_at) == event.record.occurred_at == event.incoming.occurred_at
        assert (content.title, content.comment) == (data.title, data.comment)
        assert data.requester.user_id == requester.user_id
        assert f"user:{requester.user_id}" in sealed.participants


@_MANY
@given(stories())
def test_the_records_of_every_story_are_an_intact_chain(story: tuple[Producer, Claims]):
    records = [received(messages).record for messages in story[0].sent]
    stored = [
        StoredEvent(each.dataset_id, each.sealed, each.hash, each.person, each.content) for each in records
    ]
    verdict = verify_chain(str(records[0].workflow_id), stored)
    assert verdict.is_intact, verdict.findings
    assert verdict.events == len(records)


@_MANY
@given(stories(), st.text(LETTERS, min_size=1, max_size=12).map("x-{}".format), JSON)
def test_consumers_ignore_unknown_fields(story: tuple[Producer, Claims], name: str, value: Any):
    """A later release may add attributes to the event, and fields to the data and to every object in it."""
    messages = story[0].sent[-1]
    with_more = EventMessages(
        _with_more(messages.audit_trail, name, value), _with_more(messages.notifications, name, value)
    )
    assert received(with_more) == received(messages)


@_MANY
@given(stories())
def test_the_same_event_has_the_same_bytes_when_it_is_sent_again(story: tuple[Producer, Claims]):
    for messages in story[0].sent:
        for message in (messages.audit_trail, messages.notifications):
            assert CloudEvent.from_message(message).to_message() == message


@settings(deadline=None)
@given(st.text(LETTERS, min_size=1, max_size=64), st.text(LETTERS, min_size=1, max_size=64))
def test_unknown_action_types_outcomes_and_sealed_fields_are_stored_and_shown(action_type: str, outcome: str):
    unknown = {"actionType": action_type, "outcome": outcome, "somethingNew": {"amount": 0.5}}
    [messages] = _one_request().sent
    message = _resealed(messages.audit_trail, **unknown)
    audit = audit_trail()
    assert audit.deliver(message) == []

    [listed] = audit.get(AUDITOR, "/audit-trail")["items"]
    record = audit.get(AUDITOR, "/audit-trail/{datasetId}", datasetId=listed["datasetId"])
    for shown in (listed, record):
        assert unknown.items() <= shown["sealed"].items()
    verdict = audit.get(
        AUDITOR, "/workflows/{workflowId}/verification", workflowId=record["sealed"]["target"]["id"]
    )
    assert verdict["verdict"] == "valid"


@settings(deadline=None)
@given(st.text(LETTERS, min_size=1, max_size=64))
def test_an_unknown_outcome_is_shown_in_the_notification(outcome: str):
    [messages] = _one_request().sent
    inbox = notifications(approvers=[APPROVER.user_id])
    assert inbox.deliver(_with_data(messages.notifications, outcome=outcome)) == []
    [notification] = inbox.get(APPROVER, "/notifications")["items"]
    assert (notification["actionType"], notification["outcome"]) == ("REQUEST", outcome)


def test_an_unknown_action_type_creates_no_notification_and_does_not_fail():
    [messages] = _one_request().sent
    inbox = notifications(approvers=[APPROVER.user_id])
    assert inbox.deliver(_with_data(messages.notifications, actionType="ESCALATE")) == []
    assert inbox.get(APPROVER, "/notifications")["items"] == []


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["in order", "decision first"])
def test_a_decision_resolves_the_notification_of_its_request_in_whatever_order_they_are_delivered(
    order: tuple[int, int],
):
    producer = _one_request()
    workflow_id = next(iter(producer.ports.workflows.states))
    producer.act(APPROVER, workflow_id, {"actionType": "APPROVE"})
    inbox = notifications(approvers=[APPROVER.user_id])
    for number in order:
        assert inbox.deliver(producer.sent[number].notifications) == []
    page = inbox.get(APPROVER, "/notifications")
    [notification] = page["items"]
    decision = json.loads(producer.sent[1].notifications.body)["data"]
    assert notification["resolution"] == {
        "actionType": "APPROVE",
        "by": decision["actionOwner"],
        "at": decision["occurredAt"],
    }
    assert (notification["read"], page["unreadCount"]) == (True, 0)


@dataclass(frozen=True)
class _SealedPartOfALaterRelease(SealedPart):
    channel: str = "web"


def test_a_field_that_contract_and_producer_add_is_stored_hashed_and_shown_by_the_consumers_of_today(
    monkeypatch: pytest.MonkeyPatch,
):
    """The change of the contract and of the producer, without the reader's: producers are deployed first."""
    properties = SEALED_PART.schema["properties"] | {"channel": NAME}
    later = Contract(_SealedPartOfALaterRelease, object_of(properties, optional=("workflow",)))
    monkeypatch.setattr(events, "SealedPart", _SealedPartOfALaterRelease)
    monkeypatch.setattr(events, "SEALED_PART", later)

    [messages] = _one_request().sent
    audit = audit_trail()
    assert audit.deliver(messages.audit_trail) == []

    [record] = audit.get(AUDITOR, "/audit-trail")["items"]
    assert record["sealed"]["channel"] == "web"
    assert record["hash"] == hash_of(canonical_text(record["sealed"]))
    assert later.load(record["sealed"]).channel == "web"
    with pytest.raises(InvalidEventError):
        later.load({name: value for name, value in record["sealed"].items() if name != "channel"})


def test_an_approver_reads_and_verifies_a_rejected_request_after_the_requester_saved_a_draft():
    producer = _one_request()
    workflow_id = next(iter(producer.ports.workflows.states))
    producer.act(APPROVER, workflow_id, {"actionType": "REJECT", "comment": "Too expensive"})
    producer.act(REQUESTER, workflow_id, {"actionType": "SAVE", "data": {"amount": 9}})
    audit = audit_trail()
    audit.deliver(*(messages.audit_trail for messages in producer.sent))

    shown = audit.get(APPROVER, "/audit-trail")["items"]
    assert [record["sealed"]["actionType"] for record in shown] == ["REJECT", "REQUEST"]
    verdict = audit.get(APPROVER, "/workflows/{workflowId}/verification", workflowId=workflow_id)
    assert (verdict["verdict"], verdict["events"]) == ("valid", 3)


@pytest.mark.parametrize("script", CHARACTERS)
def test_the_largest_event_loads(script: str):
    """128 KB before and 128 KB after that hardly compress, the longest texts, and 50 approvers."""
    producer = Producer()
    requester = dataclasses.replace(
        REQUESTER, name="😀" * 200, groups=tuple(f"g{n}" for n in range(100)), user_agent="x" * 2_000
    )
    users = [f"00000000-0000-4000-8000-{number:012x}" for number in range(25)]
    producer.put_scheme({"users": users, "groups": [f"{number:03d}{'ü' * 125}" for number in range(25)]})
    texts = {"title": "🚄" * 200, "comment": "🚄" * 4_000}
    workflow_id = producer.create(requester, **texts, actionType="SAVE", data=random_data(script, 1))
    producer.act(requester, workflow_id, {"actionType": "SAVE", **texts, "data": random_data(script, 2)})

    largest = producer.sent[-1]
    event = received(largest)
    assert set(largest.audit_trail.texts) == {"data.sealed", "data.person.value", "data.content.value"}
    assert 256 * 1024 < event.record.size <= SIZE_LIMIT
    assert event.incoming.data.comment == "🚄" * 4_000


@_MANY
@given(stories())
def test_an_event_without_compressed_texts_means_the_same(story: tuple[Producer, Claims]):
    """A producer may send all of the data as JSON."""
    for messages in story[0].sent:
        plain = EventMessages(_with_data(messages.audit_trail), messages.notifications)
        assert plain.audit_trail.texts == {}
        assert received(plain) == received(messages)


def test_texts_are_stored_by_both_services_in_the_same_bytes():
    producer = _one_request()
    workflow_id = producer.create(REQUESTER, data={"text": "x" * 10_000})
    [event] = producer.ports.workflows.events[workflow_id]
    message = producer.sent[-1].audit_trail
    item = item_of(received(producer.sent[-1]).record)
    stored = event_item(event)
    assert item["sealed"] == stored["sealed"] == {"B": message.texts["data.sealed"]}
    assert item["content"] == stored["content"]
    assert item["content"]["M"]["value"] == {"B": message.texts["data.content.value"]}


def test_a_message_in_the_other_queue_fails():
    [messages] = _one_request().sent
    assert audit_trail().deliver(messages.notifications, messages.audit_trail) == [0]
    assert notifications(approvers=[]).deliver(messages.audit_trail, messages.notifications) == [0]


def test_both_queues_have_events_of_their_own_type():
    [messages] = _one_request().sent
    events = [CloudEvent.from_message(each) for each in (messages.audit_trail, messages.notifications)]
    assert [event.type for event in events] == [AUDIT_EVENT_TYPE, WORKFLOW_EVENT_TYPE]
    assert events[0].id == events[1].id


def _one_request() -> Producer:
    producer = Producer()
    producer.put_scheme({"groups": ["approvers"]})
    producer.create(REQUESTER)
    return producer


def _resealed(message: EventMessage, **members: Any) -> EventMessage:
    """Return an audit event with other members in its sealed part."""
    event = CloudEvent.from_message(message)
    sealed = canonical_text(json.loads(event.data["sealed"]) | members)
    return _with_data(message, sealed=sealed, hash=hash_of(sealed))


def _with_data(message: EventMessage, **members: Any) -> EventMessage:
    """Return an event with other members in its data, in a message without compressed texts."""
    event = CloudEvent.from_message(message)
    return dataclasses.replace(event, data={**event.data, **members}, packed={}).to_message()


def _with_more(message: EventMessage, name: str, value: Any) -> EventMessage:
    """Return a message with one more member in every object, except in the texts that are hashed."""

    def more(inner: Any) -> Any:
        if isinstance(inner, Mapping):
            return {key: more(item) for key, item in inner.items()} | {name: value}
        return [more(item) for item in inner] if isinstance(inner, list) else inner

    return EventMessage(json.dumps(more(json.loads(message.body))), message.texts)
