"""The whole cloud is stopped and started again: nothing that was in it is gone.

The shared cloud itself is stopped, so nothing else may run on it meanwhile: the suites take turns.
"""

from uuid import uuid4

import requests

from harness.scenario import Scenario
from harness.stores import Stores
from local_cloud.cloud import Cloud
from local_cloud.people import Person
from local_cloud.progress import SILENT
from local_cloud.waiting import wait_until


def test_nothing_is_gone_after_a_stop_and_a_start(scenario: Scenario, stores: Stores, auditor: Person):
    cloud = scenario.cloud
    workflow_id = scenario.create_pending(data={"amount": 184})
    scenario.approver.act(workflow_id, "APPROVE").expect(200)
    wait_until(lambda: len(_found(auditor, workflow_id)) == 2, timeout=20)
    wait_until(scenario.requester.list_notifications, timeout=10)
    sqs = cloud.client("sqs")
    queue = sqs.create_queue(QueueName=f"test-{uuid4().hex}")["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody="waiting")
    before = _seen(scenario, auditor, workflow_id)

    whole = Cloud.named(cloud.record.name, SILENT)
    # With a subscriber connected, as a console is that somebody left open in a browser.
    with scenario.approver.subscribe():
        whole.down()
    assert whole.running_servers() == {}
    whole.up()

    assert _seen(scenario, auditor, workflow_id) == before
    (message,) = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=5)["Messages"]
    assert message["Body"] == "waiting"
    sqs.delete_queue(QueueUrl=queue)
    # And it goes on: the queues still have their consumers, and the tokens of before are still good.
    another = scenario.create_pending()
    wait_until(lambda: len(stores.audit_records(another)) == 1, timeout=20)
    wait_until(lambda: len(scenario.approver.list_notifications()) == 2, timeout=20)


def _found(auditor: Person, workflow_id: str) -> list[dict]:
    return auditor.api.get("/audit-trail", workflowId=workflow_id).expect(200).body["items"]


def _seen(scenario: Scenario, auditor: Person, workflow_id: str) -> list:
    """Everything that people can see of a workflow, and the console's page."""
    return [
        scenario.requester.get_workflow(workflow_id),
        scenario.requester.list_notifications(),
        scenario.approver.list_notifications(),
        _found(auditor, workflow_id),
        auditor.api.get(f"/workflows/{workflow_id}/verification").expect(200).body,
        requests.get(scenario.cloud.console_url, timeout=10).text,
    ]
