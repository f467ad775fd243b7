"""CPU time and memory of a verification, against JSON parsing plus SHA-256 over the same bytes.

Records, tiles and manifests are read from a file, so that reads are cheap and use little memory.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from countersign_common.clock import to_rfc3339
from countersign_common.events.audit_event import SEALED_PART, Reference, SealedPart, WorkflowBlock
from countersign_common.events.manifest import Manifest, ManifestEvent, ManifestWorkflow, manifest_name
from countersign_common.http.caller import Caller
from countersign_common.proof.canonical import canonical_text
from countersign_common.proof.commitment import CommitmentOpening, data_hash
from countersign_common.proof.hash_chain import first_previous_hash, hash_of

import audit_service.handlers.api  # noqa: F401 - what the API's function imports takes memory
from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.log.entries import Entry, EntryKind, LeafPosition
from audit_service.domain.log.merkle import leaf_hash, root_hash
from audit_service.domain.log.notes import Checkpoint, NoteSignature, SignedCheckpoint, VerifierKey
from audit_service.domain.log.tiles import StoredNodes, Tile, grown_tiles
from audit_service.domain.manifests import StoredManifest
from audit_service.ports import PublishedCheckpoint, WorkflowPosition
from audit_service.use_cases.log_reader import LogReader
from audit_service.use_cases.manifest_finder import ManifestFinder
from audit_service.use_cases.verify_workflow import VerifyWorkflow
from bench.rounds import compare

WORKFLOW = "0190a000-0000-7000-8000-00000000000a"
USER = "5f0c3f0e-0000-7000-8000-000000000001"
AUDITOR = Caller(USER, "Bench", "bench@example.com", frozenset({"auditors"}))
STARTED = datetime(2026, 1, 31, 9, tzinfo=UTC)
PER_MINUTE = 60
"""Events in each manifest."""

CASES = {
    "1 KB of data": (1_000, 1),
    "20 KB of data": (20_000, 1),
    "1 KB, one in 50 leaves is the workflow's": (1_000, 50),
}
"""Bytes of data in each event, and how many leaves of the log there are for each event of the workflow."""

PAGE, LONG, ROUNDS = 1_000, 100_000, 7


def main() -> None:
    """Print one JSON object: case → ratio for a page, and the peak memory for a long workflow."""
    measured: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, (size, spread)) in enumerate(CASES.items()):
            file = Path(folder, f"{number}.sqlite")
            write(file, PAGE, size, spread)
            measured[name] = asdict(_ratio(Store(file)))
        file = Path(folder, "long.sqlite")
        write(file, LONG, 1_000, 1)
        command = [sys.executable, "-m", "bench.verification", str(file)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        measured[f"{LONG:,} events"] = json.loads(done.stdout)
    print(json.dumps(measured))


def verify_all(file: Path) -> None:
    """Verify all pages and print the seconds of CPU time and the peak memory of this process."""
    idle = _peak_mb()
    verify = verifier(Store(file))
    began, events, after = time.process_time(), 0, None
    while True:
        page = verify(WORKFLOW, AUDITOR, after)
        assert page.verdict.is_valid, page.verdict.findings[:3]
        events += page.verdict.sealed
        after = page.next_position
        if after is None:
            break
    seconds = time.process_time() - began
    print(json.dumps({"events": events, "cpu_seconds": seconds, "peak_mb": _peak_mb(), "idle_mb": idle}))


def _peak_mb() -> float:
    """Return the most memory that this process had, in MB. `getrusage` also counts that of the parent before exec."""
    status = Path("/proc/self/status").read_text()
    [kilobytes] = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
    return int(kilobytes) / 1000


def _ratio(store: Store) -> Any:
    records = [store.record(row) for row in store.rows("SELECT body FROM records ORDER BY sequence")]
    texts = [
        text
        for record in records
        for text in (record.sealed, record.person.value, record.content.value)  # type: ignore[union-attr]
    ]
    texts += [text for (text,) in store.rows("SELECT text FROM manifests")]
    verify = verifier(StoreInMemory(store, records))
    assert verify(WORKFLOW, AUDITOR, None).verdict.sealed == PAGE
    ours: list[list[Callable[[], Any]]] = [[partial(verify, WORKFLOW, AUDITOR, None)] for _ in range(ROUNDS)]
    floor: list[list[Callable[[], Any]]] = [[partial(_parse_and_hash, texts)] for _ in range(ROUNDS)]
    return compare(ours, floor)


def _parse_and_hash(texts: Sequence[str]) -> None:
    for text in texts:
        json.loads(text)
        hashlib.sha256(text.encode()).hexdigest()


def verifier(store: Any) -> VerifyWorkflow:
    """Return the use case over a store."""
    finder = ManifestFinder(store, store)
    return VerifyWorkflow(store, LogReader(store, store, store), finder, lambda: store.now)


class Store:
    """The ports that a verification reads, on a file."""

    def __init__(self, file: Path) -> None:
        # Reads in parallel use this one connection, one at a time.
        self._db = sqlite3.connect(file, check_same_thread=False)
        self.now = datetime.fromisoformat(self._value("now"))
        checkpoint = Checkpoint(
            "log.example.com", int(self._value("size")), bytes.fromhex(self._value("root"))
        )
        signature = NoteSignature("log.example.com", bytes(4), b"signature")
        self._checkpoint = PublishedCheckpoint(
            SignedCheckpoint(checkpoint, (signature,)), to_rfc3339(self.now)
        )

    def rows(self, query: str, *values: Any) -> list[Any]:
        return self._db.execute(query, values).fetchall()

    def _value(self, name: str) -> str:
        return str(self.rows("SELECT value FROM facts WHERE name = ?", name)[0][0])

    def list_positions(
        self, workflow_id: str, *, after: WorkflowPosition | None, limit: int
    ) -> Sequence[WorkflowPosition]:
        del workflow_id
        start = 0 if after is None else after.sequence
        query = "SELECT sequence, id FROM records WHERE sequence > ? ORDER BY sequence LIMIT ?"
        return [WorkflowPosition(*row) for row in self.rows(query, start, limit)]

    def get_many(self, dataset_ids: Sequence[str]) -> Mapping[str, AuditRecord]:
        found = self.rows(
            f"SELECT body FROM records WHERE id IN ({','.join('?' * len(dataset_ids))})", *dataset_ids
        )
        return {record.dataset_id: record for record in map(self.record, found)}

    @staticmethod
    def record(row: Any) -> AuditRecord:
        body = json.loads(row[0])
        person, content = (CommitmentOpening(bytes.fromhex(salt), value) for salt, value in body["parts"])
        return AuditRecord(body["id"], body["hash"], body["sealed"], person, content)

    def positions(self, entry_ids: Sequence[str]) -> Mapping[str, LeafPosition]:
        found: dict[str, LeafPosition] = {}
        for start in range(0, len(entry_ids), 500):
            batch = entry_ids[start : start + 500]
            query = f"SELECT id, leaf, hash FROM entries WHERE id IN ({','.join('?' * len(batch))})"
            found |= {row[0]: LeafPosition(row[1], row[2]) for row in self.rows(query, *batch)}
        return found

    def pending_since(self, entry_ids: Sequence[str]) -> Mapping[str, datetime]:
        del entry_ids
        return {}

    def erasures_of(self, dataset_id: str) -> Sequence[str]:
        del dataset_id
        return []

    def newest_checkpoint(self) -> PublishedCheckpoint:
        return self._checkpoint

    def published_checkpoint(self) -> str:
        return self._checkpoint.signed.note

    def cosignatures(self, size: int) -> Sequence[NoteSignature]:
        del size
        return []

    def read_hashes(self, tile: Tile) -> bytes:
        hashes: bytes = self.rows("SELECT hashes FROM tiles WHERE path = ?", tile.path)[0][0]
        return hashes

    def key(self) -> VerifierKey:
        return VerifierKey("log.example.com", bytes(4), b"")

    def verify(self, signed: SignedCheckpoint) -> bool:
        """KMS verifies it, once for each checkpoint."""
        del signed
        return True

    def get(self, name: str) -> StoredManifest | None:
        found = self.rows("SELECT text FROM manifests WHERE name = ?", name)
        return StoredManifest(name, found[0][0], self.now) if found else None

    def list_names(self, *, after: str, limit: int) -> Sequence[str]:
        query = "SELECT name FROM manifests WHERE name > ? ORDER BY name LIMIT ?"
        return [row[0] for row in self.rows(query, after, limit)]

    def newest_manifest_of(self, workflow_id: str) -> str | None:
        del workflow_id
        return str(self._value("newest"))


class StoreInMemory:
    """The same in memory, so that what is measured is not the file."""

    def __init__(self, store: Store, records: Sequence[AuditRecord]) -> None:
        self._store = store
        self._records = {record.dataset_id: record for record in records}
        self._record_positions = store.list_positions(WORKFLOW, after=None, limit=len(records))
        entries = store.rows("SELECT id, leaf, hash FROM entries")
        self._leaf_positions = {entry: LeafPosition(leaf, digest) for entry, leaf, digest in entries}
        self._tiles = dict(store.rows("SELECT path, hashes FROM tiles"))
        self._manifests = dict(store.rows("SELECT name, text FROM manifests"))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def list_positions(self, *_: Any, **__: Any) -> Sequence[WorkflowPosition]:
        return self._record_positions

    def get_many(self, dataset_ids: Sequence[str]) -> Mapping[str, AuditRecord]:
        return {each: self._records[each] for each in dataset_ids}

    def positions(self, entry_ids: Sequence[str]) -> Mapping[str, LeafPosition]:
        return {each: self._leaf_positions[each] for each in entry_ids}

    def read_hashes(self, tile: Tile) -> bytes:
        hashes: bytes = self._tiles[tile.path]
        return hashes

    def get(self, name: str) -> StoredManifest | None:
        text = self._manifests.get(name)
        return None if text is None else StoredManifest(name, text, self._store.now)


def write(file: Path, events: int, size: int, spread: int) -> None:
    """Write a workflow with this many events, its log and its manifests."""
    db = sqlite3.connect(file)
    db.executescript(
        """
        CREATE TABLE records (sequence INTEGER PRIMARY KEY, id TEXT UNIQUE, body TEXT);
        CREATE TABLE entries (id TEXT PRIMARY KEY, leaf INTEGER, hash TEXT);
        CREATE TABLE tiles (path TEXT PRIMARY KEY, hashes BLOB);
        CREATE TABLE manifests (name TEXT PRIMARY KEY, text TEXT);
        CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT);
        """
    )
    leaves: list[bytes] = []
    newest = ""
    for minute, records in enumerate(_minutes(events, size)):
        entries = [Entry(EntryKind.EVENT, record.dataset_id, record.hash) for _, record, _ in records]
        db.executemany(
            "INSERT INTO records VALUES (?, ?, ?)",
            [(sequence, record.dataset_id, _body(record)) for sequence, record, _ in records],
        )
        manifest = _manifest(minute, records)
        newest, text = manifest.name, manifest.to_text()
        db.execute("INSERT INTO manifests VALUES (?, ?)", (newest, text))
        entries.append(Entry(EntryKind.MANIFEST, newest, hashlib.sha256(text.encode()).hexdigest()))
        for entry in entries:
            db.execute("INSERT INTO entries VALUES (?, ?, ?)", (entry.entry_id, len(leaves), entry.hash))
            leaves.append(leaf_hash(entry.to_bytes()))
            leaves.extend([bytes(32)] * (spread - 1))
    tiles = grown_tiles(0, {}, leaves)
    db.executemany("INSERT INTO tiles VALUES (?, ?)", [(tile.path, each) for tile, each in tiles.items()])
    root = root_hash(StoredNodes(len(leaves), tiles.__getitem__), len(leaves))
    now = STARTED + timedelta(minutes=events // PER_MINUTE + 3)
    facts = {"size": str(len(leaves)), "root": root.hex(), "now": now.isoformat(), "newest": newest}
    db.executemany("INSERT INTO facts VALUES (?, ?)", list(facts.items()))
    db.commit()
    db.close()


_Committed = tuple[int, AuditRecord, str]
"""Sequence, record, and the text of the workflow's data."""


def _minutes(events: int, size: int) -> Iterator[list[_Committed]]:
    data = canonical_text({"lines": ["x" * 50 for _ in range(size // 53)]})
    previous_hash = first_previous_hash(WORKFLOW)
    minute: list[_Committed] = []
    for sequence in range(1, events + 1):
        record = _record(sequence, previous_hash, data)
        previous_hash = record.hash
        minute.append((sequence, record, data))
        if len(minute) == PER_MINUTE:
            yield minute
            minute = []
    if minute:
        yield minute


def _record(sequence: int, previous_hash: str, data: str) -> AuditRecord:
    salt = hashlib.sha256(str(sequence).encode()).digest()
    person = CommitmentOpening(
        salt,
        '{"email":"bench@example.com","groups":["users"],"name":"Bench","sourceIp":"192.0.2.1","userAgent":"b"}',
    )
    content = CommitmentOpening(salt, f'{{"after":{data},"before":null,"comment":null,"title":"Bench"}}')
    event_id = f"0190b000-0000-7000-8000-{sequence:012x}"
    sealed = SealedPart(
        event_id=event_id,
        source="/countersign/workflow",
        action_type="SAVE",
        action_owner=Reference("user", USER),
        target=Reference("workflow", WORKFLOW),
        outcome="DRAFT",
        occurred_at=to_rfc3339(STARTED + timedelta(seconds=(sequence - 1) * 60 / PER_MINUTE)),
        request_id=f"request-{sequence}",
        participants=(f"user:{USER}",),
        person_commitment=person.commitment("person"),
        content_commitment=content.commitment("content"),
        workflow=WorkflowBlock("bench", 1, None, 1, sequence, previous_hash),
    )
    text = canonical_text(SEALED_PART.dump(sealed))
    return AuditRecord(event_id, hash_of(text), text, person, content)


def _body(record: AuditRecord) -> str:
    parts = [(part.salt.hex(), part.value) for part in (record.person, record.content) if part is not None]
    return json.dumps({"id": record.dataset_id, "hash": record.hash, "sealed": record.sealed, "parts": parts})


def _manifest(minute: int, records: Sequence[_Committed]) -> Manifest:
    sequence, newest, data = records[-1]
    assert newest.content is not None
    state = ManifestWorkflow(WORKFLOW, sequence, newest.hash, "DRAFT", data_hash(newest.content.salt, data))
    start = STARTED + timedelta(minutes=minute)
    return Manifest(
        from_=manifest_name(start),
        to=manifest_name(start + timedelta(minutes=1)),
        sequence=minute + 1,
        previous_sha256="0" * 64,
        events=tuple(ManifestEvent(each.dataset_id, WORKFLOW, at, each.hash) for at, each, _ in records),
        workflows=(state,),
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        verify_all(Path(sys.argv[1]))
    else:
        main()
