"""Which records the search index has to contain: all except old ones that are erased."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from countersign_common.proof.commitment import PARTS

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.erasable import erasable_parts
from audit_service.domain.erasure import RetentionPolicy


def index_cutoff(default_days: int, policies: Iterable[RetentionPolicy], now: datetime) -> datetime:
    """Return the start of the longest retention period: the index can lack older records that are erased."""
    return now - timedelta(days=max([default_days, *(policy.days for policy in policies)]))


def is_erased(record: AuditRecord) -> bool:
    """Return whether nothing of a record is left that can be erased. A damaged record is not erased."""
    return record.has_readable_event and not erasable_parts(record, PARTS)


def is_expected_in_index(record: AuditRecord, cutoff: datetime) -> bool:
    """Return whether the search index has to contain a record.

    It can lack a record that is erased and older than the longest retention period. Such records are deleted from the
    index a month at a time, so it can also contain them.

    Args:
        record: As it is stored.
        cutoff: The time of the longest retention period.
    """
    return not is_erased(record) or record.occurred_at > cutoff


def ends_before(month: str, cutoff: datetime) -> bool:
    """Return whether a month ends before a time.

    Args:
        month: Year and month, such as `2026.01`.
        cutoff: In UTC.
    """
    return month_end(month) <= cutoff


def month_start(month: str) -> datetime:
    """Return the first instant of a month such as `2026.01`."""
    year, number = map(int, month.split("."))
    return datetime(year, number, 1, tzinfo=UTC)


def month_end(month: str) -> datetime:
    """Return the first instant after a month such as `2026.01`."""
    return month_start(f"{month_start(month) + timedelta(days=31):%Y.%m}")
