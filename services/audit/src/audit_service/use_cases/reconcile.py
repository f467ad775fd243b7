"""Reconcile: compare manifests with records, the log, the index and workflow states, and repair what can be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from countersign_common.clock import Clock
from countersign_common.parallel import map_parallel
from countersign_common.telemetry import Warn

from audit_service.domain.integrity import FindingCode, ManifestPosition, Progress
from audit_service.domain.log.entries import Entry, EntryKind
from audit_service.domain.log.log_facts import LogFacts
from audit_service.domain.log.tiles import TILE_WIDTH
from audit_service.domain.reconciliation.comparison import Comparison
from audit_service.domain.reconciliation.leaves import check_bundle, leaves_group
from audit_service.ports import (
    AuditRecordRepository,
    IndexRepair,
    IntegrityRepository,
    LogTiles,
    ManifestCatalog,
    ResendRequests,
)
from audit_service.use_cases.compare_leaves import CompareLeaves
from audit_service.use_cases.compare_manifests import CompareManifests
from audit_service.use_cases.finding_list import FindingList
from audit_service.use_cases.log_reader import LogReader
from audit_service.use_cases.manifest_sequence import (
    BATCH,
    READ_AHEAD,
    ManifestSequence,
    ManifestSlice,
    batches,
    slices_of,
)
from audit_service.use_cases.repairs import Repairs
from audit_service.use_cases.sweep_leaves import SweepLeaves

SWEEP_ENTRIES = 20_000
"""Events of older manifests that a run compares again, each manifest counted as one more."""

LEAF_GROUPS = 16
MANY_LEAF_GROUPS = 256
"""Groups of 256 leaves whose positions a run checks again; more while an entry waits to be sealed again."""

RESERVE_SECONDS = 10.0
"""A run starts no batch with less time left."""

REVISIT_LIMIT = 1_500
"""More manifests than in a day. If so many have events in transit, no new ones are checked."""


@dataclass(frozen=True)
class ReconcileResult:
    """The result of a run.

    Attributes:
        manifests, events, leaves: How many were compared; events of a manifest that was compared twice count twice.
        resends: Events that were requested from the workflow service.
        documents: Index documents that were missing or different.
        reseals: Entries that were made pending again.
        positions: Positions of entries in the log that were missing or different in the table.
        unindexable: datasetId → reason, for records that the index can't hold.
        opened, resolved: Findings.
        findings: Open findings that are not being repaired, counted up to a limit.
        seal_lag_seconds: How long the oldest entry has waited for the log; 0 if none waits.
        pending: Entries that wait for the log, counted up to a limit.
        manifest_lag_seconds: Age of the newest manifest; None before the first one.
        is_swept: Whether this run checked all older manifests.
    """

    manifests: int
    events: int
    leaves: int
    resends: int
    documents: int
    reseals: int
    positions: int
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

    A run checks new manifests, those with events in transit, open findings, and new leaves of the log. With
    the rest of its time and budget, it continues a sweep over older manifests. How far it came is stored after each
    batch, after what the batch found, so after a run that was killed at any point, the next one continues.
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


class _Run:
    """One run."""

    def __init__(self, service: Reconcile, remaining_seconds: Callable[[], float]) -> None:
        self._service = service
        self._remaining_seconds = remaining_seconds
        self._now = service.clock()
        self._progress = service.integrity.progress()
        self._findings = FindingList.load(service.integrity, self._now, self._progress.recheck)
        self._manifests = ManifestSequence(service.manifests, service.warn)
        self._compare_manifests = CompareManifests(
            self._manifests, service.records, service.log, service.integrity
        )
        self._compare_leaves = CompareLeaves(self._manifests, service.records, service.log, service.tiles)
        self._repairs = Repairs(service.records, service.index, service.resends, self._findings, service.warn)
        self._sweep_leaves = SweepLeaves(service.log, self._compare_leaves, self._findings)
        self._begun: set[str] = set()
        self._checked: set[str] = set()
        self._manifest_count = self._event_count = self._leaf_count = 0

    def run(self, sweep: int) -> ReconcileResult:
        self._check_checkpoint()
        self._check_positions()
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

    def _check_positions(self) -> None:
        """Check tiles, entries and positions of leaves. First, because entries without a position are sealed again.

        It takes at most half of the time.
        """
        is_waiting = any(
            each.finding.code is FindingCode.NOT_SEALED for each in self._findings.known.values()
        )
        limit = self._remaining_seconds() / 2
        self._sweep_leaves(
            self._progress.leaf_sweep,
            groups=MANY_LEAF_GROUPS if is_waiting else LEAF_GROUPS,
            has_time=lambda: self._has_time() and self._remaining_seconds() >= limit,
            save=lambda sweep: self._save(replace(self._progress, leaf_sweep=sweep)),
        )
        self._repairs.swept_since = self._progress.leaf_sweep.swept_since

    def _check_new(self) -> None:
        """Check manifests that were published since the last run."""
        slices = self._manifests.slices(self._progress.manifests, until=None, with_states=True)
        for batch, position in batches(slices, self._progress.manifests):
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
        """Check manifests again that had events in transit."""
        for start in range(0, len(names), READ_AHEAD):
            if not self._has_time():
                return
            taken = names[start : start + READ_AHEAD]
            read = map_parallel(self._manifests.get, taken)
            slices = (each for manifest in read if manifest for each in slices_of(manifest, 0))
            waiting: set[str] = set()
            for batch, _ in batches(slices, ManifestPosition()):
                waiting |= self._compare(batch, with_states=True)
            left = [name for name in self._progress.revisit if name not in taken or name in waiting]
            self._save(replace(self._progress, revisit=tuple(left)))

    def _recheck(self) -> None:
        """Check open findings again, unless this run has done so already."""
        by_manifest: dict[str, set[str]] = {}
        leaves: list[str] = []
        groups: list[int] = []
        for each in self._findings.known.values():
            finding = each.finding
            if finding.manifest is not None and finding.manifest not in self._checked:
                by_manifest.setdefault(finding.manifest, set()).add(finding.subject)
            elif finding.manifest is None and finding.dataset_id == finding.subject:
                leaves.append(finding.subject)
            elif (group := leaves_group(finding.subject)) is not None:
                groups.append(group)
        for name, subjects in sorted(by_manifest.items()):
            if not self._has_time():
                return
            manifest = self._manifests.get(name)
            if manifest is None:
                continue  # it keeps its findings
            slices = slices_of(manifest, 0)
            for batch, _ in batches(slices, ManifestPosition()):
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
        unattested = {
            each.finding.subject
            for each in self._findings.known.values()
            if each.finding.code is FindingCode.UNATTESTED
        }
        for _ in self._compare_leaves(comparison, entries, unattested):
            pass
        self._findings.apply(comparison)

    def _recheck_groups(self, groups: Sequence[int]) -> None:
        """Check damaged groups of leaves again. The leaves of one that is restored are checked by this run."""
        facts, _ = self._service.log.facts([], {})
        for group in groups:
            if facts.tree is None or group * TILE_WIDTH >= facts.tree.size or not self._has_time():
                return
            comparison = Comparison(facts, self._now)
            if check_bundle(comparison, group, self._compare_leaves.read_bundle(group, facts.tree.size)):
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
            entries = self._compare_leaves.read_bundle(group, size)
            end = done = min((group + 1) * TILE_WIDTH, size)
            if check_bundle(comparison, group, entries) and entries is not None:
                decided = self._compare_leaves(comparison, entries[start % TILE_WIDTH :])
                done = start + sum(1 for _ in takewhile(bool, decided))
            self._findings.apply(comparison)
            self._leaf_count += done - start
            self._save(replace(self._progress, leaves=done))
            if done < end:
                return

    def _sweep(self, budget: int) -> bool:
        """Continue with older manifests, and return whether all of them were checked in this run."""
        start, end = self._progress.sweep, self._progress.manifests.name
        for after, until in ((start, end), (ManifestPosition(), start.name)):
            # Without workflow states: they were compared before, and neither manifests nor events change.
            slices = self._manifests.slices(after, until=until, with_states=False)
            for batch, position in batches(slices, after):
                if budget <= 0 or not self._has_time():
                    return False
                left = [each for each in batch if each.manifest.name not in self._checked]
                self._compare(left)
                self._save(replace(self._progress, sweep=position))
                budget -= sum(each.size for each in left)
            self._save(replace(self._progress, sweep=ManifestPosition()))
        return start.done == 0

    def _compare(
        self, batch: Sequence[ManifestSlice], *, with_states: bool = False, only: set[str] | None = None
    ) -> set[str]:
        """Compare slices, apply the results, and return the names of manifests with events in transit.

        Args:
            batch: The slices.
            with_states: Whether workflow states are compared.
            only: Subjects to compare; None for all of them.
        """
        if not batch:
            return set()
        comparison = self._compare_manifests(batch, self._now, with_states=with_states, only=only)
        self._repairs(comparison)
        self._findings.apply(comparison)
        if comparison.attestations:
            self._service.integrity.save_attestations(list(comparison.attestations.values()))
        self._manifest_count += len({each.manifest.name for each in batch})
        named = {event.event_id for each in batch for event in each.events}
        self._event_count += len(named if only is None else named & only)
        if only is None:
            self._begun |= {each.manifest.name for each in batch if each.start == 0}
            self._checked |= {each.manifest.name for each in batch if each.is_last} & self._begun
        return comparison.waiting

    def _result(self, is_swept: bool) -> ReconcileResult:
        pending = self._service.log.index.count_pending()
        newest = self._progress.newest_manifest
        return ReconcileResult(
            manifests=self._manifest_count,
            events=self._event_count,
            leaves=self._leaf_count,
            resends=self._repairs.resent,
            documents=self._repairs.documents,
            reseals=self._repairs.resealed,
            positions=self._sweep_leaves.restored,
            unindexable=self._repairs.unindexable,
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
