"""Commitments: salted hashes of the parts of a record that can be erased."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import Literal

from countersign_common.proof.canonical import is_unicode

SALT_BYTES = 32
"""Length of a salt: enough that a short value can't be guessed from its commitment."""

Part = Literal["person", "content"]
PARTS: tuple[Part, Part] = ("person", "content")
"""The parts of a record that are only committed to."""


@dataclass(frozen=True)
class CommitmentOpening:
    """A salt and a value: what someone needs to check a commitment.

    Attributes:
        salt: 32 random bytes.
        value: RFC 8785 canonical text.
    """

    salt: bytes
    value: str

    @classmethod
    def from_json(cls, data: dict[str, str]) -> "CommitmentOpening":
        """Read `{"salt": <base64>, "value": <text>}`. A salt that is not base64 becomes empty, which opens nothing."""
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
        digest = hashlib.sha256(f"countersign/v1/{part}".encode())
        digest.update(b"\x00")
        digest.update(self.salt)
        digest.update(self.value.encode())
        return digest.hexdigest()

    def opens(self, part: Part, commitment: str) -> bool:
        """Return whether the commitment was made to this value with this salt.

        A salt of another length opens nothing: bytes could move from the value to the salt without changing the hash.
        """
        if len(self.salt) != SALT_BYTES or not is_unicode(self.value):
            return False
        # As bytes: compare_digest accepts text only if it is ASCII, and a forged commitment may not be.
        return hmac.compare_digest(self.commitment(part).encode(), commitment.encode(errors="replace"))
