"""DynamoDB items."""

import random
import string

import pytest
from countersign_common.aws.items import (
    COMPRESSION_THRESHOLD,
    from_item,
    pack_text,
    projection,
    to_item,
    to_value,
    unpack_text,
)
from hypothesis import given
from hypothesis import strategies as st

from ..builders import unicode_text

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**37), 10**37) | unicode_text | st.binary(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(unicode_text, inner, max_size=4),
    max_leaves=10,
)


@given(st.dictionaries(unicode_text, values, max_size=6))
def test_item_round_trips_without_attributes_that_are_none(attributes):
    expected = {name: value for name, value in attributes.items() if value is not None}
    assert from_item(to_item(attributes)) == expected


def test_item_has_the_types_of_the_low_level_client():
    assert to_item({"s": "x", "n": 7, "b": b"\x00", "t": True, "l": [1], "m": {"a": "b"}, "none": None}) == {
        "s": {"S": "x"},
        "n": {"N": "7"},
        "b": {"B": b"\x00"},
        "t": {"BOOL": True},
        "l": {"L": [{"N": "1"}]},
        "m": {"M": {"a": {"S": "b"}}},
    }


def test_numbers_and_bytes_are_plain_python_values_at_every_level():
    item = to_item({"n": 2**53, "b": b"x", "inner": {"list": [3, b"y", None, {"n": 4}]}})
    read = from_item(item)
    assert read == {"n": 2**53, "b": b"x", "inner": {"list": [3, b"y", None, {"n": 4}]}}
    assert (type(read["n"]), type(read["b"])) == (int, bytes)
    inner = read["inner"]["list"]
    assert [type(inner[0]), type(inner[1]), type(inner[3]["n"])] == [int, bytes, int]


def test_fraction_is_read_as_a_float():
    assert from_item({"n": {"N": "1.5"}}) == {"n": 1.5}


@pytest.mark.parametrize(("value", "expected"), [("x", {"S": "x"}), (3, {"N": "3"}), (None, {"NULL": True})])
def test_single_value_is_an_attribute_value(value, expected):
    assert to_value(value) == expected


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)


@given(texts, st.integers(1, 200))
def test_packed_text_is_unpacked_byte_for_byte(text, repetitions):
    repeated = text * repetitions
    assert unpack_text(pack_text(repeated)).encode() == repeated.encode()


@given(texts, st.integers(1, 200))
def test_packed_text_survives_an_item(text, repetitions):
    repeated = text * repetitions
    assert unpack_text(from_item(to_item({"sealed": pack_text(repeated)}))["sealed"]) == repeated


@pytest.mark.parametrize(
    ("text", "is_compressed"),
    [
        ("", False),
        ("x" * COMPRESSION_THRESHOLD, False),
        ("x" * (COMPRESSION_THRESHOLD + 1), True),
        ("é" * (COMPRESSION_THRESHOLD // 2), False),
        ("é" * (COMPRESSION_THRESHOLD // 2 + 1), True),
        ("🚄" * (COMPRESSION_THRESHOLD // 4), False),
        ("🚄" * (COMPRESSION_THRESHOLD // 4 + 1), True),
    ],
)
def test_text_longer_than_the_threshold_is_compressed(text, is_compressed):
    packed = pack_text(text)
    assert isinstance(packed, bytes) is is_compressed
    assert len(packed) <= len(text.encode())
    assert unpack_text(packed) == text


def test_text_that_does_not_get_smaller_is_stored_as_it_is(monkeypatch):
    monkeypatch.setattr("countersign_common.aws.items.zlib.compress", lambda raw, level: raw + b"!")
    text = "".join(random.Random(1).choices(string.printable, k=2_000))
    assert pack_text(text) == text


@pytest.mark.parametrize("stored", [b"", b"not compressed", pack_text("x" * 2_000)[:-4]])
def test_bytes_that_are_not_a_packed_text_are_rejected(stored):
    with pytest.raises(ValueError, match="Not a compressed text"):
        unpack_text(stored)


def test_projection_reaches_members_of_maps():
    assert projection(["name", "content.salt", "content.name"]) == {
        "ProjectionExpression": "#name, #content.#salt, #content.#name",
        "ExpressionAttributeNames": {"#name": "name", "#content": "content", "#salt": "salt"},
    }


def test_projection_escapes_reserved_words():
    assert projection(["name", "status"]) == {
        "ProjectionExpression": "#name, #status",
        "ExpressionAttributeNames": {"#name": "name", "#status": "status"},
    }
