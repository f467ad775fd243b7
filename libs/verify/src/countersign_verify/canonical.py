"""JSON as the record format defines it: RFC 8785 texts whose numbers are IEEE 754 doubles."""

import json
from typing import Any

import rfc8785

MAX_SAFE_INTEGER = 2**53 - 1


def _build_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Build an object for `json`.

    Raises:
        ValueError: a key occurs twice. One reader would use the first value, another the last.
    """
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("an object has the same key twice")
    return value


def _integer(text: str) -> int | float:
    number = float(text)  # infinity if it overflows, which has no canonical text
    return int(text) if abs(number) <= MAX_SAFE_INTEGER else number


DECODER = json.JSONDecoder(object_pairs_hook=_build_object, parse_int=_integer)
"""Converts numbers as JavaScript does: to the nearest double."""


def decode(text: str) -> Any:
    """Return the JSON value of a text, or None if the text is not JSON."""
    try:
        return DECODER.decode(text)
    except (ValueError, RecursionError):
        return None


def canonical_text(value: Any) -> str | None:
    """Return the RFC 8785 text of a value, or None if it has none."""
    try:
        return rfc8785.dumps(value).decode()
    except (ValueError, RecursionError):
        return None
