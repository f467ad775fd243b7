"""The ports, in memory."""

from collections.abc import Iterable, Mapping, Sequence

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.search import Filters, Position
from audit_service.use_cases.ports import Added, ScannedPage


class FakeRecords:
    """A store that only grows. `refuses` are datasetIds that it does not write; `log` tells what was done."""

    def __init__(self, *stored: AuditRecord, log: list[str] | None = None, page: int = 100) -> None:
        self.stored = {record.dataset_id: record for record in stored}
        self.refuses: set[str] = set()
        self.log = [] if log is None else log
        self._page = page

    def add(self, records: Sequence[AuditRecord]) -> Added:
        self.log.append(f"store {len(records)}")
        existing: dict[str, AuditRecord] = {}
        refused: dict[str, str] = {}
        for record in records:
            if record.dataset_id in self.refuses:
                refused[record.dataset_id] = "not stored"
            elif record.dataset_id in self.stored:
                existing[record.dataset_id] = self.stored[record.dataset_id]
            else:
                self.stored[record.dataset_id] = record
        return Added(existing, refused)

    def get(self, dataset_id: str) -> AuditRecord | None:
        return self.stored.get(dataset_id)

    def get_many(self, dataset_ids: Sequence[str]) -> Mapping[str, AuditRecord]:
        # In an order of its own, as a store does.
        return {each: self.stored[each] for each in sorted(dataset_ids) if each in self.stored}

    def newest_of(self, workflow_id: str) -> AuditRecord | None:
        return next(iter(list(self.all_of(workflow_id))[::-1]), None)

    def all_of(self, workflow_id: str) -> Iterable[AuditRecord]:
        mine = (record for record in self.stored.values() if record.workflow_id == workflow_id)
        return sorted(mine, key=lambda record: record.sequence)

    def scan(self, after: str | None) -> ScannedPage:
        ids = sorted(each for each in self.stored if after is None or each > after)
        page = ids[: self._page]
        return ScannedPage([self.stored[each] for each in page], page[-1] if len(ids) > len(page) else None)


class FakeIndex:
    """A search engine. `rejects` are datasetIds that it does not take; `searched` tells what it was asked."""

    def __init__(self, *indexed: AuditRecord, log: list[str] | None = None) -> None:
        self.indexed = {record.dataset_id: record for record in indexed}
        self.rejects: set[str] = set()
        self.searched: list[tuple[Filters, Sequence[str] | None]] = []
        self.log = [] if log is None else log

    def prepare(self) -> None:
        self.log.append("prepare")

    def add(self, records: Sequence[AuditRecord]) -> Mapping[str, str]:
        self.log.append(f"index {len(records)}")
        taken = [record for record in records if record.dataset_id not in self.rejects]
        self.indexed = {record.dataset_id: record for record in taken} | self.indexed
        return {each.dataset_id: "not indexed" for each in records if each.dataset_id in self.rejects}

    def find(
        self, filters: Filters, *, within: Sequence[str] | None, after: Position | None, limit: int
    ) -> Sequence[Position]:
        self.searched.append((filters, within))
        fitting = (
            record
            for record in self.indexed.values()
            if filters.workflow_id in (None, record.workflow_id)
            and (within is None or record.workflow_id in within)
        )
        positions = sorted(map(position_of, fitting), key=_newest_first, reverse=True)
        return [each for each in positions if after is None or _newest_first(each) < _newest_first(after)][
            :limit
        ]

    def workflows_of(self, principals: Iterable[str], limit: int) -> Sequence[str]:
        named = set(principals)
        found = (each.workflow_id for each in self.indexed.values() if named & set(each.participants))
        return list(dict.fromkeys(found))[:limit]


def position_of(record: AuditRecord) -> Position:
    """Where a search finds the record."""
    return Position(int(record.occurred_at.timestamp() * 1000), record.dataset_id)


def _newest_first(position: Position) -> tuple[int, str]:
    return position.occurred_at, position.dataset_id
