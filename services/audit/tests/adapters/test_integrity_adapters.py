"""The progress and findings of reconciliation in DynamoDB, manifests in S3, and requests over SQS, by moto."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import boto3
import pytest
from countersign_common.aws.clients import dynamodb_client, s3_client, sqs_client
from countersign_common.errors import StoreUnavailableError
from countersign_common.events.cloud_event import CloudEvent, EventMessage
from countersign_common.events.manifest import ManifestWorkflow
from countersign_common.events.resend_request import RESEND_REQUEST, ResendRequest

from audit_service.adapters.dynamodb_integrity_repository import DynamoDbIntegrityRepository
from audit_service.adapters.integrity_items import PROGRESS_KEY, attestation_key, finding_item
from audit_service.adapters.s3_manifest_catalog import S3ManifestCatalog
from audit_service.adapters.s3_manifest_reader import S3ManifestReader
from audit_service.adapters.sqs_resend_requests import SqsResendRequests
from audit_service.domain.integrity import (
    Attestation,
    FindingChanges,
    FindingCode,
    FoundFinding,
    IntegrityFinding,
    LeafSweep,
    ManifestPosition,
    Progress,
)

from ..builders import dataset_id
from ..integrity_fakes import MINUTE, START, workflow_id
from .table import log_table_definition

BUCKET, TABLE = "manifests", "audit-integrity"
NAMES = [f"2026-01-31T09:0{minute}:00Z" for minute in range(4)]


@pytest.fixture
def repository(aws: None) -> DynamoDbIntegrityRepository:
    client = dynamodb_client(attempts=1)
    client.create_table(TableName=TABLE, **log_table_definition())
    return DynamoDbIntegrityRepository(client, TABLE, pause=lambda _: None)


def finding(number: int, **changes: Any) -> FoundFinding:
    found = IntegrityFinding(FindingCode.MISSING, dataset_id(number), "Gone.", dataset_id(number))
    return replace(FoundFinding(found, START, START + MINUTE), **changes)


FULL = FoundFinding(
    IntegrityFinding(
        FindingCode.STATE_MISMATCH, workflow_id(1), "Why.", dataset_id(1), workflow_id(1), NAMES[0]
    ),
    START,
    START + MINUTE,
)


def test_progress_is_what_was_saved_last(repository: DynamoDbIntegrityRepository):
    assert repository.progress() == Progress()
    for progress in (
        Progress(),
        Progress(
            ManifestPosition(NAMES[1], 7),
            300,
            tuple(NAMES),
            ManifestPosition(NAMES[0], 0),
            LeafSweep(3, START, START - timedelta(hours=1)),
            "missing#x",
            NAMES[3],
            START + timedelta(milliseconds=5),
        ),
    ):
        repository.save_progress(progress)
        assert repository.progress() == progress


def test_open_findings_are_listed_by_key_in_pages(repository: DynamoDbIntegrityRepository):
    found = [finding(number) for number in range(60)]
    repository.change(FindingChanges(open=(FULL, *found)))
    first = repository.open_findings(after="", limit=40)
    assert list(first.items) == found[:40]
    second = repository.open_findings(after=first.next_position or "", limit=40)
    assert (list(second.items), second.next_position) == ([*found[40:], FULL], None)
    assert repository.count_open() == 61
    keys = [FULL.finding.key, found[3].finding.key, "missing#unknown"]
    assert repository.open_findings_by_key(keys) == {keys[0]: FULL, keys[1]: found[3]}


def test_a_finding_that_is_seen_again_replaces_itself(repository: DynamoDbIntegrityRepository):
    repository.change(FindingChanges(open=(FULL,)))
    again = replace(FULL, last_seen=START + 60 * MINUTE)
    repository.change(FindingChanges(open=(again,)))
    assert list(repository.open_findings(after="", limit=10).items) == [again]


def test_a_resolved_finding_is_open_no_longer_and_listed_newest_first(
    repository: DynamoDbIntegrityRepository,
):
    found = [finding(number) for number in range(5)]
    repository.change(FindingChanges(open=found))
    resolved = [replace(each, resolved_at=START + n * MINUTE) for n, each in enumerate(found)]
    repository.change(FindingChanges(resolved=resolved[:4]))
    assert list(repository.open_findings(after="", limit=10).items) == [found[4]]
    first = repository.resolved_findings(before=None, limit=3)
    assert list(first.items) == [resolved[3], resolved[2], resolved[1]]
    second = repository.resolved_findings(before=first.next_position, limit=3)
    assert (list(second.items), second.next_position) == ([resolved[0]], None)
    repository.change(FindingChanges(open=(found[0],), resolved=()))
    assert repository.count_open() == 2, "found again"


def test_attested_states_are_the_newest_of_each_workflow(repository: DynamoDbIntegrityRepository):
    states = [
        Attestation(
            ManifestWorkflow(workflow_id(n), n + 1, "a" * 64, "PENDING", None if n % 2 else "b" * 64),
            NAMES[0],
            n + 3,
            None if n % 3 else dataset_id(n),
            n % 2 == 0,
        )
        for n in range(130)
    ]
    repository.save_attestations(states)
    newer = replace(states[1], manifest=NAMES[1], is_explained=True)
    repository.save_attestations([newer])
    found = repository.attestations([*(workflow_id(n) for n in range(130)), workflow_id(999)])
    assert found == {each.state.workflow_id: each for each in [states[0], newer, *states[2:]]}
    assert repository.attestations([]) == {}


@pytest.mark.parametrize(
    "damage", [{"code": {"S": "x"}}, {"firstSeen": {"N": "5"}}, {"subject": {"S": "y"}}], ids=str
)
def test_a_damaged_finding_does_not_hide_the_others(damage: Any, repository: DynamoDbIntegrityRepository):
    client = dynamodb_client(attempts=1)
    for found in (FULL, replace(FULL, resolved_at=START)):
        client.put_item(TableName=TABLE, Item={**finding_item(found), **damage})
    repository.change(FindingChanges(open=[finding(1)], resolved=[]))
    assert repository.open_findings(after="", limit=10).items == [finding(1)]
    assert repository.open_findings_by_key([FULL.finding.key, finding(1).finding.key]) == {
        finding(1).finding.key: finding(1)
    }
    assert repository.resolved_findings(before=None, limit=10).items == []


def test_a_damaged_state_or_progress_is_none(repository: DynamoDbIntegrityRepository):
    client = dynamodb_client(attempts=1)
    for key in (PROGRESS_KEY, attestation_key(workflow_id(1))):
        client.put_item(TableName=TABLE, Item={**key, "leaves": {"S": "x"}})
    assert repository.progress() == Progress()
    assert repository.attestations([workflow_id(1)]) == {}


def test_a_write_that_is_not_processed_is_repeated_and_fails_in_the_end(
    repository: DynamoDbIntegrityRepository, monkeypatch: pytest.MonkeyPatch
):
    requests: list[Any] = []

    def unprocessed(*, RequestItems: Any) -> Any:
        requests.append(RequestItems)
        return {"UnprocessedItems": RequestItems if len(requests) < 3 else {}}

    monkeypatch.setattr(repository._client, "batch_write_item", unprocessed)
    repository.save_attestations([])
    assert requests == []
    repository.change(FindingChanges(open=(FULL,)))
    assert len(requests) == 3
    monkeypatch.setattr(
        repository._client, "batch_write_item", lambda *, RequestItems: {"UnprocessedItems": RequestItems}
    )
    with pytest.raises(StoreUnavailableError):
        repository.change(FindingChanges(open=(FULL,)))


@pytest.fixture
def bucket(aws: None) -> Any:
    made = boto3.resource("s3").create_bucket(
        Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    for name in NAMES:
        made.put_object(Key=f"manifests/{name}.json", Body=name.encode())
    return made


class CountingReader(S3ManifestReader):
    reads = 0

    def get(self, name: str) -> Any:
        self.reads += 1
        return super().get(name)


@pytest.fixture
def reader(bucket: Any) -> CountingReader:
    return CountingReader(s3_client(attempts=1), BUCKET)


@pytest.fixture
def catalog(reader: CountingReader) -> S3ManifestCatalog:
    return S3ManifestCatalog(s3_client(attempts=1), BUCKET, reader)


def test_manifests_are_listed_in_order(catalog: S3ManifestCatalog, bucket: Any):
    bucket.put_object(Key="manifests/note.txt", Body=b"")
    assert [each.name for each in catalog.list_versions(after="", limit=10)] == NAMES
    assert [each.name for each in catalog.list_versions(after=NAMES[1], limit=1)] == [NAMES[2]]
    assert catalog.list_versions(after=NAMES[3], limit=1) == []


def test_a_manifest_is_read_once_unless_its_bytes_change(
    catalog: S3ManifestCatalog, reader: CountingReader, bucket: Any
):
    for _ in range(2):
        read = [catalog.read(each) for each in catalog.list_versions(after="", limit=10)]
        assert [each and each.text for each in read] == NAMES
    assert reader.reads == 4
    bucket.put_object(Key=f"manifests/{NAMES[1]}.json", Body=b"changed")
    read = [catalog.read(each) for each in catalog.list_versions(after="", limit=10)]
    assert [each and each.text for each in read] == [NAMES[0], "changed", *NAMES[2:]]
    assert reader.reads == 5
    changed = catalog.get(NAMES[1])
    assert changed is not None
    assert changed.text == "changed"


def test_large_manifests_and_too_many_manifests_are_not_cached(
    catalog: S3ManifestCatalog, reader: CountingReader, bucket: Any, monkeypatch: pytest.MonkeyPatch
):
    bucket.put_object(Key=f"manifests/{NAMES[0]}.json", Body=b"x" * 30_000)
    monkeypatch.setattr("audit_service.adapters.s3_manifest_catalog.REMEMBERED_CHARACTERS", 50)
    for _ in range(2):
        for each in catalog.list_versions(after="", limit=10):
            catalog.read(each)
    assert reader.reads == 4 + 4, "two of twenty characters are remembered, and those are the wrong two"


def test_a_manifest_that_is_gone_is_none(catalog: S3ManifestCatalog, bucket: Any):
    (version, *_) = catalog.list_versions(after="", limit=10)
    bucket.Object(f"manifests/{NAMES[0]}.json").delete()
    assert catalog.read(version) is None
    assert catalog.get(NAMES[0]) is None


def test_requests_are_sent_ten_at_a_time_as_cloud_events(aws: None):
    client = sqs_client()
    url = client.create_queue(QueueName="requests")["QueueUrl"]
    requests = [ResendRequest(workflow_id(n), n + 1, dataset_id(n)) for n in range(23)]
    ids = iter(map(dataset_id, range(100)))
    SqsResendRequests(client, url, lambda: START, lambda: next(ids)).send(requests)
    bodies = []
    while messages := client.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        bodies += [message["Body"] for message in messages]
    events = [CloudEvent.from_message(EventMessage(body)) for body in bodies]
    received = sorted((RESEND_REQUEST.load(event.data) for event in events), key=lambda each: each.sequence)
    assert received == requests
    assert {event.type for event in events} == {"countersign.resend-request.v1"}
    assert {event.source for event in events} == {"/countersign/audit"}
    assert json.loads(bodies[0])["subject"].startswith("workflow/")


def test_a_request_that_the_queue_does_not_accept_is_an_error(aws: None, monkeypatch: pytest.MonkeyPatch):
    client = sqs_client()
    monkeypatch.setattr(client, "send_message_batch", lambda **_: {"Failed": [{"Id": "0"}]})
    sender = SqsResendRequests(
        client, "https://sqs.example.com/1/requests", lambda: START, lambda: dataset_id(1)
    )
    with pytest.raises(StoreUnavailableError):
        sender.send([ResendRequest(workflow_id(1), 1, dataset_id(1))])
