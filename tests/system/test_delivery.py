"""Messages between the services: delivered twice they count once, malformed they go to the dead letters whole."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest

from harness.scenario import Scenario
from harness.stores import Stores
from local_cloud.people import Person
from local_cloud.waiting import holds_for, wait_until

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


def _sound(scenario: Scenario, stores: Stores) -> tuple[str, dict[str, str]]:
    """A pending workflow's id and the two messages that told of its first event."""
    workflow_id = scenario.create_pending()
    wait_until(lambda: len(stores.audit_records(workflow_id)) == 1, timeout=10)
    wait_until(lambda: len(scenario.approver.list_notifications()) == 1, timeout=10)
    return workflow_id, stores.messages_of(workflow_id, 1)


def test_characters_that_no_queue_takes_as_they_are_arrive_all_the_same(scenario: Scenario, stores: Stores):
    odd = "\ufffe, \uffff and \x01"
    workflow_id = scenario.create_pending(title=odd, data={odd: odd}, comment=odd)
    wait_until(lambda: len(stores.audit_records(workflow_id)) == 1, timeout=10)
    told = wait_until(scenario.approver.list_notifications, timeout=10)
    assert (told[0]["title"], told[0]["comment"]) == (odd, odd)


def test_malformed_messages_reach_the_dead_letters_whole_and_delay_nobody(scenario: Scenario, stores: Stores):
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
        workflow_id = scenario.create_pending()
        # What is well came through at once, while the malformed go their five rounds.
        wait_until(lambda: len(stores.audit_records(workflow_id)) == 1, timeout=5)
        wait_until(lambda: len(scenario.approver.list_notifications()) == 1, timeout=5)
        for queue in QUEUES:
            wait_until(lambda q=queue: set(malformed) <= set(stores.dead_letters(q)), timeout=45)
    for queue in QUEUES:
        bodies = stores.dead_letters(queue)
        assert sorted(body for body in bodies if mark in body) == sorted(malformed)


def test_a_message_delivered_twice_makes_one_record_and_one_notification(
    scenario: Scenario, stores: Stores, auditor: Person
):
    workflow_id, messages = _sound(scenario, stores)
    with scenario.approver.subscribe() as listening:
        for queue in QUEUES:
            for _ in range(3):
                stores.send(queue, messages[queue])
        # A repeat is published again (at least once), under the same notificationId.
        listening.wait_for(lambda _: True, 10)
        assert holds_for(1.0, lambda: len(stores.audit_records(workflow_id)) == 1)
    assert {each.notification_id for each in listening.received} == {
        scenario.approver.list_notifications()[0]["notificationId"]
    }
    assert len(stores.notifications(scenario.approver.user_id)) == 1
    found = auditor.api.get("/audit-trail", workflowId=workflow_id).expect(200).body
    assert len(found["items"]) == 1
    assert auditor.api.get(f"/workflows/{workflow_id}/verification").body["verdict"] == "intact"


def test_a_repeat_does_not_make_a_read_notification_unread(scenario: Scenario, stores: Stores):
    _, messages = _sound(scenario, stores)
    notification = scenario.approver.list_notifications()[0]
    scenario.approver.api.patch(f"/notifications/{notification['notificationId']}", {"read": True}).expect(
        200
    )
    stores.send("notifications", messages["notifications"])
    assert holds_for(1.0, lambda: scenario.approver.api.get("/notifications").body["unreadCount"] == 0)


def test_another_content_under_a_known_id_changes_nothing_and_is_a_dead_letter(
    scenario: Scenario, stores: Stores
):
    workflow_id, messages = _sound(scenario, stores)
    stored = stores.audit_records(workflow_id)
    other_id = scenario.create_pending()
    forged = json.loads(stores.messages_of(other_id, 1)["audit_trail"])
    forged["id"] = json.loads(messages["audit_trail"])["id"]
    with _impatient(stores):
        stores.send("audit_trail", json.dumps(forged))
        wait_until(lambda: json.dumps(forged) in stores.dead_letters("audit_trail"), timeout=30)
    assert stores.audit_records(workflow_id) == stored


def test_the_outbox_is_empty_after_each_action(scenario: Scenario, stores: Stores):
    workflow_id = scenario.create_draft()
    scenario.requester.act(workflow_id, "REQUEST").expect(200)
    scenario.approver.act(workflow_id, "REJECT", comment="No").expect(200)
    assert stores.pending(workflow_id) == []


def test_saving_tells_nobody(scenario: Scenario, stores: Stores):
    workflow_id = scenario.create_draft()
    scenario.requester.act(workflow_id, "SAVE", title="Second").expect(200)
    wait_until(lambda: len(stores.audit_records(workflow_id)) == 2, timeout=10)
    assert scenario.approver.list_notifications() == []
    assert scenario.requester.list_notifications() == []


def test_all_members_of_a_group_are_told_each_once(scenario: Scenario, stores: Stores):
    colleagues = [scenario.approver, scenario.add_approver("Cleo"), scenario.add_approver("Dora")]
    scenario.create_pending()
    for person in colleagues:
        wait_until(lambda who=person: len(stores.notifications(who.user_id)) == 1, timeout=10)
    assert len({person.list_notifications()[0]["notificationId"] for person in colleagues}) == 3


def _event() -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": str(uuid4()),
        "source": "/tests",
        "type": "countersign.audit-trail.recorded.v1",
        "subject": "workflow/none",
        "time": "2026-01-31T09:00:00.000Z",
    }
