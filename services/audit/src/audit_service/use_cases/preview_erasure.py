"""Preview an erasure: what it would erase, and what a legal hold would keep."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from countersign_common.actors import Actor, require_admin
from countersign_common.clock import Clock
from countersign_common.events.erasure_event import ErasedDataset

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.erasure import Candidate, ErasedCounts, HeldRecords, UserSelection
from audit_service.domain.search import Filters, Position, SearchScope
from audit_service.ports import AuditIndex, AuditRecordRepository
from audit_service.ports.erasure import Holds
from audit_service.use_cases.find_erasable import FindErasable

TIME_LIMIT = timedelta(seconds=5)
"""No page is begun and no more records are counted after it: the API's function has 10 seconds."""

NAMED_LIMIT = 100
"""Most records that a preview names."""

_PAGE = 100


@dataclass(frozen=True)
class ErasurePreview:
    """What an erasure would erase.

    Attributes:
        records: Records that would lose a part.
        parts: How many parts they would lose.
        held: Records that a legal hold would keep.
        workflows: Workflows that the records belong to.
        dataset_ids: The first 100 of the records.
        is_complete: Whether all records were counted.
    """

    records: int
    parts: ErasedCounts
    held: HeldRecords
    workflows: int
    dataset_ids: Sequence[str]
    is_complete: bool


@dataclass(frozen=True)
class PreviewErasure:
    """Count what an erasure of a user would erase, without erasing it.

    The search index finds the user's records, and decides nothing: parts and workflows are those of the stored records.
    A record that the index lacks is not counted. The erasure itself reads the whole store.
    """

    records: AuditRecordRepository
    index: AuditIndex
    holds: Holds
    find_erasable: FindErasable
    clock: Clock

    def __call__(self, selection: UserSelection, actor: Actor) -> ErasurePreview:
        """Return the preview. It is not complete if counting takes too long.

        Raises:
            AdminsOnlyError: The actor is not an admin.
            SearchUnavailableError, StoreUnavailableError
        """
        require_admin(actor)
        until = self.clock() + TIME_LIMIT
        held = self.holds.all()
        count = _Count()
        for page in self._pages(selection.user_id):
            if self.clock() >= until:
                return count.preview(is_complete=False)
            for candidate in self.find_erasable(page, selection, held):
                count.add(candidate)
                if self.clock() >= until:
                    return count.preview(is_complete=False)
        return count.preview(is_complete=True)

    def _pages(self, user_id: str) -> Iterator[Sequence[AuditRecord]]:
        """Yield the user's own records, newest first."""
        after: Position | None = None
        while True:
            found = self.index.find(Filters(action_owner=user_id), SearchScope(), after=after, limit=_PAGE)
            if found:
                stored = self.records.get_many([position.dataset_id for position in found])
                yield list(stored.values())
            if len(found) < _PAGE:
                return
            after = found[-1]


@dataclass
class _Count:
    """What was counted so far."""

    records: int = 0
    parts: ErasedCounts = field(default_factory=ErasedCounts)
    held: HeldRecords = field(default_factory=HeldRecords)
    workflows: set[str] = field(default_factory=set)
    dataset_ids: list[str] = field(default_factory=list)

    def add(self, candidate: Candidate) -> None:
        dataset = candidate.dataset
        if candidate.is_held:
            assert dataset.workflow_id is not None  # a hold is on a workflow
            self.held = self.held.plus([dataset.workflow_id])
            return
        self._add_erased(dataset)

    def _add_erased(self, dataset: ErasedDataset) -> None:
        self.records += 1
        self.parts = self.parts.plus([dataset])
        if dataset.workflow_id is not None:
            self.workflows.add(dataset.workflow_id)
        if len(self.dataset_ids) < NAMED_LIMIT:
            self.dataset_ids.append(dataset.dataset_id)

    def preview(self, *, is_complete: bool) -> ErasurePreview:
        return ErasurePreview(
            self.records, self.parts, self.held, len(self.workflows), tuple(self.dataset_ids), is_complete
        )
