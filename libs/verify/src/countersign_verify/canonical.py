"""JSON as the record format defines it: RFC 8785 texts whose numbers are IEEE 754 doubles.

`canonical_text` follows the RFC for every value, and is slow. `is_canonical_object` first compares a text with what
msgspec writes for its value, which is many times as fast, and the same for almost all texts.
"""

import json
import re
from typing import Any

import msgspec
import rfc8785

MAX_SAFE_INTEGER = 2**53 - 1

_ABOVE_SURROGATES = re.compile("[\ue000-\U0010ffff]")
"""msgspec sorts names by code point and RFC 8785 by UTF-16 code unit. The orders differ above the surrogates only."""

_DIGITS_AS_ZEROS = bytes.maketrans(b"123456789", b"0" * 9)
_LONG_INTEGER = b"0" * 16
"""Digits of an integer that a double might not hold."""


def _plain_number(literal: str) -> float:
    """Convert a number with a fraction or an exponent, if RFC 8785 and msgspec write it in the same way.

    Raises:
        ValueError: They may not: it has an exponent, or is a whole number.
    """
    if "e" in literal or "E" in literal or literal.endswith(".0"):
        raise ValueError("RFC 8785 may write this number in another way")
    return float(literal)


_decode_fast = msgspec.json.Decoder(float_hook=_plain_number).decode
_decode_any = msgspec.json.Decoder().decode
_encode_sorted = msgspec.json.Encoder(order="sorted").encode
_encode = msgspec.json.Encoder().encode


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


def is_canonical_object(text: str, raw: bytes) -> bool:
    """Return whether a text is the RFC 8785 text of an object.

    Args:
        text: the text.
        raw: its bytes in UTF-8.
    """
    if not raw.startswith(b"{"):
        return False
    try:
        # Duplicate names, white space and other notations are not written again, so the texts differ.
        is_same = _encode_sorted(_decode_fast(raw)) == raw
    except (ValueError, RecursionError):  # msgspec's errors are ValueErrors
        is_same = False
    if (
        is_same
        and (text.isascii() or not _ABOVE_SURROGATES.search(text))
        and _LONG_INTEGER not in raw.translate(_DIGITS_AS_ZEROS)
    ):
        return True
    value = decode(text)
    return isinstance(value, dict) and canonical_text(value) == text


def has_canonical_text(raw: bytes, text: str, text_bytes: bytes) -> bool:
    """Return whether the value of a JSON text has a certain canonical text.

    Args:
        raw: the JSON text, in which no name occurs twice.
        text: a canonical text.
        text_bytes: its bytes in UTF-8.
    """
    if raw == text_bytes:
        return True
    try:
        if _encode_sorted(_decode_any(raw)) == text_bytes:
            return True
    except (ValueError, RecursionError):
        pass
    return canonical_text(decode(raw.decode())) == text


def is_unambiguous(raw: bytes) -> bool:
    """Return whether no object in a JSON text has the same name twice.

    The text is compared with what msgspec writes for its value, both without white space: a second value of a name
    doesn't come back. White space within strings is removed on both sides, too.

    Args:
        raw: a JSON text. False for some texts without such names, too: those with escapes, or other number notations.
    """
    try:
        written = _encode(_decode_any(raw))
    except (ValueError, RecursionError):
        return False
    return written.translate(None, b" \t\r\n") == raw.translate(None, b" \t\r\n")
