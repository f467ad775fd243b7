"""Events between services."""

import base64
import gzip
import json
import random
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from countersign_common.events import MESSAGE_LIMIT, CloudEvent, EventTooLarge, MalformedEvent

from .builders import json_values, unicode_text

attributes = unicode_text.filter(bool)
events = st.builds(
    CloudEvent,
    id=attributes,
    source=attributes,
    type=attributes,
    subject=attributes,
    time=attributes,
    correlation_id=attributes,
    data=st.dictionaries(unicode_text, json_values, max_size=5),
)


def an_event(**data) -> CloudEvent:
    return CloudEvent(
        "id", "/source", "type.v1", "workflow/1", "2026-01-31T09:00:00.000Z", "a-correlation", data
    )


@given(events)
def test_an_event_that_was_written_is_read_back(event):
    assert CloudEvent.from_json(event.to_json()) == event


@given(events)
def test_the_same_event_gives_the_same_bytes(event):
    assert event.to_json() == event.to_json()


# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
@given(events)
@example(an_event(title="\ufffe and \uffff", **{"\uffff": "\x00\x1f\x7f\U0010ffff"}))
def test_an_event_has_only_characters_that_a_queue_takes(event):
    assert re.fullmatch("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*", event.to_json())
    assert CloudEvent.from_json(event.to_json()) == event


def test_an_event_is_cloudevents_in_json_format():
    assert json.loads(an_event(title="Möbel").to_json()) == {
        "specversion": "1.0",
        "id": "id",
        "source": "/source",
        "type": "type.v1",
        "subject": "workflow/1",
        "time": "2026-01-31T09:00:00.000Z",
        "correlationid": "a-correlation",
        "datacontenttype": "application/json",
        "data": {"title": "Möbel"},
    }


def test_data_too_long_for_a_message_goes_compressed_and_comes_back_whole():
    event = an_event(text="ä" * 500_000)
    body = event.to_json()
    raw = json.loads(body)
    assert (raw["datacontenttype"], "data" in raw) == ("application/json+gzip", False)
    assert len(body.encode()) <= MESSAGE_LIMIT
    assert base64.b64decode(raw["data_base64"])[4:8] == bytes(4), (
        "the time of compression makes no difference"
    )
    assert CloudEvent.from_json(body) == event


@pytest.mark.parametrize(("length", "plain"), [(199_000, True), (201_000, False)])
def test_data_goes_compressed_well_before_the_queues_own_limit(length, plain):
    assert ("data" in json.loads(an_event(text="x" * length).to_json())) is plain


def test_what_does_not_fit_even_compressed_is_refused():
    noise = base64.b64encode(random.Random(1).randbytes(400_000)).decode()
    with pytest.raises(EventTooLarge, match="262144"):
        an_event(text=noise).to_json()


def test_attributes_that_are_not_known_are_ignored():
    raw = json.loads(an_event(a=1).to_json()) | {"traceparent": "00-0af7", "later": {"x": 1}}
    assert CloudEvent.from_json(json.dumps(raw)) == an_event(a=1)


@pytest.mark.parametrize("given_id", [None, "", 7, "\ud800"])
def test_without_a_correlation_id_the_events_own_id_is_taken(given_id):
    raw = json.loads(an_event().to_json()) | {"correlationid": given_id}
    assert CloudEvent.from_json(json.dumps(raw)).correlation_id == "id"


@pytest.mark.parametrize(
    "body", ["", "x", "null", "[]", "1", '"x"', "{}", '{"specversion":"0.3"}', "[" * 100_000]
)
def test_a_body_that_is_no_event_is_malformed(body):
    with pytest.raises(MalformedEvent):
        CloudEvent.from_json(body)


@pytest.mark.parametrize("name", ["id", "source", "type", "subject", "time"])
@pytest.mark.parametrize("value", [None, "", 1, ["x"], "\ud800"])
def test_an_attribute_that_is_missing_or_not_text_is_named(name, value):
    raw = json.loads(an_event().to_json()) | {name: value}
    with pytest.raises(MalformedEvent, match=name):
        CloudEvent.from_json(json.dumps(raw))


@pytest.mark.parametrize("data", [None, [], "x", 1])
def test_data_that_is_no_object_is_malformed(data):
    raw = json.loads(an_event().to_json()) | {"data": data}
    with pytest.raises(MalformedEvent, match="data"):
        CloudEvent.from_json(json.dumps(raw))


def packed(data: bytes) -> str:
    return base64.b64encode(gzip.compress(data)).decode()


@pytest.mark.parametrize(
    "data",
    [
        "not base64!",
        1,
        None,
        base64.b64encode(b"not gzip").decode(),
        packed(b"not json"),
        packed(b"[]"),
        packed(b"\xff"),
        packed(b"[" * 100_000),
        packed(b'{"a":' + b"1" * 5_000 + b"}"),
    ],
    ids=["no base64", "number", "null", "no gzip", "no json", "array", "no utf-8", "deep", "huge integer"],
)
def test_compressed_data_that_cannot_be_read_is_malformed(data):
    raw = {**json.loads(an_event().to_json()), "data_base64": data}
    with pytest.raises(MalformedEvent):
        CloudEvent.from_json(json.dumps(raw))


def test_compressed_data_that_was_cut_off_is_malformed():
    whole = gzip.compress(json.dumps({"text": "x" * 1000}).encode())
    raw = {**json.loads(an_event().to_json()), "data_base64": base64.b64encode(whole[:-12]).decode()}
    with pytest.raises(MalformedEvent):
        CloudEvent.from_json(json.dumps(raw))


def test_compressed_data_that_grows_without_end_is_refused_before_it_has_grown():
    bomb = packed(b'{"a":"' + b"x" * 50_000_000 + b'"}')
    raw = {**json.loads(an_event().to_json()), "data_base64": bomb}
    with pytest.raises(MalformedEvent, match="beyond its limit"):
        CloudEvent.from_json(json.dumps(raw))
