"""Drop the monthly indices in which nothing is left to find."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from countersign_common.parallel import map_parallel

from audit_service.domain.index_retention import ends_before, is_expected_in_index
from audit_service.ports import AuditRecordRepository
from audit_service.ports.retention import SearchMonths
from audit_service.use_cases.expected_records import ExpectedRecords

RESERVE_SECONDS = 30.0
"""A run reads no page with less time left. The next run starts the month again."""

_BATCH = 100


class _OutOfTimeError(Exception):
    """The run has no time left."""


@dataclass(frozen=True)
class DropExpiredIndices:
    """Delete the indices of months that ended before the longest retention period, if every record is erased.

    Every stored record is checked right before the indices are deleted. Records and leaves of the log stay.
    """

    months: SearchMonths
    records: AuditRecordRepository
    expected: ExpectedRecords

    def __call__(self, remaining_seconds: Callable[[], float]) -> Sequence[str]:
        """Return the months whose indices were deleted.

        Args:
            remaining_seconds: Returns how long this run may still take.

        Raises:
            SearchUnavailableError, StoreUnavailableError: The next run continues.
        """
        cutoff = self.expected.cutoff()
        dropped: list[str] = []
        for month in self.months.months():
            if not ends_before(month, cutoff):
                break
            try:
                if self._is_expired(month, cutoff, remaining_seconds):
                    self.months.drop(month)
                    dropped.append(month)
            except _OutOfTimeError:
                break
        return dropped

    def _is_expired(self, month: str, cutoff: datetime, remaining_seconds: Callable[[], float]) -> bool:
        # A single search recognizes most months that must stay.
        if not self._are_erased(self.months.with_text(month), cutoff):
            return False
        for page in self.months.dataset_ids(month):
            if remaining_seconds() < RESERVE_SECONDS:
                raise _OutOfTimeError
            if not self._are_erased(page, cutoff):
                return False
        return True

    def _are_erased(self, dataset_ids: Sequence[str], cutoff: datetime) -> bool:
        """Return whether the index need not contain any of these. A document without a record is not needed either."""
        batches = [dataset_ids[start : start + _BATCH] for start in range(0, len(dataset_ids), _BATCH)]
        return not any(
            is_expected_in_index(record, cutoff)
            for stored in map_parallel(self.records.get_many, batches)
            for record in stored.values()
        )
