"""Add a witness's cosignature to a checkpoint."""

from dataclasses import dataclass

from countersign_common.actors import Actor, reads_everything
from countersign_common.clock import Clock

from audit_service.domain.errors import AuditorsOnlyError, NoSuchTreeError, UnknownWitnessError
from audit_service.domain.log.notes import NoteSignature
from audit_service.use_cases.log_reader import LogReader
from audit_service.use_cases.read_log import newest_checkpoint


@dataclass(frozen=True)
class AddCosignature:
    """Store the cosignature of a configured witness."""

    log: LogReader
    clock: Clock

    def __call__(self, size: int, cosignature: NoteSignature, actor: Actor) -> None:
        """Store a cosignature. It is not verified here: whoever relies on a witness verifies it with the witness's key.

        Args:
            size: Of the checkpoint that the witness has seen.
            cosignature: Its signature line. It replaces an earlier one of the same key.
            actor: Who submits it.

        Raises:
            AuditorsOnlyError, UnknownWitnessError
            NoSuchTreeError: The log has not reached the size yet.
            NoCheckpointError, LogDamagedError, StoreUnavailableError
        """
        if not reads_everything(actor):
            raise AuditorsOnlyError
        if not any(cosignature.is_by(witness) for witness in self.log.witnesses):
            raise UnknownWitnessError
        newest = newest_checkpoint(self.log).signed.checkpoint.size
        if size > newest:
            raise NoSuchTreeError(size, newest)
        self.log.index.add_cosignature(size, cosignature, self.clock())
