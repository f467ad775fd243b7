"""The envelope of events between services."""

import copy
import json
import random
import re
import string
import zlib

import pytest
from countersign_common.compression import pack_text
from countersign_common.events.cloud_event import (
    MESSAGE_LIMIT,
    CloudEvent,
    EventMessage,
    EventTooLargeError,
    InvalidEventError,
)
from countersign_common.proof.canonical import canonical_text
from hypothesis import example, given
from hypothesis import strategies as st

from ..builders import json_values, unicode_text

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


def event_with(**data) -> CloudEvent:
    return CloudEvent(
        "id", "/source", "type.v1", "workflow/1", "2026-01-31T09:00:00.000Z", "a-correlation", data
    )


def envelope(**changes) -> EventMessage:
    return EventMessage(json.dumps(json.loads(event_with().to_message().body) | changes))


@given(events)
def test_event_round_trips_through_a_message(event):
    assert CloudEvent.from_message(event.to_message()) == event


@given(events)
def test_same_event_gives_the_same_bytes(event):
    assert event.to_message() == event.to_message()


# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
@given(events)
@example(event_with(title="\ufffe and \uffff", **{"\uffff": "\x00\x1f\x7f\U0010ffff\\\ufffe"}))
def test_body_has_only_characters_that_sqs_accepts(event):
    body = event.to_message().body
    assert re.fullmatch("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*", body)
    assert CloudEvent.from_message(EventMessage(body)) == event


def test_body_is_a_cloud_event_in_json_format():
    message = event_with(title="Möbel").to_message()
    assert json.loads(message.body) == {
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
    assert message.texts == {}


def event_with_packed(**texts) -> CloudEvent:
    """Return an event with compressed texts: `a`, and `b.c` as `b__c`, `b.d.e` as `b__d__e`."""
    data = {"n": 1, "b": {"n": 2, "d": {"n": 3}}}
    packed = {}
    for name, text in texts.items():
        path = name.replace("__", ".")
        *parents, member = path.split(".")
        members = data
        for parent in parents:
            members = members[parent]
        members[member] = text
        packed[path] = zlib.compress(text.encode())
    return CloudEvent("id", "/source", "type.v1", "workflow/1", "2026-01-31T09:00:00.000Z", "c", data, packed)


def test_size_counts_body_attribute_names_types_and_values():
    assert EventMessage("ä").size == 2
    message = EventMessage("ä", {"data.a": b"xyz", "data.b": b"x"})
    assert message.size == 2 + 2 * len("data.a") + 2 * len("Binary") + 4


def test_compressed_texts_are_in_attributes_and_not_in_the_body():
    event = event_with_packed(a="ä" * 600, b__c="c" * 700, b__d__e="e" * 800)
    data = copy.deepcopy(event.data)
    message = event.to_message()
    assert json.loads(message.body)["data"] == {"n": 1, "b": {"n": 2, "d": {"n": 3}}}
    assert {name: zlib.decompress(text).decode() for name, text in message.texts.items()} == {
        "data.a": "ä" * 600,
        "data.b.c": "c" * 700,
        "data.b.d.e": "e" * 800,
    }
    assert event.data == data, "writing a message must not change the event"
    assert CloudEvent.from_message(message) == event


@given(st.dictionaries(st.sampled_from(["a", "b__c", "b__d__e"]), unicode_text))
def test_event_with_compressed_texts_round_trips_through_a_message(texts):
    event = event_with_packed(**texts)
    assert CloudEvent.from_message(event.to_message()) == event


def test_body_with_all_of_its_data_is_the_same_event():
    event = event_with_packed(a="ä" * 600)
    plain = EventMessage(json.dumps(json.loads(event.to_message().body) | {"data": event.data}))
    assert CloudEvent.from_message(plain).data == event.data
    assert CloudEvent.from_message(plain).packed == {}


def text_of_128_kb(alphabet: str, seed: int) -> str:
    """Return the canonical text of an object with random text, as close to 128 KB as possible."""
    characters = random.Random(seed).choices(alphabet, k=128 * 1024)
    text = "".join(characters)
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if len(canonical_text({"text": text[:middle]}).encode()) <= 128 * 1024:
            low = middle
        else:
            high = middle - 1
    return canonical_text({"text": text[:low]})


TWO_BYTES = "".join(map(chr, range(0x80, 0x800)))
THREE_BYTES = "".join(map(chr, [*range(0x800, 0xD800), *range(0xE000, 0xFFFE)]))
FOUR_BYTES = "".join(map(chr, range(0x10000, 0x110000)))
ALPHABETS = {
    "printable ASCII": string.printable[:95],
    "base64": string.ascii_letters + string.digits + "+/",
    "2 bytes": TWO_BYTES,
    "CJK": "".join(map(chr, range(0x4E00, 0x9FFF))),
    "3 bytes": THREE_BYTES,
    "4 bytes": FOUR_BYTES,
    "all of Unicode": string.printable[:95] + TWO_BYTES + THREE_BYTES + FOUR_BYTES,
    # Bytes in the proportions that zlib compresses worst.
    "mixed lengths": string.printable[:95] * 62 + TWO_BYTES + THREE_BYTES[::100] + FOUR_BYTES[::5000],
}


@pytest.mark.parametrize("alphabet", ALPHABETS.values(), ids=ALPHABETS)
def test_128_kb_before_and_after_fit_in_a_message(alphabet):
    before, after = text_of_128_kb(alphabet, 1), text_of_128_kb(alphabet, 2)
    assert min(len(before.encode()), len(after.encode())) > 128 * 1024 - 8
    content = canonical_text({"before": json.loads(before), "after": json.loads(after)})
    event = CloudEvent(
        "id",
        "/source",
        "type.v1",
        "workflow/1",
        "2026-01-31T09:00:00.000Z",
        "a-correlation",
        data={"sealed": "s" * 2_000, "content": {"salt": "A" * 44, "value": content}},
        packed={"content.value": pack_text(content)},
    )
    message = event.to_message()
    assert message.size <= MESSAGE_LIMIT
    assert CloudEvent.from_message(message) == event


def test_event_that_is_too_large_is_an_error():
    noise = "".join(random.Random(1).choices(ALPHABETS["base64"], k=400_000))
    for event in (event_with(text=noise), event_with_packed(a=noise)):
        with pytest.raises(EventTooLargeError, match="262144"):
            event.to_message()


@pytest.mark.parametrize(("more", "is_too_large"), [(0, False), (1, True)])
def test_message_can_have_262_144_bytes(more, is_too_large):
    event = event_with(text="x" * (MESSAGE_LIMIT - event_with(text="").to_message().size + more))
    if is_too_large:
        with pytest.raises(EventTooLargeError):
            event.to_message()
    else:
        assert event.to_message().size == MESSAGE_LIMIT


def test_unknown_attributes_are_ignored():
    message = envelope(traceparent="00-0af7", later={"x": 1}, data={"a": 1})
    assert CloudEvent.from_message(message) == event_with(a=1)


@pytest.mark.parametrize("correlation_id", [None, "", 7])
def test_missing_correlation_id_is_replaced_by_the_event_id(correlation_id):
    assert CloudEvent.from_message(envelope(correlationid=correlation_id)).correlation_id == "id"


@pytest.mark.parametrize(
    "body", ["", "x", "null", "[]", "1", '"x"', "{}", '{"specversion":"0.3"}', "[" * 100_000]
)
def test_body_that_is_not_a_cloud_event_is_invalid(body):
    with pytest.raises(InvalidEventError, match="body is not"):
        CloudEvent.from_message(EventMessage(body))


@pytest.mark.parametrize("name", ["id", "source", "type", "subject", "time"])
@pytest.mark.parametrize("value", [None, "", 1, ["x"]])
def test_missing_attribute_is_invalid_and_named(name, value):
    with pytest.raises(InvalidEventError, match=f"'{name}'"):
        CloudEvent.from_message(envelope(**{name: value}))


@pytest.mark.parametrize("data", [None, [], "x", 1])
def test_data_that_is_not_an_object_is_invalid(data):
    with pytest.raises(InvalidEventError, match="data"):
        CloudEvent.from_message(envelope(data=data))


@pytest.mark.parametrize(
    "data", ['{"a":"\\ud800"}', '{"a":{"b":["\\uDFFF"]}}', '{"\\ud83d":1}', '{"a":"\\ude84\\ud83d"}']
)
def test_lone_surrogates_are_invalid(data):
    with pytest.raises(InvalidEventError, match="Unicode"):
        CloudEvent.from_message(EventMessage(envelope().body.replace("{}", data)))


@pytest.mark.parametrize("name", ["id", "time", "correlationid", "data"])
def test_lone_surrogates_without_an_escape_are_invalid(name):
    values = json.loads(envelope().body) | {name: "\ud800" if name != "data" else {"a": "\ud800"}}
    with pytest.raises(InvalidEventError, match="Unicode"):
        CloudEvent.from_message(EventMessage(json.dumps(values, ensure_ascii=False)))


def test_escaped_surrogate_pair_and_escaped_backslash_are_valid():
    data = r'{"a":"\ud83d\ude84","b":"\\ud800"}'
    expected = {"a": "🚄", "b": "\\ud800"}
    assert CloudEvent.from_message(EventMessage(envelope().body.replace("{}", data))).data == expected


@pytest.mark.parametrize("packed", [b"", b"not zlib", zlib.compress(b"\xff"), zlib.compress(b"\xed\xa0\x80")])
def test_compressed_text_that_cannot_be_read_is_invalid_and_named(packed):
    with pytest.raises(InvalidEventError, match=r"'a\.b' can't be read"):
        CloudEvent.from_message(EventMessage(envelope(data={"a": {}}).body, {"data.a.b": packed}))


def test_compressed_bomb_is_rejected():
    bomb = zlib.compress(b"x" * 100_000_000)
    assert len(bomb) < MESSAGE_LIMIT
    with pytest.raises(InvalidEventError, match="more than 1048576 bytes"):
        CloudEvent.from_message(EventMessage(envelope().body, {"data.a": bomb}))


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({}, "a.b"),
        ({"a": None}, "a.b"),
        ({"a": "x"}, "a.b"),
        ({"a": []}, "a.0"),
        ({"a": {"b": "x"}}, "a.b"),
        ({"a": {"b": None}}, "a.b"),
        ({"": 1}, ""),
    ],
)
def test_compressed_text_without_a_place_in_the_data_is_invalid(data, path):
    """Its parent is missing or not an object, or the body has the member, too."""
    with pytest.raises(InvalidEventError, match="no place"):
        CloudEvent.from_message(EventMessage(envelope(data=data).body, {f"data.{path}": zlib.compress(b"x")}))
