"""The verification of a workflow: valid until someone with the root user's rights changes what is stored."""

import json
from typing import Any

import pytest
from countersign_common.proof.hash_chain import hash_of

from harness.problems import expect_problem
from harness.scenario import Scenario
from harness.stores import Stores
from local_cloud.people import Person
from local_cloud.running import RunningCloud
from local_cloud.waiting import wait_until
from story.expense import get_evidence, verify_offline


@pytest.fixture
def workflow_id(cloud: RunningCloud, scenario: Scenario, stores: Stores, auditor: Person) -> str:
    """The id of a workflow with four events, which are all in the audit trail and in the log, and valid."""
    workflow_id = scenario.create_draft(data={"amount": 184})
    scenario.requester.act(workflow_id, "SAVE", data={"amount": 200}).expect(200)
    scenario.requester.act(workflow_id, "REQUEST").expect(200)
    scenario.approver.act(workflow_id, "APPROVE").expect(200)
    wait_until(lambda: len(stores.audit_records(workflow_id)) == 4, timeout=15)

    def is_sealed() -> bool:
        cloud.invoke_when_free("audit-seal-checkpoint")
        verification = _verify(auditor, workflow_id)
        assert verification["findings"] == []
        return bool(verification["sealed"] == 4)

    wait_until(is_sealed, timeout=60)
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


def _verify_offline(auditor: Person, workflow_id: str) -> tuple[int, str]:
    done = verify_offline(get_evidence(auditor.api, workflow_id), auditor.cloud.outputs["log_vkey"])
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_a_new_workflow_is_pending_and_valid_before_it_is_sealed(
    scenario: Scenario, stores: Stores, auditor: Person
):
    workflow_id = scenario.create_pending()
    wait_until(lambda: stores.audit_records(workflow_id), timeout=15)
    verification = _verify(auditor, workflow_id)
    assert (verification["verdict"], verification["events"]) == ("valid", 1)
    assert verification["sealed"] + verification["pending"] == 1


def test_what_was_checked_is_said(workflow_id: str, auditor: Person, scenario: Scenario):
    for person in (auditor, scenario.approver):
        verification = _verify(person, workflow_id)
        assert (verification["verdict"], verification["from"], verification["to"]) == ("valid", 1, 4)
        assert (verification["sealed"], verification["pending"], verification["cursor"]) == (4, 0, None)
        checked = verification["checked"]
        assert [checked[name] for name in ("chain", "commitments", "inclusion", "checkpoint")] == [
            "valid"
        ] * 4
    checkpoint = auditor.cloud.api().get("/audit-trail/checkpoint").expect(200).body
    assert checkpoint["size"] >= verification["checkpoint"]["size"]


def test_the_published_key_is_the_one_that_terraform_prints(cloud: RunningCloud):
    key = cloud.api().get("/audit-trail/public-key").expect(200).body
    outputs = cloud.outputs
    assert (key["vkey"], key["fingerprint"]) == (outputs["log_vkey"], outputs["log_fingerprint"])
    assert key["pem"].split() == outputs["log_public_key"].split()


def test_an_auditor_can_verify_the_evidence_offline(workflow_id: str, stores: Stores, auditor: Person):
    records = stores.audit_records(workflow_id)
    head = _verify(auditor, workflow_id)["headHash"]
    code, output = _verify_offline(auditor, workflow_id)
    assert (code, f"valid    workflow {workflow_id}: 4 records" in output, head in output) == (0, True, True)

    newest = records[-1]
    forged = newest["sealed"].replace('"APPROVED"', '"REJECTED"')
    stores.rewrite_record(newest["datasetId"], sealed=forged, hash=hash_of(forged))
    code, output = _verify_offline(auditor, workflow_id)
    assert (code, "rewritten" in output, newest["datasetId"] in output) == (1, True, True)


def test_a_participants_evidence_is_valid_offline(workflow_id: str, scenario: Scenario):
    code, output = _verify_offline(scenario.approver, workflow_id)
    assert (code, "6 parts withheld" in output) == (0, True), output


def test_a_consistency_proof_leads_from_an_earlier_checkpoint_to_a_later_one(
    workflow_id: str, cloud: RunningCloud
):
    items = cloud.api().get("/audit-trail/checkpoints").expect(200).body["items"]
    sizes = sorted({each["size"] for each in items})
    if len(sizes) > 1:
        proof = cloud.api().get("/audit-trail/consistency", **{"from": sizes[0], "to": sizes[-1]}).expect(200)
        assert (proof.body["from"], proof.body["to"]) == (sizes[0], sizes[-1])
        assert proof.body["proof"]


def test_a_rewritten_newest_record_with_a_new_hash_is_found(
    workflow_id: str, stores: Stores, auditor: Person
):
    newest = stores.audit_records(workflow_id)[-1]
    forged = newest["sealed"].replace('"APPROVED"', '"REJECTED"')
    stores.rewrite_record(newest["datasetId"], sealed=forged, hash=hash_of(forged))
    verdict = _verify(auditor, workflow_id)
    assert (4, newest["datasetId"], "rewritten") in _findings(verdict)
    assert verdict["checked"]["inclusion"] == "invalid"


def test_a_participant_added_to_a_record_is_found(workflow_id: str, stores: Stores, auditor: Person):
    newest = stores.audit_records(workflow_id)[-1]
    sealed = json.loads(newest["sealed"])
    forged = newest["sealed"].replace(f'"{sealed["participants"][0]}"', '"user:mallory"', 1)
    stores.rewrite_record(newest["datasetId"], sealed=forged, hash=hash_of(forged))
    assert (4, newest["datasetId"], "rewritten") in _findings(_verify(auditor, workflow_id))


def test_a_changed_sealed_part_is_found(workflow_id: str, stores: Stores, auditor: Person):
    second, third = stores.audit_records(workflow_id)[1:3]
    stores.rewrite_record(second["datasetId"], sealed=_forge(second))
    verdict = _verify(auditor, workflow_id)
    assert verdict["verdict"] == "invalid"
    assert _findings(verdict) == [
        (2, second["datasetId"], "rewritten"),
        (2, second["datasetId"], "hash-mismatch"),
        (3, third["datasetId"], "previous-hash-mismatch"),
    ]


def test_a_changed_sealed_part_with_a_new_hash_breaks_the_next_link(
    workflow_id: str, stores: Stores, auditor: Person
):
    second, third = stores.audit_records(workflow_id)[1:3]
    forged = _forge(second)
    stores.rewrite_record(second["datasetId"], sealed=forged, hash=hash_of(forged))
    assert _findings(_verify(auditor, workflow_id)) == [
        (2, second["datasetId"], "rewritten"),
        (3, third["datasetId"], "previous-hash-mismatch"),
    ]


def test_a_deleted_record_is_in_flight_for_five_minutes_at_most(
    workflow_id: str, stores: Stores, auditor: Person
):
    """Without its manifest, which follows after a minute, a gap before a new record looks like a late message."""
    second = stores.audit_records(workflow_id)[1]
    stores.delete_record(second["datasetId"])
    verdict = _verify(auditor, workflow_id)
    assert verdict["events"] == 3
    assert [each["code"] for each in verdict["findings"]] in ([], ["missing"])
    assert verdict["pending"] + len(verdict["findings"]) == 1


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
def test_a_part_that_is_removed_without_an_erasure_is_found(
    part: str, workflow_id: str, stores: Stores, auditor: Person
):
    record = stores.audit_records(workflow_id)[0]
    stores.rewrite_record(record["datasetId"], **{part: None})
    verdict = _verify(auditor, workflow_id)
    assert _findings(verdict) == [(1, record["datasetId"], "removed-without-erasure")]
    assert (verdict["checked"]["chain"], verdict["checked"]["commitments"]) == ("valid", "invalid")
    shown = auditor.api.get(f"/audit-trail/{record['datasetId']}").expect(200).body
    assert (shown[part], shown["canonical"][part], shown["redacted"]) == (None, None, [])
    code, output = _verify_offline(auditor, workflow_id)
    assert (code, "removed-without-erasure" in output) == (1, True)


def test_a_record_that_the_index_has_and_the_store_lacks_is_reported_as_missing(
    workflow_id: str, stores: Stores, auditor: Person
):
    second = stores.audit_records(workflow_id)[1]
    wait_until(lambda: stores.searchable(second["datasetId"]), timeout=10)
    stores.delete_record(second["datasetId"])
    page = auditor.api.get("/audit-trail", workflowId=workflow_id).expect(200).body
    assert page["missing"] == [second["datasetId"]]
    assert len(page["items"]) == 3
