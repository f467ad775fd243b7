"""Add a witness's cosignature to a checkpoint."""

from dataclasses import dataclass

from countersign_common.actors import Actor
from countersign_common.clock import Clock

from audit_service.domain.access import require_auditor
from audit_service.domain.errors import (
    InvalidCosignatureError,
    NoSuchTreeError,
    UnknownWitnessError,
)
from audit_service.domain.log.log_facts import IN_FLIGHT
from audit_service.domain.log.merkle import root_hash
from audit_service.domain.log.notes import Checkpoint, NoteSignature
from audit_service.domain.log.tiles import StoredNodes
from audit_service.ports import PublishedCheckpoint
from audit_service.use_cases.log_reader import LogReader
from audit_service.use_cases.read_log import newest_checkpoint


@dataclass(frozen=True)
class AddCosignature:
    """Store the cosignature of a configured witness."""

    log: LogReader
    clock: Clock

    def __call__(self, size: int, cosignature: NoteSignature, actor: Actor) -> None:
        """Store a cosignature that a configured witness has made of the log's tree.

        Args:
            size: Of the checkpoint that the witness has seen.
            cosignature: Its signature line. It replaces an earlier one of the same key.
            actor: Who submits it.

        Raises:
            AuditorsOnlyError, UnknownWitnessError, InvalidCosignatureError
            NoSuchTreeError: The log has not reached the size yet.
            NoCheckpointError, LogDamagedError, StoreUnavailableError
        """
        require_auditor(actor)
        if not any(cosignature.is_by(witness) for witness in self.log.witnesses):
            raise UnknownWitnessError
        checkpoint = newest_checkpoint(self.log)
        newest = checkpoint.signed.checkpoint
        if size > newest.size:
            raise NoSuchTreeError(size, newest.size)
        now, at = self.clock(), cosignature.cosigned_at
        if at is None or at > now + IN_FLIGHT:
            raise InvalidCosignatureError("its time is in the future.")
        if not self.log.is_cosigned(self._tree(checkpoint, size).text, cosignature):
            raise InvalidCosignatureError(
                "the witness has not signed the log's tree of this size at this time."
            )
        self.log.index.add_cosignature(size, cosignature, now)

    def _tree(self, checkpoint: PublishedCheckpoint, size: int) -> Checkpoint:
        """Return what the checkpoint of a size says, from the tiles: it can be an older one."""
        newest = checkpoint.signed.checkpoint
        nodes = StoredNodes(newest.size, self.log.proven_tree(checkpoint).read)
        return Checkpoint(newest.origin, size, root_hash(nodes, size))
