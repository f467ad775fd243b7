"""Reconcile: compare manifests with records, the log, the index and workflow states, and repair what can be."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile

from countersign_common.clock import Clock
from countersign_common.events.manifest import ManifestEvent, ManifestWorkflow
from countersign_common.parallel import map_parallel
from countersign_common.telemetry import Warn

from audit_service.domain.errors import LogDamagedError, SearchUnavailableError
from audit_service.domain.integrity import (
    Attestation,
    FindingCode,
    ManifestPosition,
    Progress,
)
from audit_service.domain.log.entries import Entry, EntryKind
from audit_service.domain.log.tiles import TILE_WIDTH, tile_at
from audit_service.domain.manifests import usual_manifest
from audit_service.domain.reconciliation import (
    Comparison,
    Predecessor,
    ReadManifest,
    is_explained_by,
    leaf_time,
    leaves_group,
)
from audit_service.domain.verification import IN_FLIGHT, LogFacts
from audit_service.ports import (
    AuditRecordRepository,
    IndexRepair,
    IntegrityRepository,
    LogTiles,
    ManifestCatalog,
    ManifestVersion,
    ResendRequests,
    WorkflowPosition,
)
from audit_service.use_cases.finding_list import FindingList
from audit_service.use_cases.log_reader import LogReader
from audit_service.use_cases.record_pages import read_erasures

BATCH = 500
"""Events that are compared at once: five BatchGetItem calls of records, and one search."""

SWEEP_ENTRIES = 20_000
"""Events of older manifests that a run compares again, each manifest counted as one more."""

RESERVE_SECONDS = 10.0
"""A run starts no batch with less time left."""

REVISIT_LIMIT = 1_500
"""More manifests than in a day. If something in so many of them is on its way, no new ones are begun."""

RESEND_FOR = timedelta(minutes=15)
RESEND_AGAIN_AFTER = timedelta(hours=1)
"""A missing event is asked for in every run at first, and then every hour."""

_PAGE = 1_000
_READ_AHEAD = 16
_LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff"
_REMEMBERED_TIMES = 2_000


@dataclass(frozen=True)
class ReconcileResult:
    """The result of a run.

    Attributes:
        manifests, events, leaves: How many were compared; events of a manifest that was compared twice count twice.
        resends: Events that the workflow service was asked for.
        documents: Index documents that were missing or different.
        reseals: Entries that were made to wait for the log again.
        unindexable: datasetId → reason, for records that the index can't hold.
        opened, resolved: Findings.
        findings: Open findings that are not being repaired, counted up to a limit.
        seal_lag_seconds: How long the oldest entry has waited for the log; 0 if none waits.
        pending: Entries that wait for the log, counted up to a limit.
        manifest_lag_seconds: Age of the newest manifest; None before the first one.
        is_swept: Whether the sweep over older manifests came full circle in this run.
    """

    manifests: int
    events: int
    leaves: int
    resends: int
    documents: int
    reseals: int
    unindexable: Mapping[str, str]
    opened: int
    resolved: int
    findings: int
    seal_lag_seconds: float
    pending: int
    manifest_lag_seconds: float | None
    is_swept: bool


@dataclass(frozen=True)
class Reconcile:
    """Compare what the workflow service has committed with what the audit trail has, and repair it.

    A run checks new manifests, those with something on its way, what it found before, and new leaves of the log. With
    the rest of its time and budget, it continues a sweep over older manifests. How far it came is stored after each
    batch, after what the batch found: a run that was killed anywhere is continued by the next one.
    """

    manifests: ManifestCatalog
    records: AuditRecordRepository
    index: IndexRepair
    log: LogReader
    tiles: LogTiles
    integrity: IntegrityRepository
    resends: ResendRequests
    clock: Clock
    warn: Warn

    def __call__(
        self, remaining_seconds: Callable[[], float], *, sweep: int = SWEEP_ENTRIES
    ) -> ReconcileResult:
        """
        Args:
            remaining_seconds: Returns how long this run may still take.
            sweep: Entries of older manifests to compare again.

        Raises:
            StoreUnavailableError: The next run continues.
        """
        return _Run(self, remaining_seconds).run(sweep)


@dataclass(frozen=True)
class _Slice:
    """Entries of a manifest that are compared at once: its events, then its workflows.

    Attributes:
        start, end: Positions among all entries.
        is_last: Whether it is the last slice of its manifest.
    """

    manifest: ReadManifest
    start: int
    end: int
    is_last: bool

    @property
    def size(self) -> int:
        """For the limit of a batch. An empty manifest is compared, too."""
        return self.end - self.start + 1

    @property
    def events(self) -> Sequence[ManifestEvent]:
        return self.manifest.events[self.start : self.end]

    @property
    def workflows(self) -> Sequence[ManifestWorkflow]:
        count = len(self.manifest.events)
        return self.manifest.workflows[max(0, self.start - count) : max(0, self.end - count)]


class _Run:
    """One run."""

    def __init__(self, service: Reconcile, remaining_seconds: Callable[[], float]) -> None:
        self._service = service
        self._remaining_seconds = remaining_seconds
        self._now = service.clock()
        self._progress = service.integrity.progress()
        self._findings = FindingList.load(service.integrity, self._now, self._progress.recheck)
        self._predecessors: dict[str, Predecessor | None] = {}
        self._covering: dict[str, ReadManifest | None] = {}
        self._usable: dict[str, bool] = {}
        self._begun: set[str] = set()
        self._checked: set[str] = set()
        self._asked: set[str] = set()
        self._manifests = self._events = self._leaves = 0
        self._resends = self._documents = self._reseals = 0
        self._unindexable: dict[str, str] = {}
        self._is_index_available = True

    def run(self, sweep: int) -> ReconcileResult:
        self._check_checkpoint()
        revisit = self._progress.revisit
        self._check_new()
        self._revisit(revisit)
        self._recheck()
        self._check_leaves()
        is_swept = self._sweep(sweep)
        self._save(
            replace(self._progress, recheck=self._findings.next_after, completed_at=self._service.clock())
        )
        return self._result(is_swept)

    def _has_time(self) -> bool:
        return self._remaining_seconds() > RESERVE_SECONDS

    def _save(self, progress: Progress) -> None:
        if progress != self._progress:
            self._service.integrity.save_progress(progress)
            self._progress = progress

    # What is compared

    def _check_checkpoint(self) -> None:
        facts, _ = self._service.log.facts([], {})
        comparison = Comparison(facts, self._now)
        comparison.check_checkpoint()
        self._findings.apply(comparison)

    def _check_new(self) -> None:
        """Check manifests that were published since the last run."""
        slices = self._slices(self._progress.manifests, until=None, with_states=True)
        for batch, position in _batches(slices, self._progress.manifests):
            if len(self._progress.revisit) >= REVISIT_LIMIT:
                self._service.warn("new manifests wait", revisit=len(self._progress.revisit))
                return
            waiting = self._compare(batch, with_states=True)
            revisit = dict.fromkeys((*self._progress.revisit, *sorted(waiting)))
            newest = max(self._progress.newest_manifest or "", batch[-1].manifest.name)
            self._save(
                replace(self._progress, manifests=position, revisit=tuple(revisit), newest_manifest=newest)
            )
            if not self._has_time():
                return

    def _revisit(self, names: Sequence[str]) -> None:
        """Check manifests again in which something was on its way."""
        for start in range(0, len(names), _READ_AHEAD):
            if not self._has_time():
                return
            taken = names[start : start + _READ_AHEAD]
            read = map_parallel(self._get, taken)
            slices = (each for manifest in read if manifest for each in _slices_of(manifest, 0))
            waiting: set[str] = set()
            for batch, _ in _batches(slices, ManifestPosition()):
                waiting |= self._compare(batch, with_states=True)
            left = [name for name in self._progress.revisit if name not in taken or name in waiting]
            self._save(replace(self._progress, revisit=tuple(left)))

    def _recheck(self) -> None:
        """Check again what was found before, unless this run has done so already."""
        by_manifest: dict[str, set[str]] = {}
        leaves: list[str] = []
        groups: list[int] = []
        for each in self._findings.known.values():
            finding = each.finding
            if finding.manifest is not None and finding.manifest not in self._checked:
                by_manifest.setdefault(finding.manifest, set()).add(finding.subject)
            elif finding.manifest is None and finding.dataset_id is not None:
                leaves.append(finding.dataset_id)
            elif (group := leaves_group(finding.subject)) is not None:
                groups.append(group)
        for name, subjects in sorted(by_manifest.items()):
            if not self._has_time():
                return
            manifest = self._get(name)
            if manifest is None:
                continue  # it keeps its findings
            slices = _slices_of(manifest, 0)
            for batch, _ in _batches(slices, ManifestPosition()):
                self._compare(batch, with_states=True, only=subjects)
        for start in range(0, len(leaves), BATCH):
            if not self._has_time():
                return
            self._recheck_leaves(leaves[start : start + BATCH])
        self._recheck_groups(groups)

    def _recheck_leaves(self, dataset_ids: Sequence[str]) -> None:
        positions = self._service.log.index.positions(dataset_ids)
        entries = [Entry(EntryKind.EVENT, each, position.hash) for each, position in positions.items()]
        comparison = Comparison(LogFacts(), self._now)
        for _ in self._compare_leaves(comparison, entries):
            pass
        self._findings.apply(comparison)

    def _recheck_groups(self, groups: Sequence[int]) -> None:
        """Check damaged groups of leaves again. The leaves of one that is restored are checked by this run."""
        facts, _ = self._service.log.facts([], {})
        for group in groups:
            if facts.tree is None or group * TILE_WIDTH >= facts.tree.size or not self._has_time():
                return
            comparison = Comparison(facts, self._now)
            if comparison.check_bundle(group, self._read_bundle(group, facts.tree.size)):
                leaves = min(self._progress.leaves, group * TILE_WIDTH)
                self._save(replace(self._progress, leaves=leaves))
            self._findings.apply(comparison)

    def _check_leaves(self) -> None:
        """Check that what was appended to the log since the last run is attested."""
        facts, checkpoint = self._service.log.facts([], {})
        if facts.tree is None or checkpoint is None:
            return
        size = facts.tree.size
        while self._progress.leaves < size and self._has_time():
            start = self._progress.leaves
            group = start // TILE_WIDTH
            comparison = Comparison(facts, self._now)
            entries = self._read_bundle(group, size)
            end = done = min((group + 1) * TILE_WIDTH, size)
            if comparison.check_bundle(group, entries) and entries is not None:
                decided = self._compare_leaves(comparison, entries[start % TILE_WIDTH :])
                done = start + sum(1 for _ in takewhile(bool, decided))
            self._findings.apply(comparison)
            self._leaves += done - start
            self._save(replace(self._progress, leaves=done))
            if done < end:
                return

    def _read_bundle(self, group: int, size: int) -> Sequence[Entry] | None:
        """Return the stored entries of a group of leaves; None if they can't be read."""
        try:
            return self._service.tiles.read_entries(tile_at(0, group, size))
        except LogDamagedError:
            return None

    def _sweep(self, budget: int) -> bool:
        """Continue with older manifests, and return whether all of them were checked in this run."""
        start, end = self._progress.sweep, self._progress.manifests.name
        for after, until in ((start, end), (ManifestPosition(), start.name)):
            # Without workflow states: they were compared before, and neither manifests nor events change.
            slices = self._slices(after, until=until, with_states=False)
            for batch, position in _batches(slices, after):
                if budget <= 0 or not self._has_time():
                    return False
                left = [each for each in batch if each.manifest.name not in self._checked]
                self._compare(left)
                self._save(replace(self._progress, sweep=position))
                budget -= sum(each.size for each in left)
            self._save(replace(self._progress, sweep=ManifestPosition()))
        return start.done == 0

    def _slices(self, after: ManifestPosition, until: str | None, *, with_states: bool) -> Iterator[_Slice]:
        """Yield slices of the manifests after a position.

        Args:
            after: The position.
            until: Name of the last manifest; None for all of them.
            with_states: Whether workflow states are among the entries.
        """
        name, done = after.name, after.done
        while True:
            listed = self._service.manifests.list_versions(after=name, limit=_PAGE)
            for start in range(0, len(listed), _READ_AHEAD):
                ahead = listed[start : start + _READ_AHEAD]
                if until is not None:
                    ahead = [each for each in ahead if each.name <= until]
                for manifest in self._read(ahead):
                    yield from _slices_of(manifest, done, with_states=with_states)
                    done = 0
                if len(ahead) < len(listed[start : start + _READ_AHEAD]):
                    return
            if len(listed) < _PAGE:
                return
            name = listed[-1].name

    def _read(self, versions: Sequence[ManifestVersion]) -> Iterator[ReadManifest]:
        for version, stored in zip(
            versions, map_parallel(self._service.manifests.read, versions), strict=True
        ):
            if stored is None:  # hidden since it was listed: the next manifest has no predecessor
                self._service.warn("manifest is gone", name=version.name)
                continue
            manifest = ReadManifest.of(stored)
            self._predecessors[manifest.name] = manifest.as_predecessor
            yield manifest

    # Comparing

    def _compare(
        self, batch: Sequence[_Slice], *, with_states: bool = False, only: set[str] | None = None
    ) -> set[str]:
        """Compare slices, do what follows from it, and return the names of manifests with something on its way.

        Args:
            batch: The slices.
            with_states: Whether workflow states are compared.
            only: Subjects to compare; None for all of them.
        """
        if not batch:
            return set()
        service = self._service
        events = {
            event.event_id: event
            for each in batch
            for event in each.events
            if only is None or event.event_id in only
        }
        states = [
            (state, each.manifest)
            for each in batch
            for state in (each.workflows if with_states else ())
            if only is None or state.workflow_id in only
        ]
        previous = dict(service.integrity.attestations(list({state.workflow_id for state, _ in states})))
        heads = self._heads(states, previous)
        wanted = dict.fromkeys((*events, *heads.values()))
        records = dict(service.records.get_many(list(wanted))) if wanted else {}
        erasures = read_erasures(list(records.values()), service.log.index, service.records)
        names = {each.manifest.name: each.manifest for each in batch}
        ids = list(dict.fromkeys((*wanted, *names, *(each.dataset_id for each in erasures))))
        facts, _ = service.log.facts(ids, {})
        # What was stored between the two reads.
        stored_since = [
            each
            for each in events
            if each not in records and (each in facts.indices or each in facts.pending)
        ]
        if stored_since:
            records |= service.records.get_many(stored_since)
        comparison = Comparison(facts, self._now)
        usable = {
            name: comparison.check_manifest(manifest, self._predecessor_of(manifest))
            for name, manifest in names.items()
        }
        for each in batch:
            if usable[each.manifest.name]:
                for event in each.events:
                    if event.event_id in events:
                        record = records.get(event.event_id)
                        comparison.check_event(event, each.manifest, record, erasures)
        for state, manifest in states:
            if usable[manifest.name]:
                record = records.get(heads.get((state.workflow_id, state.version), ""))
                before = previous.get(state.workflow_id)
                attestation = comparison.check_state(state, manifest, before, record)
                if attestation is not None:
                    previous[state.workflow_id] = attestation
        self._follow(comparison)
        self._manifests += len(names)
        self._events += len(events)
        if only is None:
            self._begun |= {each.manifest.name for each in batch if each.start == 0}
            self._checked |= {each.manifest.name for each in batch if each.is_last} & self._begun
        return comparison.waiting

    def _follow(self, comparison: Comparison) -> None:
        """Repair what can be repaired, and store what was found."""
        service = self._service
        due = [each for each in comparison.resends if self._is_due(each.event_id)]
        if due:
            service.resends.send(due)
            self._resends += len(due)
            self._asked |= {each.event_id for each in due}
        if comparison.reseals:
            result = service.records.add([], comparison.reseals)
            for entry_id, reason in result.failed.items():
                service.warn("entry can't be sealed", entryId=entry_id, reason=reason)
            self._reseals += len(comparison.reseals) - len(result.failed)
        self._repair_documents(comparison)
        self._findings.apply(comparison)
        if comparison.attestations:
            service.integrity.save_attestations(list(comparison.attestations.values()))

    def _repair_documents(self, comparison: Comparison) -> None:
        """Compare documents with their records. Without the index, everything else goes on."""
        if not comparison.sound or not self._is_index_available:
            return
        try:
            repaired = self._service.index.repair(comparison.sound)
        except SearchUnavailableError as error:
            self._is_index_available = False
            self._service.warn("index not compared", reason=error.detail)
            return
        self._documents += len(repaired.repaired)
        self._unindexable |= repaired.unindexable

    def _is_due(self, event_id: str) -> bool:
        """Return whether to ask for an event: at first in every run, then every hour."""
        if event_id in self._asked:
            return False
        found = self._findings.known.get(f"{FindingCode.MISSING.value}#{event_id}")
        if found is None or self._now - found.first_seen < RESEND_FOR:
            return True
        return self._now - found.last_seen >= RESEND_AGAIN_AFTER

    def _heads(
        self,
        states: Sequence[tuple[ManifestWorkflow, ReadManifest]],
        previous: Mapping[str, Attestation],
    ) -> dict[tuple[str, int], str]:
        """Return the datasetIds of the events with the versions of states, by workflow and version."""
        named: dict[tuple[str, int], str] = {}
        for manifest in {manifest.name: manifest for _, manifest in states}.values():
            named |= {(event.workflow_id, event.sequence): event.event_id for event in manifest.events}
        heads: dict[tuple[str, int], str] = {}
        unknown: dict[tuple[str, int], None] = {}
        for state, _ in states:
            key = state.workflow_id, state.version
            before = previous.get(state.workflow_id)
            if key in named:
                heads[key] = named[key]
            elif is_explained_by(state, before):
                continue
            elif before is not None and before.dataset_id and before.state.version == state.version:
                heads[key] = before.dataset_id
            else:
                unknown[key] = None
        found = map_parallel(self._find_head, unknown)
        return heads | {key: each for key, each in zip(unknown, found, strict=True) if each is not None}

    def _find_head(self, key: tuple[str, int]) -> str | None:
        workflow_id, version = key
        after = WorkflowPosition(version - 1, _LAST_ID)
        found = self._service.records.list_positions(workflow_id, after=after, limit=1)
        return found[0].dataset_id if found and found[0].sequence == version else None

    def _predecessor_of(self, manifest: ReadManifest) -> Predecessor | None:
        if manifest.content is None or manifest.content.sequence == 1:
            return None
        name = manifest.content.from_
        if name not in self._predecessors:
            before = self._get(name)
            self._predecessors[name] = None if before is None else before.as_predecessor
        return self._predecessors[name]

    def _compare_leaves(self, comparison: Comparison, entries: Sequence[Entry]) -> Iterator[bool]:
        """Compare entries of the log, and yield for each whether it could be."""
        ids = [each.entry_id for each in entries if each.kind is EntryKind.EVENT]
        records = self._service.records.get_many(list(dict.fromkeys(ids))) if ids else {}
        covering = {
            each: self._covering_manifest(leaf_time(each, records.get(each.entry_id)))
            for each in entries
            if each.kind is EntryKind.EVENT
        }
        self._check_usable({each.name: each for each in covering.values() if each is not None})
        for entry in entries:
            if entry.kind is EntryKind.MANIFEST:
                comparison.check_manifest_leaf(entry, self._get(entry.entry_id))
                yield True
                continue
            manifest = covering[entry]
            is_usable = manifest is None or self._usable[manifest.name]
            yield comparison.check_leaf(entry, records.get(entry.entry_id), manifest, is_usable=is_usable)

    def _check_usable(self, manifests: Mapping[str, ReadManifest]) -> None:
        """Find out which manifests are those that the log has."""
        names = [name for name in manifests if name not in self._usable]
        if names:
            facts, _ = self._service.log.facts(names, {})
            comparison = Comparison(facts, self._now)
            self._usable |= {name: not comparison.is_other_manifest(manifests[name]) for name in names}

    def _covering_manifest(self, at: datetime | None) -> ReadManifest | None:
        """Return the manifest that covers a time; None if there is none, or none yet."""
        if at is None or at > self._now + IN_FLIGHT:
            return None
        usual = usual_manifest(at)
        if usual not in self._covering:
            if len(self._covering) >= _REMEMBERED_TIMES:
                self._covering.clear()
            manifest = self._get(usual)
            if manifest is None:
                listed = self._service.manifests.list_versions(after=usual, limit=1)
                manifest = self._get(listed[0].name) if listed else None
            self._covering[usual] = manifest
        return self._covering[usual]

    def _get(self, name: str) -> ReadManifest | None:
        stored = self._service.manifests.get(name)
        return None if stored is None else ReadManifest.of(stored)

    # The result

    def _result(self, is_swept: bool) -> ReconcileResult:
        pending = self._service.log.index.count_pending()
        newest = self._progress.newest_manifest
        return ReconcileResult(
            manifests=self._manifests,
            events=self._events,
            leaves=self._leaves,
            resends=self._resends,
            documents=self._documents,
            reseals=self._reseals,
            unindexable=self._unindexable,
            opened=self._findings.opened,
            resolved=self._findings.resolved,
            findings=self._count_findings(),
            # An entry can be younger than the run.
            seal_lag_seconds=max(0.0, (self._now - (pending.oldest or self._now)).total_seconds()),
            pending=pending.count,
            manifest_lag_seconds=None if newest is None else self._age_of(newest),
            is_swept=is_swept,
        )

    def _count_findings(self) -> int:
        known = [each for each in self._findings.known.values() if not each.is_being_repaired(self._now)]
        return len(known) if self._findings.is_complete else self._service.integrity.count_open()

    def _age_of(self, name: str) -> float | None:
        try:
            return (self._now - datetime.fromisoformat(name)).total_seconds()
        except (TypeError, ValueError):
            return None


def _slices_of(manifest: ReadManifest, done: int, *, with_states: bool = True) -> Iterator[_Slice]:
    """Yield the slices of a manifest after the entries that are done, at least one."""
    total = len(manifest.events) + (len(manifest.workflows) if with_states else 0)
    start = min(done, total)
    while True:
        end = min(start + BATCH, total)
        yield _Slice(manifest, start, end, end == total)
        if end == total:
            return
        start = end


def _batches(
    slices: Iterable[_Slice], start: ManifestPosition
) -> Iterator[tuple[list[_Slice], ManifestPosition]]:
    """Yield batches of slices, each with the position after it."""
    batch: list[_Slice] = []
    size, complete, position = 0, start.name, start
    for each in slices:
        if batch and size + each.size > BATCH:
            yield batch, position
            batch, size = [], 0
        batch.append(each)
        size += each.size
        if each.is_last:
            complete = each.manifest.name
        position = ManifestPosition(complete, 0 if each.is_last else each.end)
    if batch:
        yield batch, position
