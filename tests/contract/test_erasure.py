"""An erasure of the audit service means the same to both services that have copies."""

import json
from collections.abc import Iterable

import pytest
from countersign_common.events.cloud_event import CloudEvent, EventMessage
from countersign_common.events.erasure_event import ERASURE, ERASURE_TYPE, ErasedDataset, Erasure

from audit_service.schemas.events import record_from
from contract.consumers import AUDITOR, audit_trail, notifications
from contract.producer import Claims, Producer
from workflow_service.handlers.handle_audit_requests import audit_request

REQUESTER = Claims("00000000-0000-4000-8000-000000000001", "Nora Uniquename")
APPROVER = Claims("00000000-0000-4000-8000-000000000002", "Bo", groups=("approvers",))
ERASURE_ID = "0190b000-0000-7000-8000-00000000000e"
PARTS = ("person", "content")


@pytest.fixture
def producer() -> Producer:
    """One request."""
    producer = Producer()
    producer.put_scheme({"groups": ["approvers"]})
    producer.create(REQUESTER, title="Secret title", comment="Secret comment", data={"value": "Secret value"})
    return producer


def an_erasure(messages: Iterable[EventMessage], parts: tuple[str, ...] = PARTS) -> EventMessage:
    """Return the erasure of audit events, as the audit service builds it from its records."""
    records = [record_from(CloudEvent.from_message(each)) for each in messages]
    datasets = tuple(
        ErasedDataset(
            dataset_id=record.dataset_id,
            workflow_id=record.workflow_id,
            sequence=None if record.event.workflow is None else record.event.workflow.sequence,
            owner_id=record.event.action_owner.id,
            parts=parts,
        )
        for record in records
    )
    return CloudEvent(
        id=ERASURE_ID,
        source="/countersign/audit",
        type=ERASURE_TYPE,
        subject=f"erasure/{ERASURE_ID}",
        time="2026-11-02T10:00:00.000Z",
        correlation_id=ERASURE_ID,
        data=ERASURE.dump(Erasure(ERASURE_ID, REQUESTER.user_id, datasets)),
    ).to_message()


def test_the_workflow_service_reads_what_the_audit_service_means(producer: Producer):
    [event] = next(iter(producer.ports.workflows.events.values()))
    erasure = audit_request(CloudEvent.from_message(an_erasure([producer.sent[0].audit_trail])))
    assert isinstance(erasure, Erasure)
    assert (erasure.event_id, erasure.user_id) == (ERASURE_ID, REQUESTER.user_id)
    expected = ErasedDataset(event.event_id, event.workflow_id, event.sequence, REQUESTER.user_id, PARTS)
    assert erasure.datasets == (expected,)


@pytest.mark.parametrize("parts", [("person",), ("content",), PARTS])
def test_the_notifications_service_removes_what_the_audit_service_means(
    producer: Producer, parts: tuple[str, ...]
):
    [messages] = producer.sent
    inbox = notifications(approvers=[APPROVER.user_id])
    assert inbox.deliver(messages.notifications) == []
    assert inbox.deliver(an_erasure([messages.audit_trail], parts)) == []
    [shown] = inbox.get(APPROVER, "/notifications")["items"]
    person, content = "person" in parts, "content" in parts
    assert (shown["actionOwner"]["name"] == "", shown["actionOwner"].get("erased", False)) == (person, person)
    assert (shown["title"] == "", shown.get("contentErased", False)) == (content, content)
    assert shown["comment"] == (None if content else "Secret comment")


def test_an_audit_event_and_an_erasure_in_the_wrong_queue_fail(producer: Producer):
    [messages] = producer.sent
    assert notifications().deliver(messages.audit_trail) == [0]
    assert audit_trail().deliver(an_erasure([messages.audit_trail])) == [0]


def without_parts(message: EventMessage) -> EventMessage:
    """Return an audit event as the workflow service sends it after both parts were erased."""
    body = json.loads(message.body)
    body["data"] |= {"person": None, "content": None}
    texts = {name: text for name, text in message.texts.items() if name == "data.sealed"}
    return EventMessage(json.dumps(body), texts)


def test_an_event_that_is_sent_again_without_erased_parts_is_recorded_as_it_is(producer: Producer):
    [messages] = producer.sent
    audit = audit_trail()
    assert audit.deliver(without_parts(messages.audit_trail)) == []
    [record] = audit.get(AUDITOR, "/audit-trail")["items"]
    assert (record["person"], record["content"]) == (None, None)


def test_an_event_that_is_sent_again_without_erased_parts_does_not_change_the_stored_record(
    producer: Producer,
):
    [messages] = producer.sent
    audit = audit_trail()
    assert audit.deliver(messages.audit_trail) == []
    before = audit.get(AUDITOR, "/audit-trail")["items"]
    assert audit.deliver(without_parts(messages.audit_trail)) == []
    assert audit.get(AUDITOR, "/audit-trail")["items"] == before
