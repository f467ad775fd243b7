"""Reconciliation of the deployed system: what was changed is found, and what is missing is repaired."""

import dataclasses
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
import requests
from countersign_common.compression import pack_text
from countersign_common.events.cloud_event import CloudEvent
from countersign_common.proof.hash_chain import hash_of

from harness.audit_log import AuditLog
from harness.functions import deployed
from harness.integrity import PATH, Integrity
from harness.scenario import Scenario
from harness.stores import Stores
from local_cloud.people import Person
from local_cloud.running import RunningCloud
from local_cloud.waiting import wait_until

# In one worker, with victims that are created once.
pytestmark = [pytest.mark.waits, pytest.mark.xdist_group("integrity")]

CASES = ("deleted", "rewritten", "content", "documents", "state", "queue")


@dataclass(frozen=True)
class Victims:
    """Workflows that were checked before a test changes one of them.

    Attributes:
        workflows: By case. The stored state of "state" was changed before.
        records: Their only records, by case.
        forged_id: Of an event that was sent to the audit trail and never committed.
    """

    scenario: Scenario
    workflows: dict[str, str]
    records: dict[str, dict[str, Any]]
    forged_id: str


@pytest.fixture(scope="module")
def victims(cloud: RunningCloud, stores: Stores) -> Victims:
    """One workflow for each case, created at once: a minute is closed 30 s after its end."""
    scenario = Scenario.create(cloud)
    workflows = {case: scenario.create_pending(data={"amount": 100}) for case in CASES}
    records = {
        case: wait_until(lambda workflow_id=each: stores.audit_records(workflow_id), timeout=20)[0]
        for case, each in workflows.items()
    }
    change_status(cloud, workflows["state"], "APPROVED")
    forged_id = send_forged_event(stores, workflows["queue"])
    integrity = Integrity(cloud, cloud.sign_in("auditor"))
    integrity.wait_until_checked(datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S"))
    return Victims(scenario, workflows, records, forged_id)


def change_status(cloud: RunningCloud, workflow_id: str, status: str) -> None:
    """Change the stored state of a workflow without an event."""
    cloud.client("dynamodb").update_item(
        TableName=cloud.outputs["workflow_table"],
        Key={"pk": {"S": f"WORKFLOW#{workflow_id}"}, "sk": {"S": "STATE"}},
        AttributeUpdates={"status": {"Action": "PUT", "Value": {"S": status}}},
    )


def send_forged_event(stores: Stores, workflow_id: str) -> str:
    """Send a copy of a workflow's first event with an id of its own, and return that."""
    event = CloudEvent.from_message(stores.messages_of(workflow_id, 1)["audit_trail"])
    forged_id = str(uuid4())
    sealed = event.data["sealed"].replace(event.id, forged_id)
    data = {**event.data, "sealed": sealed, "hash": hash_of(sealed)}
    stores.send("audit_trail", dataclasses.replace(event, id=forged_id, data=data, packed={}).to_message())
    return forged_id


@pytest.fixture
def integrity(cloud: RunningCloud, auditor: Person) -> Integrity:
    """The cloud's reconciliation."""
    return Integrity(cloud, auditor)


def test_what_fits_together_has_no_finding(victims: Victims, integrity: Integrity):
    integrity.run()
    found = {each["subject"] for each in integrity.findings()}
    ours = {*victims.workflows.values(), *(each["datasetId"] for each in victims.records.values())}
    ours.remove(victims.workflows["state"])
    assert found & ours == set()


def test_the_report_is_for_auditors_and_admins(victims: Victims, admin: Person):
    assert admin.api.get(PATH).status == 200
    problem = victims.scenario.requester.api.get(PATH)
    assert (problem.status, problem.body["type"].rpartition("/")[2]) == (403, "auditors-only.md")


def test_the_report_shows_the_newest_checkpoint_and_how_far_the_log_is_behind(
    victims: Victims, integrity: Integrity, cloud: RunningCloud
):
    log = AuditLog(cloud)
    positions = [log.position(each["datasetId"]) for each in victims.records.values()]
    report = integrity.report()
    assert all(position is not None and position < report["checkpoint"]["size"] for position in positions)
    assert report["lagSeconds"] < 300


def test_a_deleted_record_is_the_same_record_one_run_later(
    victims: Victims, integrity: Integrity, stores: Stores
):
    record = victims.records["deleted"]
    stores.delete_record(record["datasetId"])
    integrity.run()
    found = wait_until(lambda: stores.audit_records(victims.workflows["deleted"]), timeout=30)
    assert found == [record]
    integrity.run()
    assert integrity.codes_of(record["datasetId"]) == set()
    assert integrity.codes_of(record["datasetId"], "resolved") == {"missing"}


def test_a_rewritten_record_is_found(victims: Victims, integrity: Integrity, stores: Stores):
    record = victims.records["rewritten"]
    sealed = record["sealed"].replace('"PENDING"', '"APPROVED"')
    stores.rewrite_record(record["datasetId"], sealed=pack_text(sealed), hash=hash_of(sealed))
    integrity.run()
    assert integrity.codes_of(record["datasetId"]) == {"rewritten"}
    stores.rewrite_record(record["datasetId"], sealed=pack_text(record["sealed"]), hash=record["hash"])
    integrity.run()
    assert integrity.codes_of(record["datasetId"]) == set()


def test_content_that_was_removed_without_an_erasure_is_found(
    victims: Victims, integrity: Integrity, stores: Stores
):
    record = victims.records["content"]
    dataset_id, content = record["datasetId"], record["content"]
    stores.rewrite_record(dataset_id, content=None)
    integrity.run()
    assert integrity.codes_of(dataset_id) == {"removed-without-erasure"}
    stores.rewrite_record(dataset_id, content=content | {"value": pack_text(content["value"])})
    integrity.run()
    assert integrity.codes_of(dataset_id) == set()


def test_missing_and_different_documents_are_corrected(
    victims: Victims, integrity: Integrity, stores: Stores, cloud: RunningCloud
):
    missing, different = (victims.records[case]["datasetId"] for case in ("documents", "queue"))
    before = {each: stores.searchable(each) for each in (missing, different)}
    assert None not in before.values()
    stores.delete_searchable(missing)
    index = f"audit-trail-v1-0-{before[different]['occurredAt'][:7].replace('-', '.')}"
    url = f"{cloud.opensearch_endpoint}/{index}/_doc/{different}"
    forged = before[different] | {"participants": ["user:attacker"]}
    requests.put(url, json=forged, params={"refresh": "true"}, timeout=10).raise_for_status()
    integrity.run()
    for dataset_id, document in before.items():
        wait_until(lambda each=dataset_id, good=document: stores.searchable(each) == good, timeout=10)


def test_a_state_that_was_changed_without_an_event_is_found(
    victims: Victims, integrity: Integrity, cloud: RunningCloud
):
    workflow_id = victims.workflows["state"]

    def codes() -> set[str]:
        cloud.invoke(deployed(cloud, "workflow-publish-manifest"), {"sweep": 100_000})
        integrity.run()
        return integrity.codes_of(workflow_id)

    wait_until(lambda: codes() == {"state-mismatch"}, timeout=180, interval=5)
    change_status(cloud, workflow_id, "PENDING")
    wait_until(lambda: codes() == set(), timeout=180, interval=5)


def test_an_event_that_the_workflow_service_has_not_committed_is_found(
    victims: Victims, integrity: Integrity, stores: Stores
):
    def codes() -> set[str]:
        integrity.run()
        return integrity.codes_of(victims.forged_id)

    wait_until(lambda: codes() == {"unattested"}, timeout=180, interval=5)
    stores.delete_record(victims.forged_id)
