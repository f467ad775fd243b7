"""Compare entries of the log with records and manifests: each event of the workflow service must be attested."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from audit_service.domain.errors import LogDamagedError
from audit_service.domain.log.entries import Entry, EntryKind
from audit_service.domain.log.log_facts import IN_FLIGHT
from audit_service.domain.log.tiles import tile_at
from audit_service.domain.manifests import usual_manifest
from audit_service.domain.reconciliation.comparison import Comparison
from audit_service.domain.reconciliation.leaves import check_leaf, leaf_time
from audit_service.domain.reconciliation.manifests import ReadManifest, check_manifest_leaf, is_other_manifest
from audit_service.ports import AuditRecordRepository, LogTiles
from audit_service.use_cases.log_reader import LogReader
from audit_service.use_cases.manifest_sequence import ManifestSequence

_REMEMBERED_TIMES = 2_000


@dataclass(frozen=True)
class CompareLeaves:
    """Compare entries of the log during a run, with a cache of the manifests that cover their times."""

    manifests: ManifestSequence
    records: AuditRecordRepository
    log: LogReader
    tiles: LogTiles
    _covering: dict[str, ReadManifest | None] = field(default_factory=dict)
    _usable: dict[str, bool] = field(default_factory=dict)

    def read_bundle(self, group: int, size: int) -> Sequence[Entry] | None:
        """Return the stored entries of a group of leaves of a tree of this size; None if they can't be read."""
        try:
            return self.tiles.read_entries(tile_at(0, group, size))
        except LogDamagedError:
            return None

    def __call__(
        self, comparison: Comparison, entries: Sequence[Entry], unattested: Container[str] = ()
    ) -> Iterator[bool]:
        """Compare entries, and yield for each whether it could be.

        Args:
            comparison: What follows from it.
            entries: Of the log.
            unattested: Ids of those that were found to be unattested before.
        """
        ids = [each.entry_id for each in entries if each.kind is EntryKind.EVENT]
        records = self.records.get_many(list(dict.fromkeys(ids))) if ids else {}
        covering = {
            each: self._covering_manifest(leaf_time(each, records.get(each.entry_id)), comparison.now)
            for each in entries
            if each.kind is EntryKind.EVENT
        }
        self._check_usable(
            {each.name: each for each in covering.values() if each is not None}, comparison.now
        )
        for entry in entries:
            if entry.kind is EntryKind.MANIFEST:
                check_manifest_leaf(comparison, entry, self.manifests.get(entry.entry_id))
                yield True
                continue
            manifest = covering[entry]
            is_usable = manifest is None or self._usable[manifest.name]
            yield check_leaf(
                comparison,
                entry,
                records.get(entry.entry_id),
                manifest,
                is_usable=is_usable,
                was_unattested=entry.entry_id in unattested,
            )

    def _check_usable(self, manifests: Mapping[str, ReadManifest], now: datetime) -> None:
        """Find out which manifests are those that the log has."""
        names = [name for name in manifests if name not in self._usable]
        if names:
            facts, _ = self.log.facts(names, {})
            comparison = Comparison(facts, now)
            self._usable.update({name: not is_other_manifest(comparison, manifests[name]) for name in names})

    def _covering_manifest(self, at: datetime | None, now: datetime) -> ReadManifest | None:
        """Return the manifest that covers a time; None if there is none, or none yet."""
        if at is None or at > now + IN_FLIGHT:
            return None
        usual = usual_manifest(at)
        if usual not in self._covering:
            if len(self._covering) >= _REMEMBERED_TIMES:
                self._covering.clear()
            self._covering[usual] = self.manifests.get(usual) or self.manifests.first_after(usual)
        return self._covering[usual]
