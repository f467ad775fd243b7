"""A stop and a start of the whole cloud lose nothing."""

from typing import Any
from uuid import uuid4

import pytest
import requests

from harness.scenario import Scenario
from harness.stores import Stores
from local_cloud.cloud import Cloud
from local_cloud.people import Person
from local_cloud.progress import SILENT
from local_cloud.waiting import wait_until


@pytest.mark.alone
def test_a_stop_and_a_start_lose_nothing(scenario: Scenario, stores: Stores, auditor: Person):
    running = scenario.cloud
    workflow_id = scenario.create_pending(data={"amount": 184})
    scenario.approver.act(workflow_id, "APPROVE").expect(200)
    wait_until(lambda: len(_find_records(auditor, workflow_id)) == 2, timeout=20)
    wait_until(scenario.requester.list_notifications, timeout=10)
    sqs = running.client("sqs")
    queue = sqs.create_queue(QueueName=f"test-{uuid4().hex}")["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody="waiting")
    before = _snapshot(scenario, auditor, workflow_id)

    cloud = Cloud.named(running.record.name, SILENT)
    # With a connected subscriber, as when the console is open in a browser.
    with scenario.approver.subscribe():
        cloud.down()
    assert cloud.running_servers() == {}
    cloud.up()

    # The tokens from before are still valid.
    assert _snapshot(scenario, auditor, workflow_id) == before
    (message,) = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=5)["Messages"]
    assert message["Body"] == "waiting"
    sqs.delete_queue(QueueUrl=queue)
    # The queues still have their consumers.
    another = scenario.create_pending()
    wait_until(lambda: len(stores.audit_records(another)) == 1, timeout=20)
    wait_until(lambda: len(scenario.approver.list_notifications()) == 2, timeout=20)


def _find_records(auditor: Person, workflow_id: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (
        auditor.api.get("/audit-trail", workflowId=workflow_id).expect(200).body["items"]
    )
    return items


def _snapshot(scenario: Scenario, auditor: Person, workflow_id: str) -> list[Any]:
    """Return everything that users see of a workflow, and the console's page."""
    verification = auditor.api.get(f"/workflows/{workflow_id}/verification").expect(200).body
    return [
        scenario.requester.get_workflow(workflow_id),
        scenario.requester.list_notifications(),
        scenario.approver.list_notifications(),
        _find_records(auditor, workflow_id),
        # The schedules that seal and attest the events run each minute, also between two snapshots.
        {name: verification[name] for name in ("events", "headHash", "findings")},
        requests.get(scenario.cloud.console_url, timeout=10).text,
    ]
