"""Timestamps."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countersign_common.clock import from_rfc3339, is_rfc3339, system_clock, to_milliseconds, to_rfc3339

# Hypothesis adds the zone to bounds that have none.
FIRST, LAST = datetime.fromisoformat("1970-01-01"), datetime.fromisoformat("9999-12-01")
datetimes = st.datetimes(min_value=FIRST, max_value=LAST, timezones=st.just(UTC))


@given(datetimes)
def test_timestamp_round_trips_to_the_millisecond(at):
    assert from_rfc3339(to_rfc3339(at)) == to_milliseconds(at)


@given(datetimes, datetimes)
def test_formatted_timestamps_sort_by_time(one, other):
    one, other = to_milliseconds(one), to_milliseconds(other)
    assert (one < other) == (to_rfc3339(one) < to_rfc3339(other))


def test_timestamp_is_formatted_in_utc_with_milliseconds():
    at = datetime(2026, 1, 31, 10, 0, 0, 123_999, timezone(timedelta(hours=1)))
    assert to_rfc3339(at) == "2026-01-31T09:00:00.123Z"


def test_datetime_without_time_zone_is_rejected():
    with pytest.raises(ValueError, match="time zone"):
        to_rfc3339(datetime.fromisoformat("2026-01-31"))


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31T09:00:00Z",
        "2026-01-31t09:00:00z",
        "2026-01-31T09:00:00.000000001Z",
        "2026-01-31T10:30:00+01:30",
        "2026-01-31T00:00:00-09:00",
    ],
)
def test_every_rfc_3339_form_is_parsed(text):
    assert from_rfc3339(text) == datetime(2026, 1, 31, 9, tzinfo=UTC)
    assert is_rfc3339(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "2026-01-31",
        "2026-01-31T09:00:00",
        "2026-01-31 09:00:00Z",
        "2026-01-31T09:00Z",
        "20260131T090000Z",
        "2026-W05-6T09:00:00Z",
        "2026-01-31T09:00:00,5Z",
        "2026-02-30T09:00:00Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T25:00:00Z",
        "2026-01-31T09:00:00+99:00",
        "0001-01-01T00:00:00+01:00",
        "2026-01-31T09:00:00Z\n",
        "٢٠٢٦-01-31T09:00:00Z",
    ],
)
def test_text_that_is_not_rfc_3339_is_rejected(text):
    with pytest.raises(ValueError, match="RFC 3339"):
        from_rfc3339(text)
    assert not is_rfc3339(text)


def test_system_clock_returns_utc_in_milliseconds():
    now = system_clock()
    assert now.tzinfo is UTC
    assert now == to_milliseconds(now)
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)
