"""The chain's verdict over what is really stored: intact until somebody with root's power changes a record."""

from typing import Any

import pytest
from countersign_common.proof.hash_chain import hash_of

from harness.scenario import Scenario
from harness.stores import Stores
from local_cloud.people import Person
from local_cloud.waiting import wait_until
from story.expense import verify_offline


@pytest.fixture
def recorded(scenario: Scenario, stores: Stores, auditor: Person) -> str:
    """A workflow of four events, all of them in the audit trail and found intact."""
    workflow_id = scenario.create_draft(data={"amount": 184})
    scenario.requester.act(workflow_id, "SAVE", data={"amount": 200}).expect(200)
    scenario.requester.act(workflow_id, "REQUEST").expect(200)
    scenario.approver.act(workflow_id, "APPROVE").expect(200)
    wait_until(lambda: len(stores.audit_records(workflow_id)) == 4, timeout=15)
    assert _verified(auditor, workflow_id)["verdict"] == "intact"
    return workflow_id


def _verified(auditor: Person, workflow_id: str) -> dict[str, Any]:
    answer: dict[str, Any] = auditor.api.get(f"/workflows/{workflow_id}/verification").expect(200).body
    return answer


def _forged(record: dict[str, Any]) -> str:
    """The record's sealed text with what was done turned into something else."""
    forged: str = record["sealed"].replace('"SAVE"', '"APPROVE"')
    assert forged != record["sealed"]
    return forged


def test_an_auditor_verifies_what_he_was_shown_without_asking_anybody(
    recorded: str, stores: Stores, auditor: Person
):
    records = stores.audit_records(recorded)
    dataset_ids = [record["datasetId"] for record in records]
    head = _verified(auditor, recorded)["headHash"]
    verdict = verify_offline(auditor.api, dataset_ids)
    assert (verdict.returncode, verdict.stderr) == (0, "")
    assert verdict.stdout == f"intact  workflow {recorded}: 4 records, head {head}\n"

    forged = _forged(records[1])
    stores.rewrite_record(dataset_ids[1], sealed=forged, hash=hash_of(forged))
    verdict = verify_offline(auditor.api, dataset_ids)
    assert verdict.returncode == 1
    assert f"at 3: previous-hash-mismatch ({dataset_ids[2]})" in verdict.stdout


def test_the_sealed_part_changed(recorded: str, stores: Stores, auditor: Person):
    second = stores.audit_records(recorded)[1]
    stores.rewrite_record(second["datasetId"], sealed=_forged(second))
    verdict = _verified(auditor, recorded)
    assert verdict["verdict"] == "broken"
    found = [(each["sequence"], each["datasetId"], each["reason"]) for each in verdict["breaks"]]
    assert (2, second["datasetId"], "hash-mismatch") in found
    assert {sequence for sequence, _, _ in found} == {2, 3}
    assert "previous-hash-mismatch" in {reason for sequence, _, reason in found if sequence == 3}


def test_the_hash_changed_with_the_sealed_part_still_breaks_the_next_link(
    recorded: str, stores: Stores, auditor: Person
):
    second = stores.audit_records(recorded)[1]
    forged = _forged(second)
    stores.rewrite_record(second["datasetId"], sealed=forged, hash=hash_of(forged))
    verdict = _verified(auditor, recorded)
    assert [(each["sequence"], each["reason"]) for each in verdict["breaks"]] == [
        (3, "previous-hash-mismatch")
    ]


def test_a_record_deleted_from_the_middle(recorded: str, stores: Stores, auditor: Person):
    second = stores.audit_records(recorded)[1]
    stores.delete_record(second["datasetId"])
    verdict = _verified(auditor, recorded)
    assert (verdict["verdict"], verdict["events"]) == ("broken", 3)
    assert (2, "missing") in {(each["sequence"], each["reason"]) for each in verdict["breaks"]}


def test_what_somebody_wrote_changed(recorded: str, stores: Stores, auditor: Person):
    item = stores.audit_records(recorded)[0]
    content = {**item["content"], "value": item["content"]["value"].replace("184", "999")}
    stores.rewrite_record(item["datasetId"], content=content)
    verdict = _verified(auditor, recorded)
    assert [(each["sequence"], each["reason"]) for each in verdict["breaks"]] == [(1, "content-mismatch")]


def test_erasing_a_person_breaks_nothing(recorded: str, stores: Stores, auditor: Person):
    item = stores.audit_records(recorded)[0]
    stores.rewrite_record(item["datasetId"], person=None)
    assert _verified(auditor, recorded)["verdict"] == "intact"
    shown = auditor.api.get(f"/audit-trail/{item['datasetId']}").expect(200).body
    assert shown["person"] is None
    assert shown["content"]["after"] == {"amount": 184}


def test_a_record_that_the_search_finds_and_the_store_lacks_is_reported(
    recorded: str, stores: Stores, auditor: Person
):
    second = stores.audit_records(recorded)[1]
    wait_until(lambda: stores.searchable(second["datasetId"]), timeout=10)
    stores.delete_record(second["datasetId"])
    page = auditor.api.get("/audit-trail", workflowId=recorded).expect(200).body
    assert page["missing"] == [second["datasetId"]]
    assert len(page["items"]) == 3
