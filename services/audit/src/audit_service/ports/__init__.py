"""What the use cases need: implemented by the adapters, and by fakes in tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from countersign_common.events.resend_request import ResendRequest
    from countersign_common.pagination import Page

    from audit_service.domain.audit_record import AuditRecord
    from audit_service.domain.integrity import Attestation, FindingChanges, FoundFinding, Progress
    from audit_service.domain.log.entries import Entry, LeafPosition
    from audit_service.domain.log.notes import NoteSignature, SignedCheckpoint, VerifierKey
    from audit_service.domain.log.sealing import LogState, PendingEntry, SealingPlan
    from audit_service.domain.log.tiles import Tile
    from audit_service.domain.manifests import StoredManifest
    from audit_service.domain.search import Filters, Position, SearchScope


@dataclass(frozen=True)
class StoreResult:
    """The result of storing records.

    Attributes:
        existing: datasetId → the record that is stored under it already and was left as it is.
        failed: Id → reason, for records and manifests that were not stored and can be sent again.
    """

    existing: Mapping[str, AuditRecord]
    failed: Mapping[str, str]


@dataclass(frozen=True)
class IndexResult:
    """The result of indexing records: datasetId → reason, for those that are not indexed.

    Attributes:
        unindexable: The index can't hold them as they are. Sending them again changes nothing.
        failed: The index was busy. They can be sent again.
    """

    unindexable: Mapping[str, str]
    failed: Mapping[str, str]


@dataclass(frozen=True)
class WorkflowPosition:
    """The place of a record among those of its workflow.

    Attributes:
        sequence: As it was when the record was stored.
        dataset_id: Orders records with the same sequence, of which there should be one.
    """

    sequence: int
    dataset_id: str


class AuditRecordRepository(Protocol):
    """Stores audit records. It is append-only. Every method raises StoreUnavailableError."""

    def add(self, records: Sequence[AuditRecord], manifests: Sequence[Entry] = ()) -> StoreResult:
        """Store records with different datasetIds, each only if nothing is stored under its id.

        What is stored is pending until it is sealed, and so are manifests with different names.
        """
        ...

    def get(self, dataset_id: str) -> AuditRecord | None:
        """Return a record, strongly consistent."""
        ...

    def get_many(self, dataset_ids: Sequence[str]) -> Mapping[str, AuditRecord]:
        """Return records by id, strongly consistent. Ids without a record are left out."""
        ...

    def list_positions(
        self, workflow_id: str, *, after: WorkflowPosition | None, limit: int
    ) -> Sequence[WorkflowPosition]:
        """Return where a workflow's records are, by sequence. The newest can lag behind by a moment.

        Args:
            workflow_id: The workflow.
            after: The position that they follow; None to start with the first.
            limit: Maximum number of positions.
        """
        ...

    def list_newest_first(self, workflow_id: str) -> Iterable[AuditRecord]:
        """Return a workflow's records by sequence, in reverse, and read only as many as are consumed."""
        ...

    def scan(self, after: str | None) -> Page[AuditRecord, str]:
        """Return the next records of the whole store, in its own order, strongly consistent.

        Args:
            after: Position of the previous page, a datasetId; None for the first page.
        """
        ...


class AuditIndex(Protocol):
    """The search index. It can be rebuilt from the store. Every method raises SearchUnavailableError."""

    def add(self, records: Sequence[AuditRecord]) -> IndexResult:
        """Make records searchable. One that is indexed already is left as it is, which is a success."""
        ...

    def find(
        self, filters: Filters, scope: SearchScope, *, after: Position | None, limit: int
    ) -> Sequence[Position]:
        """Return the positions of matching records, newest first, each once.

        Args:
            filters: What the records must match.
            scope: Which of them the search finds.
            after: The position that they follow; None to start at the newest.
            limit: Maximum number of positions.
        """
        ...

    def begin_replacement(self) -> int:
        """Write records to a new, empty build of the index from now on. What is indexed stays searchable.

        Returns:
            The build.
        """
        ...

    def finish_replacement(self, build: int) -> None:
        """Delete what a build replaces. The build must contain every record by now."""
        ...


@dataclass(frozen=True)
class PublishedCheckpoint:
    """A checkpoint of the log as it was published, without cosignatures.

    Attributes:
        signed_at: RFC 3339 in UTC. The signature doesn't cover it.
    """

    signed: SignedCheckpoint
    signed_at: str


@dataclass(frozen=True)
class CosignedCheckpoint:
    """A checkpoint with the cosignatures of witnesses.

    Attributes:
        signed: With the lines of witnesses after the log's own.
        cosigners: Names of the configured witnesses among the signatures, all of which are valid.
    """

    signed: SignedCheckpoint
    signed_at: str
    cosigners: tuple[str, ...]


@dataclass(frozen=True)
class PendingEntries:
    """Entries that are recorded and not sealed yet.

    Attributes:
        count: Number of entries, counted up to a limit.
        oldest: When the oldest was recorded; None if there is none.
    """

    count: int
    oldest: datetime | None


class TileReader(Protocol):
    """Tiles of hashes, and the newest checkpoint as it is published with them."""

    def published_checkpoint(self) -> str | None:
        """Return the newest published checkpoint, a signed note; None before the first one.

        Raises:
            StoreUnavailableError
        """
        ...

    def read_hashes(self, tile: Tile) -> bytes:
        """Return the hashes of a tile.

        Raises:
            LogDamagedError: It is not stored.
            StoreUnavailableError
        """
        ...


class LogTiles(TileReader, Protocol):
    """The stored tree: tiles of hashes, and bundles of entries. Every method raises StoreUnavailableError."""

    def read_entries(self, tile: Tile) -> Sequence[Entry]:
        """Return the entries of a bundle, which has the index and width of its tile of level 0.

        Raises:
            LogDamagedError: It is not stored, or is not a bundle.
        """
        ...

    def write(self, hashes: Mapping[Tile, bytes], entries: Mapping[Tile, Sequence[Entry]]) -> None:
        """Write tiles and bundles. What is stored already is left as it is.

        Raises:
            LogDamagedError: One is stored with another content.
        """
        ...

    def publish_checkpoint(self, note: str) -> None:
        """Replace the newest checkpoint."""
        ...

    def publish_key(self, public_key: bytes) -> None:
        """Publish the log's public key, the DER encoding of its SubjectPublicKeyInfo."""
        ...


class LogIndex(Protocol):
    """What is known of the log besides the tree. Every method raises StoreUnavailableError."""

    def newest_checkpoint(self) -> PublishedCheckpoint | None:
        """Return the newest checkpoint, strongly consistent; None before the first one."""
        ...

    def list_checkpoints(self, *, before: str | None, page_size: int) -> Iterable[PublishedCheckpoint]:
        """Return checkpoints signed before a time, newest first. Reads the next page when it is needed."""
        ...

    def positions(self, entry_ids: Sequence[str]) -> Mapping[str, LeafPosition]:
        """Return where sealed entries are. Ids of others are left out."""
        ...

    def restore_positions(self, entries: Mapping[Entry, int]) -> None:
        """Store where sealed entries are, by entry. It replaces what is stored under their ids."""
        ...

    def pending_since(self, entry_ids: Sequence[str]) -> Mapping[str, datetime]:
        """Return when entries were recorded that are not sealed yet. Ids of others are left out."""
        ...

    def count_pending(self) -> PendingEntries:
        """Return how many entries are not sealed yet."""
        ...

    def erasures_of(self, dataset_id: str) -> Sequence[str]:
        """Return the ids of the erasure events that name a record. They are hints: only the events are proof."""
        ...

    def cosignatures(self, size: int) -> Sequence[NoteSignature]:
        """Return the cosignatures of the checkpoint of this size."""
        ...

    def add_cosignature(self, size: int, cosignature: NoteSignature, at: datetime) -> None:
        """Store a witness's cosignature. A later one of the same key replaces it."""
        ...


class ManifestReader(Protocol):
    """The workflow service's manifests. Every method raises StoreUnavailableError."""

    def get(self, name: str) -> StoredManifest | None:
        """Return a manifest."""
        ...

    def list_names(self, *, after: str, limit: int) -> Sequence[str]:
        """Return the names of the manifests after a name, in order."""
        ...


class AttestedStates(Protocol):
    """Which manifests attest which workflow."""

    def newest_manifest_of(self, workflow_id: str) -> str | None:
        """Return the name of the newest manifest that is known to attest a workflow's state.

        Raises:
            StoreUnavailableError
        """
        ...


class CheckpointVerifier(Protocol):
    """The public half of the log's key. Every method raises StoreUnavailableError."""

    def key(self) -> VerifierKey:
        """Return the public key under the log's origin."""
        ...

    def verify(self, signed: SignedCheckpoint) -> bool:
        """Return whether the log's key has signed the checkpoint."""
        ...


class CosignatureVerifier(Protocol):
    """Verifies what witnesses have signed."""

    def is_valid(self, key: VerifierKey, message: bytes, signature: bytes) -> bool:
        """Return whether the Ed25519 key has signed the message."""
        ...


class CheckpointSigner(Protocol):
    """The private half of the log's key."""

    def sign(self, text: str) -> NoteSignature:
        """Return the signature line of a checkpoint's text."""
        ...


@dataclass(frozen=True)
class PendingPage:
    """Entries that are not sealed yet.

    Attributes:
        entries: Oldest first.
        unreadable: Keys of items that are not entries.
        is_complete: Whether these are all.
    """

    entries: Sequence[PendingEntry]
    unreadable: Sequence[str]
    is_complete: bool


class SealingLedger(Protocol):
    """Stores the state of the sealer. Every method raises StoreUnavailableError.

    A run that seals has the lease. Methods that change the state raise LeaseLostError if another run has taken it.
    """

    def acquire(self, owner: str, now: datetime, until: datetime) -> LogState | None:
        """Take the lease, and return the state; None if another run has the lease."""
        ...

    def release(self, owner: str) -> None:
        """End the lease if this run still has it."""
        ...

    def pending(self, limit: int) -> PendingPage:
        """Return entries that are not sealed yet, at most about `limit`, strongly consistent."""
        ...

    def positions(self, entry_ids: Sequence[str]) -> Mapping[str, LeafPosition]:
        """Return where sealed entries are, strongly consistent. Ids of others are left out."""
        ...

    def discard(self, entry_ids: Sequence[str]) -> None:
        """Remove pending entries whose ids are sealed already."""
        ...

    def plan(self, owner: str, plan: SealingPlan) -> None:
        """Store what is appended next. The state has no plan."""
        ...

    def commit(self, owner: str, plan: SealingPlan, checkpoint: PublishedCheckpoint) -> None:
        """Make the checkpoint of the planned tree the newest one."""
        ...

    def finish(self, owner: str, plan: SealingPlan) -> None:
        """Store the positions of the plan's entries, remove them from those pending, and end the plan."""
        ...


@dataclass(frozen=True)
class ManifestVersion:
    """A stored manifest.

    Attributes:
        name: Its name.
        version: Changes if the stored bytes do.
    """

    name: str
    version: str


class ManifestCatalog(Protocol):
    """The workflow service's manifests in order. Every method raises StoreUnavailableError."""

    def list_versions(self, *, after: str, limit: int) -> Sequence[ManifestVersion]:
        """Return the manifests after a name, in order."""
        ...

    def read(self, version: ManifestVersion) -> StoredManifest | None:
        """Return a listed manifest. It can come from memory if its version was read before."""
        ...

    def get(self, name: str) -> StoredManifest | None:
        """Return a manifest by name, as it is stored now."""
        ...


class IntegrityRepository(Protocol):
    """Stores the progress and findings of reconciliation. Every method raises StoreUnavailableError."""

    def progress(self) -> Progress:
        """Return how far it has come."""
        ...

    def save_progress(self, progress: Progress) -> None:
        """Replace how far it has come."""
        ...

    def open_findings(self, *, after: str, limit: int) -> Page[FoundFinding, str]:
        """Return open findings by key.

        Args:
            after: Key of the last finding of the previous page; empty for the first page.
            limit: Maximum number of findings.
        """
        ...

    def open_findings_by_key(self, keys: Sequence[str]) -> Mapping[str, FoundFinding]:
        """Return those of these findings that are open."""
        ...

    def resolved_findings(self, *, before: str | None, limit: int) -> Page[FoundFinding, str]:
        """Return resolved findings, newest first.

        Args:
            before: Position of the previous page; None for the first page.
            limit: Maximum number of findings.
        """
        ...

    def count_open(self) -> int:
        """Return the number of open findings, counted up to a limit."""
        ...

    def change(self, changes: FindingChanges) -> None:
        """Store findings. It can be repeated."""
        ...

    def attestations(self, workflow_ids: Sequence[str]) -> Mapping[str, Attestation]:
        """Return the newest attested state of each workflow. Workflows without one are left out."""
        ...

    def save_attestations(self, attestations: Sequence[Attestation]) -> None:
        """Replace the newest attested states of workflows. No two are of one workflow."""
        ...


@dataclass(frozen=True)
class RepairResult:
    """The result of comparing index documents with their records.

    Attributes:
        repaired: datasetIds whose documents were missing or different.
        unindexable: datasetId → reason, for records that the index can't hold.
    """

    repaired: Sequence[str] = ()
    unindexable: Mapping[str, str] = field(default_factory=dict)


class IndexRepair(Protocol):
    """Corrects the search index."""

    def repair(self, records: Sequence[AuditRecord]) -> RepairResult:
        """Compare the documents of records with what they must be, and write those that are missing or different.

        Raises:
            SearchUnavailableError: Some may not be repaired. It can be repeated.
        """
        ...


class ResendRequests(Protocol):
    """Requests events from the workflow service."""

    def send(self, requests: Sequence[ResendRequest]) -> None:
        """Request that events are sent to the audit trail again.

        Raises:
            StoreUnavailableError: Some may not be requested. It can be repeated.
        """
        ...
