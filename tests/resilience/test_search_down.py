"""The search engine is unavailable: records are stored, and they are searchable once it is available again."""

import json

from harness.functions import copy_of, own_process, queue_for, update_environment
from harness.http_event import http_event
from harness.problems import problem_type
from harness.scenario import Scenario
from harness.stores import Stores
from harness.stuck_events import request_event
from local_cloud.people import Person, claims_of
from local_cloud.ports import LOOPBACK, free_port
from local_cloud.running import RunningCloud
from local_cloud.waiting import holds_for, wait_until

_UNREACHABLE = f"http://{LOOPBACK}:{free_port()}"


def test_records_become_searchable_when_the_search_engine_is_available_again(
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
        # Reading and verifying a record need no search engine.
        auditor.api.get(f"/audit-trail/{record['datasetId']}").expect(200)
        verdict = auditor.api.get(f"/workflows/{workflow_id}/verification").expect(200).body
        assert verdict["verdict"] == "valid"
        # Reconciliation of the shared cloud can index the record meanwhile. Its message has to stay all the same.
        assert holds_for(2.0, lambda: _count_messages(cloud, queue) == 1)

        update_environment(cloud, consumer, OPENSEARCH_ENDPOINT=cloud.opensearch_endpoint)
        wait_until(lambda: stores.searchable(record["datasetId"]), timeout=30)
        assert stores.audit_records(workflow_id) == [record]
        wait_until(lambda: _count_messages(cloud, queue) == 0, timeout=10)


def test_a_search_without_the_search_engine_returns_503_with_retry_after(auditor: Person):
    cloud = auditor.cloud
    event = http_event(claims_of(auditor.id_token), "GET /audit-trail")
    with copy_of(cloud, "audit-api", OPENSEARCH_ENDPOINT=_UNREACHABLE) as name:
        response = cloud.invoke(name, event)
    headers = {key.lower(): value for key, value in response["headers"].items()}
    assert response["statusCode"] == 503
    assert json.loads(response["body"])["type"] == problem_type("search-unavailable")
    assert headers["retry-after"] == "5"


def test_a_rebuild_adds_records_that_the_index_lost(scenario: Scenario, stores: Stores, auditor: Person):
    workflow_id = scenario.create_pending()
    (record,) = wait_until(lambda: stores.audit_records(workflow_id), timeout=10)
    wait_until(lambda: stores.searchable(record["datasetId"]), timeout=10)
    stores.delete_searchable(record["datasetId"])
    assert auditor.api.get("/audit-trail", workflowId=workflow_id).expect(200).body["items"] == []

    assert scenario.cloud.rebuild_index(print) > 0
    found = auditor.api.get("/audit-trail", workflowId=workflow_id).expect(200).body["items"]
    assert [each["datasetId"] for each in found] == [record["datasetId"]]


def _count_messages(cloud: RunningCloud, queue: str) -> int:
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    response = cloud.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=names)
    return sum(int(response["Attributes"][name]) for name in names)
