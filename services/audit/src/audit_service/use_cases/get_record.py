"""Get one record."""

from collections.abc import Mapping
from dataclasses import dataclass

from countersign_common.actors import Actor
from countersign_common.errors import NotFoundError
from countersign_common.proof.commitment import PARTS

from audit_service.domain.access import may_read_record, participants_for
from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.errors import UnreadableRecordError
from audit_service.domain.own_events import erased_parts
from audit_service.ports import AuditRecordRepository, LogIndex
from audit_service.use_cases.record_pages import read_erasures


@dataclass(frozen=True)
class FoundRecord:
    """A record, and what was erased of it.

    Attributes:
        erased: Part → datasetId of the erasure event that names it, for parts that the record lacks.
    """

    record: AuditRecord
    erased: Mapping[str, str]


@dataclass(frozen=True)
class GetRecord:
    """Get one record by its datasetId."""

    records: AuditRecordRepository
    log: LogIndex

    def __call__(self, dataset_id: str, actor: Actor) -> FoundRecord:
        """Return a record from the store alone.

        Raises:
            NotFoundError: There is no such record, or none that the actor may read.
            UnreadableRecordError: The record is damaged, and the actor may read it.
            StoreUnavailableError
        """
        record = self.find(dataset_id, actor)
        if not record.is_readable:
            raise UnreadableRecordError(dataset_id)
        return FoundRecord(record, self._erased(record))

    def find(self, dataset_id: str, actor: Actor) -> AuditRecord:
        """Return a record, damaged or not.

        Raises:
            NotFoundError: There is no such record, or none that the actor may read.
            StoreUnavailableError
        """
        record = self.records.get(dataset_id)
        if record is None or not self._may_read(actor, record):
            raise NotFoundError("record")
        return record

    def _erased(self, record: AuditRecord) -> Mapping[str, str]:
        """Return which erasure events name the parts that a record lacks: the first one of each. Most lack none."""
        erased: dict[str, str] = {}
        erasures = read_erasures([record], self.log, self.records)
        for erasure in sorted(erasures, key=lambda each: each.dataset_id):
            for dataset_id, parts in erased_parts(erasure):
                if dataset_id == record.dataset_id:
                    missing = (part for part in PARTS if part in parts and getattr(record, part) is None)
                    erased = dict.fromkeys(missing, erasure.dataset_id) | erased
        return erased

    def _may_read(self, actor: Actor, record: AuditRecord) -> bool:
        try:
            if may_read_record(actor, record):
                return True
            # The record can be older than the actor's part in the workflow.
            if record.workflow_id is None:
                return False
            newest_first = self.records.list_newest_first(record.workflow_id)
            return may_read_record(actor, record, participants_for(actor, newest_first))
        except UnreadableRecordError:
            return False  # only admins and auditors learn of a record that doesn't show who may read it
