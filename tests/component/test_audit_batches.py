"""The consumer of the queue `audit-trail`, from the queue into both stores, each on its best engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from countersign_common.batches import BatchHandler, sqs_handler

from audit_service.adapters.dynamodb_records import DynamoDbRecords
from audit_service.domain.search import Filters
from audit_service.handlers.create_audit_trail import consume
from audit_service.use_cases.service import service_on
from component.calls import calls_of, requests_of
from component.queues import Queue
from component.search_engines import Trail
from component.tables import Table, new_table
from engines.definitions import Definitions
from engines.engine import SEARCH
from engines.registry import EngineRegistry
from local_cloud.waiting import wait_until
from services.audit.tests.builders import an_event, an_sqs_event, dataset_id

TEN = [an_event(number).to_json() for number in range(1, 11)]


@pytest.fixture
def table(registry: EngineRegistry, definitions: Definitions) -> Iterator[Table]:
    """The store."""
    with new_table(registry.engines_for("dynamodb")[0], definitions, "audit-trail") as table:
        yield table


@pytest.fixture
def trail(registry: EngineRegistry) -> Iterator[Trail]:
    """The index."""
    trail = Trail(registry.engines_for(SEARCH)[0])
    yield trail
    trail.forget()


@pytest.fixture
def handler(table: Table, trail: Trail, monkeypatch: pytest.MonkeyPatch) -> BatchHandler:
    """The function, wired to these stores."""
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "audit")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Countersign")
    records = DynamoDbRecords(table.client, table.name)
    return sqs_handler(
        consume, lambda: service_on(records=records, index=trail.index), function="create-audit-trail"
    )


def searchable(trail: Trail) -> list[str]:
    """The datasetIds that are found, newest first."""
    trail.refresh()
    return [each.dataset_id for each in trail.index.find(Filters(), within=None, after=None, limit=100)]


def failed(answer: dict[str, Any]) -> list[str]:
    """The message ids of a partial batch answer."""
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def test_ten_messages_cost_two_calls_and_one_more_at_the_first(
    handler: BatchHandler, table: Table, trail: Trail
) -> None:
    with calls_of(table.client) as calls, requests_of(trail.client) as requests:
        assert failed(handler(an_sqs_event(*TEN), None)) == []
    assert calls == ["TransactWriteItems"]
    assert requests == ["PUT /_index_template/audit-trail", "POST /_bulk"]
    assert searchable(trail) == [dataset_id(number) for number in range(10, 0, -1)]
    again = [an_event(number).to_json() for number in range(11, 21)]
    with calls_of(table.client) as calls, requests_of(trail.client) as requests:
        handler(an_sqs_event(*again), None)
    assert len(calls) + len(requests) == 2


def test_delivered_again_a_batch_changes_nothing_and_succeeds(
    handler: BatchHandler, table: Table, trail: Trail
) -> None:
    handler(an_sqs_event(*TEN), None)
    before = table.items()
    assert failed(handler(an_sqs_event(*TEN), None)) == []
    assert sorted(map(str, table.items())) == sorted(map(str, before))
    assert len(searchable(trail)) == 10


def test_a_record_that_only_the_store_has_becomes_searchable(
    handler: BatchHandler, table: Table, trail: Trail
) -> None:
    handler(an_sqs_event(*TEN), None)
    trail.client.delete(index=trail.indices()[0], id=dataset_id(4))
    assert failed(handler(an_sqs_event(*TEN), None)) == []
    assert dataset_id(4) in searchable(trail)


def test_only_what_is_wrong_comes_back(handler: BatchHandler, table: Table, trail: Trail) -> None:
    handler(an_sqs_event(TEN[0]), None)
    forged = an_event(1, actionOwner={"userId": "somebody-else"}).to_json()
    batch = [forged, "not json", "{}", *TEN[3:]]
    assert failed(handler(an_sqs_event(*batch), None)) == ["message-1", "message-2", "message-0"]
    assert len(table.items()) == 1 + len(TEN[3:])
    assert set(searchable(trail)) == {dataset_id(1), *(dataset_id(number) for number in range(4, 11))}


def test_a_poison_message_is_given_out_again_alone(
    handler: BatchHandler, audit_trail_queue: Queue, trail: Trail
) -> None:
    queue = audit_trail_queue
    for body in ("poison", *TEN[:4]):
        queue.client.send_message(QueueUrl=queue.url, MessageBody=body)
    attempts: list[int] = []

    def only_the_poison_is_left() -> bool:
        messages = queue.receive()
        answer = handler({"Records": [_as_lambda_gives(message) for message in messages]}, None)
        for message in messages:
            handle = {"QueueUrl": queue.url, "ReceiptHandle": message["ReceiptHandle"]}
            if message["MessageId"] in failed(answer):
                assert message["Body"] == "poison"
                attempts.append(int(message["Attributes"]["ApproximateReceiveCount"]))
                queue.client.change_message_visibility(**handle, VisibilityTimeout=0)
            else:
                queue.client.delete_message(**handle)
        return len(searchable(trail)) == 4 and len(attempts) >= 2

    wait_until(only_the_poison_is_left, timeout=20.0)
    assert attempts == list(range(1, len(attempts) + 1))


def _as_lambda_gives(message: dict[str, Any]) -> dict[str, Any]:
    return {
        "messageId": message["MessageId"],
        "body": message["Body"],
        "attributes": message["Attributes"],
    }
