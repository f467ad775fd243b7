"""Fields and schemas of the API."""

from datetime import UTC, datetime

import pytest
from countersign_common.http.fields import (
    ApiSchema,
    Flag,
    Id,
    PageQuery,
    PageSchema,
    QueryInteger,
    Sha256,
    Slug,
    StrictBoolean,
    StrippedText,
    Text,
    Timestamp,
    camel_case,
    is_blank,
)
from marshmallow import ValidationError, fields, validate

UUID = "018f0000-0000-7000-8000-000000000001"
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


class Everything(ApiSchema):
    some_text = Text()
    stripped_text = StrippedText()
    required_text = StrippedText(validate=validate.Length(1, 200))
    is_done = StrictBoolean()
    some_time = Timestamp(allow_none=True)
    some_id = Id()
    some_count = QueryInteger()
    some_slug = Slug()
    some_hash = Sha256()


class Outer(ApiSchema):
    inner_part = fields.Nested(Everything)


@pytest.mark.parametrize(
    ("name", "expected"), [("title", "title"), ("workflow_id", "workflowId"), ("a_b_c", "aBC")]
)
def test_snake_case_names_become_camel_case(name, expected):
    assert camel_case(name) == expected


def test_schema_loads_and_dumps_camel_case():
    assert Everything().load({"someText": "x"}) == {"some_text": "x"}
    assert Everything().dump({"some_text": "x"}) == {"someText": "x"}


@pytest.mark.parametrize("raw", [{"other": 1}, {"some_text": "x"}, {"innerPart": {"other": 1}}])
def test_unknown_fields_are_rejected_at_every_level(raw):
    with pytest.raises(ValidationError, match="Unknown field"):
        Outer().load(raw)


@pytest.mark.parametrize(
    ("field", "value", "loaded"),
    [
        ("someText", " 𝄞 ", " 𝄞 "),
        ("someText", "\u200b", "\u200b"),
        ("strippedText", "  a b\t", "a b"),
        ("strippedText", "", ""),
        ("isDone", True, True),
        ("isDone", False, False),
        ("someTime", "2026-01-31T13:00:00+01:00", NOON),
        ("someTime", None, None),
        ("someId", UUID, UUID),
        ("someSlug", "expense-report-2", "expense-report-2"),
        ("someSlug", "a" * 63, "a" * 63),
        ("someHash", "0" * 64, "0" * 64),
    ],
)
def test_valid_value_is_loaded(field, value, loaded):
    assert list(Everything().load({field: value}).values()) == [loaded]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("someText", 1),
        ("someText", None),
        ("someText", "a\x00b"),
        ("someText", "\ud800"),
        ("strippedText", 1),
        ("strippedText", "a\x00b"),
        ("isDone", "true"),
        ("isDone", 1),
        ("isDone", None),
        ("someTime", "2026-01-31"),
        ("someTime", 1),
        ("someTime", []),
        ("someId", UUID.upper()),
        ("someId", f"{UUID}\n"),
        ("someId", 1),
        ("someSlug", ""),
        ("someSlug", "Expense"),
        ("someSlug", "-a"),
        ("someSlug", "a" * 64),
        ("someSlug", "a\n"),
        ("someHash", "0" * 63),
        ("someHash", "A" * 64),
    ],
)
def test_invalid_value_is_rejected_by_name(field, value):
    with pytest.raises(ValidationError) as raised:
        Everything().load({field: value})
    assert list(raised.value.messages) == [field]


INVISIBLE = [
    "",
    " \t\n",
    "\u00a0\u2003\u3000",
    "\u200b",
    "\u200b\u200c\u200d\u2060\ufeff",
    "\u00ad",
    "\u202e\u2066",
    "\u034f\ufe0f",
    "\u2028\u2029",
    "\u115f\u1160\u3164\uffa0",
    "\u2800",
    "\U000e0020\U000e007f",
    " \u200b \ufeff ",
]


@pytest.mark.parametrize("text", INVISIBLE, ids=ascii)
def test_text_of_invisible_characters_only_counts_as_empty(text):
    assert is_blank(text)
    assert Everything().load({"strippedText": text}) == {"stripped_text": ""}
    with pytest.raises(ValidationError) as raised:
        Everything().load({"requiredText": text})
    assert list(raised.value.messages) == ["requiredText"]


@pytest.mark.parametrize(
    "text",
    ["a", "\u200ba", "é", "e\u0301", "한글", "नमस्ते", "👩\u200d👩\u200d👧", "0", "-", "…", "\u0627\u200c"],
    ids=ascii,
)
def test_text_with_a_visible_character_is_kept_whole(text):
    assert not is_blank(text)
    assert Everything().load({"requiredText": text}) == {"required_text": text}


def test_timestamp_is_dumped_in_utc_with_milliseconds():
    assert Everything().dump({"some_time": NOON}) == {"someTime": "2026-01-31T12:00:00.000Z"}
    assert Everything().dump({"some_time": None}) == {"someTime": None}


@pytest.mark.parametrize(("raw", "number"), [("0", 0), ("25", 25), ("007", 7), ("9" * 15, 10**15 - 1)])
def test_query_integer_is_parsed_from_digits(raw, number):
    assert Everything().load({"someCount": raw}) == {"some_count": number}


@pytest.mark.parametrize(
    "raw", ["", "-1", "+5", " 5", "5\n", "1_0", "1.0", "1e1", "0x1", "٥", "9" * 16, 5, None]
)
def test_query_integer_rejects_what_only_python_accepts(raw):
    with pytest.raises(ValidationError):
        Everything().load({"someCount": raw})


@pytest.mark.parametrize("limit", ["1", "100"])
def test_page_query_accepts_a_limit_up_to_100(limit):
    assert PageQuery().load({"limit": limit}) == {"limit": int(limit), "cursor": None}


@pytest.mark.parametrize("query", [{"limit": "0"}, {"limit": "101"}, {"cursor": ""}, {"cursor": "x" * 1001}])
def test_page_query_rejects_values_out_of_range(query):
    with pytest.raises(ValidationError) as raised:
        PageQuery().load(query)
    assert list(raised.value.messages) == list(query)


def test_page_schema_dumps_the_cursor_even_if_it_is_null():
    assert PageSchema().dump({"cursor": None}) == {"cursor": None}


class Flagged(ApiSchema):
    was_erased = Flag()


@pytest.mark.parametrize(
    ("value", "dumped"),
    [({"was_erased": True}, {"wasErased": True}), ({"was_erased": False}, {}), ({}, {})],
)
def test_a_flag_is_true_or_left_out(value, dumped):
    assert Flagged().dump(value) == dumped
