"""audit/create_audit_trail, from a queue's batch to the wire."""

import base64
import dataclasses
import json
from types import SimpleNamespace

import pytest
from countersign_common.batches import sqs_handler
from countersign_common.canonical import Opening as Opened
from countersign_common.canonical import canonical_text
from countersign_common.chain import hash_of

from audit_service.adapters.dynamodb_records import DynamoDbRecords
from audit_service.adapters.opensearch_index import OpenSearchIndex
from audit_service.handlers.create_audit_trail import consume
from audit_service.use_cases.service import service_on

from ..adapters.wires import TABLE, DynamoDbWire, OpenSearchWire, cancelled
from ..builders import OTHER_WORKFLOW, an_event, an_sqs_event, dataset_id, with_data

CONTEXT = SimpleNamespace(aws_request_id="invocation")
TEN = [an_event(sequence) for sequence in range(1, 11)]


class Consumer:
    """The function as Lambda runs it, over both wires."""

    def __init__(self) -> None:
        self.store, self.engine = DynamoDbWire(), OpenSearchWire()
        index = OpenSearchIndex(self.engine.client)
        service = service_on(DynamoDbRecords(self.store.client, TABLE, pause=lambda _: None), index)
        index.prepare()
        self.engine.requests.clear()
        self._handler = sqs_handler(consume, lambda: service, function="create-audit-trail")

    def failed(self, *bodies: str) -> list[str]:
        """The messages that come back when these are delivered."""
        answer = self._handler(an_sqs_event(*bodies), CONTEXT)
        return sorted(item["itemIdentifier"] for item in answer["batchItemFailures"])

    @property
    def calls(self) -> int:
        """HTTP requests to both stores."""
        return len(self.store.calls) + len(self.engine.calls)


@pytest.fixture
def consumer():
    return Consumer()


def test_ten_messages_cost_a_warm_container_two_store_calls(consumer):
    assert consumer.failed(*_bodies(TEN)) == []
    assert len(consumer.store.items) == len(consumer.engine.documents) == 10
    assert consumer.calls == 2


def test_ten_messages_of_which_some_came_before_cost_three_store_calls(consumer):
    consumer.failed(*_bodies(TEN[:4]))
    before = consumer.calls
    assert consumer.failed(*_bodies(TEN)) == []
    assert consumer.calls - before == 3
    assert len(consumer.store.items) == len(consumer.engine.documents) == 10


def test_ten_messages_never_cost_more_than_three_store_calls_whatever_the_store_answers(consumer):
    none, conflict = {"Code": "None"}, {"Code": "TransactionConflict"}
    consumer.store.scripted = [cancelled(*[none] * 9, conflict)] * 2
    assert len(consumer.failed(*_bodies(TEN))) == 10
    assert consumer.calls <= 3


def test_the_same_message_twice_in_a_batch_is_recorded_once(consumer):
    assert consumer.failed(*_bodies([TEN[0], TEN[0], TEN[1]])) == []
    assert set(consumer.store.items) == {dataset_id(1), dataset_id(2)}


def test_other_content_under_a_recorded_id_comes_back_alone_and_nothing_is_overwritten(consumer):
    consumer.failed(*_bodies(TEN[:1]))
    stored = dict(consumer.store.items)
    forged = an_event(1, outcome="APPROVED")
    assert consumer.failed(*_bodies([forged, TEN[1]])) == ["message-0"]
    assert consumer.store.items[dataset_id(1)] == stored[dataset_id(1)]
    assert dataset_id(2) in consumer.engine.documents


def test_a_message_that_the_engine_refuses_comes_back_alone_and_completes_the_next_time(consumer):
    items = [
        {"create": {"_id": dataset_id(1), "status": 201}},
        {"create": {"_id": dataset_id(2), "status": 429, "error": {"type": "rejected"}}},
    ]
    consumer.engine.scripted = [lambda: (200, {"errors": True, "items": items})]
    assert consumer.failed(*_bodies(TEN[:2])) == ["message-1"]
    assert len(consumer.store.items) == 2
    assert consumer.failed(*_bodies(TEN[1:2])) == []
    assert dataset_id(2) in consumer.engine.documents


def test_an_engine_that_is_down_brings_every_message_back_and_loses_none(consumer):
    consumer.engine.scripted = [lambda: (503, {})] * 2
    assert len(consumer.failed(*_bodies(TEN))) == 10
    assert consumer.failed(*_bodies(TEN)) == []
    assert len(consumer.engine.documents) == 10


def test_what_a_newer_producer_adds_is_ignored_in_the_event_and_kept_in_the_sealed_text(consumer):
    event = with_data(an_event(1, deviceId="phone"), somethingNew=1)
    body = json.dumps(json.loads(event.to_json()) | {"traceparent": "00-1"})
    assert consumer.failed(body) == []
    assert '"deviceId":"phone"' in consumer.store.items[dataset_id(1)]["sealed"]["S"]


def test_large_data_that_came_compressed_is_recorded_like_any(consumer):
    body = an_event(1, content={"after": {"text": "x" * 250_000}}).to_json()
    assert "data_base64" in body
    assert consumer.failed(body) == []


def test_a_time_may_be_written_in_lower_case(consumer):
    event = _resealed(GOOD, occurredAt="2026-01-31t09:00:00z")
    assert consumer.failed(event.to_json(), TEN[0].to_json()) == []
    assert consumer.engine.documents[GOOD.id]["occurredAt"] == "2026-01-31T09:00:00.000Z"


def test_a_record_without_openings_is_recorded(consumer):
    assert consumer.failed(with_data(TEN[0], person=None, content=None).to_json()) == []


@pytest.mark.parametrize("part", ["person", "content"])
def test_a_record_that_lacks_a_part_passes_for_no_erased_one(consumer, part):
    body = json.loads(TEN[0].to_json())
    del body["data"][part]
    assert consumer.failed(json.dumps(body), TEN[1].to_json()) == ["message-0"]
    assert set(consumer.store.items) == {dataset_id(2)}


def _resealed(event, **facts):
    """The event with members of its sealed part replaced, and its hash made anew."""
    text = canonical_text(json.loads(event.data["sealed"]) | facts)
    return with_data(event, sealed=text, hash=hash_of(text))


def _spaced(event):
    text = json.dumps(json.loads(event.data["sealed"]), sort_keys=True)
    return with_data(event, sealed=text, hash=hash_of(text))


def _without(event, member):
    return dataclasses.replace(event, data={name: v for name, v in event.data.items() if name != member})


def _escaped(member, escape):
    content = GOOD.data["content"] | {member: "ESCAPE"}
    return with_data(GOOD, content=content).to_json().replace("ESCAPE", escape)


def _retold(part, value):
    """The event committed to another text as its person or content."""
    opening = Opened(bytes(32), value)
    opened = {"salt": base64.b64encode(bytes(32)).decode(), "value": value}
    committed = _resealed(GOOD, **{f"{part}Commitment": opening.commitment(part)})
    return with_data(committed, **{part: opened}).to_json()


def _with_raw_title(escape):
    return _retold("content", f'{{"after":null,"before":null,"comment":null,"title":"{escape}"}}')


GOOD = an_event(5)
MALFORMED = {
    "no_event": "not JSON",
    "another_type": dataclasses.replace(GOOD, type="countersign.workflow.acted.v1").to_json(),
    "an_id_that_is_no_uuid": dataclasses.replace(GOOD, id="5").to_json(),
    "an_id_in_upper_case": dataclasses.replace(GOOD, id=GOOD.id.upper()).to_json(),
    "another_subject": dataclasses.replace(GOOD, subject=f"workflow/{OTHER_WORKFLOW}").to_json(),
    "no_sealed_part": _without(GOOD, "sealed").to_json(),
    "no_hash": _without(GOOD, "hash").to_json(),
    "no_participants": _without(GOOD, "participants").to_json(),
    "participants_that_are_no_list": with_data(GOOD, participants="user:a").to_json(),
    "a_sealed_part_that_is_an_object": with_data(GOOD, sealed={}).to_json(),
    "a_sealed_part_that_is_not_json": with_data(GOOD, sealed="{", hash=hash_of("{")).to_json(),
    "a_sealed_part_that_is_a_list": with_data(GOOD, sealed="[]", hash=hash_of("[]")).to_json(),
    "a_sealed_part_not_in_canonical_form": _spaced(GOOD).to_json(),
    "another_hash": with_data(GOOD, hash="0" * 64).to_json(),
    "another_person": with_data(GOOD, person=GOOD.data["content"]).to_json(),
    "another_salt": with_data(
        GOOD, content=GOOD.data["content"] | {"salt": base64.b64encode(bytes(32)).decode()}
    ).to_json(),
    "a_salt_so_short_that_the_value_could_be_guessed": an_event(5, salt_bytes=16).to_json(),
    "a_salt_that_is_not_base64": with_data(GOOD, content=GOOD.data["content"] | {"salt": "é"}).to_json(),
    "content_that_is_not_json": with_data(GOOD, content=GOOD.data["content"] | {"value": "NaN"}).to_json(),
    "a_lone_surrogate": with_data(GOOD, sealed="SURROGATE").to_json().replace("SURROGATE", "\\ud800"),
    "a_salt_with_a_lone_surrogate": _escaped("salt", "\\ud800"),
    "a_salt_with_a_nul": _escaped("salt", "\\u0000"),
    "a_hash_with_a_lone_surrogate": with_data(GOOD, hash="ESCAPE").to_json().replace("ESCAPE", "\\ud800"),
    "a_title_that_the_engine_could_not_take": _with_raw_title("\\ud800"),
    "a_title_with_a_nul": _with_raw_title("\\u0000"),
    "a_person_that_is_no_object": _retold("person", "[]"),
    "a_person_without_email": _retold("person", '{"name":"x"}'),
    "content_with_infinity": _retold(
        "content", '{"after":{"x":Infinity},"before":null,"comment":null,"title":""}'
    ),
    "content_with_a_fraction": _retold(
        "content", '{"after":{"x":1.5},"before":null,"comment":null,"title":""}'
    ),
    "content_nested_too_deep_to_read": _retold("content", "[" * 100_000),
    "a_text_for_a_number": _resealed(GOOD, sequence="5").to_json(),
    "true_for_a_number": _resealed(GOOD, round=True).to_json(),
    "no_place_in_the_chain": _resealed(GOOD, sequence=0).to_json(),
    "an_unknown_action": _resealed(GOOD, actionType="DELETE").to_json(),
    "an_unknown_outcome": _resealed(GOOD, outcome="DONE").to_json(),
    "a_shape_to_come": _resealed(GOOD, schemaVersion=2).to_json(),
    "a_time_that_is_none": _resealed(GOOD, occurredAt="yesterday").to_json(),
    "an_owner_without_id": _resealed(GOOD, actionOwner={}).to_json(),
    "a_workflow_that_is_no_uuid": _resealed(GOOD, workflowId="w").to_json(),
    "a_record_too_large_for_the_store": an_event(5, content={"after": {"text": "x" * 400_000}}).to_json(),
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
def test_a_malformed_message_comes_back_alone_and_reaches_no_store(consumer, body, caplog):
    assert consumer.failed(TEN[0].to_json(), body, TEN[1].to_json()) == ["message-1"]
    assert set(consumer.store.items) == set(consumer.engine.documents) == {dataset_id(1), dataset_id(2)}
    assert consumer.calls == 2
    (reason,) = (line.reason for line in caplog.records if hasattr(line, "reason"))
    assert reason.startswith("malformed: ")


def test_a_batch_of_malformed_messages_alone_costs_no_call(consumer):
    assert consumer.failed("{", "[]") == ["message-0", "message-1"]
    assert consumer.failed(MALFORMED["another_hash"]) == ["message-0"]
    assert consumer.calls == 0


def test_no_log_line_tells_what_people_wrote(consumer, caplog):
    secret = an_event(1, content={"title": "confidential-title", "comment": "confidential-comment"})
    assert consumer.failed(secret.to_json(), with_data(secret, hash="0" * 64).to_json()) == ["message-1"]
    logged = str([vars(line) for line in caplog.records])
    assert "message failed" in logged
    assert "confidential" not in logged
    assert "@example.com" not in logged


def _bodies(events):
    return [event.to_json() for event in events]
