"""The canonical form, and commitments."""

import base64
import hashlib
import json

import pytest
import rfc8785
from countersign_common.canonical import DEPTH_LIMIT, NotCanonical, Opening, canonical_text, escape_pointer
from hypothesis import given
from hypothesis import strategies as st

from .builders import json_values, unicode_text

# RFC 8785 §3.2.2 and §3.2.3, and the test data of its authors (github.com/cyberphone/json-canonicalization), as far as
# they hold no number with a fraction.
PUBLISHED = {
    "RFC 8785 §3.2.2, string and literals": (
        r'{"string":"\u20ac$\u000F\u000aA\u0027\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}',
        '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    ),
    "RFC 8785 §3.2.3, sorting": (
        r'{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",'
        r'"\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control",'
        r'"\u00f6":"Latin Small Letter O With Diaeresis"}',
        '{"\\r":"Carriage Return","1":"One","\x80":"Control","ö":"Latin Small Letter O With Diaeresis",'
        '"€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    ),
    "arrays": ('[ 56, {"d": true, "10": null, "1": []} ]', '[56,{"1":[],"10":null,"d":true}]'),
    "french": (
        '{"peach":"This sorting order","péché":"is wrong according to French",'
        '"pêche":"but canonicalization MUST","sin":"ignore locale"}',
        '{"peach":"This sorting order","péché":"is wrong according to French",'
        '"pêche":"but canonicalization MUST","sin":"ignore locale"}',
    ),
    "structures": (
        '{"1":{"f":{"f":"hi","F":5},"\\n":56},"10":{},"":"empty","a":{},"111":[{"e":"yes","E":"no"}],"A":{}}',
        '{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{"E":"no","e":"yes"}],"A":{},"a":{}}',
    ),
    "unicode": ('{"Unnormalized Unicode":"A\\u030a"}', '{"Unnormalized Unicode":"A\u030a"}'),
    "weird": (
        r'{"\u20ac":"Euro Sign","\r":"Carriage Return","\u000a":"Newline","1":"One","\u0080":"Control\u007f",'
        r'"\ud83d\ude02":"Smiley","\u00f6":"Latin Small Letter O With Diaeresis",'
        r'"\ufb33":"Hebrew Letter Dalet With Dagesh","</script>":"Browser Challenge"}',
        '{"\\n":"Newline","\\r":"Carriage Return","1":"One","</script>":"Browser Challenge","\x80":"Control\x7f",'
        '"ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😂":"Smiley",'
        '"\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    ),
}


@pytest.mark.parametrize(("given_text", "expected"), PUBLISHED.values(), ids=PUBLISHED)
def test_the_published_vectors_come_out(given_text, expected):
    assert canonical_text(json.loads(given_text)) == expected


@given(json_values)
def test_the_canonical_text_means_the_same_and_is_its_own_canonical_text(value):
    text = canonical_text(value)
    assert json.loads(text) == value
    assert canonical_text(json.loads(text)) == text


# Names on both sides of where the orders by code point and by UTF-16 unit part: surrogates lie between them.
far_text = st.text('aA"\\/\x00\x1f\x7f\u2028\ud7ff\ue000\ufb33\uffff\U00010000\U0010ffff', max_size=3)


@given(json_values | st.dictionaries(far_text, st.dictionaries(far_text, far_text) | far_text, max_size=8))
def test_the_text_is_byte_for_byte_what_the_reference_writes(value):
    assert canonical_text(value).encode() == rfc8785.dumps(value)


@given(st.dictionaries(unicode_text, json_values, max_size=6), st.randoms())
def test_the_order_of_members_makes_no_difference(value, random):
    members = list(value.items())
    random.shuffle(members)
    assert canonical_text(dict(members)) == canonical_text(value)


@pytest.mark.parametrize(
    ("value", "pointer"),
    [
        ({"a": 1.5}, "/a"),
        ({"a": [1, 1.0]}, "/a/1"),
        ([float("nan")], "/0"),
        ({"a": float("inf")}, "/a"),
        ({"n": 2**53}, "/n"),
        ({"n": -(2**53)}, "/n"),
        ({"n": 10**400}, "/n"),
        ({"s": "\ud800"}, "/s"),
        ({"a": {"\udfff": 1}}, "/a"),
        ({"a/b": {"c~d": 0.5}}, "/a~1b/c~0d"),
        ({"a": {1: "x"}}, "/a"),
        ({"a": (1, 2)}, "/a"),
        ({"a": b"x"}, "/a"),
    ],
)
def test_what_has_no_canonical_form_is_refused_and_pointed_at(value, pointer):
    with pytest.raises(NotCanonical) as refused:
        canonical_text(value)
    assert [where for where, _ in refused.value.faults] == [pointer]


def test_all_faults_are_told_at_once():
    with pytest.raises(NotCanonical) as refused:
        canonical_text({"a": 0.5, "b": [2**53, "\ud800"]})
    assert [where for where, _ in refused.value.faults] == ["/a", "/b/0", "/b/1"]


def test_the_largest_integers_are_carried_exactly():
    assert canonical_text([2**53 - 1, -(2**53) + 1]) == "[9007199254740991,-9007199254740991]"


def nested(depth: int) -> list:
    value: list = []
    for _ in range(depth):
        value = [value]
    return value


def test_nesting_has_a_limit():
    assert canonical_text(nested(DEPTH_LIMIT))
    for depth in (DEPTH_LIMIT + 1, 900):
        with pytest.raises(NotCanonical, match="nested deeper than 64"):
            canonical_text(nested(depth))


def test_a_name_becomes_one_token_of_a_pointer():
    assert escape_pointer("a/b~c") == "a~1b~0c"


def test_a_commitment_is_the_hash_that_the_design_says():
    salt, value = bytes(range(32)), '{"name":"Bo"}'
    expected = hashlib.sha256(b"countersign/v1/person\x00" + salt + value.encode()).hexdigest()
    assert Opening(salt, value).commitment("person") == expected


@given(st.binary(min_size=32, max_size=32), unicode_text, st.binary(min_size=32, max_size=32), unicode_text)
def test_a_commitment_is_opened_by_what_it_was_made_to_and_nothing_else(salt, value, other_salt, other_value):
    commitment = Opening(salt, value).commitment("content")
    assert Opening(salt, value).opens("content", commitment)
    assert not Opening(salt, value).opens("person", commitment)
    if (other_salt, other_value) != (salt, value):
        assert not Opening(other_salt, other_value).opens("content", commitment)


@pytest.mark.parametrize("salt", ["", "é", "AAAA", "A", "\ud800", f"{'A' * 44}\n"])
def test_a_salt_that_was_changed_beyond_reading_or_in_length_opens_nothing(salt):
    whole = Opening.read(base64.b64encode(bytes(32)).decode(), "{}")
    assert whole == Opening(bytes(32), "{}")
    assert whole.opens("content", whole.commitment("content"))
    changed = Opening.read(salt, "{}")
    assert not changed.opens("content", whole.commitment("content"))
    assert not changed.opens("content", changed.commitment("content"))
