"""The consumer of the queue `audit-trail`, from the queue to both stores, each on its best engine."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import pytest
from countersign_common.aws.sqs import BatchHandler, send_arguments, sqs_handler

from audit_service.adapters.dynamodb_audit_record_repository import DynamoDbAuditRecordRepository
from audit_service.adapters.dynamodb_erasure_hints import DynamoDbErasureHints
from audit_service.bootstrap.recording import service_with
from audit_service.handlers.create_audit_trail import consume
from component.calls import calls_of, requests_of
from component.queues import Queue
from component.search_engines import SearchIndex
from component.tables import Table, new_table
from engines.definitions import Definitions
from engines.engine import SEARCH
from engines.registry import EngineRegistry
from local_cloud.waiting import wait_until
from services.audit.tests.builders import (
    body_of,
    dataset_id,
    just_then,
    make_event,
    sqs_event,
    with_compressed_texts,
)
from services.audit.tests.retention_fakes import expected_records

TEN = [body_of(make_event(number)) for number in range(1, 11)]


@pytest.fixture
def table(registry: EngineRegistry, definitions: Definitions) -> Iterator[Table]:
    """The store."""
    with new_table(registry.engines_for("dynamodb")[0], definitions, "audit-trail") as table:
        yield table


@pytest.fixture
def log_table(registry: EngineRegistry, definitions: Definitions) -> Iterator[Table]:
    """What is not sealed yet."""
    with new_table(registry.engines_for("dynamodb")[0], definitions, "audit-log") as table:
        yield table


@pytest.fixture
def trail(registry: EngineRegistry) -> Iterator[SearchIndex]:
    """The index."""
    trail = SearchIndex(registry.engines_for(SEARCH)[0])
    yield trail
    trail.wipe()


@pytest.fixture
def handler(
    table: Table, log_table: Table, trail: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> BatchHandler:
    """The function with these stores."""
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "audit")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Countersign")
    monkeypatch.setenv("ALLOWED_SENDERS", "the-producer")
    monkeypatch.setenv("DEAD_LETTER_QUEUE_URL", "https://sqs.eu-central-1.amazonaws.com/1/a-dlq")
    records = DynamoDbAuditRecordRepository(table.client, table.name, log_table.name)
    hints = DynamoDbErasureHints(log_table.client, log_table.name)
    service = service_with(records, trail.index, hints, expected_records(), just_then)
    return sqs_handler(consume, lambda: service, function="create-audit-trail")


def searchable(trail: SearchIndex) -> list[str]:
    """Return the datasetIds that are found, newest first."""
    trail.refresh()
    return trail.find()


def failed(response: dict[str, Any]) -> list[str]:
    """Return the message ids of a partial batch response."""
    return [failure["itemIdentifier"] for failure in response["batchItemFailures"]]


def test_ten_messages_take_two_calls_and_more_only_in_a_new_container_or_month(
    handler: BatchHandler, table: Table, trail: SearchIndex
) -> None:
    with calls_of(table.client) as calls, requests_of(trail.client) as requests:
        assert failed(handler(sqs_event(*TEN), None)) == []
    assert calls == ["TransactWriteItems"]
    assert requests == [
        "GET /_index_template/audit-trail-v1",
        "PUT /_index_template/audit-trail-v1",
        "PUT /audit-trail-v1/_mapping",
        "PUT /audit-trail-v1/_settings",
        "POST /_bulk",
        "PUT /_index_template/audit-trail-v1",
        "PUT /audit-trail-v1-0-2026.01",
        "POST /_bulk",
    ]
    assert searchable(trail) == [dataset_id(number) for number in range(10, 0, -1)]
    more = [body_of(make_event(number)) for number in range(11, 21)]
    with calls_of(table.client) as calls, requests_of(trail.client) as requests:
        handler(sqs_event(*more), None)
    assert (calls, requests) == (["TransactWriteItems"], ["POST /_bulk"])


def test_a_batch_that_is_delivered_again_changes_nothing_and_succeeds(
    handler: BatchHandler, table: Table, log_table: Table, trail: SearchIndex
) -> None:
    handler(sqs_event(*TEN), None)
    before = [*table.items(), *log_table.items()]
    assert len(before) == 20
    assert failed(handler(sqs_event(*TEN), None)) == []
    assert sorted(map(str, [*table.items(), *log_table.items()])) == sorted(map(str, before))
    assert len(searchable(trail)) == 10


def test_a_record_that_only_the_store_has_becomes_searchable(
    handler: BatchHandler, table: Table, trail: SearchIndex
) -> None:
    handler(sqs_event(*TEN), None)
    trail.client.delete(index=trail.names()[0], id=dataset_id(4))
    assert failed(handler(sqs_event(*TEN), None)) == []
    assert dataset_id(4) in searchable(trail)


def test_only_invalid_messages_fail(handler: BatchHandler, table: Table, trail: SearchIndex) -> None:
    handler(sqs_event(TEN[0]), None)
    forged = body_of(make_event(1, actionOwner={"type": "user", "id": "another"}))
    batch = [forged, "not json", "{}", *TEN[3:]]
    assert failed(handler(sqs_event(*batch), None)) == ["message-1", "message-2", "message-0"]
    assert len(table.items()) == 1 + len(TEN[3:])
    assert set(searchable(trail)) == {dataset_id(1), *(dataset_id(number) for number in range(4, 11))}


def test_unknown_values_and_events_without_a_workflow_are_recorded(
    handler: BatchHandler, table: Table, trail: SearchIndex
) -> None:
    unknown = make_event(1, actionType="ARCHIVE", outcome="ON_HOLD", somethingNew={"a": 0.5})
    other = make_event(2, has_workflow=False, target={"type": "scheme", "id": "expense"})
    assert failed(handler(sqs_event(body_of(unknown), body_of(other)), None)) == []
    assert searchable(trail) == [dataset_id(2), dataset_id(1)]
    assert sorted("workflowId" in item for item in table.items()) == [False, True]


def test_an_invalid_message_is_delivered_again_alone_and_large_ones_arrive_compressed(
    handler: BatchHandler, audit_trail_queue: Queue, trail: SearchIndex
) -> None:
    queue = audit_trail_queue
    event = with_compressed_texts(make_event(5, content={"after": {"text": "x" * 250_000}}))
    large = event.to_message()
    assert "data.content.value" in large.texts
    queue.client.send_message(QueueUrl=queue.url, **send_arguments(large))
    for body in ("invalid", *TEN[:4]):
        queue.client.send_message(QueueUrl=queue.url, MessageBody=body)
    attempts: list[int] = []

    def only_the_invalid_one_is_left() -> bool:
        messages = queue.client.receive_message(
            QueueUrl=queue.url,
            MaxNumberOfMessages=10,
            MessageSystemAttributeNames=["ApproximateReceiveCount"],
            MessageAttributeNames=["All"],
        ).get("Messages", [])
        response = handler({"Records": [_as_lambda_delivers(message) for message in messages]}, None)
        for message in messages:
            handle = {"QueueUrl": queue.url, "ReceiptHandle": message["ReceiptHandle"]}
            if message["MessageId"] in failed(response):
                assert message["Body"] == "invalid"
                attempts.append(int(message["Attributes"]["ApproximateReceiveCount"]))
                queue.client.change_message_visibility(**handle, VisibilityTimeout=0)
            else:
                queue.client.delete_message(**handle)
        return len(searchable(trail)) == 5 and len(attempts) >= 2

    wait_until(only_the_invalid_one_is_left, timeout=20.0, what="the valid messages")
    assert attempts == list(range(1, len(attempts) + 1))


def _as_lambda_delivers(message: dict[str, Any]) -> dict[str, Any]:
    return {
        "messageId": message["MessageId"],
        "body": message["Body"],
        "attributes": {**message["Attributes"], "SenderId": "the-producer:a-session"},
        "messageAttributes": {
            name: {
                "dataType": value["DataType"],
                "binaryValue": b64encode(value["BinaryValue"]).decode(),
            }
            for name, value in message.get("MessageAttributes", {}).items()
        },
    }
