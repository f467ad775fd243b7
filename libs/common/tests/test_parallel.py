"""Calls in parallel."""

import threading
import time

import pytest
from countersign_common.parallel import map_parallel


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
