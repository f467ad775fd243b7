"""The canonical form of JSON (RFC 8785). Hashes are computed from its UTF-8 bytes."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any

import rfc8785

Json = Any
"""What `json.loads` returns: objects, arrays, strings, numbers, booleans and null."""

MAX_SAFE_INTEGER = 2**53 - 1
"""Largest integer up to which every integer is a double (ECMAScript's Number.MAX_SAFE_INTEGER)."""

MAX_DEPTH = 64
"""Maximum nesting of objects and arrays, far below what recursive parsers support."""

# Between these bounds Python's `repr` and ECMAScript's Number::toString write the same shortest decimal digits without
# an exponent (Python uses one below 1e-4 and from 1e16 on, ECMAScript below 1e-6 and from 1e21 on).
_SAME_FORMAT_MIN, _SAME_FORMAT_MAX = 1e-4, 1e16

# Shared, because `json.dumps` with options creates an encoder for each call.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)

_ABOVE_SURROGATES = re.compile("[\ud800-\U0010ffff]")


class NotCanonicalError(ValueError):
    """A value has no canonical form.

    Attributes:
        errors: Pairs of RFC 6901 pointer and a description of the error there.
    """

    def __init__(self, errors: list[tuple[str, str]]) -> None:
        self.errors = errors
        super().__init__("; ".join(f"{pointer or '/'}: {detail}" for pointer, detail in errors))


def canonical_text(value: Json) -> str:
    """Return the RFC 8785 canonical form of a value.

    Raises:
        NotCanonicalError: A number that is not an IEEE 754 double, text that is not Unicode, or nesting deeper than 64.
    """
    if _is_plain(value, 0):
        text = _ENCODER.encode(value)
        # For plain values the json module writes what RFC 8785 prescribes, about twenty times as fast, except that it
        # sorts names by code point and RFC 8785 by UTF-16 code unit. The orders differ above U+D7FF only.
        if text.isascii() or not _ABOVE_SURROGATES.search(text):
            return text
    check_canonical(value)
    return rfc8785.dumps(_as_doubles(value)).decode()


def check_canonical(value: Json) -> None:
    """Check that a value has a canonical form.

    Raises:
        NotCanonicalError: It has none. Lists every error.
    """
    if not _is_plain(value, 0) and (errors := list(canonical_errors(value))):
        raise NotCanonicalError(errors)


def parse_number(literal: str) -> int | float:
    """Parse a JSON number with a fraction or exponent; for `json.loads(parse_float=…)`.

    A whole number within the safe range becomes an int: its canonical form has no fraction (`1.0` is `1`).
    """
    number = float(literal)
    return int(number) if number.is_integer() and abs(number) <= MAX_SAFE_INTEGER else number


def is_unicode(text: str) -> bool:
    """Return whether the text can be encoded in UTF-8, which is not possible with a lone surrogate."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def escape_pointer(name: str) -> str:
    """Return a member's name as a token of an RFC 6901 pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def canonical_errors(value: Json, pointer: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield why a value has no canonical form: pairs of RFC 6901 pointer and description."""
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, dict | list) and depth >= MAX_DEPTH:
        yield pointer, f"nested deeper than {MAX_DEPTH} levels"
    elif isinstance(value, int | float):
        if not _is_double(value):
            yield pointer, "a double (IEEE 754) can't hold this number: send it as a string"
    elif isinstance(value, str):
        if not is_unicode(value):
            yield pointer, "not valid Unicode (a lone surrogate)"
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not is_unicode(key):
                yield pointer, "a name must be a string of valid Unicode"
            else:
                yield from canonical_errors(item, f"{pointer}/{escape_pointer(key)}", depth + 1)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from canonical_errors(item, f"{pointer}/{index}", depth + 1)
    else:
        yield pointer, f"not a JSON value: {type(value).__name__}"


def _is_plain(value: Json, depth: int) -> bool:
    """Return whether the json module writes the canonical form of the value."""
    kind = type(value)
    if kind is str:
        return is_unicode(value)
    if depth >= MAX_DEPTH and (kind is dict or kind is list):
        return False
    if kind is dict:
        for key, item in value.items():
            if type(key) is not str or not (key.isascii() or is_unicode(key)):
                return False
            # Most values are ASCII texts; without a call for each, a large value takes half the time.
            if not (type(item) is str and item.isascii()) and not _is_plain(item, depth + 1):
                return False
        return True
    if kind is list:
        for item in value:
            if not (type(item) is str and item.isascii()) and not _is_plain(item, depth + 1):
                return False
        return True
    if kind is int:
        return abs(int(value)) <= MAX_SAFE_INTEGER
    if kind is float:
        return _SAME_FORMAT_MIN <= abs(float(value)) < _SAME_FORMAT_MAX and not float(value).is_integer()
    return value is None or kind is bool


def _is_double(value: float) -> bool:
    """Return whether a number is a finite IEEE 754 double.

    An integer beyond the safe range must be equal to a double, or have the digits that RFC 8785 writes for one, such as
    123456789012345680000, which it writes for 123456789012345683968. All other integers would lose digits.
    """
    try:
        number = float(value)
    except OverflowError:
        return False
    if not math.isfinite(number):
        return False
    # Python compares int and float exactly.
    return number == value or rfc8785.dumps(number).decode() == str(value)


def _as_doubles(value: Json) -> Json:
    """Return the value with integers beyond the safe range as floats, which is how rfc8785 accepts them."""
    if isinstance(value, dict):
        return {key: _as_doubles(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_doubles(item) for item in value]
    if type(value) is int and abs(value) > MAX_SAFE_INTEGER:
        return float(value)
    return value
