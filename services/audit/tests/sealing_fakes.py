"""The ports of the log in memory. Each effect is a step, at which a test can stop a run or let another one run."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from audit_service.domain.errors import LogDamagedError
from audit_service.domain.log.entries import Entry, EntryKind, LeafPosition
from audit_service.domain.log.notes import NoteSignature, SignedCheckpoint, VerifierKey
from audit_service.domain.log.sealing import LeaseLostError, LogState, PendingEntry, SealingPlan
from audit_service.domain.log.tiles import Tile
from audit_service.ports import PendingPage, PublishedCheckpoint
from audit_service.use_cases.seal_checkpoint import SealCheckpoint

ORIGIN = "log.example"
KEY = VerifierKey.ecdsa(ORIGIN, b"public key")
NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)


class KilledError(BaseException):
    """The process has ended: no `except Exception` sees it."""


class Steps:
    """Counts the effects of a run.

    Attributes:
        count: Steps so far.
        at: Step → what happens there, once.
    """

    def __init__(self) -> None:
        self.count = 0
        self.at: dict[int, Callable[[], None]] = {}
        self.is_dead = False

    def __call__(self) -> None:
        if self.is_dead:
            raise KilledError
        self.count += 1
        if action := self.at.pop(self.count, None):
            action()

    def kill(self) -> None:
        """End the run: nothing it does from now on has an effect."""
        self.is_dead = True
        raise KilledError


@dataclass
class World:
    """What outlives a run: the stores and the key.

    Attributes:
        pending, positions: By entry id.
        objects: Tiles and bundles by path.
        signed: The text of every signature.
        history: Committed checkpoints, oldest first.
    """

    def __init__(self) -> None:
        self.now = NINE
        self.pending: dict[str, PendingEntry] = {}
        self.unreadable: list[str] = []
        self.positions: dict[str, LeafPosition] = {}
        self.state = LogState()
        self.owner: str | None = None
        self.until = NINE
        self.objects: dict[str, bytes | tuple[Entry, ...]] = {}
        self.published: str | None = None
        self.signed: list[str] = []
        self.history: list[PublishedCheckpoint] = []
        self.warnings: list[tuple[str, Mapping[str, object]]] = []
        self.page = 1_000_000
        self._runs = 0

    def record(self, *entries: Entry) -> None:
        """Make entries pending, each a second after the one before."""
        for entry in entries:
            self.pending[entry.entry_id] = PendingEntry(entry, self.now)
            self.now += timedelta(seconds=1)

    def run(self, steps: Steps | None = None, seconds: Callable[[], float] = lambda: 50.0) -> SealCheckpoint:
        """Return a sealer whose effects are steps."""
        step = steps or Steps()
        return SealCheckpoint(
            ledger=FakeLedger(self, step),
            tiles=FakeTiles(self, step),
            signer=FakeSigner(self, step),
            verifier=FakeVerifier(),
            clock=lambda: self.now,
            new_id=self._new_id,
            warn=lambda message, **keys: self.warnings.append((message, keys)),
        )

    def seal(self, steps: Steps | None = None, seconds: float = 50.0):
        """Run the sealer once."""
        return self.run(steps)(lambda: seconds)

    def _new_id(self) -> str:
        self._runs += 1
        return f"run-{self._runs}"


def entry(number: int, digest: int | None = None) -> Entry:
    """Return an entry with this number."""
    return Entry(EntryKind.EVENT, f"event-{number:06d}", f"{number if digest is None else digest:064x}")


@dataclass
class FakeLedger:
    """The port `SealingLedger`."""

    world: World
    step: Steps

    def acquire(self, owner: str, now: datetime, until: datetime) -> LogState | None:
        self.step()
        if self.world.owner is not None and self.world.until >= now:
            return None
        self.world.owner, self.world.until = owner, until
        return self.world.state

    def release(self, owner: str) -> None:
        self.step()
        if self.world.owner == owner:
            self.world.owner = None

    def pending(self, limit: int) -> PendingPage:
        self.step()
        limit = min(limit, self.world.page)
        every = sorted(self.world.pending.values(), key=lambda each: each.added_at)
        return PendingPage(every[:limit], self.world.unreadable, len(every) <= limit)

    def positions(self, entry_ids: Sequence[str]) -> Mapping[str, LeafPosition]:
        self.step()
        return {each: self.world.positions[each] for each in entry_ids if each in self.world.positions}

    def discard(self, entry_ids: Sequence[str]) -> None:
        for each in entry_ids:
            self.step()
            self.world.pending.pop(each, None)

    def plan(self, owner: str, plan: SealingPlan) -> None:
        self.step()
        state = self.world.state
        if (self.world.owner, state.plan, state.size) != (owner, None, plan.size):
            raise LeaseLostError
        self.world.state = replace(state, plan=plan)
        self.step()

    def commit(self, owner: str, plan: SealingPlan, checkpoint: PublishedCheckpoint) -> None:
        self.step()
        state, signed = self.world.state, checkpoint.signed
        if (self.world.owner, state.plan, state.size) != (owner, plan, plan.size):
            raise LeaseLostError
        self.world.state = LogState(
            signed.checkpoint.size,
            signed.checkpoint.root,
            signed.note,
            datetime.fromisoformat(checkpoint.signed_at),
            plan,
        )
        self.world.history.append(checkpoint)
        self.step()

    def finish(self, owner: str, plan: SealingPlan) -> None:
        for index, each in enumerate(plan.entries, plan.size):
            self.step()
            position = LeafPosition(index, each.hash)
            assert self.world.positions.setdefault(each.entry_id, position) == position
        self.discard([each.entry_id for each in plan.entries])
        self.step()
        state = self.world.state
        if (self.world.owner, state.plan, state.size) != (owner, plan, plan.new_size):
            raise LeaseLostError
        self.world.state = replace(state, plan=None)
        self.step()


@dataclass
class FakeTiles:
    """The port `LogTiles`."""

    world: World
    step: Steps

    def read_hashes(self, tile: Tile) -> bytes:
        self.step()
        try:
            return self.world.objects[tile.path]
        except KeyError:
            raise LogDamagedError(f"{tile.path} is missing.") from None

    def read_entries(self, tile: Tile) -> Sequence[Entry]:
        self.step()
        try:
            return self.world.objects[tile.bundle_path]
        except KeyError:
            raise LogDamagedError(f"{tile.bundle_path} is missing.") from None

    def write(self, hashes: Mapping[Tile, bytes], entries: Mapping[Tile, Sequence[Entry]]) -> None:
        for tile, content in hashes.items():
            self._write(tile.path, content)
        for tile, bundle in entries.items():
            self._write(tile.bundle_path, tuple(bundle))

    def published_checkpoint(self) -> str | None:
        self.step()
        return self.world.published

    def publish_checkpoint(self, note: str) -> None:
        self.step()
        self.world.published = note
        self.step()

    def publish_key(self, public_key: bytes) -> None:
        self._write("public-key.der", public_key)

    def _write(self, path: str, content: bytes | tuple[Entry, ...]) -> None:
        self.step()
        if self.world.objects.setdefault(path, content) != content:
            raise LogDamagedError(f"{path} is stored with another content.")


@dataclass
class FakeSigner:
    """The port `CheckpointSigner`. As with ECDSA, two signatures of a text differ."""

    world: World
    step: Steps

    def sign(self, text: str) -> NoteSignature:
        self.step()
        self.world.signed.append(text)
        self.step()
        return signature_of(text, len(self.world.signed))


class FakeVerifier:
    """The port `CheckpointVerifier`."""

    def key(self) -> VerifierKey:
        return KEY

    def verify(self, signed: SignedCheckpoint) -> bool:
        return any(
            each.is_by(KEY)
            and each == signature_of(signed.checkpoint.text, int.from_bytes(each.signature[:4]))
            for each in signed.signatures
        )


def signature_of(text: str, nonce: int) -> NoteSignature:
    """Return a signature by the log's key."""
    number = nonce.to_bytes(4)
    return NoteSignature(KEY.name, KEY.key_id, number + hashlib.sha256(number + text.encode()).digest())
