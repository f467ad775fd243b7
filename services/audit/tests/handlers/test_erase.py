"""audit/erase as Lambda runs it: DynamoDB and SQS by moto, and the search engine by osmem-server."""

import dataclasses
import json
import zlib
from types import SimpleNamespace
from typing import Any

import pytest
from countersign_common.aws.clients import dynamodb_client, sqs_client
from countersign_common.aws.sqs import send_arguments, sqs_handler
from countersign_common.events.audit_event import PersonPart, Reference
from countersign_common.events.cloud_event import CloudEvent, EventMessage
from countersign_common.events.erasure_event import ERASURE, ERASURE_TYPE, Erasure
from countersign_common.proof.commitment import CommitmentOpening

from audit_service.adapters.dynamodb_audit_record_repository import DynamoDbAuditRecordRepository
from audit_service.adapters.dynamodb_erasure_jobs import DynamoDbErasureJobs
from audit_service.adapters.dynamodb_log_index import DynamoDbLogIndex
from audit_service.adapters.opensearch_index import OpenSearchAuditIndex
from audit_service.adapters.sqs_audit_requests import SqsAuditRequests
from audit_service.bootstrap.erasure import build_erase
from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.erasure import ErasureState
from audit_service.domain.own_events import HELD, HOLD, OwnEvent, named_parts
from audit_service.handlers.erase import consume
from audit_service.schemas.events import record_from
from audit_service.use_cases.create_audit_trail import CreateAuditTrail

from ..adapters.engine import Engine
from ..adapters.table import LOG_TABLE, TABLE, log_table_definition, table_definition
from ..builders import (
    APPROVER,
    REQUESTER,
    dataset_id,
    just_then,
    make_event,
    sqs_event,
    with_compressed_texts,
)
from ..erasure_fakes import ACTOR, ADMIN, ERASURE_ID, NOON, event_id, user_job
from ..fakes import FakeHints

CONTEXT = SimpleNamespace(aws_request_id="invocation")
RETENTION_TABLE = "audit-retention"
QUEUES = ("audit-requests", "workflow-requests", "notifications", "audit-trail-dlq", "notifications-dlq")
PERSON = {"name": "Zephyrine", "email": "zephyrine@example.com", "sourceIp": "198.51.100.77"}
CONTENT_SECRETS = ("Xylophone purchase", "quixotic")
# Long enough to be stored in compressed form.
CONTENT = {"title": CONTENT_SECRETS[0], "comment": f"{CONTENT_SECRETS[1]} " * 200}

pytestmark = pytest.mark.usefixtures("aws", "no_pauses")


def event(number: int, owner: str = REQUESTER, **facts: Any) -> CloudEvent:
    made = make_event(
        number, person=PERSON, content=CONTENT, actionOwner={"type": "user", "id": owner}, **facts
    )
    return with_compressed_texts(made)


class Deployment:
    """The function with its stores and queues."""

    def __init__(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        self.engine = engine
        self.dynamodb = dynamodb_client()
        self.sqs = sqs_client()
        self.dynamodb.create_table(TableName=TABLE, **table_definition())
        for table in (LOG_TABLE, RETENTION_TABLE):
            self.dynamodb.create_table(TableName=table, **log_table_definition())
        self.urls = {each: self.sqs.create_queue(QueueName=each)["QueueUrl"] for each in QUEUES}
        for name, value in {
            "AWS_REGION": "eu-west-1",
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AUDIT_LOG_TABLE": LOG_TABLE,
            "AUDIT_RETENTION_TABLE": RETENTION_TABLE,
            "AUDIT_TRAIL_TABLE": TABLE,
            "OPENSEARCH_ENDPOINT": engine.url,
            "AUDIT_REQUESTS_QUEUE_URL": self.urls["audit-requests"],
            "AUDIT_TRAIL_DEAD_LETTER_QUEUE_URL": self.urls["audit-trail-dlq"],
            "ERASURE_RECHECK_SECONDS": "0",
            "NOTIFICATIONS_DEAD_LETTER_QUEUE_URL": self.urls["notifications-dlq"],
            "NOTIFICATIONS_QUEUE_URL": self.urls["notifications"],
            "WORKFLOW_REQUESTS_QUEUE_URL": self.urls["workflow-requests"],
        }.items():
            monkeypatch.setenv(name, value)
        self.records = DynamoDbAuditRecordRepository(self.dynamodb, TABLE, LOG_TABLE)
        self.index = OpenSearchAuditIndex(engine.client)
        self.jobs = DynamoDbErasureJobs(self.dynamodb, RETENTION_TABLE)
        self.requests = SqsAuditRequests(
            self.sqs, self.urls["audit-requests"], lambda: NOON, lambda: dataset_id(999)
        )
        self._handler = sqs_handler(consume, build_erase, function="erase")

    def record(self, *events: CloudEvent) -> None:
        create = CreateAuditTrail(self.records, self.index, FakeHints(), just_then)
        result = create({each.id: record_from(each) for each in events})
        assert not result.failures
        assert not result.unindexable

    def failed(self, *messages: str | EventMessage) -> list[str]:
        response = self._handler(sqs_event(*messages), CONTEXT)
        return sorted(each["itemIdentifier"] for each in response["batchItemFailures"])

    def erase(self, *parts: Any) -> None:
        self.jobs.add(user_job(*parts))
        self.requests.request_erasure(ERASURE_ID)
        for _ in range(20):
            assert self.failed(*self.taken("audit-requests")) == []
            job = self.jobs.get(ERASURE_ID)
            if job is not None and job.state.is_final:
                return
        pytest.fail("The erasure does not end.")

    def taken(self, queue: str) -> list[str]:
        """Take all messages of a queue."""
        bodies: list[str] = []
        while True:
            received = self.sqs.receive_message(QueueUrl=self.urls[queue], MaxNumberOfMessages=10)
            for message in received.get("Messages", []):
                bodies.append(message["Body"])
                self.sqs.delete_message(QueueUrl=self.urls[queue], ReceiptHandle=message["ReceiptHandle"])
            if not received.get("Messages"):
                return bodies

    def send(self, queue: str, message: CloudEvent, **attributes: Any) -> None:
        arguments = send_arguments(message.to_message())
        arguments.setdefault("MessageAttributes", {}).update(attributes)
        self.sqs.send_message(QueueUrl=self.urls[queue], **arguments)

    def stored(self, number: int) -> AuditRecord:
        record = self.records.get(dataset_id(number))
        assert record is not None
        return record


@pytest.fixture
def deployment(engine: Engine, aws: None, monkeypatch: pytest.MonkeyPatch) -> Deployment:
    monkeypatch.setattr("audit_service.adapters.sqs_dead_letters.WAIT_SECONDS", 0)
    monkeypatch.setattr("audit_service.use_cases.run_erasure.CONTINUE_SECONDS", 0)
    monkeypatch.setattr("audit_service.use_cases.run_erasure.PURGE_SECONDS", 0)
    return Deployment(engine, monkeypatch)


KEPT = make_event(
    4,
    workflow_id="0190a000-0000-7000-8000-00000000000b",
    number=4,
    actionOwner={"type": "user", "id": APPROVER},
)
"""An event that an erasure of the requester leaves as it is."""

BOTH = ("person", "content")
NAMED = {dataset_id(1): BOTH, dataset_id(2): ("content",), dataset_id(3): BOTH}
"""What the first erasure event names: of record 2 only the content, since the approver acted."""


def erase_scenario(deployment: Deployment) -> None:
    """Record events, have others in dead-letter queues, and erase the requester."""
    deployment.record(event(1), event(2, APPROVER), event(3), KEPT)
    deployment.send("audit-trail-dlq", event(5))
    forged = dataclasses.replace(event(6), id=dataset_id(3))
    rejected = {"rejectedSender": {"DataType": "String", "StringValue": "someone"}}
    deployment.send("audit-trail-dlq", forged, **rejected)
    deployment.send("audit-trail-dlq", KEPT)
    deployment.erase()


def test_records_lose_their_parts_and_an_event_in_the_log_names_them(deployment: Deployment):
    erase_scenario(deployment)
    originals = {1: event(1), 2: event(2, APPROVER), 3: event(3)}
    for number, original in originals.items():
        assert deployment.stored(number) == record_from(original).without(NAMED[dataset_id(number)])
    assert deployment.stored(4) == record_from(KEPT)
    stored = deployment.records.get_many([event_id(0), event_id(1)])
    assert dict(named_parts(stored[event_id(0)])) == NAMED
    # The event that was in the dead-letter queue and is not recorded.
    assert dict(named_parts(stored[event_id(1)])) == {dataset_id(5): BOTH}
    log = DynamoDbLogIndex(deployment.dynamodb, LOG_TABLE)
    assert set(log.pending_since([event_id(0), event_id(1)])) == {event_id(0), event_id(1)}
    assert log.erasures_of(dataset_id(2)) == [event_id(0)]
    job = deployment.jobs.get(ERASURE_ID)
    assert job is not None
    assert (job.erased.person, job.erased.content) == (3, 4)


def test_no_text_of_a_user_is_left_and_the_other_services_are_notified(deployment: Deployment):
    erase_scenario(deployment)
    documents = deployment.engine.documents
    assert [documents[each]["text"] for each in NAMED] == [[], [], []]
    assert documents[dataset_id(4)]["text"] == ["Buy a laptop"]
    assert documents[event_id(0)]["actionType"] == "ERASE"
    # The approver has the same name in this test, and keeps it.
    assert _found_in(deployment, *CONTENT_SECRETS) == set()
    assert _found_in(deployment, *PERSON.values()) == {dataset_id(2)}
    for queue in ("workflow-requests", "notifications"):
        messages = [CloudEvent.from_message(EventMessage(body)) for body in deployment.taken(queue)]
        assert {each.type for each in messages} == {ERASURE_TYPE}
        erasures: dict[str, Erasure] = {each.id: ERASURE.load(each.data) for each in messages}
        assert {each.dataset_id: each.parts for each in erasures[event_id(0)].datasets} == NAMED
        (unrecorded,) = erasures[event_id(1)].datasets
        assert (unrecorded.dataset_id, unrecorded.sequence, unrecorded.owner_id) == (
            dataset_id(5),
            5,
            REQUESTER,
        )


def _found_in(deployment: Deployment, *secrets: str) -> set[str]:
    """Return the keys of items and documents that have one of these texts, compressed or not."""
    found: set[str] = set()
    items = [
        item
        for table in (TABLE, LOG_TABLE, RETENTION_TABLE)
        for item in deployment.dynamodb.scan(TableName=table)["Items"]
    ]
    for item in items:
        key = item.get("datasetId") or item["sk"]
        if any(secret in _text(item) for secret in secrets):
            found.add(key["S"])
    for key, document in deployment.engine.documents.items():
        if any(secret in json.dumps(document) for secret in secrets):
            found.add(key)
    return found


def _text(value: Any) -> str:
    """Return everything in an item as text."""
    if isinstance(value, dict):
        return " ".join(map(_text, value.values()))
    if isinstance(value, list):
        return " ".join(map(_text, value))
    if isinstance(value, bytes):
        try:
            return zlib.decompress(value).decode()
        except (zlib.error, UnicodeDecodeError):
            return repr(value)
    return str(value)


def hold_event() -> OwnEvent:
    return OwnEvent(
        event_id=dataset_id(700),
        action_type=HOLD,
        outcome=HELD,
        target=Reference("workflow", "0190a000-0000-7000-8000-00000000000a"),
        action_owner=Reference("user", ADMIN),
        occurred_at="2026-02-01T12:00:00.000Z",
        request_id="request-9",
        person=PersonPart("Ada Admin", "ada@example.com", ("admins",), "192.0.2.9", "test"),
        title="Legal hold",
        comment="a lawsuit",
        after=None,
    )


def test_an_own_event_is_recorded_indexed_and_waits_for_the_log_once(deployment: Deployment):
    deployment.requests.record(hold_event())
    (message,) = deployment.taken("audit-requests")
    assert deployment.failed(message) == []
    first = deployment.stored(700)
    assert deployment.failed(message) == []
    assert deployment.stored(700) == first
    assert first.workflow_id is None
    assert first.person_part == ACTOR.person
    assert (first.event.source, first.event.action_type, first.event.outcome) == (
        "/countersign/audit",
        "HOLD",
        "HELD",
    )
    for part in ("person", "content"):
        opening: CommitmentOpening = getattr(first, part)
        assert opening.opens(part, getattr(first.event, f"{part}_commitment"))  # type: ignore[arg-type]
    assert deployment.engine.documents[dataset_id(700)]["text"] == ["Legal hold", "a lawsuit"]
    assert set(DynamoDbLogIndex(deployment.dynamodb, LOG_TABLE).pending_since([dataset_id(700)])) == {
        dataset_id(700)
    }


def test_an_own_event_with_the_id_of_another_record_fails(deployment: Deployment):
    deployment.record(make_event(1, number=700))
    deployment.requests.record(hold_event())
    assert deployment.failed(*deployment.taken("audit-requests")) == ["message-0"]


def test_a_message_of_another_type_or_shape_or_for_an_unknown_erasure_fails_alone(deployment: Deployment):
    deployment.requests.record(hold_event())
    (good,) = deployment.taken("audit-requests")
    broken = json.loads(good)
    del broken["data"]["person"]
    unknown = json.loads(good) | {"type": "countersign.erasure-request.v1", "data": {"erasureId": ERASURE_ID}}
    other = json.loads(good) | {"type": "something-else"}
    assert deployment.failed(*map(json.dumps, (other, broken, unknown)), good) == [
        "message-0",
        "message-1",
        "message-2",
    ]
    assert deployment.stored(700)


def test_a_failed_erasure_fails_its_message(deployment: Deployment):
    job = dataclasses.replace(user_job(), state=ErasureState.FAILED, error="The event can't be read.")
    deployment.jobs.add(job)
    deployment.requests.request_erasure(ERASURE_ID)
    assert deployment.failed(*deployment.taken("audit-requests")) == ["message-0"]
