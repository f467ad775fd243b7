"""DynamoDB items."""

import pytest
from countersign_common.aws.items import from_item, projection, to_item, to_value
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


def test_sets_have_plain_python_values():
    read = from_item(to_item({"texts": {"a", "b"}, "bytes": {b"x", b"y"}}))
    assert read == {"texts": {"a", "b"}, "bytes": {b"x", b"y"}}
    assert {type(each) for each in read["bytes"]} == {bytes}


def test_fraction_is_read_as_a_float():
    assert from_item({"n": {"N": "1.5"}}) == {"n": 1.5}


@pytest.mark.parametrize(
    ("value", "expected"), [("x", {"S": "x"}), (b"x", {"B": b"x"}), (3, {"N": "3"}), (None, {"NULL": True})]
)
def test_single_value_is_an_attribute_value(value, expected):
    assert to_value(value) == expected


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
