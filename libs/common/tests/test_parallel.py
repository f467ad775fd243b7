"""Calls in parallel."""

import threading
import time

import pytest
from countersign_common.parallel import MAX_THREADS, map_parallel


def test_results_are_in_the_order_of_the_items():
    def slow_for_small(number: int) -> int:
        time.sleep(0.01 / (number + 1))
        return number * 2

    assert map_parallel(slow_for_small, range(20)) == list(range(0, 40, 2))
    assert map_parallel(slow_for_small, [3]) == [6]
    assert map_parallel(slow_for_small, []) == []


def test_calls_run_at_the_same_time():
    both_run = threading.Barrier(2, timeout=5)
    map_parallel(lambda _: both_run.wait(), range(2))


def test_an_error_of_a_call_is_raised():
    with pytest.raises(ZeroDivisionError):
        map_parallel(lambda number: 1 / number, [1, 0, 2])


def test_calls_within_calls_do_not_wait_for_each_other():
    def inner(number: int) -> list[int]:
        return map_parallel(lambda other: number + other, range(3))

    found = map_parallel(inner, range(2 * MAX_THREADS))
    assert found == [[number, number + 1, number + 2] for number in range(2 * MAX_THREADS)]
