"""Cursors, and pages of lists."""

import base64
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countersign_common.http.cursors import Cursors, page_response, text_position
from countersign_common.http.fields import PageQuery
from countersign_common.http.problems import ProblemError
from countersign_common.http.request import Request
from countersign_common.http.response import Response
from countersign_common.http.routes import Route, RouteTable
from countersign_common.pagination import Page, paginate

from ..builders import http_event, json_values

positions = json_values.filter(lambda value: value is not None)


def sequence_and_id(position: Any) -> tuple[int, str]:
    """Parse a position the way a list does: an integer and a short text."""
    sequence, item_id = position
    if type(sequence) is not int or not 0 < sequence < 2**53 or not isinstance(item_id, str):
        raise ValueError("not a position of this list")
    return sequence, item_id


def cursors(*scope: Any) -> Cursors[Any]:
    return Cursors(lambda position: position, *scope)


ANN = cursors("workflows", {"view": "mine"}, "ann")
STRICT: Cursors[tuple[int, str]] = Cursors(sequence_and_id, "history")


@given(positions)
def test_position_round_trips_through_a_cursor(position):
    assert ANN.read(ANN.write(position)) == position


@given(positions)
def test_cursor_needs_no_escaping_in_a_url(position):
    cursor = ANN.write(position)
    assert cursor is not None
    assert re.fullmatch("[A-Za-z0-9_-]+", cursor)


def test_end_of_the_list_has_no_cursor_and_no_cursor_is_the_start():
    assert ANN.write(None) is None
    assert ANN.read(None) is None


@pytest.mark.parametrize(
    "other",
    [
        cursors("audit-trail", {"view": "mine"}, "ann"),
        cursors("workflows", {"view": "inbox"}, "ann"),
        cursors("workflows", {"view": "mine"}, "bo"),
        cursors("workflows", {"view": "mine"}),
    ],
    ids=["list", "filter", "caller", "fewer"],
)
def test_cursor_of_another_list_filter_or_caller_is_rejected(other):
    assert_rejected(ANN, other.write("here"))


def test_order_of_filters_does_not_matter():
    assert cursors({"b": 2, "a": 1}).read(cursors({"a": 1, "b": 2}).write("here")) == "here"


def test_datetimes_are_part_of_the_scope():
    start = datetime(2026, 1, 31, tzinfo=UTC)
    cursor = cursors({"from": start}).write("here")
    assert cursors({"from": start}).read(cursor) == "here"
    assert_rejected(cursors({"from": start + timedelta(seconds=1)}), cursor)


def test_scope_without_a_fixed_order_is_an_error():
    with pytest.raises(TypeError):
        cursors({"a", "b"})


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
        encoded("1"),
        encoded("true"),
        encoded("[1,2,3]"),
        encoded("[" * 5000),
    ],
)
def test_text_that_is_not_a_cursor_is_rejected(cursor):
    assert_rejected(ANN, cursor)
    assert_rejected(STRICT, cursor)


@given(st.text(max_size=60))
def test_any_text_is_rejected_with_the_same_problem(cursor):
    assert_rejected(ANN, cursor)


@pytest.mark.parametrize("extra", ["!", " ", "\n", "."])
def test_cursor_with_an_extra_character_is_rejected(extra):
    cursor = ANN.write("here")
    assert cursor is not None
    assert ANN.read(cursor) == "here"
    assert_rejected(ANN, cursor + extra)
    assert_rejected(ANN, cursor[:4] + extra + cursor[4:])


@pytest.mark.parametrize(
    "position",
    [
        "null",
        "true",
        "[true,true]",
        '[true,"a"]',
        '[1.0,"a"]',
        '["1","a"]',
        "[1,2]",
        "[1]",
        '[1,"a",2]',
        '[[1],"a"]',
        '[{"x":1},{"y":2}]',
        '{"a":1,"b":2}',
        '[-1,"a"]',
        '[0,"a"]',
        f'[{10**30},"a"]',
        '[1e400,"a"]',
        '[NaN,"a"]',
        f'[{"9" * 5000},"a"]',
        "7",
        '"here"',
        "[" * 60 + "]" * 60,
    ],
    ids=lambda text: text[:30],
)
def test_hand_made_position_with_the_right_digest_is_rejected(position):
    cursor = STRICT.write([1, "a"])
    assert cursor is not None
    digest = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))[0]
    assert STRICT.read(encoded(f'["{digest}",[1,"a"]]')) == (1, "a")
    assert_rejected(STRICT, encoded(f'["{digest}",{position}]'))


@pytest.mark.parametrize("position", [None, True, 1, ["a"], {"a": 1}, "", "B", "a\n", "a" * 64])
def test_text_position_accepts_text_of_its_pattern_only(position):
    parse = text_position(re.compile(r"[a-z]{1,63}\Z"))
    assert parse("abc") == "abc"
    with pytest.raises(ValueError, match="position"):
        parse(position)


def assert_rejected(list_cursors: Cursors[Any], cursor: str | None) -> None:
    with pytest.raises(ProblemError) as raised:
        list_cursors.read(cursor)
    problem = raised.value
    assert (problem.status, problem.code) == (400, "invalid-cursor")
    assert [(error.location, error.pointer) for error in problem.errors] == [("query", "/cursor")]


def list_numbers(request: Request, numbers: list[int]) -> Response:
    """List numbers."""

    def get_page(position: int | None, limit: int) -> Page[Any, int]:
        following = [number for number in numbers if position is None or number > position]
        return paginate(following, limit, lambda number: number)

    return page_response(request, cursors("numbers", request.caller.user_id), get_page)


ROUTES = RouteTable[list[int]](Route("GET /numbers", list_numbers, query=PageQuery))


def get_numbers(count: int, **query: str) -> Any:
    return ROUTES.dispatch(http_event("GET /numbers", query=query), list(range(count))).body


def test_pages_follow_each_other_by_cursor():
    first = get_numbers(5, limit="2")
    assert first["items"] == [0, 1]
    second = get_numbers(5, limit="2", cursor=first["cursor"])
    assert second["items"] == [2, 3]
    assert get_numbers(5, limit="2", cursor=second["cursor"]) == {"items": [4], "cursor": None}


def test_page_has_25_items_by_default():
    page = get_numbers(30)
    assert len(page["items"]) == 25
    assert page["cursor"] is not None


def test_cursor_of_another_caller_is_invalid():
    cursor = get_numbers(5, limit="2")["cursor"]
    event = http_event("GET /numbers", query={"cursor": cursor}, claims={"sub": "someone-else"})
    with pytest.raises(ProblemError) as raised:
        ROUTES.dispatch(event, [])
    assert raised.value.code == "invalid-cursor"
