"""Read what the log publishes: its newest checkpoint, earlier ones, and that one tree extends another."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign_common.pagination import Page, paginate

from audit_service.domain.errors import NoCheckpointError, NoSuchTreeError
from audit_service.domain.log.merkle import consistency_proof
from audit_service.domain.log.notes import VerifierKey
from audit_service.domain.log.tiles import StoredNodes
from audit_service.ports import CosignedCheckpoint, PublishedCheckpoint
from audit_service.use_cases.log_reader import LogReader


@dataclass(frozen=True)
class GetCheckpoint:
    """Get the newest checkpoint."""

    log: LogReader

    def __call__(self) -> CosignedCheckpoint:
        """Return the checkpoint with the cosignatures of the configured witnesses.

        Raises:
            LogDamagedError: The log's key has not signed it, the tiles at the edge of the tree don't give its root, or
                a newer one is published.
            NoCheckpointError, StoreUnavailableError
        """
        checkpoint = newest_checkpoint(self.log)
        self.log.proven_tree(checkpoint)
        return self.log.cosigned(checkpoint)


@dataclass(frozen=True)
class ListCheckpoints:
    """List checkpoints, newest first."""

    log: LogReader

    def __call__(self, *, after: str | None, limit: int) -> Page[PublishedCheckpoint, str]:
        """Return a page of checkpoints as they were published.

        Args:
            after: When the last checkpoint of the previous page was signed; None for the first page.
            limit: 1 to 100.

        Raises:
            LogDamagedError, StoreUnavailableError
        """
        checkpoints = self.log.index.list_checkpoints(before=after, page_size=limit + 1)
        return paginate(checkpoints, limit, lambda checkpoint: checkpoint.signed_at)


@dataclass(frozen=True)
class ProveConsistency:
    """Prove that the log only grew."""

    log: LogReader

    def __call__(self, old_size: int, new_size: int) -> Sequence[bytes]:
        """Return the proof that the first leaves of a tree are those of an earlier tree (RFC 6962, section 2.1.2).

        Args:
            old_size: Size of the earlier tree, from 1.
            new_size: Size of the later tree, at least `old_size`.

        Raises:
            NoSuchTreeError: The log has not reached the size yet.
            NoCheckpointError, LogDamagedError, StoreUnavailableError
        """
        checkpoint = newest_checkpoint(self.log)
        size = checkpoint.signed.checkpoint.size
        if new_size > size:
            raise NoSuchTreeError(new_size, size)
        # In the newest tree's tiles: a smaller tree that was never signed has no partial tiles of its own.
        return consistency_proof(StoredNodes(size, self.log.proven_tree(checkpoint).read), old_size, new_size)


@dataclass(frozen=True)
class PublicKeys:
    """Public keys that verify checkpoints.

    Attributes:
        log: Of the log.
        witnesses: Of the configured witnesses.
    """

    log: VerifierKey
    witnesses: Sequence[VerifierKey]


@dataclass(frozen=True)
class GetPublicKeys:
    """Get the public keys."""

    log: LogReader

    def __call__(self) -> PublicKeys:
        """Return the keys.

        Raises:
            StoreUnavailableError
        """
        return PublicKeys(self.log.verifier.key(), self.log.witnesses)


def newest_checkpoint(log: LogReader) -> PublishedCheckpoint:
    """Return the newest checkpoint.

    Raises:
        NoCheckpointError, LogDamagedError, StoreUnavailableError
    """
    checkpoint = log.newest()
    if checkpoint is None:
        raise NoCheckpointError
    return checkpoint
