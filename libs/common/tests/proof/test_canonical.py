"""The canonical form of JSON."""

import json
import math
import struct

import pytest
import rfc8785
from countersign_common.proof.canonical import (
    MAX_DEPTH,
    NotCanonicalError,
    canonical_text,
    check_canonical,
    escape_pointer,
    is_unicode,
    parse_number,
)
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ..builders import json_values, unicode_text

# RFC 8785 sections 3.2.2 and 3.2.3, and the test data of its authors (github.com/cyberphone/json-canonicalization).
PUBLISHED = {
    "RFC 8785 section 3.2.2": (
        '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],'
        r'"string":"\u20ac$\u000F\u000aA\u0027\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}',
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    ),
    "RFC 8785 section 3.2.3": (
        r'{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",'
        r'"\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control",'
        r'"\u00f6":"Latin Small Letter O With Diaeresis"}',
        '{"\\r":"Carriage Return","1":"One","\x80":"Control","ö":"Latin Small Letter O With Diaeresis",'
        '"€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    ),
    "arrays": (
        '[ 56, {"d": true, "10": null, "1": [ ]} ]',
        '[56,{"1":[],"10":null,"d":true}]',
    ),
    "french": (
        '{"peach":"This sorting order","péché":"is wrong according to French",'
        '"pêche":"but canonicalization MUST","sin":"ignore locale"}',
        '{"peach":"This sorting order","péché":"is wrong according to French",'
        '"pêche":"but canonicalization MUST","sin":"ignore locale"}',
    ),
    "structures": (
        '{"1":{"f":{"f":"hi","F":5},"\\n":56.0},"10":{},"":"empty","a":{},"111":[{"e":"yes","E":"no"}],"A":{}}',
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

# RFC 8785 appendix B: the bits of a double and its canonical text.
APPENDIX_B = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "ffefffffffffffff": "-1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555554": "333333333.33333325",
    "41b3de4355555555": "333333333.3333333",
    "41b3de4355555556": "333333333.3333334",
    "41b3de4355555557": "333333333.33333343",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}


def load(text: str):
    return json.loads(text, parse_float=parse_number)


def double(bits: int) -> float:
    return struct.unpack(">d", bits.to_bytes(8, "big"))[0]


@pytest.mark.parametrize(("text", "expected"), PUBLISHED.values(), ids=PUBLISHED)
def test_published_examples_have_their_canonical_text(text, expected):
    assert canonical_text(load(text)) == expected
    assert canonical_text(json.loads(text)) == expected


@pytest.mark.parametrize(("bits", "expected"), APPENDIX_B.items())
def test_numbers_of_appendix_b_have_their_canonical_text(bits, expected):
    number = double(int(bits, 16))
    assert canonical_text(number) == expected
    assert canonical_text({"n": [number]}) == f'{{"n":[{expected}]}}'
    assert canonical_text(load(expected)) == expected


@pytest.mark.parametrize("bits", ["7ff0000000000000", "fff0000000000000", "7ff8000000000000"])
def test_infinities_and_nan_are_rejected(bits):
    with pytest.raises(NotCanonicalError):
        canonical_text(double(int(bits, 16)))


# Every pattern of 64 bits, and the powers of ten and of two where formats change, with their neighbors.
edges = st.sampled_from([10.0**power for power in range(-10, 25)] + [2.0**power for power in range(45, 75)])
neighbors = st.builds(
    lambda edge, steps, sign: math.copysign(
        double(struct.unpack(">Q", struct.pack(">d", edge))[0] + steps), sign
    ),
    edges,
    st.integers(-3, 3),
    st.sampled_from([1, -1]),
)
all_doubles = (st.integers(0, 2**64 - 1).map(double) | st.floats() | neighbors).filter(math.isfinite)


@hypothesis_settings(max_examples=2_000)
@given(all_doubles)
def test_every_double_has_the_text_of_the_reference_implementation(number):
    expected = rfc8785.dumps(number).decode()
    assert canonical_text(number) == expected
    assert canonical_text({"a": number}) == f'{{"a":{expected}}}'


@hypothesis_settings(max_examples=1_000)
@given(all_doubles)
def test_every_double_round_trips_through_its_literals(number):
    expected = rfc8785.dumps(number).decode()
    literals = [repr(number), f"{number:.17e}", f"{number:.25E}", expected]
    assert {canonical_text(load(literal)) for literal in literals} == {expected}


@hypothesis_settings(max_examples=1_000)
@given(st.integers(-(2**53), 2**53) | st.integers(-(10**24), 10**24) | all_doubles.map(int))
def test_integer_has_the_text_of_its_double_or_is_rejected(number):
    try:
        text = canonical_text(number)
    except NotCanonicalError:
        assert float(number) != number
    else:
        assert text == rfc8785.dumps(float(number)).decode()
        assert float(number) == number or str(number) == text
        assert float(load(text)) == float(number)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (2**53 - 1, "9007199254740991"),
        (2**53, "9007199254740992"),
        (2**53 + 2, "9007199254740994"),
        (-(2**53) - 2, "-9007199254740994"),
        (2**68, "295147905179352830000"),
        (295147905179352830000, "295147905179352830000"),
        (10**20, "100000000000000000000"),
        (10**21, "1e+21"),
        (10**22, "1e+22"),
        (int(1.7976931348623157e308), "1.7976931348623157e+308"),
    ],
)
def test_integers_beyond_2_to_the_53_that_a_double_holds_are_accepted(number, expected):
    assert canonical_text(number) == expected
    assert canonical_text([{"n": number}]) == f'[{{"n":{expected}}}]'


@pytest.mark.parametrize(
    "number", [2**53 + 1, -(2**53) - 1, 10**20 + 1, 10**23 + 1, 2**68 + 1, 10**309, 10**4000]
)
def test_integers_that_a_double_does_not_hold_are_rejected(number):
    with pytest.raises(NotCanonicalError, match="double"):
        canonical_text({"n": number})


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        ("12.50", 12.5),
        ("1.0", 1),
        ("-0.0", 0),
        ("1e2", 100),
        ("1E+2", 100),
        ("0.5e1", 5),
        ("9007199254740991.0", 2**53 - 1),
        ("1e-7", 1e-7),
        ("1e-400", 0),
    ],
)
def test_parsed_number_is_an_integer_if_it_is_whole_and_safe(literal, expected):
    number = parse_number(literal)
    assert number == expected
    assert type(number) is type(expected)


@pytest.mark.parametrize("literal", ["9007199254740992.0", "1e21", "-1e21", "1.7976931348623157e308"])
def test_parsed_number_beyond_the_safe_range_stays_a_float(literal):
    number = parse_number(literal)
    assert (type(number), number) == (float, float(literal))


@pytest.mark.parametrize("literal", ["1e400", "-1e400"])
def test_literal_that_overflows_is_parsed_and_then_rejected(literal):
    with pytest.raises(NotCanonicalError):
        canonical_text({"n": parse_number(literal)})


@given(json_values)
def test_canonical_text_has_the_same_meaning_and_is_its_own_canonical_text(value):
    text = canonical_text(value)
    assert json.loads(text, parse_int=float) == value
    assert canonical_text(load(text)) == text


# Names around U+D800, where the orders by code point and by UTF-16 code unit differ.
edge_text = st.text('aA"\\/\x00\x1f\x7f\u2028\ud7ff\ue000\ufb33\uffff\U00010000\U0010ffff', max_size=3)


@given(
    json_values | st.dictionaries(edge_text, st.dictionaries(edge_text, edge_text) | edge_text, max_size=8)
)
def test_text_is_the_same_as_the_reference_implementations(value):
    assert canonical_text(value).encode() == rfc8785.dumps(value)


def nested_in(wrap) -> object:
    value: object = "x"
    for _ in range(MAX_DEPTH):
        value = wrap(value)
    return value


ORDINARY = {
    "ascii": "text",
    "unicode": "é€",
    "int": 7,
    "smallest int": -(2**53) + 1,
    "largest int": 2**53 - 1,
    "float": 12.5,
    "smallest float": -0.0001,
    "true": True,
    "null": None,
    "mixed": {"a": {"é": [1, [2.5, False]]}, "b": {}},
    "64 objects": nested_in(lambda value: {"a": value}),
    "64 arrays": nested_in(lambda value: [value]),
}


@pytest.mark.parametrize("value", ORDINARY.values(), ids=ORDINARY)
def test_ordinary_values_take_the_fast_path(value, monkeypatch):
    """The reference implementation takes about twenty times as long, on every action and every verification."""

    def fail(*_):
        raise AssertionError("not the fast path")

    for name in ("rfc8785.dumps", "canonical_errors"):
        monkeypatch.setattr(f"countersign_common.proof.canonical.{name}", fail)
    assert json.loads(canonical_text(value)) == value
    check_canonical(value)


@given(st.dictionaries(unicode_text, json_values, max_size=6), st.randoms())
def test_order_of_members_does_not_matter(value, random):
    members = list(value.items())
    random.shuffle(members)
    assert canonical_text(dict(members)) == canonical_text(value)


@pytest.mark.parametrize(
    ("value", "pointer"),
    [
        ([float("nan")], "/0"),
        ({"a": float("inf")}, "/a"),
        ({"n": 2**53 + 1}, "/n"),
        ({"n": 10**400}, "/n"),
        ({"s": "\ud800"}, "/s"),
        ({"a": {"\udfff": 1}}, "/a"),
        ({"a/b": {"c~d": float("-inf")}}, "/a~1b/c~0d"),
        ({"a": {1: "x"}}, "/a"),
        ({"a": (1, 2)}, "/a"),
        ({"a": b"x"}, "/a"),
    ],
)
def test_value_without_a_canonical_form_is_rejected_with_its_pointer(value, pointer):
    for function in (canonical_text, check_canonical):
        with pytest.raises(NotCanonicalError) as raised:
            function(value)
        assert [where for where, _ in raised.value.errors] == [pointer]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (float("nan"), "/: a double (IEEE 754) can't hold this number: send it as a string"),
        ({"a": "\ud800"}, "/a: not valid Unicode (a lone surrogate)"),
        ({"a": {1: 2}}, "/a: a name must be a string of valid Unicode"),
        ({"a": b"x"}, "/a: not a JSON value: bytes"),
    ],
)
def test_error_says_what_is_wrong_and_where(value, message):
    with pytest.raises(NotCanonicalError) as raised:
        canonical_text(value)
    assert str(raised.value) == message


def test_error_lists_every_pointer():
    with pytest.raises(NotCanonicalError, match=r"/a: .*; /b/0: .*; /b/1: ") as raised:
        canonical_text({"a": float("nan"), "b": [2**53 + 1, "\ud800"], "c": 1.5})
    assert [pointer for pointer, _ in raised.value.errors] == ["/a", "/b/0", "/b/1"]


def nested(depth: int) -> list:
    value: list = []
    for _ in range(depth - 1):
        value = [value]
    return value


@pytest.mark.parametrize("innermost", [1, 1.0, "x"])
def test_64_levels_are_accepted(innermost):
    value = nested(MAX_DEPTH)
    inner = value
    for _ in range(MAX_DEPTH - 1):
        inner = inner[0]
    inner.append(innermost)
    assert canonical_text(value) == "[" * 64 + ('"x"' if innermost == "x" else "1") + "]" * 64


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 900])
def test_deeper_nesting_is_rejected(depth):
    with pytest.raises(NotCanonicalError, match="nested deeper than 64 levels") as raised:
        canonical_text(nested(depth))
    assert [pointer for pointer, _ in raised.value.errors] == ["/0" * 64]


def test_error_in_the_64th_level_is_the_only_one():
    value = {"a": float("nan")}
    for _ in range(MAX_DEPTH - 1):
        value = {"a": value}
    with pytest.raises(NotCanonicalError, match="double") as raised:
        canonical_text(value)
    assert [pointer for pointer, _ in raised.value.errors] == ["/a" * MAX_DEPTH]


@pytest.mark.parametrize("kind", [list, dict])
def test_empty_container_below_64_levels_is_rejected(kind):
    value = kind()
    for _ in range(MAX_DEPTH):
        value = {"a": value}
    with pytest.raises(NotCanonicalError, match="nested deeper"):
        canonical_text(value)


def test_name_is_escaped_as_one_token_of_a_pointer():
    assert escape_pointer("a/b~c") == "a~1b~0c"


@pytest.mark.parametrize(("text", "expected"), [("", True), ("a", True), ("é🚄", True), ("\ud800", False)])
def test_lone_surrogate_is_not_unicode(text, expected):
    assert is_unicode(text) is expected
