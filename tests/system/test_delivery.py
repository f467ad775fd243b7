"""Messages between the services: repeats have no effect, malformed ones reach the dead-letter queue unchanged."""

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from countersign_common.events.audit_event import AUDIT_EVENT_TYPE
from countersign_common.events.cloud_event import CloudEvent, EventMessage
from countersign_common.events.workflow_event import WORKFLOW_EVENT_TYPE
from countersign_common.proof.canonical import canonical_text
from countersign_common.proof.hash_chain import hash_of

from harness.scenario import Scenario
from harness.stores import DEAD_LETTERS_TIMEOUT, Stores
from local_cloud.people import Person, create_user, sign_in
from local_cloud.waiting import holds_for, wait_until

QUEUES = ("audit_trail", "notifications")

DATA_LIMIT = 128 * 1024

# In one worker: these tests change the attributes of the deployed queues.
pytestmark = pytest.mark.xdist_group("queues")


@contextmanager
def _fast_redelivery(stores: Stores) -> Iterator[None]:
    """Make the deployed queues deliver a failed message after one second, and five times in total.

    Deployed queues retry for two hours before a message goes to the dead-letter queue.
    """
    sqs = stores.cloud.client("sqs")
    urls = [stores.cloud.outputs[f"{queue}_queue_url"] for queue in QUEUES]
    names = ["VisibilityTimeout", "RedrivePolicy"]
    original = {
        url: sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"] for url in urls
    }
    try:
        for url, attributes in original.items():
            redrive = {**json.loads(attributes["RedrivePolicy"]), "maxReceiveCount": 5}
            changed = {"VisibilityTimeout": "1", "RedrivePolicy": json.dumps(redrive)}
            sqs.set_queue_attributes(QueueUrl=url, Attributes=changed)
        yield
    finally:
        for url, attributes in original.items():
            sqs.set_queue_attributes(QueueUrl=url, Attributes={name: attributes[name] for name in names})


def _create_delivered(scenario: Scenario, stores: Stores) -> tuple[str, dict[str, EventMessage]]:
    """Create a pending workflow and wait until both services have its event. Returns its id and the two messages."""
    workflow_id = scenario.create_pending()
    wait_until(lambda: len(stores.audit_records(workflow_id)) == 1, timeout=10)
    wait_until(lambda: len(scenario.approver.list_notifications()) == 1, timeout=10)
    return workflow_id, stores.messages_of(workflow_id, 1)


def _wait_for_record(person: Person, workflow_id: str, sequence: int) -> dict[str, Any]:
    """Return the audit record of an event, once it is stored."""
    history = person.api.get(f"/workflows/{workflow_id}/history").expect(200).body["items"]
    (event_id,) = (entry["eventId"] for entry in history if entry["sequence"] == sequence)
    path = f"/audit-trail/{event_id}"
    wait_until(lambda: person.api.get(path).status == 200, timeout=10)
    record: dict[str, Any] = person.api.get(path).expect(200).body
    return record


def test_characters_that_sqs_does_not_accept_are_delivered_unchanged(scenario: Scenario, stores: Stores):
    unusual = "\ufffe, \uffff and \x01"
    workflow_id = scenario.create_pending(title=unusual, data={unusual: unusual}, comment=unusual)
    wait_until(lambda: len(stores.audit_records(workflow_id)) == 1, timeout=10)
    notifications = wait_until(scenario.approver.list_notifications, timeout=10)
    assert (notifications[0]["title"], notifications[0]["comment"]) == (unusual, unusual)
    content = _wait_for_record(scenario.requester, workflow_id, 1)["content"]
    assert (content["title"], content["comment"]) == (unusual, unusual)
    assert content["after"] == {unusual: unusual}


def test_a_name_with_control_characters_is_delivered_unchanged(scenario: Scenario, auditor: Person):
    name, email, password = "Ri\x01ta\x1f\ufffe", f"rita-{uuid4().hex[:12]}@example.com", "Correct-horse-7"
    create_user(scenario.cloud, name, email, password, [])
    requester = sign_in(scenario.cloud, name, email, password)
    workflow_id = requester.create_workflow(scenario.scheme, "REQUEST").body["workflowId"]

    (notification,) = wait_until(scenario.approver.list_notifications, timeout=10)
    owner = {"type": "user", "id": requester.user_id, "name": name}
    assert notification["actionOwner"] == owner
    (entry,) = requester.api.get(f"/workflows/{workflow_id}/history").expect(200).body["items"]
    assert entry["actionOwner"] == owner
    assert _wait_for_record(auditor, workflow_id, 1)["person"]["name"] == name
    assert _wait_for_record(requester, workflow_id, 1)["person"] == {"name": name}


def test_data_of_the_largest_size_that_hardly_compresses_is_recorded_before_and_after(
    scenario: Scenario, stores: Stores, auditor: Person
):
    characters = [chr(code) for code in range(0x20, 0x80) if chr(code) not in '"\\']
    size = DATA_LIMIT - len(canonical_text({"note": ""}))
    notes = ["".join(random.Random(seed).choices(characters, k=size)) for seed in (1, 2)]
    workflow_id = scenario.create_pending(data={"note": notes[0]})
    scenario.approver.act(workflow_id, "REJECT", comment="Once more").expect(200)
    scenario.requester.act(workflow_id, "REQUEST", data={"note": notes[1]}).expect(200)

    assert stores.pending(workflow_id) == []
    record = _wait_for_record(scenario.approver, workflow_id, 3)
    assert record["content"]["before"] == {"note": notes[0]}
    assert record["content"]["after"] == {"note": notes[1]}
    wait_until(lambda: len(stores.audit_records(workflow_id)) == 3, timeout=10)
    verification = auditor.api.get(f"/workflows/{workflow_id}/verification").expect(200).body
    assert (verification["verdict"], verification["events"]) == ("valid", 3)


@pytest.mark.alone
def test_malformed_messages_reach_the_dead_letter_queue_unchanged_and_delay_no_others(
    scenario: Scenario, stores: Stores
):
    mark = uuid4().hex
    invalid_data = {"sealed": mark, "hash": "0" * 64}
    malformed = [
        f"not JSON {mark}",
        json.dumps({"specversion": "1.0", "id": mark}),
        json.dumps(["a list", mark]),
        json.dumps({**_envelope(AUDIT_EVENT_TYPE), "data": invalid_data}),
        json.dumps({**_envelope(WORKFLOW_EVENT_TYPE), "data": invalid_data}),
        json.dumps({**_envelope("countersign.something-else.v9"), "data": {"mark": mark}}),
        json.dumps({**_envelope(AUDIT_EVENT_TYPE), "subject": mark}),
    ]
    not_zlib = json.dumps({**_envelope(AUDIT_EVENT_TYPE), "subject": f"not zlib {mark}", "data": {}})
    with _fast_redelivery(stores):
        for queue in QUEUES:
            for body in malformed:
                stores.send(queue, body)
            stores.send(queue, EventMessage(not_zlib, {"data.sealed": b"not zlib"}))
        workflow_id = scenario.create_pending()
        # Valid messages are processed while the malformed ones are delivered again and again.
        wait_until(lambda: len(stores.audit_records(workflow_id)) == 1, timeout=5)
        wait_until(lambda: len(scenario.approver.list_notifications()) == 1, timeout=5)
        expected = {*malformed, not_zlib}
        for queue in QUEUES:
            wait_until(lambda q=queue: expected <= set(stores.dead_letters(q)), timeout=DEAD_LETTERS_TIMEOUT)
    for queue in QUEUES:
        bodies = stores.dead_letters(queue)
        assert sorted(body for body in bodies if mark in body) == sorted(expected)


def test_a_repeated_message_creates_one_record_and_one_notification(
    scenario: Scenario, stores: Stores, auditor: Person
):
    workflow_id, messages = _create_delivered(scenario, stores)
    with scenario.approver.subscribe() as subscriber:
        for queue in QUEUES:
            for _ in range(3):
                stores.send(queue, messages[queue])
        # A repeat is published again (at least once), with the same notificationId.
        subscriber.wait_for(lambda _: True, 10)
        assert holds_for(1.0, lambda: len(stores.audit_records(workflow_id)) == 1)
    assert {each.notification_id for each in subscriber.received} == {
        scenario.approver.list_notifications()[0]["notificationId"]
    }
    assert len(stores.notifications(scenario.approver.user_id)) == 1
    found = auditor.api.get("/audit-trail", workflowId=workflow_id).expect(200).body
    assert len(found["items"]) == 1
    assert auditor.api.get(f"/workflows/{workflow_id}/verification").body["verdict"] == "valid"


def test_a_repeated_message_keeps_a_read_notification_read(scenario: Scenario, stores: Stores):
    _, messages = _create_delivered(scenario, stores)
    api, notification = scenario.approver.api, scenario.approver.list_notifications()[0]
    api.patch(f"/notifications/{notification['notificationId']}", {"read": True}).expect(200)
    stores.send("notifications", messages["notifications"])
    assert holds_for(1.0, lambda: api.get("/notifications").body["unreadCount"] == 0)


@pytest.mark.alone
def test_other_content_with_a_known_id_changes_nothing_and_reaches_the_dead_letter_queue(
    scenario: Scenario, stores: Stores
):
    workflow_id, messages = _create_delivered(scenario, stores)
    stored = stores.audit_records(workflow_id)
    known_id = json.loads(messages["audit_trail"].body)["id"]
    message = stores.messages_of(scenario.create_pending(), 1)["audit_trail"]
    other = {**json.loads(message.body), "data": CloudEvent.from_message(message).data}
    # The sealed part of the first has another id; the second is consistent, so only the store can tell.
    sealed = canonical_text({**json.loads(other["data"]["sealed"]), "eventId": known_id})
    forged = [
        json.dumps({**other, "id": known_id}),
        json.dumps(
            {**other, "id": known_id, "data": {**other["data"], "sealed": sealed, "hash": hash_of(sealed)}}
        ),
    ]
    with _fast_redelivery(stores):
        for body in forged:
            stores.send("audit_trail", body)
        wait_until(
            lambda: set(forged) <= set(stores.dead_letters("audit_trail")), timeout=DEAD_LETTERS_TIMEOUT
        )
    assert stores.audit_records(workflow_id) == stored


def test_the_outbox_is_empty_after_each_action(scenario: Scenario, stores: Stores):
    workflow_id = scenario.create_draft()
    assert stores.pending(workflow_id) == []
    scenario.requester.act(workflow_id, "REQUEST").expect(200)
    assert stores.pending(workflow_id) == []
    scenario.approver.act(workflow_id, "REJECT", comment="No").expect(200)
    assert stores.pending(workflow_id) == []


def test_a_save_sends_no_notification(scenario: Scenario, stores: Stores):
    workflow_id = scenario.create_draft()
    scenario.requester.act(workflow_id, "SAVE", title="Second").expect(200)
    wait_until(lambda: len(stores.audit_records(workflow_id)) == 2, timeout=10)
    assert scenario.approver.list_notifications() == []
    assert scenario.requester.list_notifications() == []


def test_each_member_of_a_group_gets_one_notification(scenario: Scenario, stores: Stores):
    approvers = [scenario.approver, scenario.add_approver("Cleo"), scenario.add_approver("Dora")]
    scenario.create_pending()
    for person in approvers:
        wait_until(lambda each=person: len(stores.notifications(each.user_id)) == 1, timeout=10)
    assert len({person.list_notifications()[0]["notificationId"] for person in approvers}) == 3


def _envelope(event_type: str) -> dict[str, Any]:
    """Return a CloudEvent without data."""
    return {
        "specversion": "1.0",
        "id": str(uuid4()),
        "source": "/tests",
        "type": event_type,
        "subject": "workflow/none",
        "time": "2026-01-31T09:00:00.000Z",
    }
