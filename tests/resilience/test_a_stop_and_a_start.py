"""The whole cloud is stopped and started again: nothing that was in it is gone.

The shared cloud itself is stopped, so nothing else may run on it meanwhile: the suites take turns.
"""

from uuid import uuid4

import requests

from embedded_cloud.cloud import Cloud
from embedded_cloud.progress import SilentProgress
from harness.office import Office
from harness.people import Person
from harness.stores import Stores
from harness.waiting import wait_until


def test_nothing_is_gone_after_a_stop_and_a_start(office: Office, stores: Stores, auditor: Person):
    cloud = office.cloud
    workflow_id = office.pending(data={"amount": 184})
    office.approver.acts(workflow_id, "APPROVE").expect(200)
    wait_until(lambda: len(_found(auditor, workflow_id)) == 2, within=20)
    wait_until(office.requester.notifications, within=10)
    sqs = cloud.client("sqs")
    queue = sqs.create_queue(QueueName=f"test-{uuid4().hex}")["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody="waiting")
    before = _seen(office, auditor, workflow_id)

    whole = Cloud.named(cloud.record.name, SilentProgress())
    # With a subscriber connected, as a console is that somebody left open in a browser.
    with office.approver.listening():
        whole.down()
    assert whole.engines_running() == {}
    whole.up()

    assert _seen(office, auditor, workflow_id) == before
    (message,) = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=5)["Messages"]
    assert message["Body"] == "waiting"
    sqs.delete_queue(QueueUrl=queue)
    # And it goes on: the queues still have their consumers, and the tokens of before are still good.
    another = office.pending()
    wait_until(lambda: len(stores.audit_records(another)) == 1, within=20)
    wait_until(lambda: len(office.approver.notifications()) == 2, within=20)


def _found(auditor: Person, workflow_id: str) -> list[dict]:
    return auditor.api.get("/audit-trail", workflowId=workflow_id).expect(200).body["items"]


def _seen(office: Office, auditor: Person, workflow_id: str) -> list:
    """Everything that people can see of a workflow, and the console's page."""
    return [
        office.requester.sees(workflow_id),
        office.requester.notifications(),
        office.approver.notifications(),
        _found(auditor, workflow_id),
        auditor.api.get(f"/workflows/{workflow_id}/verification").expect(200).body,
        requests.get(office.cloud.console_url, timeout=10).text,
    ]
