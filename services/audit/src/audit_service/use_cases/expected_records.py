"""Leave out records that the search index need not contain: shared by reconciliation, rebuild and index retention."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from countersign_common.clock import Clock

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.index_retention import index_cutoff, is_erased, is_expected_in_index
from audit_service.ports import IndexRepair, RepairResult
from audit_service.ports.erasure import RetentionPolicies


@dataclass(frozen=True)
class ExpectedRecords:
    """Find which records the search index has to contain."""

    policies: RetentionPolicies
    default_days: int
    clock: Clock

    def cutoff(self) -> datetime:
        """Return the time of the longest retention period.

        Raises:
            StoreUnavailableError
        """
        return index_cutoff(self.default_days, self.policies.all().values(), self.clock())

    def __call__(self, records: Sequence[AuditRecord]) -> Sequence[AuditRecord]:
        """Return those of the records that the index has to contain.

        Policies are read only if a record is erased, which is rare.

        Raises:
            StoreUnavailableError
        """
        if not any(map(is_erased, records)):
            return records
        cutoff = self.cutoff()
        return [record for record in records if is_expected_in_index(record, cutoff)]


@dataclass(frozen=True)
class ExpectedIndexRepair:
    """The port `IndexRepair` for the documents that the index has to contain: others stay as they are."""

    repair_index: IndexRepair
    expected: ExpectedRecords

    def repair(self, records: Sequence[AuditRecord]) -> RepairResult:
        """Compare the documents of records that the index has to contain, and correct them.

        Raises:
            SearchUnavailableError, StoreUnavailableError: Some may not be repaired. It can be repeated.
        """
        return self.repair_index.repair(self.expected(records))
