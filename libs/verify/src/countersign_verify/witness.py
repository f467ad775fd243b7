"""A witness: an outside party that stores the newest checkpoint, and signs a newer one only if it extends that tree."""

import base64
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec

from countersign_verify.inputs import consistency_proof_from
from countersign_verify.notes import (
    COSIGNATURE,
    Checkpoint,
    NoteError,
    VerifierKey,
    cosigned_message,
    read_checkpoint,
    read_vkey,
    require_checkpoint,
    signature_line,
)
from countersign_verify.signatures import WitnessKey

_PRIVATE_PREFIX = "PRIVATE+KEY+"

Response = TypeVar("Response")


class WitnessError(Exception):
    """The witness can't work: a file or a response can't be used."""


class RefusedError(Exception):
    """The log is not consistent with what the witness saw before.

    Attributes:
        evidence: what shows it.
    """

    def __init__(self, message: str, evidence: dict[str, Any]) -> None:
        super().__init__(message)
        self.evidence = evidence


class LogClient(Protocol):
    """The public API of a log."""

    def get(self, path: str) -> bytes:
        """Return the body of a response.

        Raises:
            WitnessError: There is none.
        """
        ...

    def post_cosignature(self, size: int, line: str) -> None:
        """Send a cosignature to the log.

        Raises:
            WitnessError: The log doesn't accept it.
        """
        ...


@dataclass(frozen=True)
class Signer:
    """The key of a witness with its name."""

    name: str
    key: WitnessKey

    @property
    def verifier_key(self) -> VerifierKey:
        """The public key, which the operators of the log configure."""
        return VerifierKey(self.name, COSIGNATURE, self.key.public)

    def cosign(self, checkpoint: Checkpoint, time: int) -> str:
        """Return the signature line for a checkpoint, without line feed.

        Args:
            checkpoint: that the witness verified.
            time: now, in seconds since 1970.
        """
        signature = time.to_bytes(8, "big") + self.key.sign(cosigned_message(time, checkpoint.text))
        return signature_line(self.name, self.verifier_key.id, signature)


def create_key(name: str, path: Path) -> Signer:
    """Create a key, and write it to a new file that only this user can read.

    Raises:
        WitnessError: The name is not allowed, or the file exists or can't be written.
    """
    seed = os.urandom(32)
    signer = Signer(name, WitnessKey(seed))
    key = signer.verifier_key
    try:
        read_vkey(str(key))
    except NoteError as error:
        raise WitnessError(f"a name must have no spaces and no +: {name!r}") from error
    encoded = base64.b64encode(bytes([COSIGNATURE]) + seed).decode()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(f"{_PRIVATE_PREFIX}{name}+{key.id.hex()}+{encoded}\n")
    except OSError as error:
        raise WitnessError(str(error)) from error
    return signer


def read_signer(path: Path) -> Signer:
    """Read the file of a key.

    Raises:
        WitnessError: It is not the key of a witness.
    """
    try:
        text = path.read_text(encoding="utf-8").strip()
        name, key_id, encoded = text.removeprefix(_PRIVATE_PREFIX).split("+", 2)
        raw = base64.b64decode(encoded, validate=True)
        signer = Signer(name, WitnessKey(raw[1:]))
    except (OSError, ValueError) as error:
        raise WitnessError(f"{path}: not the key of a witness") from error
    is_key = text.startswith(_PRIVATE_PREFIX) and raw[0] == COSIGNATURE
    if not is_key or key_id != signer.verifier_key.id.hex():
        raise WitnessError(f"{path}: not the key of a witness")
    return signer


class WitnessState(msgspec.Struct, rename="camel"):
    """The state of a witness.

    Attributes:
        log_key: vkey of the log.
        checkpoint: the newest note that the witness signed.
    """

    log_key: str
    checkpoint: str


def read_state(path: Path) -> WitnessState | None:
    """Return the state of a witness; None before its first run.

    Raises:
        WitnessError: The file can't be read. It is not replaced, because that would lose the checkpoint.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=WitnessState)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise WitnessError(f"{path}: {error}") from error


def write_state(path: Path, state: WitnessState) -> None:
    """Replace the file: after a crash it has either the old or the new state."""
    write_atomically(path, msgspec.json.format(msgspec.json.encode(state)) + b"\n")


def write_atomically(path: Path, raw: bytes) -> None:
    """Write a file that is either there completely or not at all.

    Raises:
        WitnessError: It can't be written.
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise WitnessError(str(error)) from error


class _PublicKey(msgspec.Struct):
    vkey: str


class _CheckpointResponse(msgspec.Struct):
    note: str


@dataclass(frozen=True)
class Cosigned:
    """A checkpoint that the witness signed.

    Attributes:
        checkpoint: the checkpoint.
        line: the signature line, without line feed.
        log_key: the key of the log.
        is_key_new: whether this is the first key of the log that the witness saw, so that it wasn't compared.
    """

    checkpoint: Checkpoint
    line: str
    log_key: VerifierKey
    is_key_new: bool


@dataclass(frozen=True)
class Witness:
    """Verifies the newest checkpoint of a log against the one before, and cosigns it.

    Attributes:
        log: the log.
        signer: the key of the witness.
        state_file: where the witness stores the checkpoint.
        log_key: the key of the log; None to trust the first one that the log shows.
        clock: returns the seconds since 1970.
    """

    log: LogClient
    signer: Signer
    state_file: Path
    log_key: VerifierKey | None
    clock: Callable[[], float]

    def __call__(self) -> Cosigned:
        """Verify and sign the newest checkpoint.

        The state is stored before the line is returned, so that the witness has stored every checkpoint that it signed.

        Raises:
            RefusedError: The checkpoint is not valid, or not consistent with the one before.
            WitnessError: The log doesn't respond, or a file can't be used.
        """
        state = read_state(self.state_file)
        key = self._key(state)
        note = _decode(self.log.get("/audit-trail/checkpoint"), _CheckpointResponse).note
        try:
            newest = require_checkpoint(note, key)
        except NoteError as error:
            raise RefusedError(f"the newest checkpoint is not valid: {error}", {"newest": note}) from error
        if state is not None:
            self._require_consistency(read_checkpoint(state.checkpoint), newest)
        write_state(self.state_file, WitnessState(str(key), note))
        is_key_new = state is None and self.log_key is None
        return Cosigned(newest, self.signer.cosign(newest, int(self.clock())), key, is_key_new)

    def _key(self, state: WitnessState | None) -> VerifierKey:
        """Return the key that is trusted, if the log still shows it."""
        offered = _decode(self.log.get("/audit-trail/public-key"), _PublicKey).vkey
        remembered = None if state is None else state.log_key
        trusted = remembered if self.log_key is None else str(self.log_key)
        if remembered is not None and trusted != remembered:
            raise WitnessError(f"{self.state_file} is of a log with another key: {remembered}")
        if trusted is not None and offered != trusted:
            evidence = {"trustedKey": trusted, "offeredKey": offered}
            raise RefusedError("the log shows another key than before", evidence)
        try:
            return read_vkey(offered)
        except NoteError as error:
            raise WitnessError(f"the log shows no usable key: {error}") from error

    def _require_consistency(self, old: Checkpoint, new: Checkpoint) -> None:
        evidence: dict[str, Any] = {"remembered": old.note, "newest": new.note}
        if new.size < old.size:
            message = f"the log was rolled back from {old.size} to {new.size} entries"
            raise RefusedError(message, evidence)
        if new.size == old.size:
            if new.root != old.root:
                raise RefusedError(f"the log has two trees of {new.size} entries", evidence)
            return
        if old.size == 0:
            return
        raw = self.log.get(f"/audit-trail/consistency?from={old.size}&to={new.size}")
        try:
            proof = consistency_proof_from(raw)
        except ValueError as error:
            raise WitnessError(f"the log gives no consistency proof: {error}") from error
        if not proof.connects(old, new):
            evidence["proof"] = [hash_.hex() for hash_ in proof.hashes]
            message = f"the tree of {new.size} entries doesn't only add to that of {old.size} entries: a fork"
            raise RefusedError(message, evidence)


def _decode(raw: bytes, kind: type[Response]) -> Response:
    try:
        return msgspec.json.decode(raw, type=kind)
    except ValueError as error:
        raise WitnessError(f"the log gives an unexpected response: {error}") from error


def keep_evidence(state_file: Path, error: RefusedError, time: int) -> Path:
    """Write the evidence that a log is inconsistent to a file next to the state, and return the file."""
    path = state_file.with_name(f"{state_file.name}.evidence-{time}.json")
    found = {"reason": str(error), "time": time, **error.evidence}
    write_atomically(path, (json.dumps(found, indent=2) + "\n").encode())
    return path
