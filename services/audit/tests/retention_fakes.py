"""The ports of requests to erase, legal holds and retention in memory."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from countersign_common.clock import Clock, system_clock

from audit_service.bootstrap.api import RetentionPorts
from audit_service.domain.audit_record import AuditRecord
from audit_service.ports.retention import ErasureKey, ErasureKeyRecord
from audit_service.use_cases.expected_records import ExpectedRecords

from .erasure_fakes import FakeHolds, FakeJobs, FakePolicies, FakeRequests

DEFAULT_DAYS = 2_555


class FakeKeys:
    """Idempotency keys."""

    def __init__(self) -> None:
        self.records: dict[tuple[str, str], ErasureKeyRecord] = {}

    def claim(self, key: ErasureKey, record: ErasureKeyRecord, now: datetime) -> ErasureKeyRecord:
        stored = self.records.get((key.user_id, key.key))
        if stored is None or stored.expires_at <= now:
            self.records[key.user_id, key.key] = stored = record
        return stored


class FakeMonths:
    """Documents by month, in pages."""

    def __init__(self, *, page: int = 2, **months: Sequence[AuditRecord]) -> None:
        self._page = page
        self.documents: dict[str, list[AuditRecord]] = {
            name.removeprefix("m").replace("_", "."): list(records) for name, records in months.items()
        }
        self.pages: list[str] = []

    def months(self) -> Sequence[str]:
        return sorted(self.documents)

    def with_text(self, month: str) -> Sequence[str]:
        return [each.dataset_id for each in self.documents[month] if each.content is not None][:1]

    def dataset_ids(self, month: str) -> Iterator[Sequence[str]]:
        ids = [each.dataset_id for each in self.documents[month]]
        for start in range(0, len(ids), self._page):
            self.pages.append(month)
            yield ids[start : start + self._page]

    def drop(self, month: str) -> None:
        del self.documents[month]


def retention_ports(**changes: Any) -> RetentionPorts:
    """Return the ports; `changes` replaces some of them."""
    ports: dict[str, Any] = {
        "jobs": FakeJobs(),
        "keys": FakeKeys(),
        "holds": FakeHolds(),
        "policies": FakePolicies(),
        "requests": FakeRequests(),
        "default_days": DEFAULT_DAYS,
    }
    return RetentionPorts(**(ports | changes))


def expected_records(
    clock: Clock = system_clock, days: int = DEFAULT_DAYS, schemes: Mapping[str, int] | None = None
) -> ExpectedRecords:
    """Return the rule of what the index has to contain, with these retention periods."""
    return ExpectedRecords(FakePolicies(**(schemes or {})), days, clock)
