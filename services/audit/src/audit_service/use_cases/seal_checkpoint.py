"""Seal what is recorded: append it to the log, sign the tree's checkpoint, and publish it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from countersign_common.clock import Clock, to_rfc3339
from countersign_common.errors import StoreUnavailableError
from countersign_common.ids import NewId
from countersign_common.telemetry import Warn

from audit_service.domain.errors import LogDamagedError
from audit_service.domain.log.entries import Entry
from audit_service.domain.log.merkle import root_hash
from audit_service.domain.log.notes import Checkpoint, InvalidNoteError, SignedCheckpoint
from audit_service.domain.log.sealing import Edge, Growth, LogState, SealingPlan, grow
from audit_service.domain.log.tiles import TILE_WIDTH, StoredNodes, edge_tiles, tile_at
from audit_service.ports import (
    CheckpointSigner,
    CheckpointVerifier,
    LogTiles,
    PendingPage,
    PublishedCheckpoint,
    SealingLedger,
)

BATCH = 4096
"""Entries of one checkpoint, 16 bundles: a compressed plan of this size, about 270 KB, fits in an item (400 KB)."""

LEASE = timedelta(seconds=55)
"""Longer than the function's timeout (50 s), so that a run has ended when the next one gets the lease."""

RESERVE_SECONDS = 15.0
"""A run starts no batch with less time left."""


@dataclass(frozen=True)
class SealingResult:
    """The result of a run.

    Attributes:
        size: Size of the newest checkpoint; 0 if there is none.
        sealed: Entries that this run has sealed.
        pending: Entries that are left, counted up to about a batch.
        oldest_pending_seconds: Age of the oldest of those; 0 if there is none.
    """

    size: int
    sealed: int
    pending: int
    oldest_pending_seconds: float


@dataclass(frozen=True)
class SealCheckpoint:
    """Append pending entries to the log, in batches, until nothing or no time is left.

    What is appended is stored as a plan first, and a plan never changes. So a run that was killed anywhere is continued
    by the next one: no entry gets two indices, and there are never two trees of one size. Runs at the same time do no
    harm, because each step is repeatable or conditional; the lease only saves their work.
    """

    ledger: SealingLedger
    tiles: LogTiles
    signer: CheckpointSigner
    verifier: CheckpointVerifier
    clock: Clock
    new_id: NewId
    warn: Warn

    def __call__(self, remaining_seconds: Callable[[], float]) -> SealingResult | None:
        """
        Args:
            remaining_seconds: Returns how long this run may still take.

        Returns:
            None if another run seals.

        Raises:
            LogDamagedError: The stored log is not what was signed last. Nothing is signed.
            LeaseLostError, StoreUnavailableError: The next run continues.
        """
        owner, now = self.new_id(), self.clock()
        state = self.ledger.acquire(owner, now, now + LEASE)
        if state is None:
            return None
        try:
            return self._seal(owner, state, remaining_seconds)
        finally:
            with suppress(StoreUnavailableError):  # the lease ends by itself
                self.ledger.release(owner)

    def _seal(self, owner: str, state: LogState, remaining_seconds: Callable[[], float]) -> SealingResult:
        first_size = state.size
        edge = self._checked_edge(state)
        self._check_published(state)
        if state.plan is not None:
            state, edge = self._append(owner, state, state.plan, edge)
        while True:
            page = self.ledger.pending(BATCH)
            entries, is_progress = self._new_entries(page)
            if entries:
                plan = SealingPlan(state.size, entries)
                self.ledger.plan(owner, plan)
                state, edge = self._append(owner, state, plan, edge)
            if page.is_complete or not is_progress or remaining_seconds() < RESERVE_SECONDS:
                break
        return self._result(state, first_size, page)

    def _checked_edge(self, state: LogState) -> Edge:
        """Return the edge of the stored tree, which must be the one that was signed last."""
        tiles = {tile: self.tiles.read_hashes(tile) for tile in edge_tiles(state.size)}
        entries: tuple[Entry, ...] = ()
        if state.size % TILE_WIDTH:
            entries = tuple(self.tiles.read_entries(tile_at(0, state.size // TILE_WIDTH, state.size)))
        edge = Edge(state.size, tiles, entries)
        edge.check(state.root)
        if state.size and not self._is_signed(state.note, state.size, state.root):
            raise LogDamagedError(f"The log's key has not signed the state of size {state.size}.")
        return edge

    def _check_published(self, state: LogState) -> None:
        """Check that the log continues what is published, which can be older: a run was killed before it published.

        Something else that was published is replaced.
        """
        note = self.tiles.published_checkpoint()
        if note == state.note:
            return
        published = self._signed_by_log(note)
        if published is not None:
            if published.size > state.size:
                raise LogDamagedError(
                    f"The published checkpoint has size {published.size}, and the state {state.size}."
                )
            nodes = StoredNodes(state.size, self.tiles.read_hashes)
            if root_hash(nodes, published.size) != published.root:
                raise LogDamagedError(
                    f"The tree of size {state.size} is not consistent with the published one of {published.size}."
                )
        if state.note is not None and state.plan is None:
            self.warn("published checkpoint replaced", size=state.size)
            self.tiles.publish_checkpoint(state.note)

    def _append(self, owner: str, state: LogState, plan: SealingPlan, edge: Edge) -> tuple[LogState, Edge]:
        if state.size == plan.size:
            growth = grow(edge, plan.entries)
            state, edge = self._commit(owner, state, plan, growth), growth.edge
        assert state.note is not None
        self.tiles.publish_checkpoint(state.note)
        self.ledger.finish(owner, plan)
        return state, edge

    def _commit(self, owner: str, state: LogState, plan: SealingPlan, growth: Growth) -> LogState:
        key = self.verifier.key()
        if state.size == 0:
            self.tiles.publish_key(key.public_key)
        self.tiles.write(growth.hashes, growth.bundles)
        checkpoint = Checkpoint(key.name, plan.new_size, growth.edge.root)
        signed = SignedCheckpoint(checkpoint, (self.signer.sign(checkpoint.text),))
        if not self.verifier.verify(signed):
            raise LogDamagedError("The signature of the new checkpoint is not valid.")
        sealed_at = self._later_than(state.sealed_at)
        self.ledger.commit(owner, plan, PublishedCheckpoint(signed, to_rfc3339(sealed_at)))
        return LogState(checkpoint.size, checkpoint.root, signed.note, sealed_at)

    def _new_entries(self, page: PendingPage) -> tuple[tuple[Entry, ...], bool]:
        """Return the entries that are not sealed, and whether something was found that this run ends."""
        for key in page.unreadable:
            self.warn("unreadable pending entry", key=key)
        # By id: an id could be in two places if something else than this service wrote it.
        entries = list(
            {pending.entry.entry_id: pending.entry for pending in reversed(page.entries)}.values()
        )[::-1]
        sealed = self.ledger.positions([entry.entry_id for entry in entries])
        for entry in entries:
            position = sealed.get(entry.entry_id)
            if position is not None and position.hash != entry.hash:
                self.warn("entry is sealed with another hash", entryId=entry.entry_id, index=position.index)
        if sealed:
            self.ledger.discard([*sealed])
        return tuple(entry for entry in entries if entry.entry_id not in sealed), bool(entries)

    def _is_signed(self, note: str | None, size: int, root: bytes) -> bool:
        checkpoint = self._signed_by_log(note)
        return checkpoint is not None and (checkpoint.size, checkpoint.root) == (size, root)

    def _signed_by_log(self, note: str | None) -> Checkpoint | None:
        """Return the checkpoint of a note; None if the log's key has not signed it."""
        try:
            signed = SignedCheckpoint.parse(note or "")
        except InvalidNoteError:
            return None
        is_of_log = signed.checkpoint.origin == self.verifier.key().name
        return signed.checkpoint if is_of_log and self.verifier.verify(signed) else None

    def _later_than(self, sealed_at: datetime | None) -> datetime:
        """Return the time, also when the clock was set back: checkpoints are listed by it."""
        now = self.clock()
        return now if sealed_at is None else max(now, sealed_at + timedelta(milliseconds=1))

    def _result(self, state: LogState, first_size: int, page: PendingPage) -> SealingResult:
        pending, oldest = len(page.unreadable), 0.0
        if not page.is_complete:
            left = self.ledger.pending(BATCH)
            pending = len(left.entries) + len(left.unreadable)
            if left.entries:
                oldest = (self.clock() - left.entries[0].added_at).total_seconds()
        return SealingResult(state.size, state.size - first_size, pending, oldest)
