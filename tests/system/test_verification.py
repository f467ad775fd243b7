"""The verification of a workflow's hash chain: intact until someone with the root user's rights changes a record."""

from typing import Any

import pytest
from countersign_common.proof.hash_chain import hash_of

from harness.problems import expect_problem
from harness.scenario import Scenario
from harness.stores import Stores
from local_cloud.people import Person
from local_cloud.waiting import wait_until
from story.expense import verify_offline


@pytest.fixture
def workflow_id(scenario: Scenario, stores: Stores, auditor: Person) -> str:
    """The id of a workflow with four events, which are all in the audit trail and intact."""
    workflow_id = scenario.create_draft(data={"amount": 184})
    scenario.requester.act(workflow_id, "SAVE", data={"amount": 200}).expect(200)
    scenario.requester.act(workflow_id, "REQUEST").expect(200)
    scenario.approver.act(workflow_id, "APPROVE").expect(200)
    wait_until(lambda: len(stores.audit_records(workflow_id)) == 4, timeout=15)
    assert _verify(auditor, workflow_id)["verdict"] == "intact"
    return workflow_id


def _verify(person: Person, workflow_id: str) -> dict[str, Any]:
    verdict: dict[str, Any] = person.api.get(f"/workflows/{workflow_id}/verification").expect(200).body
    return verdict


def _findings(verdict: dict[str, Any]) -> list[tuple[int, str | None, str]]:
    return [(each["sequence"], each["datasetId"], each["code"]) for each in verdict["findings"]]


def _forge(record: dict[str, Any]) -> str:
    """Return the record's sealed text with another action type."""
    forged: str = record["sealed"].replace('"SAVE"', '"APPROVE"')
    assert forged != record["sealed"]
    return forged


def test_an_auditor_can_verify_the_records_offline(workflow_id: str, stores: Stores, auditor: Person):
    records = stores.audit_records(workflow_id)
    dataset_ids = [record["datasetId"] for record in records]
    head = _verify(auditor, workflow_id)["headHash"]
    verdict = verify_offline(auditor.api, dataset_ids)
    assert (verdict.returncode, verdict.stderr) == (0, "")
    assert verdict.stdout.startswith(f"valid    workflow {workflow_id}: 4 records, head {head}\n")

    forged = _forge(records[1])
    stores.rewrite_record(dataset_ids[1], sealed=forged, hash=hash_of(forged))
    verdict = verify_offline(auditor.api, dataset_ids)
    assert verdict.returncode == 1
    assert f"at 3: previous-hash-mismatch ({dataset_ids[2]})" in verdict.stdout


def test_a_changed_sealed_part_is_found(workflow_id: str, stores: Stores, auditor: Person):
    second, third = stores.audit_records(workflow_id)[1:3]
    stores.rewrite_record(second["datasetId"], sealed=_forge(second))
    verdict = _verify(auditor, workflow_id)
    assert verdict["verdict"] == "broken"
    assert _findings(verdict) == [
        (2, second["datasetId"], "hash-mismatch"),
        (3, third["datasetId"], "previous-hash-mismatch"),
    ]


def test_a_changed_sealed_part_with_a_new_hash_breaks_the_next_link(
    workflow_id: str, stores: Stores, auditor: Person
):
    second, third = stores.audit_records(workflow_id)[1:3]
    forged = _forge(second)
    stores.rewrite_record(second["datasetId"], sealed=forged, hash=hash_of(forged))
    assert _findings(_verify(auditor, workflow_id)) == [(3, third["datasetId"], "previous-hash-mismatch")]


def test_a_deleted_record_is_found(workflow_id: str, stores: Stores, auditor: Person):
    second = stores.audit_records(workflow_id)[1]
    stores.delete_record(second["datasetId"])
    verdict = _verify(auditor, workflow_id)
    assert (verdict["verdict"], verdict["events"]) == ("broken", 3)
    assert _findings(verdict) == [(2, None, "missing")]


@pytest.mark.parametrize(("part", "old", "new"), [("content", "184", "999"), ("person", "Rita", "Olga")])
def test_a_changed_part_is_found(
    part: str, old: str, new: str, workflow_id: str, stores: Stores, auditor: Person
):
    record = stores.audit_records(workflow_id)[0]
    value = record[part]["value"].replace(old, new)
    assert value != record[part]["value"]
    stores.rewrite_record(record["datasetId"], **{part: {**record[part], "value": value}})
    assert _findings(_verify(auditor, workflow_id)) == [(1, record["datasetId"], f"{part}-mismatch")]


def test_a_damaged_record_is_unreadable(workflow_id: str, stores: Stores, auditor: Person):
    second = stores.audit_records(workflow_id)[1]
    stores.rewrite_record(second["datasetId"], sealed=second["sealed"][:-1])
    assert (0, second["datasetId"], "unreadable") in _findings(_verify(auditor, workflow_id))
    expect_problem(auditor.api.get(f"/audit-trail/{second['datasetId']}"), 500, "unreadable-record")


@pytest.mark.parametrize("part", ["person", "content"])
def test_an_erased_part_breaks_nothing(part: str, workflow_id: str, stores: Stores, auditor: Person):
    record = stores.audit_records(workflow_id)[0]
    stores.rewrite_record(record["datasetId"], **{part: None})
    assert _verify(auditor, workflow_id)["verdict"] == "intact"
    shown = auditor.api.get(f"/audit-trail/{record['datasetId']}").expect(200).body
    assert (shown[part], shown["canonical"][part], shown["redacted"]) == (None, None, [])
    other = "content" if part == "person" else "person"
    assert shown[other] is not None
    assert shown["canonical"][other]["value"] == record[other]["value"]
    verdict = verify_offline(auditor.api, [each["datasetId"] for each in stores.audit_records(workflow_id)])
    assert f"at 1: removed-without-erasure ({record['datasetId']})" in verdict.stdout


def test_a_record_that_the_index_has_and_the_store_lacks_is_reported_as_missing(
    workflow_id: str, stores: Stores, auditor: Person
):
    second = stores.audit_records(workflow_id)[1]
    wait_until(lambda: stores.searchable(second["datasetId"]), timeout=10)
    stores.delete_record(second["datasetId"])
    page = auditor.api.get("/audit-trail", workflowId=workflow_id).expect(200).body
    assert page["missing"] == [second["datasetId"]]
    assert len(page["items"]) == 3
