"""Time: UTC datetimes, formatted as RFC 3339 with milliseconds."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache

Clock = Callable[[], datetime]
"""Returns the current time, timezone-aware, in UTC."""

# RFC 3339 section 5.6. Python alone also accepts week dates, the basic format, a comma, and some versions 24:00:00.
_RFC_3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?!24)[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})\Z"
)


def system_clock() -> datetime:
    """Return the current time in UTC, truncated to the milliseconds that are stored."""
    return to_milliseconds(datetime.now(UTC))


def to_milliseconds(at: datetime) -> datetime:
    """Truncate a datetime to milliseconds."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def to_rfc3339(at: datetime) -> str:
    """Format a datetime as `2026-01-31T09:00:00.000Z`. Formatted datetimes sort by time.

    Raises:
        ValueError: The datetime has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("The datetime has no time zone.")
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_rfc3339(text: str) -> datetime:
    """Parse an RFC 3339 timestamp and convert it to UTC, truncated to milliseconds.

    Raises:
        ValueError: The text is not RFC 3339, or has no offset.
    """
    return _parse(text.upper())  # RFC 3339 section 5.6 allows "t" and "z"


# Cached, because a contract parses each time before it is used.
@lru_cache(maxsize=256)
def _parse(text: str) -> datetime:
    if not _RFC_3339.match(text):
        raise ValueError(f"Not an RFC 3339 timestamp with an offset: {text!r}.")
    try:
        return to_milliseconds(datetime.fromisoformat(text).astimezone(UTC))
    except (ValueError, OverflowError) as error:
        raise ValueError(f"Not an RFC 3339 timestamp with an offset: {text!r}.") from error


def is_rfc3339(text: str) -> bool:
    """Return whether the text is an RFC 3339 timestamp with an offset."""
    try:
        from_rfc3339(text)
    except ValueError:
        return False
    return True
