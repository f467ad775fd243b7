"""`make erase` against the running cloud: the dry run, and an erasure to its end."""

import os
import subprocess
from collections.abc import Sequence

import pytest

from harness.scenario import Scenario, new_person
from harness.stores import Stores
from local_cloud.people import Person
from local_cloud.running import RunningCloud
from local_cloud.waiting import wait_until
from repository import ROOT

# In one worker with the tests that take dead letters: an erasure hides them for a moment.
pytestmark = [pytest.mark.waits, pytest.mark.xdist_group("queues")]

BOTH = {"person", "content"}


def erase(cloud: RunningCloud, *variables: str) -> Sequence[str]:
    """Run `make erase` for this cloud, and return the lines that it prints."""
    # `-o`: the test run has set up the environment.
    command = ["make", "--no-print-directory", "-o", ".venv/.synced", "erase", *variables]
    environment = {**os.environ, "COUNTERSIGN_CLOUD": cloud.record.name}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def create(scenario: Scenario, stores: Stores, user: Person) -> tuple[str, str]:
    """Create a workflow by a user. Return its id and that of its record."""
    created = user.create_workflow(scenario.scheme, "REQUEST").body
    workflow_id = str(created["workflowId"])
    [record] = wait_until(lambda: stores.audit_records(workflow_id), timeout=20)
    wait_until(lambda: stores.searchable(record["datasetId"]), timeout=20)
    return workflow_id, str(record["datasetId"])


def test_a_dry_run_changes_nothing_and_an_erasure_keeps_what_is_under_a_hold(
    scenario: Scenario, stores: Stores, cloud: RunningCloud, admin: Person
):
    user = new_person(cloud, "Una")
    erased_id, erased_record = create(scenario, stores, user)
    held_id, held_record = create(scenario, stores, user)
    hold = {"reason": "Litigation"}
    admin.api.put(f"/audit-trail/holds/{held_id}", hold).expect(200)
    before = [stores.audit_records(each) for each in (erased_id, held_id)]
    variables = [f"USER_ID={user.user_id}", "REASON=Request 4711"]

    preview = "1 records of 1 workflows: person of 1, content of 1. 1 more are under a legal hold."
    assert erase(cloud, *variables, "DRY_RUN=1") == [preview]
    assert [stores.audit_records(each) for each in (erased_id, held_id)] == before
    assert user.get_workflow(erased_id)["title"] != ""
    jobs = cloud.sign_in("auditor").api.get("/audit-trail/erasures", limit=100).expect(200).body["items"]
    assert [job for job in jobs if job["userId"] == user.user_id] == []

    lines = erase(cloud, *variables)
    assert lines[0] == preview
    erasure_id = lines[1].removeprefix("Erasure ")
    assert "DONE: 1 person, 1 content erased, 1 records held" in lines
    assert lines[-1] == f"Under a legal hold, not erased: workflow {held_id}"
    job = cloud.sign_in("auditor").api.get(f"/audit-trail/erasures/{erasure_id}").expect(200).body
    assert (job["userId"], job["reason"], job["state"]) == (user.user_id, "Request 4711", "DONE")
    assert job["held"] == {"count": 1, "workflowIds": [held_id]}
    [stored], [kept] = stores.audit_records(erased_id), stores.audit_records(held_id)
    assert (stored["datasetId"], kept["datasetId"]) == (erased_record, held_record)
    assert not BOTH & stored.keys()
    assert [kept] == before[1]

    released = {"json": {"reason": "Closed"}}
    cloud.sign_in("admin").api.request("DELETE", f"/audit-trail/holds/{held_id}", **released).expect(204)
    assert "DONE: 1 person, 1 content erased, 0 records held" in erase(
        cloud, *variables, "PARTS=person,content", "YES=1"
    )
    assert not BOTH & stores.audit_records(held_id)[0].keys()
