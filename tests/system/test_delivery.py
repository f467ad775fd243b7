"""Messages between the services: delivered twice they count once, malformed they go to the dead letters whole."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest

from harness.office import Office
from harness.people import Person
from harness.stores import Stores
from harness.waiting import holds_for, wait_until

QUEUES = ("audit_trail", "notifications")

# One worker at a time: these tests change how long a queue waits before it tries a message again.
pytestmark = pytest.mark.xdist_group("queues")


@contextmanager
def _impatient(stores: Stores) -> Iterator[None]:
    """The deployed queues try again after a second, not after minutes, for as long as the context is open."""
    sqs = stores.cloud.client("sqs")
    urls = [stores.cloud.outputs[f"{queue}_queue_url"] for queue in QUEUES]
    name = "VisibilityTimeout"
    before = {
        url: sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[name])["Attributes"][name] for url in urls
    }
    for url in urls:
        sqs.set_queue_attributes(QueueUrl=url, Attributes={name: "1"})
    try:
        yield
    finally:
        for url, seconds in before.items():
            sqs.set_queue_attributes(QueueUrl=url, Attributes={name: seconds})


def _sound(office: Office, stores: Stores) -> tuple[str, dict[str, str]]:
    """A pending workflow's id and the two messages that told of its first event."""
    workflow_id = office.pending()
    wait_until(lambda: len(stores.audit_records(workflow_id)) == 1, within=10)
    wait_until(lambda: len(office.approver.notifications()) == 1, within=10)
    return workflow_id, stores.messages_of(workflow_id, 1)


def test_characters_that_no_queue_takes_as_they_are_arrive_all_the_same(office: Office, stores: Stores):
    odd = "\ufffe, \uffff and \x01"
    workflow_id = office.pending(title=odd, data={odd: odd}, comment=odd)
    wait_until(lambda: len(stores.audit_records(workflow_id)) == 1, within=10)
    told = wait_until(office.approver.notifications, within=10)
    assert (told[0]["title"], told[0]["comment"]) == (odd, odd)


def test_malformed_messages_reach_the_dead_letters_whole_and_delay_nobody(office: Office, stores: Stores):
    mark = uuid4().hex
    malformed = [
        f"no JSON at all {mark}",
        json.dumps({"specversion": "1.0", "id": mark}),
        json.dumps(["a list", mark]),
        json.dumps({**_event(), "data": {"sealed": mark, "hash": "0" * 64}}),
        json.dumps({**_event(), "type": "countersign.something.else.v9", "data": {"mark": mark}}),
        json.dumps({**_event(), "data_base64": f"no gzip {mark}"}),
    ]
    with _impatient(stores):
        for queue in QUEUES:
            for body in malformed:
                stores.send(queue, body)
        workflow_id = office.pending()
        # What is well came through at once, while the malformed go their five rounds.
        wait_until(lambda: len(stores.audit_records(workflow_id)) == 1, within=5)
        wait_until(lambda: len(office.approver.notifications()) == 1, within=5)
        for queue in QUEUES:
            wait_until(lambda q=queue: set(malformed) <= set(stores.dead_letters(q)), within=45)
    for queue in QUEUES:
        bodies = stores.dead_letters(queue)
        assert sorted(body for body in bodies if mark in body) == sorted(malformed)


def test_a_message_delivered_twice_makes_one_record_and_one_notification(
    office: Office, stores: Stores, auditor: Person
):
    workflow_id, messages = _sound(office, stores)
    with office.approver.listening() as listening:
        for queue in QUEUES:
            for _ in range(3):
                stores.send(queue, messages[queue])
        # A repeat is published again (at least once), under the same notificationId.
        listening.wait_for(lambda _: True, 10)
        assert holds_for(1.0, lambda: len(stores.audit_records(workflow_id)) == 1)
    assert {each.notification_id for each in listening.received} == {
        office.approver.notifications()[0]["notificationId"]
    }
    assert len(stores.notifications(office.approver.user_id)) == 1
    found = auditor.api.get("/audit-trail", workflowId=workflow_id).expect(200).body
    assert len(found["items"]) == 1
    assert auditor.api.get(f"/workflows/{workflow_id}/verification").body["verdict"] == "intact"


def test_a_repeat_does_not_make_a_read_notification_unread(office: Office, stores: Stores):
    _, messages = _sound(office, stores)
    notification = office.approver.notifications()[0]
    office.approver.api.patch(f"/notifications/{notification['notificationId']}", {"read": True}).expect(200)
    stores.send("notifications", messages["notifications"])
    assert holds_for(1.0, lambda: office.approver.api.get("/notifications").body["unreadCount"] == 0)


def test_another_content_under_a_known_id_changes_nothing_and_is_a_dead_letter(
    office: Office, stores: Stores
):
    workflow_id, messages = _sound(office, stores)
    stored = stores.audit_records(workflow_id)
    other_id = office.pending()
    forged = json.loads(stores.messages_of(other_id, 1)["audit_trail"])
    forged["id"] = json.loads(messages["audit_trail"])["id"]
    with _impatient(stores):
        stores.send("audit_trail", json.dumps(forged))
        wait_until(lambda: json.dumps(forged) in stores.dead_letters("audit_trail"), within=30)
    assert stores.audit_records(workflow_id) == stored


def test_the_outbox_is_empty_after_each_action(office: Office, stores: Stores):
    workflow_id = office.draft()
    office.requester.acts(workflow_id, "REQUEST").expect(200)
    office.approver.acts(workflow_id, "REJECT", comment="No").expect(200)
    assert stores.pending(workflow_id) == []


def test_saving_tells_nobody(office: Office, stores: Stores):
    workflow_id = office.draft()
    office.requester.acts(workflow_id, "SAVE", title="Second").expect(200)
    wait_until(lambda: len(stores.audit_records(workflow_id)) == 2, within=10)
    assert office.approver.notifications() == []
    assert office.requester.notifications() == []


def test_all_members_of_a_group_are_told_each_once(office: Office, stores: Stores):
    colleagues = [office.approver, office.colleague("Cleo"), office.colleague("Dora")]
    office.pending()
    for person in colleagues:
        wait_until(lambda who=person: len(stores.notifications(who.user_id)) == 1, within=10)
    assert len({person.notifications()[0]["notificationId"] for person in colleagues}) == 3


def _event() -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": str(uuid4()),
        "source": "/tests",
        "type": "countersign.audit-trail.recorded.v1",
        "subject": "workflow/none",
        "time": "2026-01-31T09:00:00.000Z",
    }
