"""Prove that a record is in the log."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign_common.actors import Actor

from audit_service.domain.errors import LogDamagedError
from audit_service.domain.log.entries import Entry, EntryKind
from audit_service.domain.log.merkle import inclusion_proof, leaf_hash
from audit_service.domain.log.tiles import StoredNodes
from audit_service.ports import CosignedCheckpoint
from audit_service.use_cases.get_record import GetRecord
from audit_service.use_cases.log_reader import LogReader


@dataclass(frozen=True)
class SealedProof:
    """That an entry is a leaf of the newest checkpoint's tree.

    Attributes:
        entry: As the log has it. It names the hash that was recorded.
        index: Of the leaf.
        hashes: The audit path, from the leaf up.
    """

    entry: Entry
    index: int
    hashes: Sequence[bytes]
    checkpoint: CosignedCheckpoint

    @property
    def leaf_hash(self) -> bytes:
        """The hash of the leaf."""
        return leaf_hash(self.entry.to_bytes())


@dataclass(frozen=True)
class ProveRecord:
    """Prove that a record is in the log."""

    records: GetRecord
    log: LogReader

    def __call__(self, dataset_id: str, actor: Actor) -> SealedProof | None:
        """Return the proof; None while the record waits to be sealed.

        Raises:
            NotFoundError: There is no such record, or none that the actor may read.
            LogDamagedError: Stored tiles are missing or not those of the tree, or the leaf is of something else.
            StoreUnavailableError
        """
        self.records.find(dataset_id, actor)
        position = self.log.index.positions([dataset_id]).get(dataset_id)
        # After the position, so that its tree has the leaf.
        checkpoint = self.log.newest()
        if position is None or checkpoint is None:
            return None
        size = checkpoint.signed.checkpoint.size
        entry = Entry(EntryKind.EVENT, dataset_id, position.hash)
        tree = self.log.proven_tree(checkpoint, [position.index])
        try:
            hashes = inclusion_proof(StoredNodes(size, tree.read), position.index, size)
        except ValueError as error:
            raise LogDamagedError(f"The log has no leaf {position.index}.") from error
        if tree.leaf(position.index) != leaf_hash(entry.to_bytes()):
            raise LogDamagedError(f"Leaf {position.index} of the log is of something else than the record.")
        return SealedProof(entry, position.index, hashes, self.log.cosigned(checkpoint))
