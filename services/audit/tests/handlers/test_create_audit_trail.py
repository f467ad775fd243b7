"""audit/create_audit_trail, from a queue's batch to the HTTP requests."""

import dataclasses
import json
import zlib
from datetime import timedelta
from types import SimpleNamespace

import pytest
from countersign_common.aws.sqs import sqs_handler
from countersign_common.events.cloud_event import CloudEvent, EventMessage
from countersign_common.events.manifest_event import MANIFEST_EVENT_TYPE, manifest_event_id

from audit_service.adapters.dynamodb_audit_record_repository import DynamoDbAuditRecordRepository
from audit_service.adapters.dynamodb_erasure_hints import DynamoDbErasureHints
from audit_service.adapters.opensearch_index import OpenSearchAuditIndex
from audit_service.bootstrap.recording import service_with
from audit_service.handlers.create_audit_trail import consume
from audit_service.schemas.events import record_from

from ..adapters.engine import Engine
from ..adapters.table import LOG_TABLE, TABLE, Table, canceled
from ..builders import body_of, dataset_id, just_then, make_event, sqs_event, with_compressed_texts, with_data
from ..retention_fakes import expected_records

CONTEXT = SimpleNamespace(aws_request_id="invocation")
TEN = [make_event(sequence) for sequence in range(1, 11)]
BODIES = [*map(body_of, TEN)]


class Consumer:
    """The function as Lambda runs it, warm, on both stores."""

    def __init__(self, table: Table, engine: Engine) -> None:
        self.table, self.engine = table, engine
        self.now = just_then()
        self.records = DynamoDbAuditRecordRepository(
            self.table.client, TABLE, LOG_TABLE, pause=lambda _: None
        )
        hints = DynamoDbErasureHints(self.table.client, LOG_TABLE, pause=lambda _: None)
        index = OpenSearchAuditIndex(self.engine.client)
        service = service_with(self.records, index, hints, expected_records(), lambda: self.now)
        self._handler = sqs_handler(consume, lambda: service, function="create-audit-trail")
        self.failed(body_of(make_event(1, number=999)))
        self.table.clear()
        self.table.calls.clear()
        self.engine.direct.delete(index="audit-trail-v1-0-2026.01", id=dataset_id(999))
        self.engine.requests.clear()

    def failed(self, *messages: str | EventMessage) -> list[str]:
        """Return the messages that fail when these are delivered."""
        response = self._handler(sqs_event(*messages), CONTEXT)
        return sorted(item["itemIdentifier"] for item in response["batchItemFailures"])

    @property
    def calls(self) -> int:
        """Number of requests to both stores."""
        return len(self.table.calls) + len(self.engine.calls)


@pytest.fixture
def consumer(table: Table, engine: Engine) -> Consumer:
    return Consumer(table, engine)


def test_ten_messages_take_two_store_calls(consumer: Consumer):
    assert consumer.failed(*BODIES) == []
    assert len(consumer.table.items()) == len(consumer.engine.documents) == 10
    assert consumer.calls == 2


def test_ten_messages_of_which_some_are_recorded_take_three_store_calls(consumer: Consumer):
    consumer.failed(*BODIES[:4])
    before = consumer.calls
    assert consumer.failed(*BODIES) == []
    assert consumer.calls - before == 3
    assert len(consumer.table.items()) == len(consumer.engine.documents) == 10


def test_ten_messages_take_at_most_three_store_calls_whatever_the_store_responds(consumer: Consumer):
    none, conflict = {"Code": "None"}, {"Code": "TransactionConflict"}
    consumer.table.responses = [canceled(*[none] * 19, conflict)] * 2
    assert len(consumer.failed(*BODIES)) == 10
    assert consumer.calls <= 3


def test_the_same_message_twice_in_a_batch_is_recorded_once(consumer: Consumer):
    assert consumer.failed(BODIES[0], BODIES[0], BODIES[1]) == []
    assert set(consumer.table.items()) == {dataset_id(1), dataset_id(2)}


def test_other_content_with_a_recorded_id_fails_alone_and_overwrites_nothing(consumer: Consumer):
    consumer.failed(BODIES[0])
    stored = dict(consumer.table.items())
    forged = make_event(1, outcome="APPROVED")
    assert consumer.failed(body_of(forged), BODIES[1]) == ["message-0"]
    assert consumer.table.items()[dataset_id(1)] == stored[dataset_id(1)]
    assert dataset_id(2) in consumer.engine.documents


def test_a_message_that_a_busy_engine_did_not_take_fails_alone_and_succeeds_later(consumer: Consumer):
    consumer.engine.rejected[dataset_id(2)] = {"status": 429, "error": {"type": "rejected_execution"}}
    assert consumer.failed(*BODIES[:2]) == ["message-1"]
    assert len(consumer.table.items()) == 2
    consumer.engine.rejected.clear()
    assert consumer.failed(BODIES[1]) == []
    assert dataset_id(2) in consumer.engine.documents


def test_a_record_that_can_not_be_indexed_is_reported_and_its_message_succeeds(
    consumer: Consumer, caplog, capsys
):
    consumer.engine.rejected[dataset_id(2)] = {
        "status": 400,
        "error": {"type": "mapper_parsing_exception", "reason": "preview: 'a secret'"},
    }
    assert consumer.failed(*BODIES[:3]) == []
    assert len(consumer.table.items()) == 3
    assert set(consumer.engine.documents) == {dataset_id(1), dataset_id(3)}
    (line,) = (line for line in caplog.records if line.message == "record not indexed")
    assert (line.datasetId, line.reason) == (dataset_id(2), "400 mapper_parsing_exception")
    assert '"RecordsUnindexable":[1.0]' in capsys.readouterr().out.replace(" ", "")


def test_an_engine_that_is_down_fails_every_message_and_loses_none(consumer: Consumer):
    consumer.engine.replies = [lambda: (503, {})] * 2
    assert len(consumer.failed(*BODIES)) == 10
    assert consumer.failed(*BODIES) == []
    assert len(consumer.engine.documents) == 10


def manifest_body(name: str = "2026-01-31T09:00:00Z", sha256: str = "0" * 64, **changes: object) -> str:
    """Return a message's body: the event of a manifest."""
    data = {
        "name": name,
        "from": "2026-01-31T08:59:00Z",
        "to": name,
        "sequence": 7,
        "sha256": sha256,
        "previousSha256": "1" * 64,
        "events": 3,
    }
    event = CloudEvent(
        id=manifest_event_id(name),
        source="/countersign/workflow",
        type=MANIFEST_EVENT_TYPE,
        subject=f"manifest/{name}",
        time=name,
        correlation_id="correlation",
        data=data,
    )
    return dataclasses.replace(event, **changes).to_message().body  # type: ignore[arg-type]


def test_manifests_are_pending_and_not_recorded_in_the_same_call_as_records(consumer: Consumer):
    assert consumer.failed(*BODIES[:9], manifest_body()) == []
    assert consumer.calls == 2
    assert len(consumer.table.items()) == 9
    pending = consumer.table.pending()["2026-01-31T09:00:00Z"]
    assert (pending["kind"], pending["hash"]) == ({"S": "manifest"}, {"B": bytes(32)})
    assert len(consumer.table.pending()) == 10


def test_manifests_alone_do_not_call_the_search_engine(consumer: Consumer):
    assert consumer.failed(manifest_body(), manifest_body("2026-01-31T09:01:00Z")) == []
    assert consumer.calls == 1


def test_the_same_manifest_again_is_a_success_and_another_of_its_name_a_failure(consumer: Consumer):
    consumer.failed(manifest_body())
    assert consumer.failed(manifest_body(), manifest_body(), BODIES[0]) == []
    assert consumer.failed(manifest_body(sha256="f" * 64), BODIES[1]) == ["message-0"]
    assert consumer.table.pending()["2026-01-31T09:00:00Z"]["hash"] == {"B": bytes(32)}
    assert set(consumer.table.items()) == {dataset_id(1), dataset_id(2)}


def test_two_manifests_of_one_name_in_a_batch_are_one_and_a_failure(consumer: Consumer):
    assert consumer.failed(manifest_body(), manifest_body(sha256="f" * 64)) == ["message-1"]
    assert consumer.table.pending()["2026-01-31T09:00:00Z"]["hash"] == {"B": bytes(32)}


def test_a_manifest_event_whose_parts_contradict_each_other_fails_alone(consumer: Consumer):
    other_id = manifest_body(id=dataset_id(1))
    other_name = json.loads(manifest_body())
    other_name["data"]["name"] = "2026-01-31T09:05:00Z"
    no_hash = json.loads(manifest_body())
    del no_hash["data"]["sha256"]
    batch = [other_id, json.dumps(other_name), json.dumps(no_hash), BODIES[0]]
    assert consumer.failed(*batch) == ["message-0", "message-1", "message-2"]
    assert set(consumer.table.pending()) == {dataset_id(1)}


def test_unknown_values_are_stored_and_searchable_as_they_are(consumer: Consumer):
    event = with_data(make_event(1, actionType="ARCHIVE", outcome="ON_HOLD", deviceId="phone"), new=1)
    body = json.dumps(json.loads(body_of(event)) | {"traceparent": "00-1"})
    assert consumer.failed(body) == []
    stored = consumer.records.get(dataset_id(1))
    assert stored is not None
    assert stored.sealed == event.data["sealed"]
    assert stored.sealed_json["deviceId"] == "phone"
    document = consumer.engine.documents[dataset_id(1)]
    assert (document["actionType"], document["outcome"]) == ("ARCHIVE", "ON_HOLD")


def test_an_event_without_a_workflow_is_stored_and_searchable(consumer: Consumer):
    event = make_event(1, has_workflow=False, target={"type": "scheme", "id": "expense"})
    assert consumer.failed(body_of(event)) == []
    assert "workflowId" not in consumer.table.items()[dataset_id(1)]
    assert consumer.engine.documents[dataset_id(1)]["target"] == "expense"


def test_compressed_texts_are_stored_as_they_arrive(consumer: Consumer):
    event = with_compressed_texts(make_event(1, content={"after": {"text": "x" * 250_000}}))
    assert set(event.packed) == {"sealed", "content.value"}
    # Not what the service would compress: a text isn't compressed again.
    packed = {path: zlib.compress(zlib.decompress(text), level=9) for path, text in event.packed.items()}
    event = dataclasses.replace(event, packed=packed)
    assert consumer.failed(event.to_message()) == []
    item = consumer.table.items()[dataset_id(1)]
    assert item["sealed"]["B"] == event.packed["sealed"]
    assert item["content"]["M"]["value"]["B"] == event.packed["content.value"]
    assert consumer.records.get(dataset_id(1)) == record_from(event)


def test_the_same_event_with_plain_texts_is_the_same_record(consumer: Consumer):
    event = make_event(1, content={"after": {"text": "x" * 1_000}})
    assert consumer.failed(with_compressed_texts(event).to_message(), body_of(event)) == []
    assert len(consumer.table.items()) == 1


@pytest.mark.parametrize("name", ["data.sealed", "data.content.value"])
def test_a_compressed_text_that_is_not_what_was_hashed_fails_alone(consumer: Consumer, name: str):
    message = with_compressed_texts(make_event(1, content={"after": {"text": "x" * 1_000}})).to_message()
    other = zlib.compress(zlib.decompress(message.texts[name]).replace(b"x", b"y"))
    message = dataclasses.replace(message, texts={**message.texts, name: other})
    assert consumer.failed(message, body_of(make_event(2))) == ["message-0"]
    assert set(consumer.table.items()) == {dataset_id(2)}


INVALID = {
    "not_json": "not JSON",
    "no_event": "{}",
    "another_type": body_of(dataclasses.replace(TEN[4], type="countersign.workflow-event.v1")),
    "another_hash": body_of(with_data(TEN[4], hash="0" * 64)),
}


@pytest.mark.parametrize("body", INVALID.values(), ids=INVALID.keys())
def test_an_invalid_message_fails_alone_and_reaches_no_store(consumer: Consumer, body: str, caplog):
    assert consumer.failed(BODIES[0], body, BODIES[1]) == ["message-1"]
    assert set(consumer.table.items()) == set(consumer.engine.documents) == {dataset_id(1), dataset_id(2)}
    assert consumer.calls == 2
    (reason,) = (line.reason for line in caplog.records if hasattr(line, "reason"))
    assert reason.startswith("invalid event: ")


def test_a_batch_of_invalid_messages_makes_no_store_call(consumer: Consumer):
    assert consumer.failed("{", "[]") == ["message-0", "message-1"]
    assert consumer.failed(INVALID["another_hash"]) == ["message-0"]
    assert consumer.calls == 0


def test_no_log_line_contains_what_people_wrote(consumer: Consumer, caplog):
    secret = make_event(1, content={"title": "confidential-title", "comment": "confidential-comment"})
    assert consumer.failed(body_of(secret), body_of(with_data(secret, hash="0" * 64))) == ["message-1"]
    logged = str([vars(line) for line in caplog.records])
    assert "message failed" in logged
    assert "confidential" not in logged
    assert "@example.com" not in logged


def test_a_late_event_is_recorded_without_what_was_erased_and_without_its_compressed_text(consumer: Consumer):
    event = with_compressed_texts(make_event(5, content={"comment": "quixotic " * 500}))
    hints = DynamoDbErasureHints(consumer.table.client, LOG_TABLE)
    hints.add(dataset_id(900), {event.id: ["content"]})
    consumer.now += timedelta(minutes=2)
    assert consumer.failed(event.to_message()) == []
    stored = consumer.records.get(event.id)
    assert stored is not None
    assert stored == record_from(event).without(["content"])
    assert "content" not in consumer.table.items()[event.id]


def test_an_event_that_is_sent_again_without_its_parts_is_recorded(consumer: Consumer):
    event = with_data(make_event(5), person=None, content=None)
    assert consumer.failed(body_of(event)) == []
    stored = consumer.records.get(event.id)
    assert stored is not None
    assert (stored.person, stored.content) == (None, None)
