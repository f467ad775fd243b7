"""The search engine is away: records are kept, their messages come back, and the search has them once it is there."""

from harness.functions import copy_of, own_process, queue_for, update_environment
from harness.scenario import Scenario
from harness.stores import Stores
from harness.stuck_events import request_event
from local_cloud.people import Person
from local_cloud.ports import LOOPBACK, free_port
from local_cloud.waiting import holds_for, wait_until

_UNREACHABLE = f"http://{LOOPBACK}:{free_port()}"


def test_records_are_searchable_once_the_search_engine_is_back(
    scenario: Scenario, stores: Stores, auditor: Person
):
    cloud, function = scenario.cloud, "audit-create-audit-trail"
    event = request_event(scenario)
    with (
        copy_of(cloud, function, OPENSEARCH_ENDPOINT=_UNREACHABLE) as consumer,
        queue_for(cloud, consumer, visibility=2) as queue,
        own_process(cloud, "workflow-api", event, AUDIT_TRAIL_QUEUE_URL=queue) as process,
    ):
        assert process.wait(30) == 0
        (workflow,) = wait_until(lambda: stores.workflows_of(scenario.requester.user_id), timeout=5)
        workflow_id = workflow["pk"].partition("#")[2]
        (record,) = wait_until(lambda: stores.audit_records(workflow_id), timeout=20)
        # The direct read needs no search engine, and neither does the proof.
        auditor.api.get(f"/audit-trail/{record['datasetId']}").expect(200)
        assert holds_for(2.0, lambda: stores.searchable(record["datasetId"]) is None)

        update_environment(cloud, consumer, OPENSEARCH_ENDPOINT=cloud.opensearch_endpoint)
        wait_until(lambda: stores.searchable(record["datasetId"]), timeout=30)
        assert stores.audit_records(workflow_id) == [record]
        wait_until(lambda: _left_in(cloud, queue) == 0, timeout=10)


def test_an_index_that_lost_records_is_filled_from_the_table_again(
    scenario: Scenario, stores: Stores, auditor: Person
):
    workflow_id = scenario.create_pending()
    (record,) = wait_until(lambda: stores.audit_records(workflow_id), timeout=10)
    wait_until(lambda: stores.searchable(record["datasetId"]), timeout=10)
    stores.delete_searchable(record["datasetId"])
    assert auditor.api.get("/audit-trail", workflowId=workflow_id).expect(200).body["items"] == []

    assert scenario.cloud.rebuild_index(print) > 0
    found = auditor.api.get("/audit-trail", workflowId=workflow_id).expect(200).body["items"]
    assert [each["datasetId"] for each in found] == [record["datasetId"]]


def _left_in(cloud, queue: str) -> int:
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    answer = cloud.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=names)
    return sum(int(answer["Attributes"][name]) for name in names)
