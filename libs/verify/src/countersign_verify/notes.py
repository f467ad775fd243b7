"""C2SP signed notes, verifier keys, checkpoints and witness cosignatures.

Sources: https://c2sp.org/signed-note, https://c2sp.org/tlog-checkpoint, https://c2sp.org/tlog-cosignature
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

ED25519, ECDSA, COSIGNATURE = 0x01, 0x02, 0x04
"""Signature types."""

MAX_SIGNATURES = 100
"""Most signature lines of a note that are read. A note needs one of the log, and one for each witness."""

KEY_ID_LENGTH = 4
ED25519_KEY_LENGTH = 32
TIME_LENGTH = 8

_NAME = re.compile(r"[^\s+]+")
_SIGNATURE_LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class NoteError(ValueError):
    """A text is not a signed note, a checkpoint or a key."""


@dataclass(frozen=True)
class VerifierKey:
    """A public key with a name, as a `vkey` writes it: `<name>+<key ID in hex>+<base64(type ‖ key)>`.

    Attributes:
        name: of the log or the witness.
        type: ED25519, ECDSA or COSIGNATURE.
        material: the key: DER of the SubjectPublicKeyInfo for ECDSA, otherwise the 32 bytes of the Ed25519 key.
    """

    name: str
    type: int
    material: bytes

    @property
    def id(self) -> bytes:
        """The key ID, 4 bytes."""
        if self.type == ECDSA:
            return hashlib.sha256(self.material).digest()[:KEY_ID_LENGTH]
        named = self.name.encode() + b"\n" + bytes([self.type]) + self.material
        return hashlib.sha256(named).digest()[:KEY_ID_LENGTH]

    @property
    def fingerprint(self) -> str:
        """`SHA256:` and the base64 of the SHA-256 of the key, without padding, as OpenSSH prints it."""
        digest = hashlib.sha256(self.material).digest()
        return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")

    def __str__(self) -> str:
        """Return the vkey."""
        encoded = base64.b64encode(bytes([self.type]) + self.material).decode()
        return f"{self.name}+{self.id.hex()}+{encoded}"

    def verifies(self, signature: bytes, text: str) -> bool:
        """Return whether this key signed the text of a note.

        Args:
            signature: without the key ID.
            text: the text of the note, with its last line feed.
        """
        from countersign_verify.signatures import ecdsa_verifies, ed25519_verifies  # noqa: PLC0415 (slow)

        message = text.encode()
        if self.type == ECDSA:
            return ecdsa_verifies(self.material, signature, message)
        if self.type == COSIGNATURE:
            time, signature = signature[:TIME_LENGTH], signature[TIME_LENGTH:]
            message = cosigned_message(int.from_bytes(time, "big"), text)
        return ed25519_verifies(self.material, signature, message)


def cosigned_message(time: int, text: str) -> bytes:
    """Return what a witness signs.

    Args:
        time: when it signs, in seconds since 1970.
        text: the text of the checkpoint, without signatures.
    """
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def require_p256(der: bytes) -> bytes:
    """Return the DER of a P-256 key.

    Raises:
        NoteError: The bytes are not the SubjectPublicKeyInfo of one.
    """
    from countersign_verify.signatures import is_p256_key  # noqa: PLC0415 (slow)

    if not is_p256_key(der):
        raise NoteError("not a public key of the curve P-256 in DER")
    return der


def read_vkey(text: str) -> VerifierKey:
    """Read a vkey.

    Raises:
        NoteError: The text is not a vkey of a supported type.
    """
    parts = text.strip().split("+", 2)
    if len(parts) != 3 or not _NAME.fullmatch(parts[0]):
        raise NoteError("not a verifier key (<name>+<key ID>+<key>)")
    name, key_id, encoded = parts
    raw = _base64(encoded)
    key = VerifierKey(name, raw[0] if raw else 0, raw[1:])
    if key.type == ECDSA:
        require_p256(key.material)
    elif key.type not in (ED25519, COSIGNATURE) or len(key.material) != ED25519_KEY_LENGTH:
        raise NoteError("a verifier key of an unsupported type")
    if key_id != key.id.hex():
        raise NoteError("a verifier key whose ID doesn't belong to the key")
    return key


def read_public_key(raw: bytes) -> bytes | VerifierKey:
    """Read a key from a file: a vkey, or a P-256 key in PEM or DER.

    Returns:
        The vkey, or the DER of a key without a name.

    Raises:
        NoteError: The file has none of them.
    """
    if raw.lstrip().startswith(b"-----BEGIN"):
        from countersign_verify.signatures import der_of_pem  # noqa: PLC0415 (slow)

        try:
            return require_p256(der_of_pem(raw.lstrip()))
        except ValueError as error:
            raise NoteError("not a public key of the curve P-256 in PEM") from error
    if raw.startswith(b"\x30"):  # a SEQUENCE
        return require_p256(raw)
    try:
        return read_vkey(raw.decode())
    except UnicodeDecodeError as error:
        raise NoteError("not a verifier key, PEM or DER") from error


@dataclass(frozen=True)
class Signature:
    """A signature line of a note.

    Attributes:
        name: of the key.
        key_id: 4 bytes.
        signature: without the key ID.
    """

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True)
class Checkpoint:
    """A signed note that states the size and the root of a log.

    Attributes:
        note: the whole note.
        text: what is signed.
        origin: name of the log.
        size: leaves in the tree.
        root: hash of the root.
        signatures: all signature lines, not yet verified.
    """

    note: str
    text: str
    origin: str
    size: int
    root: bytes
    signatures: tuple[Signature, ...]

    def is_signed_by(self, key: VerifierKey) -> bool:
        """Return whether the checkpoint has a valid signature of a key.

        Raises:
            NoteError: It has one that is not valid: the note must be rejected, whoever else signed it.
        """
        return bool(self._signatures_of(key))

    def cosigned_at(self, witness: VerifierKey) -> int | None:
        """Return when a witness signed the checkpoint, in seconds since 1970; None if it didn't.

        Raises:
            NoteError: It has a signature of the witness that is not valid.
        """
        times = [int.from_bytes(each.signature[:TIME_LENGTH], "big") for each in self._signatures_of(witness)]
        return max(times, default=None)

    def _signatures_of(self, key: VerifierKey) -> list[Signature]:
        found = [each for each in self.signatures if (each.name, each.key_id) == (key.name, key.id)]
        if not all(key.verifies(each.signature, self.text) for each in found):
            raise NoteError(f"the signature of {key.name} is not valid")
        return found


def read_checkpoint(note: str) -> Checkpoint:
    """Read a checkpoint with at least one signature line. The signatures are not verified.

    Raises:
        NoteError: The text is not a checkpoint.
    """
    text, signatures = _split_note(note)
    lines = text.split("\n")
    # Text that ends with a line feed has an empty part after it. Countersign has no extension lines.
    if len(lines) != 4 or not lines[0] or not _SIZE.fullmatch(lines[1]):
        raise NoteError("not a checkpoint of three lines: origin, size and root")
    root = _base64(lines[2])
    if len(root) != 32:
        raise NoteError("the root of the checkpoint is not a SHA-256 hash")
    return Checkpoint(note, text, lines[0], int(lines[1]), root, signatures)


def require_checkpoint(note: str, key: VerifierKey) -> Checkpoint:
    """Return the checkpoint that a log signed.

    Args:
        note: a signed note.
        key: of the log; its name is the origin that the checkpoint must have.

    Raises:
        NoteError: The note is not a checkpoint of this log, or the log didn't sign it.
    """
    checkpoint = read_checkpoint(note)
    if checkpoint.origin != key.name:
        raise NoteError(f"the checkpoint is of another log ({checkpoint.origin})")
    if not checkpoint.is_signed_by(key):
        raise NoteError("the checkpoint is not signed by the key of the log")
    return checkpoint


def _split_note(note: str) -> tuple[str, tuple[Signature, ...]]:
    """Return the text and the signatures of a note."""
    if any(ord(char) < 0x20 and char != "\n" for char in note):
        raise NoteError("the note has control characters")
    text, separator, lines = note.rpartition("\n\n")
    if not separator or not lines.endswith("\n"):
        raise NoteError("the note has no signatures")
    return text + "\n", tuple(read_signatures(lines[:-1].split("\n")))


def read_signatures(lines: Iterable[str]) -> list[Signature]:
    """Read signature lines.

    Raises:
        NoteError: A line is not one, or there are too many.
    """
    found = [_read_signature(line) for line in lines]
    if len(found) > MAX_SIGNATURES:
        raise NoteError(f"the note has more than {MAX_SIGNATURES} signatures")
    return found


def _read_signature(line: str) -> Signature:
    match = _SIGNATURE_LINE.fullmatch(line) or _fail("a line is not a signature")
    raw = _base64(match[2])
    if len(raw) <= KEY_ID_LENGTH:
        raise NoteError("a signature is too short")
    return Signature(match[1], raw[:KEY_ID_LENGTH], raw[KEY_ID_LENGTH:])


def signature_line(name: str, key_id: bytes, signature: bytes) -> str:
    """Return a signature line without line feed."""
    return f"— {name} {base64.b64encode(key_id + signature).decode()}"


def _base64(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error) as error:
        raise NoteError("not base64") from error
    if base64.b64encode(raw).decode() != text:  # other texts of the same bytes
        raise NoteError("not base64 in its only form")
    return raw


def _fail(message: str) -> NoReturn:
    raise NoteError(message)
