"""What reconciliation compares, in memory: it fits together until a test changes it."""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from countersign_common.clock import to_rfc3339
from countersign_common.events.manifest import (
    FIRST_PREVIOUS_SHA256,
    Manifest,
    ManifestEvent,
    ManifestWorkflow,
    manifest_name,
    manifest_sha256,
)
from countersign_common.events.resend_request import ResendRequest
from countersign_common.pagination import Page, paginate

from audit_service.adapters.documents import document_of
from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.errors import LogDamagedError, SearchUnavailableError, UnreadableRecordError
from audit_service.domain.integrity import Attestation, FindingChanges, FoundFinding, Progress
from audit_service.domain.log.entries import Entry
from audit_service.domain.log.tiles import TILE_WIDTH, Tile
from audit_service.domain.manifests import StoredManifest
from audit_service.ports import ManifestVersion, RepairResult, StoreResult
from audit_service.use_cases.log_reader import LogReader
from audit_service.use_cases.reconcile import Reconcile, ReconcileResult

from .builders import make_record
from .fakes import FakeRepository
from .log_fakes import FakeLog, committed_event, event_entry, manifest_entry, state_after

START = datetime.fromisoformat("2026-01-31T09:00:00.000+00:00")
MINUTE = timedelta(minutes=1)


class FakeCatalog:
    """The port `ManifestCatalog`, with manifests that follow each other."""

    def __init__(self) -> None:
        self.stored: dict[str, StoredManifest] = {}
        self.sequence = 0
        self.sha256 = FIRST_PREVIOUS_SHA256
        self.reads: list[str] = []

    def publish(
        self, end: datetime, events: Iterable[ManifestEvent] = (), workflows: Iterable[ManifestWorkflow] = ()
    ) -> StoredManifest:
        """Publish the manifest from the end of the one before, or of a minute, until `end`."""
        self.sequence += 1
        manifest = Manifest(
            from_=max(self.stored, default=manifest_name(end - MINUTE)),
            to=manifest_name(end),
            sequence=self.sequence,
            previous_sha256=self.sha256,
            events=tuple(sorted(events, key=lambda each: each.event_id)),
            workflows=tuple(sorted(workflows, key=lambda each: each.workflow_id)),
        )
        text = manifest.to_text()
        self.sha256 = manifest_sha256(text)
        self.stored[manifest.name] = StoredManifest(manifest.name, text, end + timedelta(seconds=40))
        return self.stored[manifest.name]

    def change(self, name: str, **changes: Any) -> None:
        """Change what a manifest says, and nothing else."""
        text = replace(Manifest.from_text(self.stored[name].text), **changes).to_text()
        self.stored[name] = replace(self.stored[name], text=text)

    def list_versions(self, *, after: str, limit: int) -> Sequence[ManifestVersion]:
        names = [name for name in sorted(self.stored) if name > after][:limit]
        return [ManifestVersion(name, manifest_sha256(self.stored[name].text)) for name in names]

    def read(self, version: ManifestVersion) -> StoredManifest | None:
        return self.get(version.name)

    def get(self, name: str) -> StoredManifest | None:
        self.reads.append(name)
        return self.stored.get(name)


class FakeTiles(FakeLog):
    """A log with bundles of entries.

    Attributes:
        waiting: What is not sealed yet, by id.
        damaged_bundles: Positions of bundles that can't be read.
    """

    def __init__(self) -> None:
        super().__init__()
        self.waiting: dict[str, Entry] = {}
        self.damaged_bundles: set[int] = set()

    def read_entries(self, tile: Tile) -> Sequence[Entry]:
        if tile.index in self.damaged_bundles:
            raise LogDamagedError("damaged")
        start = tile.index * TILE_WIDTH
        return self.entries[start : start + tile.width]


class FakeRecords(FakeRepository):
    """Records, and the log that they wait for."""

    def __init__(self, tiles: FakeTiles, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._tiles = tiles
        self._clock = clock

    def add(self, records: Sequence[AuditRecord], manifests: Sequence[Entry] = ()) -> StoreResult:
        result = super().add(records, manifests)
        entries = [*map(event_entry, records), *manifests]
        for entry in entries:
            if entry.entry_id not in result.existing:
                self._tiles.pending[entry.entry_id] = self._clock()
                self._tiles.waiting[entry.entry_id] = entry
        return result


class FakeIndexRepair:
    """The port `IndexRepair`: documents by datasetId."""

    def __init__(self) -> None:
        self.documents: dict[str, dict[str, Any]] = {}
        self.is_available = True
        self.unindexable: set[str] = set()

    def repair(self, records: Sequence[AuditRecord]) -> RepairResult:
        if not self.is_available:
            raise SearchUnavailableError("busy")
        repaired = []
        for record in records:
            if record.dataset_id in self.unindexable:
                continue
            try:
                document = document_of(record)
            except UnreadableRecordError:
                continue
            if self.documents.get(record.dataset_id) != document:
                self.documents[record.dataset_id] = document
                repaired.append(record.dataset_id)
        ids = {record.dataset_id for record in records}
        return RepairResult(repaired, dict.fromkeys(self.unindexable & ids, "400"))


class FakeIntegrity:
    """The port `IntegrityRepository`."""

    def __init__(self) -> None:
        self.stored_progress = Progress()
        self.open: dict[str, FoundFinding] = {}
        self.resolved: list[FoundFinding] = []
        self.attested: dict[str, Attestation] = {}

    def progress(self) -> Progress:
        return self.stored_progress

    def save_progress(self, progress: Progress) -> None:
        self.stored_progress = progress

    def open_findings(self, *, after: str, limit: int) -> Page[FoundFinding, str]:
        found = [self.open[key] for key in sorted(self.open) if key > after]
        return paginate(found, limit, lambda each: each.finding.key)

    def open_findings_by_key(self, keys: Sequence[str]) -> Mapping[str, FoundFinding]:
        return {key: self.open[key] for key in keys if key in self.open}

    def resolved_findings(self, *, before: str | None, limit: int) -> Page[FoundFinding, str]:
        newest_first = self.resolved[::-1]
        keys = [each.finding.key for each in newest_first]
        start = 0 if before is None else keys.index(before) + 1
        return paginate(newest_first[start:], limit, lambda each: each.finding.key)

    def count_open(self) -> int:
        return len(self.open)

    def change(self, changes: FindingChanges) -> None:
        for each in changes.open:
            self.open[each.finding.key] = each
        for each in changes.resolved:
            self.resolved.append(each)
            self.open.pop(each.finding.key, None)

    def attestations(self, workflow_ids: Sequence[str]) -> Mapping[str, Attestation]:
        return {each: self.attested[each] for each in workflow_ids if each in self.attested}

    def save_attestations(self, attestations: Sequence[Attestation]) -> None:
        self.attested |= {each.state.workflow_id: each for each in attestations}


class FakeResends:
    """The port `ResendRequests`, and the workflow service behind it."""

    def __init__(self) -> None:
        self.requests: list[ResendRequest] = []

    def send(self, requests: Sequence[ResendRequest]) -> None:
        self.requests += requests


class IntegrityWorld:
    """Everything that reconciliation reads and writes.

    Attributes:
        committed: What the workflow service has, by event id.
        now: What the clock returns.
    """

    def __init__(self) -> None:
        self.now = START
        self.log = FakeTiles()
        self.records = FakeRecords(self.log, self.clock)
        self.catalog = FakeCatalog()
        self.index = FakeIndexRepair()
        self.integrity = FakeIntegrity()
        self.resends = FakeResends()
        self.warnings: list[str] = []
        self.committed: dict[str, AuditRecord] = {}
        self.heads: dict[str, AuditRecord] = {}
        self.seconds = 1000.0

    def clock(self) -> datetime:
        return self.now

    def commit(self, *records: AuditRecord) -> None:
        """Commit events."""
        for record in records:
            self.committed[record.dataset_id] = record
            assert record.workflow_id is not None
            self.heads[record.workflow_id] = record

    def deliver(self, *records: AuditRecord) -> None:
        """Do what the consumer does with messages."""
        self.records.add(records)
        for record in records:
            self.index.documents.setdefault(record.dataset_id, document_of(record))

    def publish(self, *records: AuditRecord, states: Iterable[ManifestWorkflow] | None = None) -> str:
        """Publish the manifest of the last closed minute, with these events and the states of their workflows."""
        if states is None:
            ids = dict.fromkeys(record.workflow_id for record in records)
            states = [state_after(self.heads[each]) for each in ids if each is not None]
        manifest = self.catalog.publish(self.now, map(committed_event, records), states)
        self.records.add([], [manifest_entry(manifest)])
        return manifest.name

    def seal(self) -> None:
        """Do what the sealer does."""
        waiting = self.log.waiting
        entries = [entry for key, entry in waiting.items() if key not in self.log.indices]
        waiting.clear()
        self.log.pending.clear()
        if entries:
            self.log.seal(*entries, signed_at=self.now)

    def minute(self, *records: AuditRecord) -> str:
        """Let a minute pass in which events are committed, delivered, published and sealed. Return the manifest."""
        self.commit(*records)
        self.deliver(*records)
        self.now += MINUTE
        name = self.publish(*records)
        self.seal()
        self.now += timedelta(seconds=40)
        self.now = self.now.replace(second=0) + MINUTE
        return name

    def answer_resends(self) -> None:
        """Do what the workflow service does with the requests."""
        for request in self.resends.requests:
            record = self.committed.get(request.event_id)
            if record is not None:
                self.deliver(record)
        self.resends.requests.clear()

    def reconcile(self, **wrapped: Any) -> Reconcile:
        """Return the use case; `wrapped` replaces ports."""
        ports: dict[str, Any] = {
            "manifests": self.catalog,
            "records": self.records,
            "index": self.index,
            "log": LogReader(self.log, self.log, self.log),
            "tiles": self.log,
            "integrity": self.integrity,
            "resends": self.resends,
            "clock": self.clock,
            "warn": lambda message, **_: self.warnings.append(message),
        }
        return Reconcile(**(ports | wrapped))

    def run(self, **options: Any) -> ReconcileResult:
        """Run once."""
        return self.reconcile()(lambda: self.seconds, **options)

    @property
    def open_keys(self) -> set[str]:
        return set(self.integrity.open)


def record_at(at: datetime, sequence: int, number: int, *, workflow_id: str, **facts: Any) -> AuditRecord:
    """Return the record of an event at a time."""
    return make_record(sequence, number=number, workflow_id=workflow_id, occurredAt=to_rfc3339(at), **facts)


def workflow_id(number: int) -> str:
    return f"0190a000-0000-7000-8000-{number:012x}"


def random_history(
    world: IntegrityWorld, seed: int, *, minutes: int = 4, events: int = 30
) -> list[AuditRecord]:
    """Commit random events of ten workflows in each of some minutes."""
    rng = random.Random(seed)
    sequences: dict[str, list[AuditRecord]] = {}
    number = 0
    for _ in range(minutes):
        batch = []
        for _ in range(events):
            number += 1
            chain = sequences.setdefault(workflow_id(rng.randrange(10)), [])
            wid = next(key for key, value in sequences.items() if value is chain)
            previous = chain[-1].hash if chain else None
            record = record_at(world.now, len(chain) + 1, number, workflow_id=wid, previous_hash=previous)
            chain.append(record)
            batch.append(record)
        world.minute(*batch)
    return [record for chain in sequences.values() for record in chain]
