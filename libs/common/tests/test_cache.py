"""A cache in memory."""

from datetime import UTC, datetime, timedelta

import pytest
from countersign_common.cache import ExpiringCache


class SettableClock:
    """A clock that shows what a test sets."""

    now = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def cache(clock: SettableClock) -> ExpiringCache[str, int | None]:
    return ExpiringCache(clock, max_age=timedelta(seconds=60), max_size=2)


def test_a_value_is_valid_for_its_time(cache, clock):
    cache.set("a", 1)
    clock.now += timedelta(seconds=59)
    assert cache.get("a") == (1,)
    clock.now += timedelta(seconds=1)
    assert cache.get("a") is None


def test_none_is_a_value(cache):
    assert cache.get("a") is None
    cache.set("a", None)
    assert cache.get("a") == (None,)


def test_a_value_that_is_set_again_is_valid_from_then_on(cache, clock):
    cache.set("a", 1)
    clock.now += timedelta(seconds=30)
    cache.set("a", 2)
    clock.now += timedelta(seconds=59)
    assert cache.get("a") == (2,)


def test_beyond_the_largest_size_the_value_that_was_set_first_is_removed(cache):
    for key, value in (("a", 1), ("b", 2), ("a", 3), ("c", 4)):
        cache.set(key, value)
    assert [cache.get(key) for key in "abc"] == [(3,), None, (4,)]
