"""Fields and schemas that hold the API's conventions."""

from datetime import UTC, datetime

import pytest
from countersign_common.fields import (
    ApiSchema,
    Count,
    Id,
    Instant,
    Slug,
    StrictBoolean,
    StrippedText,
    Text,
    camel_case,
)
from marshmallow import ValidationError, fields


class Everything(ApiSchema):
    some_text = Text()
    stripped_text = StrippedText()
    yes_or_no = StrictBoolean()
    some_instant = Instant(allow_none=True)
    some_id = Id()
    some_count = Count()
    some_slug = Slug()


class Outer(ApiSchema):
    inner_part = fields.Nested(Everything)


@pytest.mark.parametrize(
    ("name", "expected"), [("title", "title"), ("workflow_id", "workflowId"), ("a_b_c", "aBC")]
)
def test_names_are_snake_case_in_python_and_camel_case_in_json(name, expected):
    assert camel_case(name) == expected


def test_a_schema_loads_and_dumps_camel_case():
    assert Everything().load({"someText": "x"}) == {"some_text": "x"}
    assert Everything().dump({"some_text": "x"}) == {"someText": "x"}


@pytest.mark.parametrize("raw", [{"other": 1}, {"some_text": "x"}, {"innerPart": {"other": 1}}])
def test_what_is_unknown_is_refused_at_every_level(raw):
    with pytest.raises(ValidationError):
        Outer().load(raw)


@pytest.mark.parametrize(
    ("field", "value", "loaded"),
    [
        ("someText", " 𝄞 ", " 𝄞 "),
        ("strippedText", "  a b\t", "a b"),
        ("yesOrNo", True, True),
        ("yesOrNo", False, False),
        ("someInstant", "2026-01-31T10:00:00+01:00", datetime(2026, 1, 31, 9, tzinfo=UTC)),
        ("someInstant", None, None),
        ("someId", "018f0000-0000-7000-8000-000000000001", "018f0000-0000-7000-8000-000000000001"),
        ("someSlug", "expense-report-2", "expense-report-2"),
        ("someSlug", "a" * 63, "a" * 63),
    ],
)
def test_what_is_valid_is_loaded(field, value, loaded):
    assert list(Everything().load({field: value}).values()) == [loaded]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("someText", 1),
        ("someText", None),
        ("someText", "a\x00b"),
        ("someText", "\ud800"),
        ("yesOrNo", "true"),
        ("yesOrNo", 1),
        ("yesOrNo", None),
        ("someInstant", "2026-01-31"),
        ("someInstant", 1),
        ("someInstant", []),
        ("someId", "018F0000-0000-7000-8000-000000000001"),
        ("someId", 1),
        ("someSlug", ""),
        ("someSlug", "Expense"),
        ("someSlug", "-a"),
        ("someSlug", "a" * 64),
        ("someSlug", "a\n"),
    ],
)
def test_what_is_not_valid_is_refused_and_named(field, value):
    with pytest.raises(ValidationError) as refused:
        Everything().load({field: value})
    assert list(refused.value.messages) == [field]


def test_an_instant_is_answered_in_utc_with_milliseconds():
    assert Everything().dump({"some_instant": datetime(2026, 1, 31, 9, tzinfo=UTC)}) == {
        "someInstant": "2026-01-31T09:00:00.000Z"
    }
    assert Everything().dump({"some_instant": None}) == {"someInstant": None}


@pytest.mark.parametrize(("raw", "count"), [("0", 0), ("25", 25), ("007", 7), ("9" * 15, 10**15 - 1)])
def test_a_count_is_written_in_digits(raw, count):
    assert Everything().load({"someCount": raw}) == {"some_count": count}


@pytest.mark.parametrize(
    "raw", ["", "-1", "+5", " 5", "5\n", "1_0", "1.0", "1e1", "0x1", "٥", "9" * 16, 5, None]
)
def test_what_python_alone_takes_for_a_number_is_no_count(raw):
    with pytest.raises(ValidationError):
        Everything().load({"someCount": raw})
