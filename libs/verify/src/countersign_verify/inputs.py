"""Keys, checkpoints and consistency proofs that an auditor gives to the command."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec

from countersign_verify.notes import COSIGNATURE, NoteError, VerifierKey, read_public_key, read_vkey
from countersign_verify.trust import ConsistencyProof, Trust

_FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")


class InputError(Exception):
    """Something that the auditor gave can't be used."""


def read_trust(key: str | None, fingerprint: str | None, witnesses: Sequence[str]) -> Trust:
    """Read the keys that an auditor trusts.

    Args:
        key: a file with the key of the log, or its vkey itself.
        fingerprint: of the key of the log.
        witnesses: vkeys.

    Raises:
        InputError: One of them can't be read.
    """
    if fingerprint is not None:
        fingerprint = fingerprint.strip().rstrip("=")
        if not _FINGERPRINT.fullmatch(fingerprint):
            raise InputError("--fingerprint: not a fingerprint (SHA256: and 43 characters)")
    try:
        return Trust(
            None if key is None else _read_key(key), fingerprint, [_read_witness(each) for each in witnesses]
        )
    except (NoteError, OSError) as error:
        raise InputError(str(error)) from error


def _read_key(key: str) -> VerifierKey | bytes:
    if "+" in key and not Path(key).exists():
        return read_vkey(key)
    try:
        return read_public_key(Path(key).read_bytes())
    except NoteError as error:
        raise NoteError(f"{key}: {error}") from error


def _read_witness(vkey: str) -> VerifierKey:
    key = read_vkey(vkey)
    if key.type != COSIGNATURE:
        raise NoteError(f"--witness: the key of {key.name} is not one of a witness")
    return key


def read_note(path: Path) -> str:
    """Return the text of a checkpoint that the auditor kept.

    Raises:
        InputError: The file can't be read.
    """
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}") from error


def read_time(text: str) -> datetime:
    """Read a time with its time zone.

    Raises:
        InputError: The text is not one.
    """
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"--at: {error}") from error
    if time.tzinfo is None:
        raise InputError("--at: a time needs its time zone: 2026-11-24T23:26:00Z")
    return time


class _Consistency(msgspec.Struct):
    from_: int = msgspec.field(name="from")
    to: int
    proof: list[Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]]


_decode_consistency = msgspec.json.Decoder(_Consistency).decode


def consistency_proof_from(raw: bytes) -> ConsistencyProof:
    """Return the proof in a response of `GET /audit-trail/consistency`.

    Raises:
        ValueError: It has none.
    """
    read = _decode_consistency(raw)
    return ConsistencyProof(read.from_, read.to, [bytes.fromhex(each) for each in read.proof])


def read_consistency_proof(path: Path) -> ConsistencyProof:
    """Read a consistency proof from a file.

    Raises:
        InputError: The file can't be read, or has none.
    """
    try:
        return consistency_proof_from(path.read_bytes())
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: {error}") from error
