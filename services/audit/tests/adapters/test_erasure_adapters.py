"""The adapters of erasure: on DynamoDB and SQS by moto, and on osmem-server."""

import dataclasses
import json
from typing import Any

import pytest
from countersign_common.aws.clients import dynamodb_client, sqs_client
from countersign_common.aws.sqs import send_arguments
from countersign_common.errors import StoreUnavailableError
from countersign_common.events.cloud_event import CloudEvent, EventMessage
from countersign_common.events.erasure_event import ErasedDataset, Erasure

from audit_service.adapters.documents import document_of
from audit_service.adapters.dynamodb_erasure_hints import DynamoDbErasureHints
from audit_service.adapters.dynamodb_erasure_jobs import DynamoDbErasureJobs
from audit_service.adapters.dynamodb_record_parts import DynamoDbRecordParts
from audit_service.adapters.opensearch_erased_documents import OpenSearchErasedDocuments
from audit_service.adapters.opensearch_index import OpenSearchAuditIndex
from audit_service.adapters.record_items import item_of, record_of
from audit_service.adapters.sqs_audit_requests import SqsAuditRequests
from audit_service.adapters.sqs_dead_letters import SqsDeadLetters
from audit_service.adapters.sqs_erasure_publisher import SqsErasurePublisher
from audit_service.domain.dead_letters import audit_record_of
from audit_service.domain.erasure import (
    ErasedCounts,
    ErasureJob,
    ErasurePhase,
    ErasureState,
    HeldRecords,
)
from audit_service.domain.errors import JobChangedError, SearchUnavailableError

from ..builders import REQUESTER, dataset_id, make_chain, make_event, make_record, with_compressed_texts
from ..erasure_fakes import NOON, retention_job, user_job
from .table import LOG_TABLE, Table, failing, log_table_definition

RETENTION_TABLE = "audit-retention"


@pytest.fixture
def jobs(aws: None) -> DynamoDbErasureJobs:
    client = dynamodb_client()
    client.create_table(TableName=RETENTION_TABLE, **log_table_definition())
    return DynamoDbErasureJobs(client, RETENTION_TABLE)


def numbered(number: int) -> ErasureJob:
    return dataclasses.replace(user_job(), erasure_id=dataset_id(number))


@pytest.mark.parametrize(
    "job",
    [
        user_job(),
        user_job("content"),
        retention_job(),
        dataclasses.replace(
            user_job(),
            actor=None,
            state=ErasureState.FAILED,
            pass_number=2,
            pass_erased=3,
            phase=ErasurePhase.PURGE,
            cursor=dataset_id(9),
            checked_batches=1,
            batches=4,
            erased=ErasedCounts(5, 6),
            held=HeldRecords(7, (dataset_id(1), dataset_id(2))),
            error="damaged",
            version=8,
        ),
    ],
)
def test_a_job_is_read_as_it_was_stored(jobs: DynamoDbErasureJobs, job: ErasureJob):
    jobs.add(job)
    assert jobs.get(job.erasure_id) == job


def test_a_job_that_is_added_again_is_left_as_it_is(jobs: DynamoDbErasureJobs):
    job = user_job()
    jobs.add(job)
    changed = jobs.update(dataclasses.replace(job, batches=1))
    jobs.add(job)
    assert jobs.get(job.erasure_id) == changed
    assert changed.version == 2


def test_of_two_updates_of_one_version_the_second_fails(jobs: DynamoDbErasureJobs):
    job = user_job()
    jobs.add(job)
    first = jobs.update(dataclasses.replace(job, batches=1))
    with pytest.raises(JobChangedError):
        jobs.update(dataclasses.replace(job, batches=2))
    assert jobs.get(job.erasure_id) == first


def test_a_job_that_does_not_exist_is_none_and_is_not_created_by_an_update(jobs: DynamoDbErasureJobs):
    with pytest.raises(JobChangedError):
        jobs.update(user_job())
    assert jobs.get(user_job().erasure_id) is None


def test_the_actor_of_an_ended_job_is_not_in_the_table(jobs: DynamoDbErasureJobs):
    jobs.add(user_job())
    jobs.update(dataclasses.replace(user_job(), actor=None, state=ErasureState.DONE))
    (item,) = dynamodb_client().scan(TableName=RETENTION_TABLE)["Items"]
    assert "actor" not in item


def test_jobs_are_listed_newest_first_in_pages(jobs: DynamoDbErasureJobs):
    for number in (2, 1, 3):
        jobs.add(numbered(number))
    page = jobs.list(before=None, limit=2)
    assert [job.erasure_id for job in page.items] == [dataset_id(3), dataset_id(2)]
    rest = jobs.list(before=page.next_position, limit=2)
    assert [job.erasure_id for job in rest.items] == [dataset_id(1)]
    assert rest.next_position is None


# Parts


def test_parts_are_removed_with_their_salts_and_nothing_else(table: Table):
    chain = make_chain(3)
    for record in chain:
        table.put(item_of(record))
    parts = DynamoDbRecordParts(table.client, "audit-trail")
    for _ in range(2):
        parts.remove({chain[0].dataset_id: ["person"], chain[1].dataset_id: ["person", "content"]})
    items = table.items()
    assert items[chain[0].dataset_id] == item_of(chain[0].without(["person"]))
    assert items[chain[1].dataset_id] == item_of(chain[1].without(["person", "content"]))
    assert items[chain[2].dataset_id] == item_of(chain[2])
    assert record_of(items[chain[1].dataset_id]).sealed == chain[1].sealed


def test_a_record_that_is_not_stored_is_not_created(table: Table):
    DynamoDbRecordParts(table.client, "audit-trail").remove({dataset_id(1): ["person"]})
    assert table.items() == {}


def test_an_update_that_is_throttled_is_an_error(table: Table, no_pauses: None):
    table.put(item_of(make_record()))
    table.responses += [failing("ThrottlingException")] * 2
    with pytest.raises(StoreUnavailableError):
        DynamoDbRecordParts(table.client, "audit-trail").remove({dataset_id(1): ["person"]})


# Hints


def test_hints_are_the_parts_of_all_events_that_name_a_record(table: Table):
    hints = DynamoDbErasureHints(table.client, LOG_TABLE, pause=lambda _: None)
    for _ in range(2):
        hints.add(dataset_id(901), {dataset_id(1): ["person"], dataset_id(2): ["content"]})
    hints.add(dataset_id(902), {dataset_id(1): ["content"]})
    assert hints.parts_of([dataset_id(1), dataset_id(2), dataset_id(3)]) == {
        dataset_id(1): {"person", "content"},
        dataset_id(2): {"content"},
    }
    assert hints.parts_of([]) == {}


def test_hints_of_1000_records_are_all_written(table: Table):
    hints = DynamoDbErasureHints(table.client, LOG_TABLE, pause=lambda _: None)
    named = {dataset_id(number): ["person"] for number in range(1_000)}
    hints.add(dataset_id(2_000), named)
    assert set(hints.parts_of(list(named))) == set(named)


# Documents

JANUARY = "audit-trail-v1-0-2026.01"


@pytest.fixture
def index(engine: Any) -> OpenSearchAuditIndex:
    return OpenSearchAuditIndex(engine.client)


@pytest.fixture
def documents(engine: Any, index: OpenSearchAuditIndex) -> OpenSearchErasedDocuments:
    return OpenSearchErasedDocuments(engine.client, index)


def expected(*records: Any) -> dict[str, Any]:
    return {record.dataset_id: document_of(record) for record in records}


def test_documents_are_overwritten_also_those_that_no_search_finds_yet(engine, index, documents):
    chain = make_chain(3)
    index.add(chain)  # without a refresh
    erased = [record.without(["content"]) for record in chain[:2]]
    documents.replace(erased)
    assert engine.documents == expected(*erased, chain[2])


def test_documents_that_are_missing_are_created_also_in_an_engine_without_any(engine, documents):
    erased = [record.without(["content"]) for record in make_chain(2)]
    documents.replace(erased)
    assert engine.documents == expected(*erased)


def test_documents_of_the_indices_that_a_rebuild_replaces_are_deleted(engine, index, documents):
    record = make_record()
    index.add([record])
    index.begin_replacement()
    erased = record.without(["content"])
    documents.replace([erased])
    assert engine.documents_in(JANUARY) == {}
    assert engine.documents == expected(erased)


def test_a_document_in_an_index_of_another_month_is_deleted(engine, index, documents):
    record, other = make_record(1), make_record(2, occurredAt="2026-02-01T09:00:00.000Z")
    index.add([record, other])
    engine.direct.index(index="audit-trail-v1-0-2026.02", id=record.dataset_id, body=document_of(record))
    erased = record.without(["content"])
    documents.replace([erased])
    assert engine.documents_in("audit-trail-v1-0-2026.02") == expected(other)
    assert engine.documents_in(JANUARY) == expected(erased)


def test_the_document_of_a_record_that_can_not_be_read_is_deleted(engine, index, documents):
    record = make_record()
    index.add([record])
    documents.replace([dataclasses.replace(record, sealed="{}")])
    assert engine.documents == {}


@pytest.mark.parametrize("position", range(4))
def test_an_engine_that_becomes_busy_is_an_error_and_the_next_call_completes_it(
    engine, index, documents, position
):
    record = make_record()
    documents.replace([record])
    engine.requests.clear()
    erased = record.without(["content"])
    respond = engine.urlopen

    def then_busy(*arguments: Any, **options: Any) -> Any:
        if len(engine.requests) >= position:
            engine.replies.append(lambda: (503, {"error": "busy"}))
        return respond(*arguments, **options)

    engine.urlopen = then_busy
    with pytest.raises(SearchUnavailableError):
        documents.replace([erased])
    engine.urlopen = respond
    documents.replace([erased])
    assert engine.documents == expected(erased)


def test_no_record_is_no_request(engine, documents):
    documents.replace([])
    assert engine.calls == []


# Queues


@pytest.fixture
def queues(aws: None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr("audit_service.adapters.sqs_dead_letters.WAIT_SECONDS", 0)
    return [sqs_client().create_queue(QueueName=name)["QueueUrl"] for name in ("first", "second")]


def bodies(queue_url: str) -> list[Any]:
    received = sqs_client().receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10)
    return [json.loads(message["Body"]) for message in received.get("Messages", [])]


def test_an_erasure_is_the_same_event_for_each_service(queues: list[str]):
    erasure = Erasure(
        dataset_id(900), REQUESTER, (ErasedDataset(dataset_id(1), None, None, REQUESTER, ("person",)),)
    )
    SqsErasurePublisher(sqs_client(), queues, lambda: NOON).publish(erasure)
    first, second = map(bodies, queues)
    assert first == second
    (body,) = first
    assert (body["id"], body["source"], body["subject"], body["type"]) == (
        dataset_id(900),
        "/countersign/audit",
        f"erasure/{dataset_id(900)}",
        "countersign.erasure.v1",
    )
    assert body["data"] == {
        "eventId": dataset_id(900),
        "userId": REQUESTER,
        "datasets": [
            {
                "datasetId": dataset_id(1),
                "workflowId": None,
                "sequence": None,
                "ownerId": REQUESTER,
                "parts": ["person"],
            }
        ],
    }


def test_a_queue_that_does_not_respond_is_an_error(
    aws: None, no_pauses: None, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    client = sqs_client(attempts=1)
    url = "https://sqs.example.com/1/requests"
    erasure = Erasure(dataset_id(900), None, ())
    for call in (
        lambda: SqsErasurePublisher(client, [url], lambda: NOON).publish(erasure),
        lambda: SqsAuditRequests(client, url, lambda: NOON, lambda: dataset_id(1)).request_erasure(
            dataset_id(2)
        ),
        lambda: list(SqsDeadLetters(client, [url]).receive()),
    ):
        with pytest.raises(StoreUnavailableError):
            call()


def send(queue_url: str, event: CloudEvent, **attributes: str) -> None:
    arguments = send_arguments(event.to_message())
    extra = {name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()}
    arguments.setdefault("MessageAttributes", {}).update(extra)
    sqs_client().send_message(QueueUrl=queue_url, **arguments)


def test_dead_letters_are_received_once_and_only_those_that_are_deleted_are_gone(queues: list[str]):
    long = with_compressed_texts(make_event(1, content={"comment": "quixotic " * 500}))
    send(queues[0], long)
    send(queues[0], make_event(2), rejectedSender="someone")
    for number in range(3, 26):
        send(queues[1], make_event(number))
    sqs_client().send_message(QueueUrl=queues[1], MessageBody="not an event")
    letters = SqsDeadLetters(sqs_client(), queues)
    assert not letters.are_hidden()
    received = [letter for each in letters.receive() for letter in each]
    assert not letters.are_hidden()
    assert len(received) == 26
    assert [letter.queue for letter in received] == [queues[0]] * 2 + [queues[1]] * 24
    by_id = {letter.event.id: letter for letter in received if letter.event}
    assert {each for each, letter in by_id.items() if not letter.is_from_producer} == {dataset_id(2)}
    first = audit_record_of(by_id[dataset_id(1)])
    assert first is not None
    assert first.content_part is not None
    assert first.content_part.comment is not None
    assert "quixotic" in by_id[dataset_id(1)].text
    assert [letter.text for letter in received if letter.event is None] == ["not an event"]
    deleted = [letter for letter in received if letter.event is None or letter.event.id == dataset_id(3)]
    letters.delete(deleted)
    again = {letter.event.id for each in letters.receive() for letter in each if letter.event}
    assert again == {dataset_id(number) for number in range(1, 26) if number != 3}


def test_a_pass_that_is_cut_short_shows_what_it_has_not_deleted(queues: list[str]):
    for number in range(1, 4):
        send(queues[0], make_event(number))
    letters = SqsDeadLetters(sqs_client(), queues)
    cut = letters.receive()
    first, *_ = next(cut)
    other = SqsDeadLetters(sqs_client(), queues)
    assert other.are_hidden()
    letters.delete([first])
    cut.close()
    assert not other.are_hidden()
    assert sum(map(len, other.receive())) == 2


def test_a_compressed_text_that_is_damaged_is_part_of_the_text(queues: list[str]):
    sqs_client().send_message(
        QueueUrl=queues[0],
        MessageBody=make_event(1).to_message().body,
        MessageAttributes={"data.person.value": {"DataType": "Binary", "BinaryValue": REQUESTER.encode()}},
    )
    ((letter,),) = SqsDeadLetters(sqs_client(), queues).receive()
    assert letter.event is None
    assert letter.text.endswith(REQUESTER)
    assert CloudEvent.from_message(EventMessage(letter.text.splitlines()[0]))


def test_a_request_is_delivered_after_its_delay(queues: list[str]):
    requests = SqsAuditRequests(sqs_client(), queues[0], lambda: NOON, lambda: dataset_id(7))
    requests.request_erasure(dataset_id(8), delay_seconds=900)
    assert bodies(queues[0]) == []
    requests.request_erasure(dataset_id(8))
    (body,) = bodies(queues[0])
    assert (body["type"], body["id"]) == ("countersign.erasure-request.v1", dataset_id(7))
    assert body["data"] == {"erasureId": dataset_id(8)}
