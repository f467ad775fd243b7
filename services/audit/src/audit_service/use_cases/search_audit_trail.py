"""Search the audit trail: the index finds records, the store has them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from countersign_common.actors import Actor, may_read, principals_of, reads_everything

from audit_service.domain.access import may_read_record, participants_for
from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.search import Filters, Position, SearchPage, SearchScope
from audit_service.ports import AuditIndex, AuditRecordRepository, LogIndex
from audit_service.use_cases.record_pages import read_erased_parts

PAGE_BYTES = 5_500_000
"""Largest page: a function's response can have 6 MB (6,291,456 bytes)."""


@dataclass(frozen=True)
class _Access:
    """What an actor may find.

    Attributes:
        scope: For the index.
        workflow_participants: For the decision on each stored record.
    """

    scope: SearchScope
    workflow_participants: Sequence[str] = ()


@dataclass(frozen=True)
class SearchAuditTrail:
    """Find the records that match filters and that the actor may read."""

    records: AuditRecordRepository
    index: AuditIndex
    log: LogIndex

    def __call__(self, filters: Filters, actor: Actor, *, after: Position | None, limit: int) -> SearchPage:
        """Return a page of records, newest first.

        Args:
            filters: What the records must match.
            actor: Who searches.
            after: Position of the previous page; None for the first page.
            limit: 1 to 100.

        Raises:
            SearchUnavailableError, StoreUnavailableError
        """
        access = self._access(filters, actor)
        if access is None:
            return SearchPage(())
        # One more than the page shows whether there is a next page.
        found = self.index.find(filters, access.scope, after=after, limit=limit + 1)
        return self._page(found[:limit], actor, access, has_more=len(found) > limit)

    def _access(self, filters: Filters, actor: Actor) -> _Access | None:
        """Return what the actor may find; None for nothing.

        A search within one workflow is open to its participants, so that a later approver also finds the earlier
        records. Any other search finds the records that name the actor as a participant.
        """
        if reads_everything(actor):
            return _Access(SearchScope())
        if filters.workflow_id is None:
            return _Access(SearchScope(participants=principals_of(actor)))
        participants = participants_for(actor, self.records.list_newest_first(filters.workflow_id))
        if not may_read(actor, participants):
            return None
        return _Access(SearchScope(drafts_of=actor.user_id), participants)

    def _page(
        self, found: Sequence[Position], actor: Actor, access: _Access, *, has_more: bool
    ) -> SearchPage:
        """Return the stored records at these positions.

        What the index says about access can be outdated, so it is decided on the stored record.
        """
        stored = self.records.get_many([position.dataset_id for position in found]) if found else {}
        items: list[AuditRecord] = []
        missing: list[str] = []
        size = 0
        for index, position in enumerate(found):
            record = stored.get(position.dataset_id)
            if record is None or not record.is_readable:
                missing.append(position.dataset_id)
            elif may_read_record(actor, record, access.workflow_participants):
                if items and size + record.summary_size > PAGE_BYTES:
                    return SearchPage(items, found[index - 1], missing, self._erased(items))
                items.append(record)
                size += record.summary_size
        return SearchPage(items, found[-1] if has_more else None, missing, self._erased(items))

    def _erased(self, items: Sequence[AuditRecord]) -> Mapping[str, Mapping[str, str]]:
        return read_erased_parts(items, self.log, self.records)
