"""The way of one action through the whole system (docs/architecture.md), told as one story and looked at step by step.

The tests of this module share one story: saved, requested, rejected with a comment, resubmitted, approved.
"""

from dataclasses import dataclass
from typing import Any

import pytest

from harness.scenario import Scenario
from harness.stores import Stores
from local_cloud.mqtt import ReceivedNotification
from local_cloud.people import Person
from local_cloud.waiting import wait_until

_STORY = [
    ("SAVE", "DRAFT", 1),
    ("REQUEST", "PENDING", 1),
    ("REJECT", "REJECTED", 1),
    ("REQUEST", "PENDING", 2),
    ("APPROVE", "APPROVED", 2),
]


@dataclass(frozen=True)
class Told:
    """The story after its end.

    Attributes:
        scenario: who took part.
        workflow_id: what it was about.
        answers: what the API said to each action.
        to_approver, to_requester: what arrived over MQTT, in the order of arrival.
    """

    scenario: Scenario
    workflow_id: str
    answers: list[dict[str, Any]]
    to_approver: list[ReceivedNotification]
    to_requester: list[ReceivedNotification]


@pytest.fixture(scope="module")
def story(cloud) -> Told:
    scenario = Scenario.create(cloud)
    requester, approver = scenario.requester, scenario.approver
    with requester.subscribe() as requesters, approver.subscribe() as approvers:
        created = requester.create_workflow(scenario.scheme, title="Train to Basel", data={"amount": 184})
        workflow_id = created.body["workflowId"]
        answers = [
            created.body,
            requester.act(workflow_id, "REQUEST").expect(200).body,
            approver.act(workflow_id, "REJECT", comment="The receipt is missing").expect(200).body,
            requester.act(workflow_id, "REQUEST", data={"amount": 184, "receipt": "R-1042"}).expect(200).body,
            approver.act(workflow_id, "APPROVE").expect(200).body,
        ]
        for subscriber, sequences in ((approvers, {2, 4}), (requesters, {3, 5})):
            for sequence in sequences:
                subscriber.wait_for(lambda each, n=sequence: each.notification["sequence"] == n, 20)
        return Told(scenario, workflow_id, answers, approvers.received, requesters.received)


@pytest.fixture(scope="module")
def trail(story: Told, auditor: Person) -> list[dict[str, Any]]:
    """The workflow's audit records as the auditor finds them, oldest first."""

    def complete() -> list[dict[str, Any]]:
        page = auditor.api.get("/audit-trail", workflowId=story.workflow_id).expect(200).body
        assert page["missing"] == []
        return page["items"][::-1] if len(page["items"]) == len(_STORY) else []

    found: list[dict[str, Any]] = wait_until(complete, timeout=20)
    return found


def test_steps_1_to_3_each_action_moves_the_workflow_on(story: Told):
    moved = [(each["status"], each["round"], each["version"]) for each in story.answers]
    assert moved == [(status, round_, version) for version, (_, status, round_) in enumerate(_STORY, start=1)]


def test_step_3_state_and_events_are_committed_together(story: Told, stores: Stores):
    events = stores.events(story.workflow_id)
    assert [event["sk"] for event in events] == [f"EVENT#{n:010d}" for n in range(1, 6)]
    assert story.scenario.requester.get_workflow(story.workflow_id)["version"] == len(events)


def test_steps_4_and_11_both_queues_took_every_event(story: Told, stores: Stores):
    assert wait_until(lambda: stores.pending(story.workflow_id) == [], timeout=5)


def test_steps_5_and_6_the_full_records_are_in_the_audit_trails_table(story: Told, trail, stores: Stores):
    stored = stores.audit_records(story.workflow_id)
    assert [record["datasetId"] for record in stored] == [record["datasetId"] for record in trail]


def test_step_6_a_records_id_is_its_events(story: Told, trail):
    history = (
        story.scenario.requester.api.get(f"/workflows/{story.workflow_id}/history").expect(200).body["items"]
    )
    assert [entry["eventId"] for entry in history] == [record["datasetId"] for record in trail]
    assert [entry["hash"] for entry in history] == [record["hash"] for record in trail]


def test_step_7_the_searchable_records_hold_no_address(story: Told, trail, stores: Stores):
    for record in trail:
        searchable = stores.searchable(record["datasetId"])
        assert searchable is not None
        assert "@example.com" not in str(searchable)


def test_steps_8_to_10_the_search_gives_the_full_records(story: Told, trail):
    told = [
        (each["sealed"]["actionType"], each["sealed"]["outcome"], each["sealed"]["round"]) for each in trail
    ]
    assert told == _STORY
    first, _, third, fourth, _ = trail
    assert first["person"]["email"] == story.scenario.requester.email
    assert third["content"]["comment"] == "The receipt is missing"
    assert fourth["content"]["before"] == {"amount": 184}
    assert fourth["content"]["after"] == {"amount": 184, "receipt": "R-1042"}


def test_the_chain_of_the_five_is_intact(story: Told, trail, auditor: Person):
    verdict = auditor.api.get(f"/workflows/{story.workflow_id}/verification").expect(200).body
    assert (verdict["verdict"], verdict["events"], verdict["breaks"]) == ("intact", 5, [])
    assert verdict["headHash"] == trail[-1]["hash"]


def test_steps_12_and_13_each_recipient_has_a_notification_of_what_concerns_them(story: Told):
    approvers = story.scenario.approver.list_notifications()
    assert [(each["type"], each["sequence"]) for each in approvers] == [
        ("APPROVAL_REQUESTED", 4),
        ("APPROVAL_REQUESTED", 2),
    ]
    requesters = story.scenario.requester.list_notifications()
    assert [(each["type"], each["sequence"]) for each in requesters] == [("APPROVED", 5), ("REJECTED", 3)]
    assert requesters[1]["comment"] == "The receipt is missing"
    assert requesters[1]["actionOwner"] == {"userId": story.scenario.approver.user_id, "name": "Bo"}


def test_step_14_what_arrived_over_mqtt_is_what_the_inbox_has(story: Told):
    for arrived, person in (
        (story.to_approver, story.scenario.approver),
        (story.to_requester, story.scenario.requester),
    ):
        over_mqtt = {each.notification_id: each.notification for each in arrived}
        assert over_mqtt == {each["notificationId"]: each for each in person.list_notifications()}


def test_nobody_was_told_of_what_they_did_themselves(story: Told, stores: Stores):
    for person in (story.scenario.requester, story.scenario.approver):
        owners = {each["actionOwner"]["userId"] for each in person.list_notifications()}
        assert person.user_id not in owners
