"""Commitments: salted hashes of the parts of a record that can be erased."""

import base64
import hashlib
from dataclasses import dataclass
from typing import Literal

SALT_BYTES = 32
"""Length of a salt. It prevents guessing a short value from its commitment."""

_DATA = b"countersign/v1/data\x00"

Part = Literal["person", "content"]
PARTS: tuple[Part, Part] = ("person", "content")
"""The parts of a record that the sealed part commits to."""

_PREFIXES = {part: f"countersign/v1/{part}\0".encode() for part in PARTS}


@dataclass(frozen=True)
class CommitmentOpening:
    """The salt and the value that a commitment was computed from.

    Attributes:
        salt: 32 random bytes.
        value: RFC 8785 canonical text.
    """

    salt: bytes
    value: str

    @classmethod
    def from_json(cls, data: dict[str, str]) -> "CommitmentOpening":
        """Read `{"salt": <base64>, "value": <text>}`. A salt that is not base64 becomes empty and opens nothing."""
        try:
            salt = base64.b64decode(data["salt"], validate=True)
        except ValueError:
            salt = b""
        return cls(salt, data["value"])

    def to_json(self) -> dict[str, str]:
        """Return `{"salt": <base64>, "value": <text>}`."""
        return {"salt": base64.b64encode(self.salt).decode(), "value": self.value}

    def commitment(self, part: Part) -> str:
        """Return SHA-256("countersign/v1/<part>" ‖ 0x00 ‖ salt ‖ value) as 64 hex digits."""
        return hashlib.sha256(_PREFIXES[part] + self.salt + self.value.encode()).hexdigest()

    def opens(self, part: Part, commitment: str) -> bool:
        """Return whether the commitment was computed from this salt and value.

        A salt of another length opens nothing: moving bytes between salt and value doesn't change the hash.
        """
        if len(self.salt) != SALT_BYTES:
            return False
        try:
            return self.commitment(part) == commitment
        except UnicodeEncodeError:  # the value has a lone surrogate
            return False


def data_hash(content_salt: bytes, data: str) -> str:
    """Return SHA-256("countersign/v1/data" ‖ 0x00 ‖ salt ‖ data) as 64 hex digits: what a manifest has of the data.

    Args:
        content_salt: Of the event that led to this data. Without it, small data could be guessed from the hash.
        data: RFC 8785 canonical text.
    """
    return hashlib.sha256(_DATA + content_salt + data.encode()).hexdigest()
