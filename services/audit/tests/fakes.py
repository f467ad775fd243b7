"""The ports in memory."""

from collections.abc import Iterable, Mapping, Sequence

from countersign_common.pagination import Page
from countersign_common.proof.commitment import Part

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.log.entries import Entry
from audit_service.domain.search import Filters, Position, SearchScope
from audit_service.ports import IndexResult, StoreResult, WorkflowPosition

from .builders import position_of


class FakeRepository:
    """Stores records.

    Attributes:
        busy: datasetIds that it doesn't store.
        reads: Records that were read one by one.
        limits: Of each list of positions.
    """

    def __init__(self, *stored: AuditRecord, log: list[str] | None = None, page: int = 100) -> None:
        self.stored: dict[str, AuditRecord] = {}
        self.manifests: list[Entry] = []
        # As the keys of the table's index: what was written, whatever becomes of the texts.
        self.keys: dict[str, tuple[str | None, int]] = {}
        for record in stored:
            self._put(record)
        self.busy: set[str] = set()
        self.log = [] if log is None else log
        self.reads: list[AuditRecord] = []
        self.limits: list[int] = []
        self._page = page

    def damage(self, record: AuditRecord) -> None:
        """Replace a stored record; its keys stay."""
        self.stored[record.dataset_id] = record

    def add(self, records: Sequence[AuditRecord], manifests: Sequence[Entry] = ()) -> StoreResult:
        self.log.append(f"store {len(records)}")
        self.manifests += manifests
        existing: dict[str, AuditRecord] = {}
        failed: dict[str, str] = {}
        for record in records:
            if record.dataset_id in self.busy:
                failed[record.dataset_id] = "not stored"
            elif record.dataset_id in self.stored:
                existing[record.dataset_id] = self.stored[record.dataset_id]
            else:
                self._put(record)
        return StoreResult(existing, failed)

    def get(self, dataset_id: str) -> AuditRecord | None:
        return self.stored.get(dataset_id)

    def get_many(self, dataset_ids: Sequence[str]) -> Mapping[str, AuditRecord]:
        # In another order, as a store returns them.
        return {each: self.stored[each] for each in sorted(dataset_ids) if each in self.stored}

    def list_positions(
        self, workflow_id: str, *, after: WorkflowPosition | None, limit: int
    ) -> Sequence[WorkflowPosition]:
        self.limits.append(limit)
        start = (0, "") if after is None else (after.sequence, after.dataset_id)
        keys = sorted((key[1], each) for each, key in self.keys.items() if key[0] == workflow_id)
        return [WorkflowPosition(*key) for key in keys if key > start and key[1] in self.stored][:limit]

    def list_newest_first(self, workflow_id: str) -> Iterable[AuditRecord]:
        positions = self.list_positions(workflow_id, after=None, limit=len(self.keys))
        for record in [self.stored[position.dataset_id] for position in positions][::-1]:
            self.reads.append(record)
            yield record

    def scan(self, after: str | None) -> Page[AuditRecord, str]:
        ids = sorted(each for each in self.stored if after is None or each > after)
        page = ids[: self._page]
        return Page([self.stored[each] for each in page], page[-1] if len(ids) > len(page) else None)

    def _put(self, record: AuditRecord) -> None:
        self.stored[record.dataset_id] = record
        if record.has_readable_event and record.event.workflow:
            self.keys[record.dataset_id] = record.workflow_id, record.event.workflow.sequence


class FakeHints:
    """Hints: datasetId → id of the erasure event → parts."""

    def __init__(self) -> None:
        self.hints: dict[str, dict[str, tuple[Part, ...]]] = {}
        self.asked: list[Sequence[str]] = []

    def add(self, event_id: str, parts: Mapping[str, Sequence[Part]]) -> None:
        for dataset_id, named in parts.items():
            self.hints.setdefault(dataset_id, {})[event_id] = tuple(named)

    def parts_of(self, dataset_ids: Sequence[str]) -> Mapping[str, frozenset[Part]]:
        self.asked.append(dataset_ids)
        return {
            each: frozenset(part for parts in self.hints[each].values() for part in parts)
            for each in dataset_ids
            if each in self.hints
        }


class FakeIndex:
    """Finds records by workflow and scope.

    Attributes:
        busy, unindexable: datasetIds that it doesn't take.
        searches: Filters and scope of each search.
        limits: Maximum number of positions of each search.
    """

    def __init__(self, *indexed: AuditRecord, log: list[str] | None = None) -> None:
        self.indexed = {record.dataset_id: record for record in indexed}
        self.busy: set[str] = set()
        self.unindexable: set[str] = set()
        self.searches: list[tuple[Filters, SearchScope]] = []
        self.limits: list[int] = []
        self.builds: list[dict[str, AuditRecord]] = []
        self.log = [] if log is None else log

    def add(self, records: Sequence[AuditRecord]) -> IndexResult:
        self.log.append(f"index {len(records)}")
        rejected = self.busy | self.unindexable
        written = self.builds[-1] if self.builds else self.indexed
        for record in records:
            if record.dataset_id not in rejected:
                written.setdefault(record.dataset_id, record)
        ids = [record.dataset_id for record in records]
        return IndexResult(
            {each: "400 mapper_parsing_exception" for each in ids if each in self.unindexable},
            {each: "429 busy" for each in ids if each in self.busy},
        )

    def find(
        self, filters: Filters, scope: SearchScope, *, after: Position | None, limit: int
    ) -> Sequence[Position]:
        self.searches.append((filters, scope))
        self.limits.append(limit)
        fitting = (
            record
            for record in self.indexed.values()
            if filters.workflow_id in (None, record.workflow_id)
            and (filters.action_owner is None or filters.action_owner == record.event.action_owner.id)
            and (scope.participants is None or scope.participants & set(record.event.participants))
            and (
                scope.drafts_of is None
                or not record.is_draft
                or record.event.action_owner.id == scope.drafts_of
            )
        )
        positions = sorted(map(position_of, fitting), key=_newest_first, reverse=True)
        return [each for each in positions if after is None or _newest_first(each) < _newest_first(after)][
            :limit
        ]

    def begin_replacement(self) -> int:
        self.builds.append({})
        return len(self.builds)

    def finish_replacement(self, build: int) -> None:
        self.indexed = self.builds[build - 1]
        self.builds.clear()


def _newest_first(position: Position) -> tuple[int, str]:
    return position.occurred_at, position.dataset_id
