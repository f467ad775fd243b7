"""Read what the log says about entries: shared by the use cases that prove or verify."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from countersign_common.parallel import MAX_THREADS, map_parallel

from audit_service.domain.errors import LogDamagedError
from audit_service.domain.log.log_facts import LogFacts
from audit_service.domain.log.notes import (
    Checkpoint,
    InvalidNoteError,
    NoteSignature,
    SignedCheckpoint,
    VerifierKey,
)
from audit_service.domain.log.proven_tree import ProvenTree, tiles_to_prove
from audit_service.domain.log.tiles import Tile
from audit_service.ports import (
    CheckpointVerifier,
    CosignatureVerifier,
    CosignedCheckpoint,
    LogIndex,
    PublishedCheckpoint,
    TileReader,
)

INVALID_SIGNATURE = "The log's key has not signed the newest checkpoint."
WRONG_ROOT = "The stored tiles don't give the root that the newest checkpoint signs."


@dataclass(frozen=True)
class LogReader:
    """Read positions, the newest checkpoint, and the tiles that prove entries under it."""

    index: LogIndex
    tiles: TileReader
    verifier: CheckpointVerifier
    witnesses: Sequence[VerifierKey] = ()
    cosignature_verifier: CosignatureVerifier | None = None

    def cosigned(self, checkpoint: PublishedCheckpoint) -> CosignedCheckpoint:
        """Return a checkpoint with the valid cosignatures of the configured witnesses."""
        stored = self.index.cosignatures(checkpoint.signed.checkpoint.size) if self.witnesses else ()
        text = checkpoint.signed.checkpoint.text
        cosignatures = [each for each in stored if self.is_cosigned(text, each)]
        return CosignedCheckpoint(
            checkpoint.signed.with_signatures(*cosignatures),
            checkpoint.signed_at,
            tuple(each.name for each in cosignatures),
        )

    def is_cosigned(self, text: str, cosignature: NoteSignature) -> bool:
        """Return whether a configured witness has signed the text of a checkpoint."""
        verifier = self.cosignature_verifier
        message, signature = cosignature.cosigned_message(text), cosignature.cosigned_signature
        return verifier is not None and any(
            cosignature.is_by(key) and verifier.is_valid(key, message, signature) for key in self.witnesses
        )

    def indices(self, entry_ids: Sequence[str]) -> dict[str, int]:
        """Return the index of each sealed entry's leaf."""
        return {entry: position.index for entry, position in self.index.positions(entry_ids).items()}

    def facts(
        self, entry_ids: Sequence[str], known: Mapping[str, int]
    ) -> tuple[LogFacts, PublishedCheckpoint | None]:
        """Return what the log says about entries, and its newest checkpoint.

        Args:
            entry_ids: The entries.
            known: The indices that were read already.
        """
        indices = dict(known)
        unknown = [each for each in dict.fromkeys(entry_ids) if each not in indices]
        indices |= self.indices(unknown)
        # An entry that is sealed at this moment is pending in the first read or has a position in the second one.
        unsealed = [each for each in unknown if each not in indices]
        pending = self.index.pending_since(unsealed)
        indices |= self.indices([each for each in unsealed if each not in pending])
        # After the positions, so that the checkpoint has their leaves.
        try:
            checkpoint = self.newest()
        except LogDamagedError as error:
            return LogFacts(None, str(error), indices, pending), None
        if checkpoint is None:
            return LogFacts(None, None, indices, pending), None
        tree, problem = self.tree(checkpoint, [indices[each] for each in entry_ids if each in indices])
        return LogFacts(tree, problem, indices, pending), checkpoint

    def newest(self) -> PublishedCheckpoint | None:
        """Return the newest checkpoint of the table; None before the first one.

        Raises:
            LogDamagedError: It can't be read, or what is published is newer, of the same size with another root, or not
                signed by the log.
            StoreUnavailableError
        """
        checkpoint = self.index.newest_checkpoint()
        published = self._published()
        if published is not None and _is_newer(published, checkpoint):
            # It was signed between the two reads, or the table was restored to an earlier state.
            checkpoint = self.index.newest_checkpoint()
            if _is_newer(published, checkpoint):
                size = 0 if checkpoint is None else checkpoint.signed.checkpoint.size
                raise LogDamagedError(
                    f"The table has the checkpoint of size {size}, and size {published.size} is published."
                )
        if published is not None and checkpoint is not None and self._is_fork(published, checkpoint):
            raise LogDamagedError(f"The log has signed two trees of size {published.size}.")
        return checkpoint

    def proven_tree(self, checkpoint: PublishedCheckpoint, indices: Iterable[int] = ()) -> ProvenTree:
        """Return the tree that a checkpoint signs, with the tiles that prove these leaves.

        Raises:
            LogDamagedError: The checkpoint is not signed by the log, or the tiles are not those of its tree.
            StoreUnavailableError
        """
        tree, problem = self.tree(checkpoint, indices)
        if tree is None:
            raise LogDamagedError(problem or WRONG_ROOT)
        return tree

    def _published(self) -> Checkpoint | None:
        """Return the published checkpoint; None if none is published."""
        note = self.tiles.published_checkpoint()
        if note is None:
            return None
        try:
            signed = SignedCheckpoint.parse(note)
            is_signed = self.verifier.verify(signed)
        except InvalidNoteError:
            is_signed = False
        if not is_signed:
            raise LogDamagedError("The log's key has not signed the published checkpoint.")
        return signed.checkpoint

    def _is_fork(self, published: Checkpoint, checkpoint: PublishedCheckpoint) -> bool:
        """Return whether both trees have the same size and another root, and the log's key has signed both."""
        newest = checkpoint.signed.checkpoint
        return (published.size == newest.size and published.root != newest.root) and self.verifier.verify(
            checkpoint.signed
        )

    def tree(
        self, checkpoint: PublishedCheckpoint, indices: Iterable[int]
    ) -> tuple[ProvenTree | None, str | None]:
        """Return the signed tree with the tiles that prove these leaves, or why there is none."""
        if not self.verifier.verify(checkpoint.signed):
            return None, INVALID_SIGNATURE
        signed = checkpoint.signed.checkpoint
        read = self.read_ahead(tiles_to_prove(indices, signed.size))
        tree = ProvenTree(signed.size, signed.root, read)
        return (tree, None) if tree.is_proven else (None, WRONG_ROOT)

    def read_ahead(self, tiles: Iterable[Tile]) -> Callable[[Tile], bytes]:
        """Read tiles in parallel, and return a function that has them."""
        ahead, listed = _TilesReadAhead(self.tiles), list(tiles)
        # One task for each thread: hundreds of tasks take longer than hundreds of tiles that are in memory.
        map_parallel(
            ahead.load_all, [listed[start::MAX_THREADS] for start in range(min(MAX_THREADS, len(listed)))]
        )
        return ahead.read


def _is_newer(published: Checkpoint, checkpoint: PublishedCheckpoint | None) -> bool:
    return checkpoint is None or published.size > checkpoint.signed.checkpoint.size


@dataclass(frozen=True)
class _TilesReadAhead:
    tiles: TileReader
    loaded: dict[Tile, bytes | LogDamagedError] = field(default_factory=dict)

    def load_all(self, tiles: Iterable[Tile]) -> None:
        for tile in tiles:
            self.load(tile)

    def load(self, tile: Tile) -> None:
        try:
            self.loaded[tile] = self.tiles.read_hashes(tile)
        except LogDamagedError as error:
            self.loaded[tile] = error

    def read(self, tile: Tile) -> bytes:
        if tile not in self.loaded:
            self.load(tile)
        found = self.loaded[tile]
        if isinstance(found, LogDamagedError):
            raise found
        return found
