"""The list of open findings during a run: what comparisons change in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from audit_service.domain.integrity import SEEN_AGAIN_AFTER, FindingChanges, FoundFinding
from audit_service.domain.reconciliation.comparison import Comparison
from audit_service.ports import IntegrityRepository

OPEN_LIMIT = 10_000
"""Open findings that a run has in memory. If there are more, the next runs continue with the others."""


@dataclass
class FindingList:
    """The open findings, or a part of them if there are very many."""

    repository: IntegrityRepository
    now: datetime
    known: dict[str, FoundFinding] = field(default_factory=dict)
    is_complete: bool = True
    next_after: str = ""
    opened: int = 0
    resolved: int = 0

    @classmethod
    def load(cls, repository: IntegrityRepository, now: datetime, after: str) -> "FindingList":
        """Load open findings after a key."""
        page = repository.open_findings(after=after, limit=OPEN_LIMIT)
        known = {each.finding.key: each for each in page.items}
        is_complete = after == "" and page.next_position is None
        return cls(repository, now, known, is_complete, page.next_position or "")

    def first_seen(self, key: str) -> datetime | None:
        """Return since when a finding is open; None if it isn't."""
        found = self.known.get(key)
        return None if found is None else found.first_seen

    def apply(self, comparison: Comparison) -> None:
        """Store what a comparison found, and what it found to be no longer true."""
        if not self.is_complete:
            others = [key for key in comparison.findings if key not in self.known]
            self.known |= self.repository.open_findings_by_key(others)
        changes = FindingChanges(
            tuple(self._open(comparison)),
            (*self._resolve(comparison), *self._pass(comparison)),
        )
        if not changes:
            return
        self.repository.change(changes)
        self.known |= {each.finding.key: each for each in changes.open}
        for each in changes.resolved:
            self.known.pop(each.finding.key, None)
        self.resolved += len(changes.resolved)

    def _open(self, comparison: Comparison) -> Iterable[FoundFinding]:
        for key, finding in comparison.findings.items():
            before = self.known.get(key)
            if before is None:
                self.opened += 1
                yield FoundFinding(finding, self.now, self.now)
            elif self.now - before.last_seen >= SEEN_AGAIN_AFTER or finding != before.finding:
                yield FoundFinding(finding, before.first_seen, self.now)

    def _resolve(self, comparison: Comparison) -> Iterable[FoundFinding]:
        for key, each in self.known.items():
            is_decided = each.finding.subject in comparison.decided or key in comparison.decided_keys
            if is_decided and key not in comparison.findings:
                yield replace(each, resolved_at=self.now)

    def _pass(self, comparison: Comparison) -> Iterable[FoundFinding]:
        """Yield what was found and became true again within the comparison, so that it leaves a trace."""
        for key, finding in comparison.passed.items():
            if key not in self.known and key not in comparison.findings:
                self.opened += 1
                yield FoundFinding(finding, self.now, self.now, self.now)
