"""The fast check of canonical texts agrees with RFC 8785."""

import json

import pytest
from countersign_verify.canonical import (
    canonical_text,
    decode,
    has_canonical_text,
    is_canonical_object,
    is_unambiguous,
)
from hypothesis import given
from hypothesis import strategies as st

numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**70), 2**70) | st.integers(-9, 9)
texts = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from('"\\/\b\f\n\r\t\x00\x1f\x7f\ue000𝄞'),
    max_size=5,
)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=8,
)
objects = st.dictionaries(texts, values, max_size=4)


def is_canonical(text):
    """Decide by RFC 8785 alone."""
    value = decode(text)
    return isinstance(value, dict) and canonical_text(value) == text


@given(objects)
def test_canonical_texts_are_accepted(value):
    text = canonical_text(decode(json.dumps(value)))
    assert text is None or is_canonical_object(text, text.encode())


@given(objects, st.booleans(), st.booleans(), st.sampled_from([(",", ":"), (", ", ": ")]))
def test_other_texts_of_a_value_are_accepted_only_if_they_are_canonical(value, sort, escape, separators):
    text = json.dumps(value, sort_keys=sort, ensure_ascii=escape, separators=separators)
    assert is_canonical_object(text, text.encode()) == is_canonical(text)


@pytest.mark.parametrize(
    "number",
    [
        "0", "-0", "0.0", "-0.0", "1.0", "10.0", "1e3", "1E3", "1e-7", "1e+21", "1e21", "0.000001", "0.0000001",
        "1.5", "1.50", "123456789012345", "9007199254740991", "9007199254740992", "9007199254740993",
        "123456789012345680000", "12345678901234567", "1e400", "0.1234567890123456", "5e-324", "-1.0", "100.0",
    ],
)  # fmt: skip
@pytest.mark.parametrize("text", ['{{"a":{}}}', '{{"a":[{}]}}', '{{"a":[0,{}]}}', '{{"a":{},"b":1}}'])
def test_each_notation_of_a_number_is_decided_as_rfc_8785_does(text, number):
    written = text.format(number)
    assert is_canonical_object(written, written.encode()) == is_canonical(written)


@pytest.mark.parametrize("first", range(0, 0x3000, 0x100))
def test_each_character_is_escaped_as_rfc_8785_does(first):
    for code in (*range(first, first + 0x100), 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF):
        text = canonical_text({"a": chr(code), chr(code): 1})
        assert is_canonical_object(text, text.encode())
        escaped = f'{{"a":"\\u{code:04x}"}}'
        if code <= 0xFFFF:
            assert is_canonical_object(escaped, escaped.encode()) == is_canonical(escaped)


@pytest.mark.parametrize(
    "text", ['{"𝄞":1,"\ue000":2}', '{"\ue000":2,"𝄞":1}', '{"b":1,"a":2}', '{"a":1,"a":1}']
)
def test_names_are_in_the_order_of_utf_16(text):
    assert is_canonical_object(text, text.encode()) == is_canonical(text)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "1", ' {"a":1}', '{"a":1} ', '{"a":NaN}', '{"a":"\x00"}']
)
def test_other_texts_are_not_canonical_objects(text):
    assert not is_canonical_object(text, text.encode())


@given(objects, objects)
def test_a_shown_value_is_compared_by_its_canonical_text(value, other):
    text = canonical_text(decode(json.dumps(value)))
    if text is not None:
        for shown in (value, other):
            raw = json.dumps(shown, indent=1)
            assert has_canonical_text(raw.encode(), text, text.encode()) == (
                canonical_text(decode(raw)) == text
            )


@given(values, st.sampled_from([None, 2]), st.booleans())
def test_a_text_with_a_name_twice_is_never_unambiguous(value, indent, escape):
    text = json.dumps({"a": value, "b": {"c": value}}, indent=indent, ensure_ascii=escape)
    for twice in (text.replace('"b":', '"a": 1, "b":'), text.replace('"c":', '"c" : " ", "c":')):
        assert decode(twice) is None
        assert not is_unambiguous(twice.encode())


def test_ordinary_texts_are_unambiguous_in_any_notation():
    value = {"a": [1, -2.5, "x y", None, True], "b": {"c": "ü\n"}}
    for indent in (None, 2):
        assert is_unambiguous(json.dumps(value, indent=indent, ensure_ascii=False).encode())
