"""One workflow through the request flow of docs/architecture.md, checked step by step.

All tests of this module use the same workflow: saved, requested, rejected with a comment, requested again, approved.
"""

from dataclasses import dataclass
from typing import Any

import pytest

from harness.scenario import Scenario, sign_in_again
from harness.stores import Stores
from local_cloud.mqtt import ReceivedNotification
from local_cloud.people import Person
from local_cloud.waiting import wait_until
from story.expense import get_evidence, verify_offline

# Action type, status after it, round.
_ACTIONS = [
    ("SAVE", "DRAFT", 1),
    ("REQUEST", "PENDING", 1),
    ("REJECT", "REJECTED", 1),
    ("REQUEST", "PENDING", 2),
    ("APPROVE", "APPROVED", 2),
]


@dataclass(frozen=True)
class CompletedWorkflow:
    """The workflow after its last action.

    Attributes:
        workflow_id: Its id.
        requester, approver: The users.
        responses: Bodies of the API's responses, one for each action.
        to_approver, to_requester: What arrived over MQTT, in the order of arrival.
    """

    workflow_id: str
    requester: Person
    approver: Person
    responses: list[dict[str, Any]]
    to_approver: list[ReceivedNotification]
    to_requester: list[ReceivedNotification]


@pytest.fixture(scope="module")
def workflow(cloud) -> CompletedWorkflow:
    scenario = Scenario.create(cloud)
    requester, approver = scenario.requester, scenario.approver
    with requester.subscribe() as requester_inbox, approver.subscribe() as approver_inbox:
        created = requester.create_workflow(scenario.scheme, title="Train to Basel", data={"amount": 184})
        workflow_id = created.body["workflowId"]
        responses = [
            created.body,
            requester.act(workflow_id, "REQUEST").expect(200).body,
            approver.act(workflow_id, "REJECT", comment="The receipt is missing").expect(200).body,
            requester.act(workflow_id, "REQUEST", data={"amount": 184, "receipt": "R-1042"}).expect(200).body,
            approver.act(workflow_id, "APPROVE").expect(200).body,
        ]
        for subscriber, sequences in ((approver_inbox, {2, 4}), (requester_inbox, {3, 5})):
            for sequence in sequences:
                subscriber.wait_for(lambda each, n=sequence: each.notification["sequence"] == n, 20)
        return CompletedWorkflow(
            workflow_id, requester, approver, responses, approver_inbox.received, requester_inbox.received
        )


@pytest.fixture(scope="module")
def records(cloud, workflow: CompletedWorkflow) -> list[dict[str, Any]]:
    """The workflow's audit records as an auditor finds them, oldest first."""
    auditor = cloud.sign_in("auditor")

    def all_records() -> list[dict[str, Any]]:
        page = auditor.api.get("/audit-trail", workflowId=workflow.workflow_id).expect(200).body
        assert page["missing"] == []
        return page["items"][::-1] if len(page["items"]) == len(_ACTIONS) else []

    return wait_until(all_records, timeout=20)


@pytest.fixture
def requester(workflow: CompletedWorkflow) -> Person:
    return sign_in_again(workflow.requester)


@pytest.fixture
def approver(workflow: CompletedWorkflow) -> Person:
    return sign_in_again(workflow.approver)


def test_steps_1_to_3_each_action_changes_the_workflow(workflow: CompletedWorkflow):
    states = [(each["status"], each["round"], each["version"]) for each in workflow.responses]
    assert states == [
        (status, round_, version) for version, (_, status, round_) in enumerate(_ACTIONS, start=1)
    ]


def test_step_3_state_and_events_are_committed_together(
    workflow: CompletedWorkflow, requester: Person, stores: Stores
):
    events = stores.events(workflow.workflow_id)
    assert [event["sk"] for event in events] == [f"EVENT#{n:010d}" for n in range(1, 6)]
    assert requester.get_workflow(workflow.workflow_id)["version"] == len(events)


def test_steps_4_and_11_every_event_is_sent_to_both_queues(workflow: CompletedWorkflow, stores: Stores):
    assert wait_until(lambda: stores.pending(workflow.workflow_id) == [], timeout=5)


def test_steps_5_and_6_the_full_records_are_in_the_audit_trail_table(
    workflow: CompletedWorkflow, records, stores: Stores
):
    stored = stores.audit_records(workflow.workflow_id)
    assert [record["datasetId"] for record in stored] == [record["datasetId"] for record in records]


def test_step_6_a_record_has_the_id_and_the_hash_of_its_event(
    workflow: CompletedWorkflow, records, requester: Person
):
    history = requester.api.get(f"/workflows/{workflow.workflow_id}/history").expect(200).body["items"]
    assert [entry["eventId"] for entry in history] == [record["datasetId"] for record in records]
    assert [entry["hash"] for entry in history] == [record["hash"] for record in records]


def test_step_7_the_search_index_has_no_email_address(records, stores: Stores):
    for record in records:
        document = stores.searchable(record["datasetId"])
        assert document is not None
        assert "@example.com" not in str(document)


def test_steps_8_to_10_the_search_finds_the_records_and_each_can_be_read_in_full(
    workflow: CompletedWorkflow, records, auditor: Person
):
    sealed = [record["sealed"] for record in records]
    assert [(each["actionType"], each["outcome"], each["workflow"]["round"]) for each in sealed] == _ACTIONS
    assert {(each["target"]["type"], each["target"]["id"]) for each in sealed} == {
        ("workflow", workflow.workflow_id)
    }
    assert [each["workflow"]["sequence"] for each in sealed] == [1, 2, 3, 4, 5]
    assert [each["workflow"]["stepId"] for each in sealed] == [None, *["approval"] * 4]
    users = [workflow.requester, workflow.requester, workflow.approver, workflow.requester, workflow.approver]
    assert [each["actionOwner"] for each in sealed] == [
        {"type": "user", "id": user.user_id} for user in users
    ]
    assert [record["content"]["comment"] for record in records][2] == "The receipt is missing"
    assert all(record["content"].keys() == {"title", "comment"} for record in records)
    first, second, third, fourth, fifth = (
        auditor.api.get(f"/audit-trail/{record['datasetId']}").expect(200).body for record in records
    )
    assert first["person"]["email"] == workflow.requester.email
    assert first["redacted"] == []
    assert (first["content"]["before"], first["content"]["after"]) == (None, {"amount": 184})
    assert (second["content"]["before"], second["content"]["after"]) == (None, {"amount": 184})
    assert third["content"]["comment"] == "The receipt is missing"
    assert fourth["content"]["before"] == {"amount": 184}
    assert fourth["content"]["after"] == {"amount": 184, "receipt": "R-1042"}
    assert fifth["content"]["before"] is None


def test_the_participants_of_a_draft_are_the_requester_only(workflow: CompletedWorkflow, records):
    requester, approver = (f"user:{each.user_id}" for each in (workflow.requester, workflow.approver))
    saved, requested, rejected, *_ = [record["sealed"]["participants"] for record in records]
    assert saved == [requester]
    assert requested[0] == requester
    assert {each.partition(":")[0] for each in requested[1:]} == {"group"}
    assert set(rejected) == {*requested, approver}


def test_the_five_events_are_valid(workflow: CompletedWorkflow, records, auditor: Person):
    verdict = auditor.api.get(f"/workflows/{workflow.workflow_id}/verification").expect(200).body
    assert (verdict["verdict"], verdict["events"], verdict["findings"]) == ("valid", 5, [])
    assert verdict["headHash"] == records[-1]["hash"]
    previous = [record["sealed"]["workflow"]["previousHash"] for record in records]
    assert previous[1:] == [record["hash"] for record in records[:-1]]


def test_the_offline_verifier_agrees(workflow: CompletedWorkflow, records, auditor: Person):
    evidence = get_evidence(auditor.api, workflow.workflow_id)
    verdict = verify_offline(evidence, auditor.cloud.outputs["log_vkey"])
    assert (verdict.returncode, verdict.stderr) == (0, ""), verdict.stdout
    assert f"valid    workflow {workflow.workflow_id}: 5 records" in verdict.stdout
    assert f"head {records[-1]['hash']}" in verdict.stdout


def test_steps_12_and_13_each_recipient_has_their_notifications(
    workflow: CompletedWorkflow, requester: Person, approver: Person
):
    to_approver = approver.list_notifications()
    assert [(each["type"], each["sequence"]) for each in to_approver] == [
        ("APPROVAL_REQUESTED", 4),
        ("APPROVAL_REQUESTED", 2),
    ]
    to_requester = requester.list_notifications()
    assert [(each["type"], each["sequence"]) for each in to_requester] == [("APPROVED", 5), ("REJECTED", 3)]
    assert to_requester[1]["comment"] == "The receipt is missing"
    assert to_requester[1]["actionOwner"] == {"type": "user", "id": approver.user_id, "name": "Bo"}


def test_step_14_mqtt_and_the_inbox_have_the_same_notifications_except_for_later_resolutions(
    workflow: CompletedWorkflow, requester: Person, approver: Person
):
    for received, person in ((workflow.to_approver, approver), (workflow.to_requester, requester)):
        over_mqtt = {each.notification_id: each.notification for each in received}
        listed = {each["notificationId"]: each for each in person.list_notifications()}
        assert over_mqtt.keys() == listed.keys()
        for notification_id, before in over_mqtt.items():
            now = listed[notification_id]
            since = {} if now["resolution"] is None else {"read": True, "resolution": now["resolution"]}
            assert now == before | since
    resolved = [each["resolution"] for each in reversed(approver.list_notifications())]
    assert [(each["actionType"], each["by"]["id"]) for each in resolved] == [
        ("REJECT", approver.user_id),
        ("APPROVE", approver.user_id),
    ]


def test_users_get_no_notifications_of_their_own_actions(requester: Person, approver: Person):
    for person in (requester, approver):
        owners = {each["actionOwner"]["id"] for each in person.list_notifications()}
        assert owners
        assert person.user_id not in owners
