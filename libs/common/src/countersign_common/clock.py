"""Time, as it comes in through a port: UTC instants, written as RFC 3339 with milliseconds."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Answers the present instant, timezone-aware UTC."""

# RFC 3339 §5.6. Python alone would also take week dates, basic format and a comma.
_RFC_3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})\Z"
)


def system_clock() -> datetime:
    """The machine's present instant in UTC, cut to milliseconds (what is written is what is compared)."""
    return to_milliseconds(datetime.now(UTC))


def to_milliseconds(at: datetime) -> datetime:
    """The instant without what RFC 3339 with milliseconds could not carry."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def to_rfc3339(at: datetime) -> str:
    """An instant as text: `2026-01-31T09:00:00.000Z`. All are of one length, so text order is time order.

    Raises:
        ValueError: the instant has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_rfc3339(text: str) -> datetime:
    """The instant that an RFC 3339 text names; an offset other than Z is converted to UTC.

    Raises:
        ValueError: not RFC 3339, or without an offset.
    """
    # "T" and "Z" may be written in lower case (RFC 3339 §5.6).
    text = text.upper()
    if not _RFC_3339.match(text):
        raise ValueError(f"not an RFC 3339 instant with an offset: {text!r}")
    try:
        return to_milliseconds(datetime.fromisoformat(text).astimezone(UTC))
    except (ValueError, OverflowError) as error:
        raise ValueError(f"not an RFC 3339 instant with an offset: {text!r}") from error
