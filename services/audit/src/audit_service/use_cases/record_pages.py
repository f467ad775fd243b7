"""Read the records of a workflow in pages: shared by verification and evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from countersign_common.actors import Actor, may_read, reads_everything
from countersign_common.errors import NotFoundError
from countersign_common.parallel import map_parallel
from countersign_common.proof.commitment import PARTS

from audit_service.domain.access import participants_for
from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.own_events import erased_parts
from audit_service.ports import AuditRecordRepository, LogIndex, WorkflowPosition

PAGE_RECORDS = 1_000


@dataclass(frozen=True)
class RecordPage:
    """Records of a workflow.

    Attributes:
        positions: Of the records, in the same order.
        records: By sequence, as it was when they were stored.
        has_more: Whether more records follow.
    """

    positions: Sequence[WorkflowPosition]
    records: Sequence[AuditRecord]
    has_more: bool

    def first(self, count: int) -> "RecordPage":
        """Return the page with its first records only."""
        if count >= len(self.records):
            return self
        return RecordPage(self.positions[:count], self.records[:count], has_more=True)

    @property
    def next_position(self) -> WorkflowPosition | None:
        """The position after which the next page starts; None on the last page."""
        return self.positions[-1] if self.has_more else None


@dataclass(frozen=True)
class RecordPages:
    """Read pages of a workflow's records for an actor."""

    records: AuditRecordRepository

    def __call__(self, workflow_id: str, actor: Actor, after: WorkflowPosition | None) -> RecordPage:
        """Return a page. For admins and auditors it can be empty.

        Raises:
            NotFoundError: Nothing is recorded of the workflow, or the actor doesn't take part in it.
            StoreUnavailableError
        """
        if not reads_everything(actor):
            newest_first = self.records.list_newest_first(workflow_id)
            if not may_read(actor, participants_for(actor, newest_first)):
                raise NotFoundError("workflow")
        # One more than the page shows whether there is a next page.
        found = self.records.list_positions(workflow_id, after=after, limit=PAGE_RECORDS + 1)
        positions = found[:PAGE_RECORDS]
        ids = list(dict.fromkeys(position.dataset_id for position in positions))
        stored = self.records.get_many(ids)
        kept = [position for position in positions if position.dataset_id in stored]
        # A page that ends where it started would be read for ever: the numbers in the table are not those of a chain.
        has_more = len(found) > PAGE_RECORDS and bool(kept) and kept[-1] != after
        return RecordPage(kept, [stored[position.dataset_id] for position in kept], has_more)


def read_erasures(
    records: Sequence[AuditRecord], index: LogIndex, repository: AuditRecordRepository
) -> Sequence[AuditRecord]:
    """Return the records of the erasure events that can explain what records lack."""
    found = read_erasures_by_record(records, index, repository)
    return list({each.dataset_id: each for erasures in found.values() for each in erasures}.values())


def read_erasures_by_record(
    records: Sequence[AuditRecord], index: LogIndex, repository: AuditRecordRepository
) -> Mapping[str, Sequence[AuditRecord]]:
    """Return the records of erasure events by the datasetId of the record that they can explain."""
    incomplete = [record.dataset_id for record in records if record.person is None or record.content is None]
    named = dict(zip(incomplete, map_parallel(index.erasures_of, incomplete), strict=True))
    ids = dict.fromkeys(erasure for erasures in named.values() for erasure in erasures)
    stored = repository.get_many(list(ids)) if ids else {}
    return {
        dataset_id: [stored[each] for each in erasures if each in stored]
        for dataset_id, erasures in named.items()
    }


def read_erased_parts(
    records: Sequence[AuditRecord], index: LogIndex, repository: AuditRecordRepository
) -> Mapping[str, Mapping[str, str]]:
    """Return which erasure events name the parts that records lack. Most records lack none.

    Returns:
        By the datasetId of the record: part → datasetId of the first erasure event that names it.
    """
    found: dict[str, dict[str, str]] = {}
    lacking = {
        record.dataset_id: [part for part in PARTS if getattr(record, part) is None] for record in records
    }
    erasures = read_erasures(records, index, repository)
    for erasure in sorted(erasures, key=lambda each: each.dataset_id):
        for dataset_id, parts in erased_parts(erasure):
            named = [part for part in lacking.get(dataset_id, ()) if part in parts]
            if named:
                found[dataset_id] = dict.fromkeys(named, erasure.dataset_id) | found.get(dataset_id, {})
    return found
