"""Sweep over all leaves of the log in a cycle: compare tiles, entries and the positions in the table."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from audit_service.domain.integrity import LeafSweep
from audit_service.domain.log.log_facts import LogFacts
from audit_service.domain.log.tiles import TILE_WIDTH
from audit_service.domain.reconciliation.comparison import Comparison, leaves_subject
from audit_service.domain.reconciliation.leaves import check_bundle
from audit_service.domain.reconciliation.positions import check_positions
from audit_service.use_cases.compare_leaves import CompareLeaves
from audit_service.use_cases.finding_list import FindingList
from audit_service.use_cases.log_reader import LogReader


@dataclass
class SweepLeaves:
    """Continue the sweep, and restore positions that are missing or different.

    If a position were missing, the sealer would append its entry a second time.

    Attributes:
        restored: How many positions were restored.
    """

    log: LogReader
    compare_leaves: CompareLeaves
    findings: FindingList
    restored: int = 0

    def __call__(
        self,
        sweep: LeafSweep,
        *,
        groups: int,
        has_time: Callable[[], bool],
        save: Callable[[LeafSweep], None],
    ) -> None:
        """
        Args:
            sweep: Where to continue. At most one round is begun.
            groups: How many groups of 256 leaves to check at most.
            has_time: Returns whether there is time for one more.
            save: Stores how far the sweep has come.
        """
        now = self.findings.now
        facts, checkpoint = self.log.facts([], {})
        if facts.tree is None:
            if checkpoint is None and facts.problem is None:
                save(LeafSweep(swept_since=now))  # there is no leaf
            return
        total = -(-facts.tree.size // TILE_WIDTH)
        if sweep.group == 0 or sweep.group >= total:
            sweep = LeafSweep(0, now, sweep.swept_since)
        for _ in range(groups):
            if not has_time():
                break
            is_sound = self._check(facts, facts.tree.size, sweep.group, now)
            started_at = sweep.started_at if is_sound else None
            sweep = replace(sweep, group=sweep.group + 1, started_at=started_at)
            if sweep.group >= total:
                sweep = LeafSweep(swept_since=started_at or sweep.swept_since)
                break
        save(sweep)

    def _check(self, facts: LogFacts, size: int, group: int, now: datetime) -> bool:
        """Check a group, and return whether it could be read."""
        comparison = Comparison(facts, now)
        entries = self.compare_leaves.read_bundle(group, size)
        is_sound = check_bundle(comparison, group, entries) and entries is not None
        # A damaged group that is restored is resolved by the step that also checks its leaves again.
        comparison.decided.discard(leaves_subject(group))
        if is_sound and entries is not None:
            ids = list(dict.fromkeys(each.entry_id for each in entries))
            stored = self.log.index.positions(ids)
            missing = [each for each in ids if each not in stored]
            pending = self.log.index.pending_since(missing) if missing else {}
            comparison.log = replace(facts, pending=pending)
            restored = check_positions(comparison, group * TILE_WIDTH, entries, stored)
            if restored:
                self.log.index.restore_positions(restored)
                self.restored += len(restored)
        self.findings.apply(comparison)
        return is_sound
