"""Pages of lists."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countersign_common.pagination import Page, paginate


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (0, Page([], None)),
        (2, Page([0, 1], None)),
        (3, Page([0, 1, 2], None)),
        (4, Page([0, 1, 2], "after 2")),
    ],
)
def test_page_has_a_next_position_if_more_items_follow(length, expected):
    assert paginate(range(length), 3, lambda item: f"after {item}") == expected


def test_item_that_is_none_counts_as_an_item():
    assert paginate([1, None], 1, str) == Page([1], "1")


def test_paginate_reads_only_one_item_more_than_the_page():
    source = count()
    assert paginate(source, 3, str).items == [0, 1, 2]
    assert next(source) == 4


@given(st.integers(0, 20), st.integers(1, 7))
def test_pages_together_are_the_whole_list(length, limit):
    items: list[int] = []
    position: int | None = -1
    while position is not None:
        page = paginate(range(position + 1, length), limit, lambda item: item)
        assert len(page.items) <= limit
        items.extend(page.items)
        position = page.next_position
    assert items == list(range(length))
