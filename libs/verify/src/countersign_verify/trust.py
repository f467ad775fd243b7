"""Which keys are trusted, and what a checkpoint of the log must look like."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from countersign_verify.merkle import is_consistent
from countersign_verify.notes import (
    ECDSA,
    Checkpoint,
    NoteError,
    VerifierKey,
    read_checkpoint,
    read_vkey,
    require_checkpoint,
)


@dataclass(frozen=True)
class Trust:
    """The keys that the auditor trusts.

    Attributes:
        key: the log's key with its name, or the DER of one without; None if it comes with what is verified.
        fingerprint: of the key, if the auditor has that only.
        witnesses: keys of witnesses.
    """

    key: VerifierKey | bytes | None = None
    fingerprint: str | None = None
    witnesses: Sequence[VerifierKey] = ()

    @property
    def is_pinned(self) -> bool:
        """Whether the auditor gave the key of the log or its fingerprint."""
        return self.key is not None or self.fingerprint is not None

    def open_checkpoint(self, note: str, offered_key: str | bytes | None) -> "VerifiedCheckpoint":
        """Verify a checkpoint.

        Args:
            note: the signed note.
            offered_key: the key that came with it, as vkey or DER.

        Raises:
            NoteError: It is not a checkpoint, or not signed by the key that is trusted.
        """
        key = self._key_for(note, offered_key)
        if self.fingerprint is not None and key.fingerprint != self.fingerprint:
            raise NoteError(f"the key has the fingerprint {key.fingerprint}, not {self.fingerprint}")
        checkpoint = require_checkpoint(note, key)
        cosigned = {witness.name: checkpoint.cosigned_at(witness) for witness in self.witnesses}
        return VerifiedCheckpoint(checkpoint, key, self.is_pinned, cosigned)

    def _key_for(self, note: str, offered_key: str | bytes | None) -> VerifierKey:
        key = self.key if self.key is not None else offered_key
        if isinstance(key, str):
            return read_vkey(key)
        if isinstance(key, bytes):
            return VerifierKey(read_checkpoint(note).origin, ECDSA, key)
        if key is None:
            raise NoteError("no key: give the key of the log")
        return key


@dataclass(frozen=True)
class VerifiedCheckpoint:
    """A checkpoint that the log signed.

    Attributes:
        checkpoint: the checkpoint.
        key: the key that signed it.
        is_key_pinned: whether the auditor trusted the key before the verification.
        cosigned: when each witness of the auditor signed it, in seconds since 1970; None if it didn't.
    """

    checkpoint: Checkpoint
    key: VerifierKey
    is_key_pinned: bool
    cosigned: dict[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class ConsistencyProof:
    """A consistency proof, as `GET /audit-trail/consistency` returns it."""

    old_size: int
    new_size: int
    hashes: Sequence[bytes]

    def connects(self, old: Checkpoint, new: Checkpoint) -> bool:
        """Return whether the proof shows that the new checkpoint only appends to the old one."""
        return is_consistent(old.size, old.root, new.size, new.root, self.hashes)
