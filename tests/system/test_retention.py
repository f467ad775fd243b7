"""Retention on the deployed system: what is too old is erased, its index is dropped, and what proves it stays.

The old events are from 1920: the longest period that the API accepts is 100 years, so they are too old whatever periods
other tests set.
"""

import json
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any

import pytest

from harness.audit_log import AuditLog
from harness.functions import copy_of, deployed, probe
from harness.old_records import OldWorkflow, record_old_workflow
from harness.policies import as_list, statements_of
from harness.recording_proxy import SentRequest, recording_proxy
from harness.scenario import Scenario
from harness.stores import Stores
from local_cloud.people import Person
from local_cloud.running import RunningCloud
from local_cloud.waiting import wait_until

FUNCTION = "audit-apply-retention"
ERASURES, HOLDS, RETENTION = "/audit-trail/erasures", "/audit-trail/holds", "/audit-trail/retention"
# Seconds: two scans, 20 between them, and those of another retention job before.
DONE_WITHIN = 600
SHORT_DAYS = 30

# In one worker: two retention jobs can't run at once.
pytestmark = [pytest.mark.waits, pytest.mark.xdist_group("retention")]


@dataclass(frozen=True)
class Stored:
    """What was stored at a time: records by datasetId, and months that have a search index."""

    records: dict[str, dict[str, Any]]
    months: set[str]


@dataclass(frozen=True)
class Story:
    """What was too old, and what was not. The last three stay: they are not old enough, or one of them is in use.

    Attributes:
        old: Two events in February 1920.
        short: One event, older than the period of its scheme, and not than the default.
        held: Two events in March 1920, under a legal hold until the first two runs are over.
        kept: One event, as old as `short`, in a scheme without a period.
        in_use: One event in April 1920, and one of today.
        positions: datasetId → index in the log, before the first run.
        jobs: The erasures of the first run, and of the first run after the release.
        dropped: Months that the second run dropped, and the second run after the release.
        before, between, after: What was stored before the first run, after the second, and after the last.
        requests: Of the runs after the release.
    """

    old: OldWorkflow
    short: OldWorkflow
    held: OldWorkflow
    kept: OldWorkflow
    in_use: OldWorkflow
    positions: dict[str, int | None]
    jobs: tuple[dict[str, Any], dict[str, Any]]
    dropped: tuple[list[str], list[str]]
    before: Stored
    between: Stored
    after: Stored
    requests: list[SentRequest] = field(repr=False)


@pytest.fixture(scope="module")
def story(cloud: RunningCloud, stores: Stores) -> Story:
    """Record the workflows, apply retention, release the hold, and apply retention again through proxies."""
    scenario, with_period = Scenario.create(cloud), Scenario.create(cloud)
    february, march, april = (datetime(1920, month, 3, tzinfo=UTC) for month in (2, 3, 4))
    day, today = timedelta(days=1), datetime.now(UTC)
    recent = today - timedelta(days=SHORT_DAYS + 1)
    old = record_old_workflow(scenario, stores, february, february + day)
    short = record_old_workflow(with_period, stores, recent)
    held = record_old_workflow(scenario, stores, march, march + day)
    kept = record_old_workflow(scenario, stores, recent)
    in_use = record_old_workflow(scenario, stores, april, today)
    workflows = (old, short, held, kept, in_use)
    hold, period = {"reason": "Case 2026-17"}, {"days": SHORT_DAYS, "reason": "Policy 7"}
    admin = cloud.sign_in("admin")
    admin.api.put(f"{HOLDS}/{held.workflow_id}", hold).expect(200)
    admin.api.put(f"{RETENTION}/{with_period.scheme}", period).expect(200)
    positions = _seal(cloud, [each for workflow in workflows for each in workflow.dataset_ids])

    before = _stored(stores, workflows)
    first = _run(cloud, deployed(cloud, FUNCTION))
    dropped = cloud.invoke_when_free(FUNCTION)["droppedMonths"]
    between = _stored(stores, workflows)

    # The job that the second run has started would erase what is released while it runs.
    _wait_until_none_runs(cloud)
    admin = cloud.sign_in("admin")
    admin.api.request("DELETE", f"{HOLDS}/{held.workflow_id}", json=hold).expect(204)
    with (
        recording_proxy(cloud.endpoint) as aws,
        recording_proxy(cloud.opensearch_endpoint) as search,
        copy_of(
            cloud,
            FUNCTION,
            AWS_ENDPOINT_URL_DYNAMODB=aws.url,
            AWS_ENDPOINT_URL_SQS=aws.url,
            OPENSEARCH_ENDPOINT=search.url,
        ) as copy,
    ):
        second = _run(cloud, copy)
        dropped_after_release = cloud.invoke(copy, {})["droppedMonths"]
        requests = [*aws.requests, *search.requests]
    _wait_until_none_runs(cloud)
    return Story(
        *workflows,
        positions=positions,
        jobs=(first, second),
        dropped=(dropped, dropped_after_release),
        before=before,
        between=between,
        after=_stored(stores, workflows),
        requests=requests,
    )


def _seal(cloud: RunningCloud, dataset_ids: list[str]) -> dict[str, int | None]:
    """Wait until records are in the log. Return their positions."""
    log = AuditLog(cloud)

    def positions() -> dict[str, int | None] | None:
        log.seal()
        found = {each: log.position(each) for each in dataset_ids}
        return None if None in found.values() else found

    return wait_until(positions, timeout=120, interval=1)


def _run(cloud: RunningCloud, name: str) -> dict[str, Any]:
    """Invoke the function until it starts an erasure, and return that when it is done."""

    def started() -> str | None:
        with suppress(cloud.client("lambda").exceptions.TooManyRequestsException):
            return cloud.invoke(name, {})["erasureId"]
        return None

    erasure_id = wait_until(started, timeout=DONE_WITHIN, interval=2, what="the end of the job before")

    def done() -> dict[str, Any] | None:
        # A token can expire meanwhile.
        path = f"{ERASURES}/{erasure_id}"
        job: dict[str, Any] = cloud.sign_in("auditor").api.get(path).expect(200).body
        assert job["state"] != "FAILED", job
        return job if job["state"] == "DONE" else None

    return wait_until(done, timeout=DONE_WITHIN, interval=2, what="the erasure")


def _wait_until_none_runs(cloud: RunningCloud) -> None:
    def is_done() -> bool:
        jobs = cloud.sign_in("auditor").api.get(ERASURES, limit=100).expect(200).body["items"]
        return all(job["state"] in ("DONE", "FAILED") for job in jobs if job["kind"] == "retention")

    wait_until(is_done, timeout=DONE_WITHIN, interval=2, what="the retention job")


def _stored(stores: Stores, workflows: tuple[OldWorkflow, ...]) -> Stored:
    records = {
        record["datasetId"]: record
        for workflow in workflows
        for record in stores.audit_records(workflow.workflow_id)
    }
    return Stored(records, {name[-7:] for name in stores.indices()})


def _parts(stored: Stored, workflow: OldWorkflow) -> list[set[str]]:
    """Return which parts each record of a workflow has."""
    return [{"person", "content"} & stored.records[each].keys() for each in workflow.dataset_ids]


BOTH = {"person", "content"}


def test_what_is_older_than_its_retention_period_is_erased(story: Story):
    assert _parts(story.before, story.old) == [BOTH, BOTH]
    assert _parts(story.between, story.old) == [set(), set()]
    assert _parts(story.between, story.short) == [set()]


def test_a_legal_hold_prevents_erasure_by_retention(story: Story):
    assert _parts(story.between, story.held) == [BOTH, BOTH]
    assert story.held.workflow_id in story.jobs[0]["held"]["workflowIds"]


def test_what_is_not_old_enough_and_a_workflow_in_use_stay(story: Story):
    for workflow, parts in ((story.kept, [BOTH]), (story.in_use, [BOTH, BOTH])):
        assert _parts(story.after, workflow) == parts
        assert all(story.after.records[each] == story.before.records[each] for each in workflow.dataset_ids)


def test_a_released_workflow_is_erased_by_the_next_run(story: Story):
    assert _parts(story.after, story.held) == [set(), set()]
    assert story.held.workflow_id not in story.jobs[1]["held"]["workflowIds"]


def test_sealed_texts_and_hashes_stay_as_they_were(story: Story):
    for dataset_id, record in story.before.records.items():
        stored = {name: value for name, value in record.items() if name not in BOTH}
        assert stored == {
            name: value for name, value in story.after.records[dataset_id].items() if name not in BOTH
        }


def test_a_monthly_index_is_dropped_when_everything_in_it_is_erased(story: Story):
    assert {"1920.02", "1920.03", "1920.04"} <= story.before.months
    assert story.dropped == (["1920.02"], ["1920.03"])
    # A hold, and a workflow that is in use, keep the index of their month.
    assert {"1920.03", "1920.04"} <= story.between.months
    assert "1920.02" not in story.between.months
    assert "1920.03" not in story.after.months
    assert "1920.04" in story.after.months
    [kept] = (story.before.records[each] for each in story.kept.dataset_ids)
    assert json.loads(kept["sealed"])["occurredAt"][:7].replace("-", ".") in story.after.months


def test_documents_stay_where_their_month_is_not_over_long_enough(story: Story, stores: Stores):
    for workflow in (story.short, story.kept, story.in_use):
        assert all(map(stores.searchable, workflow.dataset_ids))
    for workflow in (story.old, story.held):
        assert not any(map(stores.searchable, workflow.dataset_ids))
    [document] = map(stores.searchable, story.short.dataset_ids)
    assert document is not None
    assert document["text"] == []


def test_reconciliation_does_not_restore_dropped_documents(story: Story, stores: Stores, cloud: RunningCloud):
    cloud.invoke_when_free("audit-reconcile")
    assert not any(map(stores.searchable, story.old.dataset_ids))
    assert "1920.02" not in {name[-7:] for name in stores.indices()}


def test_the_log_keeps_every_leaf_and_each_record_is_proven(
    story: Story, cloud: RunningCloud, auditor: Person
):
    log = AuditLog(cloud)
    for dataset_id, position in story.positions.items():
        assert log.position(dataset_id) == position
        proof = auditor.api.get(f"/audit-trail/{dataset_id}/proof").expect(200).body
        assert proof["leafIndex"] == position
    for workflow in (story.old, story.short, story.held):
        path = f"/workflows/{workflow.workflow_id}/verification"
        verification = auditor.api.get(path).expect(200).body
        # The workflow service has not committed these events, and nothing else is wrong with them.
        assert {each["code"] for each in verification["findings"]} <= {"unattested"}
        assert verification["sealed"] == len(workflow.dataset_ids)


def test_an_erasure_event_names_what_retention_has_erased(story: Story, auditor: Person):
    for workflow in (story.old, story.short, story.held):
        for dataset_id in workflow.dataset_ids:
            record = auditor.api.get(f"/audit-trail/{dataset_id}").expect(200).body
            assert {each["part"] for each in record["erased"]} == BOTH
            [erased_by] = {each["erasedBy"] for each in record["erased"]}
            event = auditor.api.get(f"/audit-trail/{erased_by}").expect(200).body
            assert (event["sealed"]["actionType"], event["sealed"]["target"]["type"]) == (
                "ERASE",
                "retention",
            )
            assert event["content"]["after"]["reason"] == "retention"
            named = {each["datasetId"]: set(each["parts"]) for each in event["content"]["after"]["erased"]}
            assert named[dataset_id] == BOTH


# Permissions


@dataclass(frozen=True)
class Call:
    """A call as IAM sees it.

    Attributes:
        leading_keys: Partition keys of the items that it reads or writes (`dynamodb:LeadingKeys`).
    """

    action: str
    resource: str
    leading_keys: frozenset[str] = frozenset()


def _call(cloud: RunningCloud, request: SentRequest) -> Call:
    """Return the call that a request is."""
    api, _, operation = request.operation.partition(".")
    if not api:
        domain = deployed(cloud, "audit-api").removesuffix("-audit-api")
        return Call(f"es:ESHttp{request.method.title()}", f"es:domain/{domain}{request.path}")
    body = json.loads(request.body)
    if api == "AmazonSQS":
        return Call(f"sqs:{operation}", f"sqs:{body['QueueUrl'].rpartition('/')[2]}")
    assert api.startswith("DynamoDB")
    [table] = [body["TableName"]] if "TableName" in body else body["RequestItems"]
    keys = [body["Item"]["pk"]] if "Item" in body else []
    if operation == "Query":
        assert body["KeyConditionExpression"].startswith("pk = :")
        keys = [body["ExpressionAttributeValues"][body["KeyConditionExpression"].split()[2]]]
    return Call(f"dynamodb:{operation}", f"dynamodb:table/{table}", frozenset(key["S"] for key in keys))


def _allowing(statements: list[dict[str, Any]], call: Call) -> list[int]:
    """Return the numbers of the statements that allow a call, as IAM evaluates them.

    The emulator enforces actions and resources, and knows neither `dynamodb:LeadingKeys` nor the paths of a domain.
    """
    return [
        number
        for number, statement in enumerate(statements)
        if call.action in as_list(statement["Action"])
        and any(fnmatchcase(call.resource, _short(each)) for each in as_list(statement["Resource"]))
        and _holds(statement.get("Condition", {}), call)
    ]


def _short(arn: str) -> str:
    """Return an ARN without partition, region and account."""
    _, _, service, _, _, name = arn.split(":", 5)
    return f"{service}:{name}"


def _holds(conditions: dict[str, Any], call: Call) -> bool:
    for operator, values in conditions.items():
        assert operator in ("ForAllValues:StringEquals", "ForAllValues:StringLike")
        assert set(values) == {"dynamodb:LeadingKeys"}
        patterns = as_list(values["dynamodb:LeadingKeys"])
        if not all(any(fnmatchcase(key, each) for each in patterns) for key in call.leading_keys):
            return False
    return True


@pytest.fixture(scope="module")
def statements(cloud: RunningCloud) -> list[dict[str, Any]]:
    """The statements of the function's role, except those for logs."""
    name = deployed(cloud, FUNCTION)
    role = cloud.client("lambda").get_function_configuration(FunctionName=name)["Role"]
    return [each for each in statements_of(cloud, role) if not str(each["Action"]).count("logs:")]


def test_the_function_uses_every_statement_of_its_role_and_no_other_permission(
    story: Story, cloud: RunningCloud, statements: list[dict[str, Any]]
):
    assert [each for each in story.requests if each.status >= 300] == []
    used = [(request, _allowing(statements, _call(cloud, request))) for request in story.requests]
    assert [request for request, allowing in used if not allowing] == []
    assert {number for _, allowing in used for number in allowing} == set(range(len(statements)))
    # Also each action and resource of a statement, and each partition of a condition.
    calls = [_call(cloud, request) for request in story.requests]
    unused = [
        (action, resource)
        for statement in statements
        for action in as_list(statement["Action"])
        for resource in map(_short, as_list(statement["Resource"]))
        if not any(call.action == action and fnmatchcase(call.resource, resource) for call in calls)
    ]
    assert unused == []
    keys = {key for call in calls for key in call.leading_keys}
    assert keys == {"ERASURES", "RETENTION"}


def test_the_role_reaches_no_hold_no_key_and_no_document(
    cloud: RunningCloud, statements: list[dict[str, Any]]
):
    table = f"dynamodb:table/{cloud.outputs['audit_retention_table']}"
    domain = f"es:domain/{deployed(cloud, 'audit-api').removesuffix('-audit-api')}"
    denied = [
        *(Call("dynamodb:Query", table, frozenset({key})) for key in ("HOLDS", "KEY#ada", "ERASURES#x")),
        *(Call("dynamodb:PutItem", table, frozenset({key})) for key in ("HOLDS", "RETENTION", "KEY#ada")),
        Call("dynamodb:PutItem", table, frozenset({"ERASURES", "HOLDS"})),
        Call("es:ESHttpPost", f"{domain}/audit-trail/_delete_by_query"),
        Call("es:ESHttpPost", f"{domain}/_bulk"),
        Call("es:ESHttpPost", f"{domain}/other/_search"),
        Call("es:ESHttpGet", f"{domain}/audit-trail/_search"),
        Call("es:ESHttpDelete", f"{domain}/audit-trail-v1-0-1920.02"),
    ]
    assert [call for call in denied if _allowing(statements, call)] == []


def test_the_emulator_denies_the_role_what_it_does_not_need(cloud: RunningCloud):
    retention, trail = cloud.outputs["audit_retention_table"], cloud.outputs["audit_trail_table"]
    hold = {"pk": {"S": "HOLDS"}, "sk": {"S": "none"}}
    denied: list[tuple[str, dict[str, Any]]] = [
        ("delete_item", {"TableName": retention, "Key": hold}),
        ("get_item", {"TableName": retention, "Key": hold}),
        ("scan", {"TableName": retention}),
        ("scan", {"TableName": trail}),
        ("delete_item", {"TableName": trail, "Key": {"datasetId": {"S": "none"}}}),
        ("scan", {"TableName": cloud.outputs["workflow_table"]}),
    ]
    with probe(cloud, FUNCTION) as name:
        keys = {"RequestItems": {trail: {"Keys": [{"datasetId": {"S": "none"}}]}}}
        assert cloud.invoke(name, {"call": "batch_get_item", "arguments": keys}) == "done"
        for call, arguments in denied:
            assert "AccessDenied" in cloud.invoke(name, {"call": call, "arguments": arguments}), call


def test_the_schedule_invokes_the_function_every_day(cloud: RunningCloud):
    scheduler, name = cloud.client("scheduler"), deployed(cloud, FUNCTION)
    schedule = scheduler.get_schedule(Name=name)
    target = cloud.client("lambda").get_function_configuration(FunctionName=name)["FunctionArn"]
    assert (schedule["ScheduleExpression"], schedule["State"]) == ("rate(1 day)", "ENABLED")
    assert schedule["Target"]["Arn"] == target
    [statement] = statements_of(cloud, schedule["Target"]["RoleArn"])
    assert (statement["Action"], statement["Resource"]) == ("lambda:InvokeFunction", target)
