"""The canonical form of JSON, and commitments to it.

Hashes are made over RFC 8785 bytes. Two producers agree on them only where numbers are plain: so there are no
floats, and integers stay below 2^53, which is what RFC 8785 §3.2.2.3 and every JSON reader can carry exactly.
"""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import rfc8785

Json = Any
"""What `json.loads` gives: objects, arrays, strings, integers, booleans and null."""

INTEGER_LIMIT = 2**53
"""Integers must lie strictly between -2^53 and 2^53."""

DEPTH_LIMIT = 64
"""Deepest nesting of objects and arrays: far below what exhausts a reader's stack."""

SALT_BYTES = 32
"""A commitment's salt, exactly: long enough that a short value cannot be guessed from its commitment."""

# Made once: `json.dumps` makes an encoder for every value when it is given options.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)

_ABOVE = re.compile("[\ud800-\U0010ffff]")

Part = Literal["person", "content"]


class NotCanonical(ValueError):
    """A value that has no canonical form here.

    Attributes:
        faults: pairs of RFC 6901 pointer and what is wrong there.
    """

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{pointer or '/'}: {detail}" for pointer, detail in faults))


def canonical_text(value: Json) -> str:
    """The RFC 8785 canonical form of a value, as text; its UTF-8 bytes are what is hashed.

    Raises:
        NotCanonical: a float, an integer of 2^53 or more, nesting deeper than 64, or text that is not Unicode.
    """
    check_canonical(value)
    text = _ENCODER.encode(value)
    # For what is left after the check, json writes RFC 8785 to the letter, twenty times as fast, but for one thing:
    # it sorts names by code point, and RFC 8785 by UTF-16 unit. They differ above U+D7FF.
    if text.isascii() or not _ABOVE.search(text):
        return text
    return rfc8785.dumps(value).decode()


def check_canonical(value: Json) -> None:
    """Pass a value that has a canonical form.

    Raises:
        NotCanonical: as `canonical_text`; names every fault.
    """
    if not _is_plain(value, 0) and (faults := list(faults_of(value))):
        raise NotCanonical(faults)


def _is_plain(value: Json, depth: int) -> bool:
    """Whether `faults_of` need not look: its rules without pointers, for the built-in types alone."""
    kind = type(value)
    if kind is str:
        return is_unicode(value)
    if kind is dict:
        if depth >= DEPTH_LIMIT:
            return False
        for key, item in value.items():
            if type(key) is not str or not is_unicode(key):
                return False
            if not _is_plain(item, depth + 1):
                return False
        return True
    if kind is list:
        if depth >= DEPTH_LIMIT:
            return False
        for item in value:  # noqa: SIM110 - a generator costs half as much again
            if not _is_plain(item, depth + 1):
                return False
        return True
    if kind is int:
        return abs(int(value)) < INTEGER_LIMIT
    return value is None or kind is bool


def faults_of(value: Json, pointer: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """What keeps a JSON value from having a canonical form: pairs of RFC 6901 pointer and reason."""
    if depth > DEPTH_LIMIT:
        yield pointer, f"nested deeper than {DEPTH_LIMIT} levels"
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int):
        if abs(value) >= INTEGER_LIMIT:
            yield pointer, "an integer must be below 2^53; write a larger one as a string"
    elif isinstance(value, str):
        if not is_unicode(value):
            yield pointer, "not valid Unicode (a lone surrogate)"
    elif isinstance(value, dict):
        for key, item in value.items():
            here = f"{pointer}/{escape_pointer(str(key))}"
            if not isinstance(key, str) or not is_unicode(key):
                yield pointer, "a name must be a string of valid Unicode"
            else:
                yield from faults_of(item, here, depth + 1)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from faults_of(item, f"{pointer}/{index}", depth + 1)
    elif isinstance(value, float):
        yield pointer, "numbers with a fraction or exponent are not accepted; write an integer or a string"
    else:
        yield pointer, f"not a JSON value: {type(value).__name__}"


def escape_pointer(name: str) -> str:
    """A member's name as one token of an RFC 6901 pointer."""
    return name.replace("~", "~0").replace("/", "~1")


@dataclass(frozen=True)
class Opening:
    """What opens a commitment: the salt and the canonical text that were committed to.

    Attributes:
        salt: 32 random bytes.
        value: RFC 8785 text.
    """

    salt: bytes
    value: str

    @classmethod
    def read(cls, salt: str, value: str) -> "Opening":
        """From a salt in base64. One that was changed beyond reading becomes an empty one, and opens nothing."""
        try:
            return cls(base64.b64decode(salt, validate=True), value)
        except ValueError:
            return cls(b"", value)

    def commitment(self, part: Part) -> str:
        """SHA-256("countersign/v1/<part>" ‖ 0x00 ‖ salt ‖ value), 64 hex digits (design, Events)."""
        digest = hashlib.sha256(f"countersign/v1/{part}".encode())
        digest.update(b"\x00")
        digest.update(self.salt)
        digest.update(self.value.encode())
        return digest.hexdigest()

    def opens(self, part: Part, commitment: str) -> bool:
        """Whether this is what the commitment was made to.

        A salt of another length opens nothing: bytes could move from the value into it, and the hash would hold.
        """
        if len(self.salt) != SALT_BYTES or not is_unicode(self.value):
            return False
        # As bytes: of two texts, compare_digest takes only ASCII, and a forged commitment need not be that.
        return hmac.compare_digest(self.commitment(part).encode(), commitment.encode())


def is_unicode(text: str) -> bool:
    """Whether the text has bytes: a lone surrogate has none, so it can be neither hashed, stored nor sent on."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
