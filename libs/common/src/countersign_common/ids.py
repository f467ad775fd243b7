"""Identifiers: UUIDv7 for what is new, uuid5 for what must come out the same each time."""

import re
from collections.abc import Callable
from uuid import UUID, uuid5

from uuid6 import uuid7

NewId = Callable[[], str]
"""Answers an identifier that nobody has had."""

# RFC 9562 §4, lower case only: one text for one id, since ids are compared as text.
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")


def new_id() -> str:
    """A UUIDv7 (RFC 9562): sorts by the time it was made."""
    return str(uuid7())


def derived_id(parent: str, name: str) -> str:
    """The uuid5 of `name` under `parent`: the same for the same two, for ever.

    Args:
        parent: a UUID, for instance an event's id.
        name: what is told apart under it, for instance a recipient.

    Raises:
        ValueError: `parent` is no UUID.
    """
    return str(uuid5(UUID(parent), name))


def is_id(text: str) -> bool:
    """Whether the text is a UUID in the one form that is used here (lower case, with hyphens)."""
    return _UUID.match(text) is not None
