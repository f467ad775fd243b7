"""The log and the manifests in memory, with the hashes of real ones."""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from countersign_common.clock import from_rfc3339, to_rfc3339
from countersign_common.events.manifest import Manifest, ManifestEvent, ManifestWorkflow, manifest_name
from countersign_common.proof.commitment import data_hash
from ecdsa import Ed25519, SigningKey

from audit_service.adapters.ed25519_cosignature_verifier import Ed25519CosignatureVerifier
from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.errors import LogDamagedError
from audit_service.domain.log.entries import Entry, EntryKind, LeafPosition
from audit_service.domain.log.merkle import leaf_hash, root_hash
from audit_service.domain.log.notes import (
    COSIGNATURE_TYPE,
    Checkpoint,
    NoteSignature,
    SignedCheckpoint,
    VerifierKey,
)
from audit_service.domain.log.tiles import StoredNodes, Tile, edge_tiles, grown_tiles
from audit_service.domain.manifests import StoredManifest
from audit_service.ports import PendingEntries, PublishedCheckpoint
from audit_service.use_cases.log_reader import LogReader
from audit_service.use_cases.manifest_finder import ManifestFinder

ORIGIN = "log.example.com"
NOW = datetime(2026, 1, 31, 9, 10, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=1)
WITNESS_KEY = SigningKey.from_string(bytes(range(32)), curve=Ed25519)
_WITNESS_MATERIAL = COSIGNATURE_TYPE + WITNESS_KEY.verifying_key.to_string()
WITNESS = VerifierKey(
    "witness.example.com",
    hashlib.sha256(b"witness.example.com\n" + _WITNESS_MATERIAL).digest()[:4],
    _WITNESS_MATERIAL,
)

_MINUTE = timedelta(minutes=1)


class FakeLog:
    """A log: the ports `LogIndex`, `TileReader` and `CheckpointVerifier`.

    The "signature" of a checkpoint is a hash of its text: what a fake verifier can check.

    Attributes:
        tiles: Stored tiles.
        entries: By index.
        pending: Entry id → since when.
        indices: Entry id → where it is, as the table says.
        erasures: datasetId → ids of erasure events.
        newest: The newest checkpoint.
        published: The note that is published; None for that of `newest`.
        cosigned_at: When each cosignature was stored.
        page_sizes: Of each list of checkpoints.
        reads: Tiles that were read.
    """

    def __init__(self) -> None:
        self.tiles: dict[Tile, bytes] = {}
        self.entries: list[Entry] = []
        self.pending: dict[str, datetime] = {}
        self.indices: dict[str, LeafPosition] = {}
        self.erasures: dict[str, list[str]] = {}
        self.newest: PublishedCheckpoint | None = None
        self.published: str | None = None
        self.history: list[PublishedCheckpoint] = []
        self.stored_cosignatures: dict[int, list[NoteSignature]] = {}
        self.cosigned_at: list[datetime] = []
        self.page_sizes: list[int] = []
        self.reads: list[Tile] = []
        self.is_damaged = False

    @property
    def size(self) -> int:
        return len(self.entries)

    def seal(self, *entries: Entry, signed_at: datetime = NOW) -> SignedCheckpoint:
        """Append entries and sign a checkpoint."""
        if not entries:
            return self.sign(to_rfc3339(signed_at))
        size = self.size
        edge = {tile: self.tiles[tile] for tile in edge_tiles(size)}
        self.tiles |= grown_tiles(size, edge, [leaf_hash(entry.to_bytes()) for entry in entries])
        for entry in entries:
            self.indices[entry.entry_id] = LeafPosition(len(self.entries), entry.hash)
            self.pending.pop(entry.entry_id, None)
            self.entries.append(entry)
        return self.sign(to_rfc3339(signed_at))

    def sign(self, signed_at: str = to_rfc3339(NOW)) -> SignedCheckpoint:
        """Sign the tree as it is stored."""
        root = root_hash(StoredNodes(self.size, self.tiles.__getitem__), self.size)
        checkpoint = Checkpoint(ORIGIN, self.size, root)
        signature = NoteSignature(ORIGIN, self.key().key_id, self.signature_of(checkpoint.text))
        self.newest = PublishedCheckpoint(SignedCheckpoint(checkpoint, (signature,)), signed_at)
        self.history.insert(0, self.newest)
        return self.newest.signed

    def tiles_of_newest(self) -> list[Tile]:
        """Return the partial tiles of the newest tree."""
        return edge_tiles(self.size)

    def read_hashes(self, tile: Tile) -> bytes:
        self.reads.append(tile)
        if tile not in self.tiles:
            raise LogDamagedError(f"{tile.path} is missing.")
        return self.tiles[tile]

    def published_checkpoint(self) -> str | None:
        newest = None if self.newest is None else self.newest.signed.note
        return self.published or newest

    def newest_checkpoint(self) -> PublishedCheckpoint | None:
        if self.is_damaged:
            raise LogDamagedError("A stored checkpoint can't be read.")
        return self.newest

    def list_checkpoints(self, *, before: str | None, page_size: int) -> Iterator[PublishedCheckpoint]:
        self.page_sizes.append(page_size)
        if self.is_damaged:
            raise LogDamagedError("A stored checkpoint can't be read.")
        return (each for each in self.history if before is None or each.signed_at < before)

    def positions(self, entry_ids: Sequence[str]) -> Mapping[str, LeafPosition]:
        return {each: self.indices[each] for each in entry_ids if each in self.indices}

    def restore_positions(self, entries: Mapping[Entry, int]) -> None:
        self.indices |= {each.entry_id: LeafPosition(index, each.hash) for each, index in entries.items()}

    def pending_since(self, entry_ids: Sequence[str]) -> Mapping[str, datetime]:
        return {each: self.pending[each] for each in entry_ids if each in self.pending}

    def count_pending(self) -> PendingEntries:
        return PendingEntries(len(self.pending), min(self.pending.values(), default=None))

    def erasures_of(self, dataset_id: str) -> Sequence[str]:
        return self.erasures.get(dataset_id, [])

    def cosignatures(self, size: int) -> Sequence[NoteSignature]:
        return self.stored_cosignatures.get(size, [])

    def add_cosignature(self, size: int, cosignature: NoteSignature, at: datetime) -> None:
        self.cosigned_at.append(at)
        self.stored_cosignatures.setdefault(size, []).append(cosignature)

    def key(self) -> VerifierKey:
        return VerifierKey.ecdsa(ORIGIN, b"the public key")

    def verify(self, signed: SignedCheckpoint) -> bool:
        return any(
            each.is_by(self.key()) and each.signature == self.signature_of(signed.checkpoint.text)
            for each in signed.signatures
        )

    def signature_of(self, text: str) -> bytes:
        """Return the signature of a checkpoint's text."""
        return base64.b64encode(hashlib.sha256(text.encode()).digest())


class FakeManifests:
    """Manifests: the ports `ManifestReader` and `AttestedStates`.

    Attributes:
        stored: By name.
        newest_of: Workflow id → name of the newest manifest that is known to attest it.
        reads: Names that were read.
    """

    def __init__(self) -> None:
        self.stored: dict[str, StoredManifest] = {}
        self.newest_of: dict[str, str] = {}
        self.reads: list[str] = []

    def get(self, name: str) -> StoredManifest | None:
        self.reads.append(name)
        return self.stored.get(name)

    def list_names(self, *, after: str, limit: int) -> Sequence[str]:
        return [name for name in sorted(self.stored) if name > after][:limit]

    def newest_manifest_of(self, workflow_id: str) -> str | None:
        return self.newest_of.get(workflow_id)

    def publish(
        self,
        end: datetime,
        events: Iterable[ManifestEvent] = (),
        workflows: Iterable[ManifestWorkflow] = (),
        *,
        start: datetime | None = None,
        published_at: datetime | None = None,
    ) -> Entry:
        """Publish a manifest of the minute before `end`, or from `start`. Return its entry in the log."""
        name = manifest_name(end)
        manifest = Manifest(
            from_=manifest_name(end - _MINUTE if start is None else start),
            to=name,
            sequence=len(self.stored) + 1,
            previous_sha256="0" * 64,
            events=tuple(events),
            workflows=tuple(workflows),
        )
        published = end + timedelta(seconds=40) if published_at is None else published_at
        self.stored[name] = StoredManifest(name, manifest.to_text(), published)
        return manifest_entry(self.stored[name])

    def change(self, name: str, **changes: Any) -> None:
        """Change a stored manifest, and nothing else."""
        self.stored[name] = replace(self.stored[name], **changes)


class World:
    """Everything that a verification reads: records, log and manifests, which fit together until a test changes them.

    Attributes:
        now: What the clock returns.
    """

    def __init__(
        self, repository: Any, *, witnesses: Sequence[VerifierKey] = (), log: FakeLog | None = None
    ) -> None:
        self.records = repository
        self.log = log or FakeLog()
        self.manifests = FakeManifests()
        self.now = NOW
        self.reader = LogReader(self.log, self.log, self.log, witnesses, Ed25519CosignatureVerifier())
        self.finder = ManifestFinder(self.manifests, self.manifests)

    def clock(self) -> datetime:
        return self.now

    def publish_and_seal(self, chain: Sequence[AuditRecord]) -> None:
        """Publish the manifests that name a chain, and seal its records and the manifests."""
        self.publish(chain)
        self.log.seal(*map(event_entry, chain), *map(manifest_entry, self.manifests.stored.values()))

    def publish(self, chain: Sequence[AuditRecord], **changes: Any) -> None:
        """Publish the manifests that name a chain; each attests the state at its end."""
        minutes: dict[datetime, list[AuditRecord]] = {}
        for record in chain:
            minute = record.occurred_at.replace(second=0, microsecond=0)
            minutes.setdefault(minute, []).append(record)
        for minute, committed in minutes.items():
            self.manifests.publish(
                minute + _MINUTE,
                sorted(map(committed_event, committed), key=lambda event: event.event_id),
                [state_after(committed[-1], **changes)],
            )


def event_entry(record: AuditRecord) -> Entry:
    """Return the entry of a record."""
    return Entry(EntryKind.EVENT, record.dataset_id, record.hash)


def manifest_entry(manifest: StoredManifest) -> Entry:
    """Return the entry of a manifest."""
    digest = hashlib.sha256(manifest.text.encode()).hexdigest()
    return Entry(EntryKind.MANIFEST, manifest.name, digest)


def committed_event(record: AuditRecord) -> ManifestEvent:
    """Return what a manifest says about a record."""
    assert record.workflow_id is not None
    assert record.event.workflow is not None
    return ManifestEvent(record.dataset_id, record.workflow_id, record.event.workflow.sequence, record.hash)


def state_after(record: AuditRecord, **changes: Any) -> ManifestWorkflow:
    """Return what a manifest says about the workflow whose newest record this is."""
    assert record.workflow_id is not None
    assert record.event.workflow is not None
    assert record.content is not None
    value = record.content.value
    data = value[len('{"after":') : value.index(',"before"')]
    state = ManifestWorkflow(
        record.workflow_id,
        record.event.workflow.sequence,
        record.hash,
        record.event.outcome,
        data_hash(record.content.salt, data),
    )
    return replace(state, **changes)


def cosignature(name: str = WITNESS.name, key_id: bytes = WITNESS.key_id) -> NoteSignature:
    """Return a cosignature with the length of a real one, which is not valid."""
    return NoteSignature(name, key_id, bytes(8) + b"s" * 64)


def cosign(checkpoint: Checkpoint, at: datetime = NOW, name: str = WITNESS.name) -> NoteSignature:
    """Return the witness's cosignature of a checkpoint."""
    time = int(at.timestamp())
    message = f"cosignature/v1\ntime {time}\n{checkpoint.text}".encode()
    return NoteSignature(name, WITNESS.key_id, time.to_bytes(8) + WITNESS_KEY.sign(message))


def minute(text: str) -> datetime:
    """Return a time of the day of the test."""
    return from_rfc3339(f"2026-01-31T{text}:00Z")
