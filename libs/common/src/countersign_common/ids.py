"""Identifiers: UUIDv7 for new items, UUIDv5 for derived ids."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid5

from uuid6 import uuid7

NewId = Callable[[], str]
"""Returns a new unique id."""

# RFC 9562 section 4, lower case only: ids are compared as text, so each id has one form.
UUID_PATTERN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")


def new_id() -> str:
    """Return a new UUIDv7 (RFC 9562), which sorts by creation time."""
    return str(uuid7())


def derived_id(parent: str, name: str) -> str:
    """Return the UUIDv5 of `name` in the namespace `parent`. The same arguments always give the same id.

    Args:
        parent: A UUID, such as an event id.
        name: Distinguishes the ids of one parent, such as the id of a recipient.

    Raises:
        ValueError: `parent` is not a UUID.
    """
    return str(uuid5(UUID(parent), name))


def is_id(text: str) -> bool:
    """Return whether the text is a UUID in lower case with hyphens."""
    return UUID_PATTERN.match(text) is not None


def creation_time(text: str) -> datetime | None:
    """Return when a UUIDv7 was created, in UTC; None for another id, which has no time."""
    if not is_id(text) or text[14] != "7":
        return None
    milliseconds = int(text[:8] + text[9:13], 16)
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
