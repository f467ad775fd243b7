"""Cursors."""

import base64
import json

import pytest
from countersign_common.cursors import Cursors
from countersign_common.problems import Problem
from hypothesis import given
from hypothesis import strategies as st

from .builders import json_values

MINE = Cursors("workflows", {"view": "mine"}, "ann")


@given(json_values.filter(lambda value: value is not None))
def test_a_position_that_was_written_is_read_back(position):
    assert MINE.read(MINE.write(position)) == position


@given(json_values.filter(lambda value: value is not None))
def test_a_cursor_can_stand_in_a_url_as_it_is(position):
    cursor = MINE.write(position)
    assert cursor is not None
    assert set(cursor) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_there_is_no_cursor_at_the_end_and_no_position_without_one():
    assert MINE.write(None) is None
    assert MINE.read(None) is None


@pytest.mark.parametrize(
    "others",
    [
        Cursors("audit-trail", {"view": "mine"}, "ann"),
        Cursors("workflows", {"view": "inbox"}, "ann"),
        Cursors("workflows", {"view": "mine"}, "bo"),
        Cursors("workflows", {"view": "mine"}),
    ],
    ids=["list", "filter", "caller", "fewer"],
)
def test_a_cursor_of_another_list_filter_or_caller_is_refused(others):
    refuse(others.write("here"))


def test_the_order_in_which_filters_are_named_makes_no_difference():
    one, other = Cursors({"a": 1, "b": 2}), Cursors({"b": 2, "a": 1})
    assert other.read(one.write("here")) == "here"


def encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "é",
        "a b",
        "=",
        "====",
        "AAAA",
        encoded("[]"),
        encoded("{}"),
        encoded('"ab"'),
        encoded("[" * 5000),
    ],
)
def test_what_is_no_cursor_is_refused(cursor):
    refuse(cursor)


def test_a_cursor_without_a_position_is_refused():
    cursor = MINE.write("here")
    assert cursor is not None
    digest = json.loads(base64.urlsafe_b64decode(cursor + "=="))[0]
    refuse(encoded(json.dumps([digest, None])))


@given(st.text(max_size=60))
def test_no_text_makes_the_reader_fail_otherwise(cursor):
    refuse(cursor)


def refuse(cursor: str | None) -> None:
    with pytest.raises(Problem) as refused:
        MINE.read(cursor)
    assert refused.value.status == 400
    assert [(fault.place, fault.pointer) for fault in refused.value.faults] == [("query", "/cursor")]
