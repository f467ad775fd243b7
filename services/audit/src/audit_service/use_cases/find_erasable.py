"""Find which records of a page of the store have parts to erase: shared by erasure, retention and the dry run."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from countersign_common.proof.commitment import PARTS

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.erasable import (
    OF_REQUESTED,
    candidate,
    erasable_parts,
    is_expired,
    is_first_of_workflow,
)
from audit_service.domain.erasure import Candidate, RetentionSelection, Selection, UserSelection
from audit_service.ports import AuditRecordRepository, WorkflowPosition

_BATCH = 100


@dataclass(frozen=True)
class FindErasable:
    """Find what a selection erases.

    A scan returns the records of a workflow in any order. So the first record of a workflow decides about all of its
    records, and the use case needs no state, however many records there are.
    """

    records: AuditRecordRepository

    def __call__(
        self, page: Sequence[AuditRecord], selection: Selection, held: Container[str]
    ) -> Iterator[Candidate]:
        """Yield records with parts to erase: those of the page, and others of workflows that begin in it.

        A record can come from two pages if its workflow begins in one of them and it is in the other. Records that are
        too damaged to show whose they are have none.

        Args:
            page: Of a scan.
            selection: What is erased.
            held: Ids of workflows under a legal hold.

        Raises:
            StoreUnavailableError
        """
        for record in page:
            if record.has_readable_event:
                if isinstance(selection, UserSelection):
                    yield from self._of_user(record, selection, held)
                else:
                    yield from self._expired(record, selection, held)

    def _of_user(
        self, record: AuditRecord, selection: UserSelection, held: Container[str]
    ) -> Iterator[Candidate]:
        is_own = record.event.action_owner.id == selection.user_id
        if not is_own:
            return
        yield from candidate(record, erasable_parts(record, selection.parts), held)
        if "content" in selection.parts and is_first_of_workflow(record):
            for each in self._workflow(record):
                if each.event.action_owner.id != selection.user_id:
                    yield from candidate(each, erasable_parts(each, OF_REQUESTED), held)

    def _expired(
        self, record: AuditRecord, selection: RetentionSelection, held: Container[str]
    ) -> Iterator[Candidate]:
        if not is_expired(record, selection):
            return
        if record.workflow_id is None:
            yield from candidate(record, erasable_parts(record, PARTS), held)
        elif is_first_of_workflow(record):
            newest = next(iter(self.records.list_newest_first(record.workflow_id)), None)
            if newest is not None and newest.has_readable_event and is_expired(newest, selection):
                for each in self._workflow(record):
                    yield from candidate(each, erasable_parts(each, PARTS), held)

    def _workflow(self, first: AuditRecord) -> Iterator[AuditRecord]:
        """Yield the readable records of a workflow, a few at a time."""
        workflow_id = first.event.target.id
        after: WorkflowPosition | None = None
        is_last = False
        while not is_last:
            positions = self.records.list_positions(workflow_id, after=after, limit=_BATCH)
            is_last = len(positions) < _BATCH
            after = positions[-1] if positions else None
            found = self.records.get_many(list(dict.fromkeys(each.dataset_id for each in positions)))
            for record in found.values():
                if record.has_readable_event and record.workflow_id == workflow_id:
                    yield record
