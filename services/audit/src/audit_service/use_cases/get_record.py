"""Get one record."""

from collections.abc import Mapping
from dataclasses import dataclass

from countersign_common.actors import Actor
from countersign_common.errors import NotFoundError

from audit_service.domain.access import may_read_record, participants_for
from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.errors import UnreadableRecordError
from audit_service.ports import AuditRecordRepository, LogIndex
from audit_service.use_cases.record_pages import read_erased_parts


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
        erased = read_erased_parts([record], self.log, self.records)
        return FoundRecord(record, erased.get(dataset_id, {}))

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
