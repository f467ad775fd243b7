"""Checkpoints as signed notes (C2SP tlog-checkpoint, signed-note and tlog-cosignature)."""

import base64
import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from audit_service.domain.log.merkle import HASH_BYTES

ECDSA_TYPE = b"\x02"
"""Signature type of ECDSA with SHA-256. Its key id is a hash of the public key alone."""

COSIGNATURE_TYPE = b"\x04"
"""Signature type of a witness's cosignature: Ed25519 with a time."""

_KEY_ID_BYTES = 4
_ED25519_BYTES = 32
_TIME_BYTES = 8
_LINE_START = "— "


class InvalidNoteError(ValueError):
    """A text is not a signed note, a checkpoint or a verifier key."""


@dataclass(frozen=True)
class VerifierKey:
    """A public key with its name.

    Attributes:
        name: Without spaces and `+`.
        key_id: 4 bytes that signature lines start with.
        material: The signature type, one byte, and the encoded public key.
    """

    name: str
    key_id: bytes
    material: bytes

    @classmethod
    def ecdsa(cls, name: str, public_key: bytes) -> "VerifierKey":
        """Return the key of a log, from the DER encoding of its SubjectPublicKeyInfo."""
        return cls(name, hashlib.sha256(public_key).digest()[:_KEY_ID_BYTES], ECDSA_TYPE + public_key)

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Read `<name>+<key id in hex>+<material in base64>`.

        Raises:
            InvalidNoteError: The text has another form.
        """
        try:
            name, key_id, material = text.split("+", 2)
            key = cls(name, bytes.fromhex(key_id), base64.b64decode(material))
        except ValueError as error:
            raise InvalidNoteError("Not a verifier key: use <name>+<key id>+<base64>.") from error
        if not _is_name(name) or len(key.key_id) != _KEY_ID_BYTES or not key.material or key.text != text:
            raise InvalidNoteError("Not a verifier key: use <name>+<key id>+<base64>.")
        return key

    @classmethod
    def parse_witness(cls, text: str) -> "VerifierKey":
        """Read the key of a witness (C2SP tlog-cosignature).

        Raises:
            InvalidNoteError: The text has another form, or is another type of key.
        """
        key = cls.parse(text)
        expected = hashlib.sha256(key.name.encode() + b"\n" + key.material).digest()[:_KEY_ID_BYTES]
        is_ed25519 = key.material[:1] == COSIGNATURE_TYPE and len(key.public_key) == _ED25519_BYTES
        if not is_ed25519 or key.key_id != expected:
            raise InvalidNoteError(f"Not the key of a witness, or with another key id: {key.name}.")
        return key

    @property
    def public_key(self) -> bytes:
        """The encoded public key."""
        return self.material[1:]

    @property
    def text(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(self.material).decode()}"


@dataclass(frozen=True)
class NoteSignature:
    """A signature line of a note."""

    name: str
    key_id: bytes
    signature: bytes

    @classmethod
    def parse(cls, line: str) -> "NoteSignature":
        """
        Raises:
            InvalidNoteError: The line has another form.
        """
        try:
            name, encoded = line.removeprefix(_LINE_START).split(" ")
            value = base64.b64decode(encoded)
        except ValueError as error:
            raise InvalidNoteError("Not a signature line.") from error
        signature = cls(name, value[:_KEY_ID_BYTES], value[_KEY_ID_BYTES:])
        if not _is_name(name) or not signature.signature or signature.line != line:
            raise InvalidNoteError("Not a signature line.")
        return signature

    @property
    def line(self) -> str:
        return f"{_LINE_START}{self.name} {base64.b64encode(self.key_id + self.signature).decode()}"

    @property
    def cosigned_at(self) -> datetime | None:
        """The time in a cosignature; None if it is none."""
        try:
            return datetime.fromtimestamp(int.from_bytes(self.signature[:_TIME_BYTES]), UTC)
        except (OverflowError, ValueError, OSError):
            return None

    def cosigned_message(self, text: str) -> bytes:
        """Return what a cosignature of a checkpoint's text signs (C2SP tlog-cosignature)."""
        seconds = int.from_bytes(self.signature[:_TIME_BYTES])
        return f"cosignature/v1\ntime {seconds}\n{text}".encode()

    @property
    def cosigned_signature(self) -> bytes:
        """The signature of a cosignature, after the time."""
        return self.signature[_TIME_BYTES:]

    def is_by(self, key: VerifierKey) -> bool:
        """Return whether the line names this key. It doesn't verify the signature."""
        return (self.name, self.key_id) == (key.name, key.key_id)


@dataclass(frozen=True)
class Checkpoint:
    """A tree at one size.

    Attributes:
        origin: Identifies the log.
        size: Number of leaves.
        root: Its root hash, 32 bytes.
    """

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """
        Raises:
            InvalidNoteError: The text is not exactly what `text` returns.
        """
        try:
            origin, size, root, _ = text.split("\n")
            checkpoint = cls(origin, int(size), base64.b64decode(root))
        except ValueError as error:
            raise InvalidNoteError("Not a checkpoint.") from error
        if not origin or checkpoint.size < 0 or len(checkpoint.root) != HASH_BYTES or checkpoint.text != text:
            raise InvalidNoteError("Not a checkpoint.")
        return checkpoint


@dataclass(frozen=True)
class SignedCheckpoint:
    """A checkpoint with signatures. Nothing here verifies them."""

    checkpoint: Checkpoint
    signatures: tuple[NoteSignature, ...]

    @property
    def note(self) -> str:
        """The signed note."""
        lines = "".join(f"{signature.line}\n" for signature in self.signatures)
        return f"{self.checkpoint.text}\n{lines}"

    @classmethod
    def parse(cls, note: str) -> "SignedCheckpoint":
        """
        Raises:
            InvalidNoteError: The text is not a signed checkpoint.
        """
        text, separator, lines = note.rpartition("\n\n")
        if not separator or not lines.endswith("\n"):
            raise InvalidNoteError("Not a signed note.")
        signatures = tuple(NoteSignature.parse(line) for line in lines.removesuffix("\n").split("\n"))
        return cls(Checkpoint.parse(text + "\n"), signatures)

    def with_signatures(self, *signatures: NoteSignature) -> "SignedCheckpoint":
        """Return the checkpoint with more signatures."""
        return replace(self, signatures=self.signatures + signatures)


def _is_name(text: str) -> bool:
    """Return whether a text can be the name of a key (C2SP signed-note)."""
    return text != "" and "+" not in text and not any(character.isspace() for character in text)
