"""Manifests on the table, the bucket and the queue, and their functions."""

import json
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from countersign_common.aws.sqs import Message
from countersign_common.clock import system_clock
from countersign_common.events.cloud_event import CloudEvent
from countersign_common.events.manifest import Manifest, manifest_key, manifest_name
from countersign_common.events.resend_request import RESEND_REQUEST, RESEND_REQUEST_TYPE, ResendRequest
from countersign_common.lazy import Lazy
from countersign_common.proof.commitment import data_hash
from countersign_common.telemetry import Telemetry

from workflow_service.adapters.dynamodb_commit_index import DynamoDbCommitIndex
from workflow_service.adapters.dynamodb_manifest_progress import DynamoDbManifestProgress
from workflow_service.adapters.dynamodb_workflow_states import DynamoDbWorkflowStates
from workflow_service.adapters.s3_manifest_store import S3ManifestStore
from workflow_service.adapters.sqs_audit_trail_publisher import SqsAuditTrailPublisher
from workflow_service.domain.errors import VersionConflictError
from workflow_service.domain.manifests import ManifestState, UnreadableEntry, minute_of
from workflow_service.handlers import publish_manifest as publishing
from workflow_service.handlers.handle_audit_requests import consume
from workflow_service.use_cases.publish_manifest import PublishManifest

from ..audit_requests import AuditRequestsFunction, Context
from ..aws import always, first
from ..builders import BO, NOON, RITA, a_creation, an_action_on, approve, request, save
from ..fakes import RecordedWarnings

NAME = "2026-03-02T12:01:00Z"
WORKFLOW_ID = "01950000-0000-7000-8000-000000000001"


@pytest.fixture
def states(aws) -> DynamoDbWorkflowStates:
    return DynamoDbWorkflowStates(aws.dynamodb, aws.table)


@pytest.fixture
def progress(aws) -> DynamoDbManifestProgress:
    return DynamoDbManifestProgress(aws.dynamodb, aws.table)


@pytest.fixture
def manifests(aws) -> S3ManifestStore:
    return S3ManifestStore(aws.s3, aws.bucket)


def committed(adapters, *, count: int = 1) -> list[Any]:
    commits = [a_creation(request(data='{"amount":%d}' % number)) for number in range(count)]  # noqa: UP031
    for commit in commits:
        adapters.workflows.commit(commit)
    return commits


def state_of(aws, commit):
    return aws.items()[f"WORKFLOW#{commit.event.workflow_id}", "STATE"]


def event_of(aws, commit):
    return aws.items()[f"WORKFLOW#{commit.event.workflow_id}", f"EVENT#{commit.event.sequence:010d}"]


def test_the_newest_state_is_attested_with_the_salt_of_its_event(adapters, states):
    [creation] = committed(adapters)
    decision = an_action_on(creation.transition.after, approve(), actor=BO)
    adapters.workflows.commit(decision)
    [found] = states.attested([creation.event.workflow_id])
    assert (found.workflow_id, found.version, found.status) == (creation.event.workflow_id, 2, "APPROVED")
    assert found.head_hash == decision.event.hash
    assert found.data_hash == data_hash(decision.event.content.salt, '{"amount":0}')
    content = json.loads(decision.event.content.value)
    assert content["after"] == {"amount": 0}


def test_compressed_data_is_attested_as_the_text_that_it_was(adapters, states):
    text = json.dumps({"text": "a" * 5_000}, separators=(",", ":"))
    commit = a_creation(save(data=text))
    adapters.workflows.commit(commit)
    [found] = states.attested([commit.event.workflow_id])
    assert found.data_hash == data_hash(commit.event.content.salt, text)


def test_the_data_hash_is_none_when_the_content_of_the_newest_event_was_erased(aws, adapters, states):
    [commit] = committed(adapters)
    item = event_of(aws, commit)
    del item["content"]
    aws.put(item)
    [found] = states.attested([commit.event.workflow_id])
    assert (found.version, found.data_hash) == (1, None)


def test_states_are_read_consistently_in_two_calls_for_each_hundred(aws, adapters, states):
    commits = committed(adapters, count=101)
    aws.forget_calls()
    found = list(states.attested([commit.event.workflow_id for commit in commits]))
    assert [each.head_hash for each in found] == [commit.event.hash for commit in commits]
    assert aws.operations == ["BatchGetItem"] * 4
    assert all(call["RequestItems"][aws.table]["ConsistentRead"] for _, call in aws.calls)


@pytest.mark.parametrize(
    "change",
    [
        {"version": {"S": "1"}},
        {"version": {"N": "0"}},
        {"version": {"N": "9007199254740992"}},
        {"status": {"N": "1"}},
        {"status": {"S": "x" * 65}},
        {"headHash": {"B": b"short"}},
        {"headHash": {"S": "ab" * 32}},
        {"data": {"B": b"not compressed"}},
        {"data": {"N": "1"}},
        {"data": None},
    ],
    ids=str,
)
def test_a_damaged_state_is_unreadable_and_does_not_stop_the_others(aws, adapters, states, change):
    damaged, whole = committed(adapters, count=2)
    item = state_of(aws, damaged) | change
    aws.put({name: value for name, value in item.items() if value is not None})
    unreadable, found = states.attested([damaged.event.workflow_id, whole.event.workflow_id])
    assert isinstance(unreadable, UnreadableEntry)
    assert unreadable.key == f"WORKFLOW#{damaged.event.workflow_id} STATE"
    assert found.workflow_id == whole.event.workflow_id


def test_a_workflow_without_a_state_and_an_id_that_is_none_are_unreadable(aws, adapters, states):
    [commit] = committed(adapters)
    aws.put(state_of(aws, commit) | {"pk": {"S": "WORKFLOW#x"}})
    missing, invalid = states.attested([WORKFLOW_ID, "x"])
    assert missing == UnreadableEntry(f"WORKFLOW#{WORKFLOW_ID} STATE", "no such item")
    assert isinstance(invalid, UnreadableEntry)


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_a_sweep_reads_every_workflow_once_and_nothing_else(adapters, states, limit):
    commits = committed(adapters, count=7)
    found, cursor = [], None
    while True:
        page = states.sweep(cursor, limit)
        assert len(page.workflow_ids) <= limit
        found += page.workflow_ids
        if (cursor := page.cursor) is None:
            break
    assert sorted(found) == sorted(commit.event.workflow_id for commit in commits)


@pytest.mark.parametrize("cursor", ["", "no JSON", "[]", '{"pk":{"S":"x"}}'])
def test_a_sweep_with_an_invalid_cursor_starts_over(aws, adapters, states, cursor):
    committed(adapters, count=2)

    def check(parameters):
        start = parameters.get("ExclusiveStartKey")
        return None if start is None else always("ValidationException")(parameters)

    aws.faults["Scan"] = check
    assert len(states.sweep(cursor, 10).workflow_ids) == 2


def test_the_progress_is_read_back_as_it_was_written(progress):
    assert progress.get() is None
    state = ManifestState(NOON)
    progress.replace(None, state)
    assert progress.get() == state
    for after in (
        state.pinned(NOON + timedelta(minutes=1)),
        ManifestState(NOON + timedelta(minutes=1), 1, "ab" * 32, '{"pk":{"S":"x"}}'),
    ):
        progress.replace(progress.get(), after)
        assert progress.get() == after


def test_progress_is_replaced_only_if_the_stored_state_is_the_one_that_was_read(progress):
    old = ManifestState(NOON)
    progress.replace(None, old)
    pinned = old.pinned(NOON + timedelta(minutes=1))
    progress.replace(old, pinned)
    stale = [
        None,
        old,
        old.pinned(NOON + timedelta(minutes=2)),
        ManifestState(NOON, 1, pinned_to=pinned.pinned_to),
        ManifestState(NOON, 0, "ab" * 32, pinned_to=pinned.pinned_to),
    ]
    for before in stale:
        with pytest.raises(VersionConflictError):
            progress.replace(before, ManifestState(NOON, 9))
    assert progress.get() == pinned


def test_the_first_manifest_after_a_name_is_found(manifests):
    assert manifests.first_after("") is None
    for minute in (2, 1, 3):
        manifests.add(f"2026-03-02T12:0{minute}:00Z", f"text {minute}")
    assert manifests.first_after("") == "text 1"
    assert manifests.first_after("2026-03-02T12:01:00Z") == "text 2"
    assert manifests.first_after("2026-03-02T12:03:00Z") is None


def test_a_stored_manifest_is_never_overwritten(aws, manifests):
    assert manifests.add(NAME, "ü") == "ü"
    assert manifests.add(NAME, "other") == "ü"
    versions = aws.s3.list_object_versions(Bucket=aws.bucket)["Versions"]
    assert [version["Key"] for version in versions] == [manifest_key(NAME)]
    assert aws.s3.get_object(Bucket=aws.bucket, Key=manifest_key(NAME))["Body"].read() == "ü".encode()


@pytest.mark.parametrize(
    ("code", "error"), [("ConditionalRequestConflict", VersionConflictError), ("AccessDenied", ClientError)]
)
def test_a_write_that_fails_is_an_error(aws, manifests, code, error):
    def fail(**_):
        raise ClientError({"Error": {"Code": code}}, "PutObject")

    aws.s3.meta.events.register("before-call.s3.PutObject", fail)
    try:
        with pytest.raises(error):
            manifests.add(NAME, "text")
    finally:
        aws.s3.meta.events.unregister("before-call.s3.PutObject", fail)
    assert manifests.first_after("") is None


@pytest.fixture
def publish(aws, adapters, states, progress, manifests, monkeypatch):
    """The function that publishes manifests, two minutes from now."""
    use_case = PublishManifest(
        commits=DynamoDbCommitIndex(aws.dynamodb, aws.table),
        states=states,
        progress=progress,
        manifests=manifests,
        publisher=SqsAuditTrailPublisher(aws.sqs, aws.queue_urls["audit-trail"]),
        clock=lambda: system_clock() + timedelta(minutes=2),
        warn=adapters.warnings,
    )
    monkeypatch.setattr(publishing, "lazy", Lazy(lambda: (use_case, Telemetry("publish-manifest"))))
    return lambda **event: publishing.handler(event, Context())


def test_the_function_publishes_what_the_api_committed(aws, api, publish, manifests, capsys):
    api.put_scheme(users=[BO.user_id])
    workflow_id = api.create()
    assert api.act(BO, workflow_id, "REJECT", 1, comment="no").status == 200
    aws.events("audit-trail")
    capsys.readouterr()
    counts = publish()
    assert (counts["manifests"], counts["events"], counts["workflows"]) == (1, 2, 1)
    text = manifests.first_after("")
    manifest = Manifest.from_text(text)
    history = api.send(RITA, "GET", f"/workflows/{workflow_id}/history").body["items"]
    assert [event.hash for event in manifest.events] == [entry["hash"] for entry in history]
    assert [(each.version, each.head_hash) for each in manifest.workflows] == [(2, history[1]["hash"])]
    [event] = aws.events("audit-trail")
    assert event.data["name"] == manifest.name
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    [metrics] = [line for line in lines if "ManifestsPublished" in line]
    assert (metrics["ManifestsPublished"], metrics["ManifestEvents"]) == ([1.0], [2.0])
    assert 30 <= metrics["ManifestLagSeconds"][0] < 95


def test_the_function_sweeps_as_many_workflows_as_it_is_given(adapters, publish, progress):
    committed(adapters, count=3)
    progress.replace(None, ManifestState(minute_of(system_clock())))
    assert publish(sweep=2)["workflows"] == 2


@pytest.mark.parametrize("sweep", [-1, True, "2", None, 1.5])
def test_another_sweep_is_an_error(publish, sweep):
    with pytest.raises(ValueError, match="sweep"):
        publish(sweep=sweep)


def test_a_run_calls_aws_a_few_times(aws, adapters, publish, progress):
    committed(adapters, count=3)
    progress.replace(None, ManifestState(minute_of(system_clock())))
    aws.forget_calls()
    assert publish()["manifests"] == 1
    calls = Counter(aws.operations)
    assert calls.pop("Query") in (8, 16)  # one or two hours
    assert calls == Counter(GetItem=3, PutItem=2, Scan=1, BatchGetItem=2, SendMessage=1)


@pytest.mark.usefixtures("no_pauses")
def test_a_busy_table_fails_the_run_and_the_next_one_continues(aws, api, publish):
    api.put_scheme()
    api.create()
    aws.faults["Query"] = always("ThrottlingException")
    with pytest.raises(Exception, match="busy"):
        publish()
    aws.faults.clear()
    assert publish()["events"] == 1


class RecordedTelemetry:
    """Telemetry of which only the warnings are kept."""

    def __init__(self) -> None:
        self.warning = RecordedWarnings()

    def count(self, *_: Any) -> None:
        pass


def a_request(commit, **changes) -> CloudEvent:
    request = ResendRequest(commit.event.workflow_id, commit.event.sequence, commit.event.event_id)
    return CloudEvent(
        id="01970000-0000-7000-8000-000000000001",
        source="/countersign/audit",
        type=changes.pop("type", RESEND_REQUEST_TYPE),
        subject=f"workflow/{commit.event.workflow_id}",
        time="2026-03-02T12:00:00.000Z",
        correlation_id="correlation-1",
        data=RESEND_REQUEST.dump(request) | changes,
    )


def test_requested_events_are_sent_to_the_audit_trail_only(aws, adapters):
    text = json.dumps({"text": "ü" * 5_000}, ensure_ascii=False, separators=(",", ":"))
    commits = [*committed(adapters, count=2), a_creation(save(data=text))]
    adapters.workflows.commit(commits[-1])
    assert AuditRequestsFunction(aws)(*map(a_request, commits)) == []
    expected = [commit.event.messages().audit_trail for commit in commits]
    assert aws.messages("audit-trail") == expected
    assert aws.messages("notifications") == []


def test_requests_for_what_does_not_exist_succeed_and_are_logged_and_counted(aws, adapters, capsys):
    [commit] = committed(adapters)
    broken = a_creation()
    adapters.workflows.commit(broken)
    item = event_of(aws, broken)
    del item["sealed"]
    aws.put(item)
    requests = [a_request(commit, sequence=9), a_request(broken), a_request(commit)]
    capsys.readouterr()
    assert AuditRequestsFunction(aws)(*requests) == []
    assert len(aws.messages("audit-trail")) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    [metrics] = [line for line in lines if "_aws" in line]
    assert (metrics["EventsResent"], metrics["EventsNotResendable"]) == ([1.0], [2.0])

    telemetry = RecordedTelemetry()
    messages = [Message(str(number), event) for number, event in enumerate(requests)]
    consume(AuditRequestsFunction(aws).requests, messages, telemetry)
    logged = [keys["eventId"] for _, keys in telemetry.warning.lines]
    assert logged == [commit.event.event_id, broken.event.event_id]


def test_invalid_requests_fail_alone(aws, adapters):
    [commit] = committed(adapters)
    invalid = [a_request(commit, type="countersign.other.v1"), a_request(commit, eventId="1")]
    assert AuditRequestsFunction(aws)(*invalid, a_request(commit)) == [0, 1]
    assert len(aws.messages("audit-trail")) == 1


@pytest.mark.usefixtures("no_pauses")
def test_what_can_be_repeated_fails_and_is_delivered_again(aws, adapters):
    commits = committed(adapters, count=2)
    aws.faults["SendMessage"] = first(1, "AccessDenied")
    assert AuditRequestsFunction(aws)(*map(a_request, commits)) == [0]
    aws.faults.clear()
    aws.faults["GetItem"] = always("ThrottlingException")
    assert AuditRequestsFunction(aws)(*map(a_request, commits)) == [0, 1]


def test_names_are_those_of_the_keys(manifests, aws):
    manifests.add(manifest_name(NOON), "text")
    [found] = aws.s3.list_objects_v2(Bucket=aws.bucket)["Contents"]
    assert found["Key"] == "manifests/2026-03-02T12:00:00Z.json"
