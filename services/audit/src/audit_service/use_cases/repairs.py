"""Repair what comparisons find: request missing events, make entries pending again, and correct documents."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from countersign_common.telemetry import Warn

from audit_service.domain.errors import SearchUnavailableError
from audit_service.domain.integrity import FindingCode
from audit_service.domain.log.entries import Entry
from audit_service.domain.reconciliation.comparison import Comparison
from audit_service.ports import AuditRecordRepository, IndexRepair, ResendRequests
from audit_service.use_cases.finding_list import FindingList

RESEND_FOR = timedelta(minutes=15)
RESEND_AGAIN_AFTER = timedelta(hours=1)
"""A missing event is requested in every run at first, and then every hour."""


@dataclass
class Repairs:
    """The repairs of a run.

    Attributes:
        swept_since: When the last round over all leaves was begun; None before the first one.
        resent: How many events were requested from the workflow service.
        resealed: How many entries were made pending again.
        documents: How many documents were missing or different.
        unindexable: datasetId → reason, for records that the index can't hold.
    """

    records: AuditRecordRepository
    index: IndexRepair
    resends: ResendRequests
    findings: FindingList
    warn: Warn
    swept_since: datetime | None = None
    resent: int = 0
    resealed: int = 0
    documents: int = 0
    unindexable: dict[str, str] = field(default_factory=dict)
    _requested: set[str] = field(default_factory=set)
    _is_index_available: bool = True

    def __call__(self, comparison: Comparison) -> None:
        """Repair what a comparison has found, before its findings are stored."""
        due = [each for each in comparison.resends if self._is_due(each.event_id)]
        if due:
            self.resends.send(due)
            self.resent += len(due)
            self._requested |= {each.event_id for each in due}
        reseals = [each for each in comparison.reseals if self._is_not_in_log(each)]
        if reseals:
            result = self.records.add([], reseals)
            for entry_id, reason in result.failed.items():
                self.warn("entry can't be sealed", entryId=entry_id, reason=reason)
            self.resealed += len(reseals) - len(result.failed)
        self._repair_documents(comparison)

    def _repair_documents(self, comparison: Comparison) -> None:
        """Compare documents with their records. If the index is unavailable, skip this."""
        if not comparison.sound or not self._is_index_available:
            return
        try:
            repaired = self.index.repair(comparison.sound)
        except SearchUnavailableError as error:
            self._is_index_available = False
            self.warn("index not compared", reason=error.detail)
            return
        self.documents += len(repaired.repaired)
        self.unindexable |= repaired.unindexable

    def _is_not_in_log(self, entry: Entry) -> bool:
        """Return whether all leaves were read since the entry lost its position: before, it could get a second leaf."""
        since = self.findings.first_seen(f"{FindingCode.NOT_SEALED.value}#{entry.entry_id}")
        return self.swept_since is not None and (since or self.findings.now) <= self.swept_since

    def _is_due(self, event_id: str) -> bool:
        """Return whether to request an event: at first in every run, then every hour."""
        if event_id in self._requested:
            return False
        now = self.findings.now
        found = self.findings.known.get(f"{FindingCode.MISSING.value}#{event_id}")
        if found is None or now - found.first_seen < RESEND_FOR:
            return True
        return now - found.last_seen >= RESEND_AGAIN_AFTER
