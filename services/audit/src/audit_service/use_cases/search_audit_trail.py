"""Search the audit trail: the engine says which records, the store gives them."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign_common.caller import Caller

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.reading import may_read, reads_everything
from audit_service.domain.search import Filters, Position, SearchScope
from audit_service.use_cases.ports import AuditIndex, Records

PAGE_BYTES = 4 * 1024 * 1024
"""A page ends where its records would exceed this: Lambda answers at most 6 MB."""


@dataclass(frozen=True)
class Page:
    """One page of a search.

    Attributes:
        records: in the search's order.
        missing: datasetIds that the search found and the store lacks, or holds unreadable.
        after: where the next page starts; None at the end.
    """

    records: Sequence[AuditRecord]
    missing: Sequence[str]
    after: Position | None


def search_audit_trail(
    filters: Filters, by: Caller, *, after: Position | None, limit: int, records: Records, index: AuditIndex
) -> Page:
    """The records that fit and that the caller may read, newest first.

    Args:
        filters: what they must be.
        by: who asks.
        after: where the page before ended; None for the first.
        limit: 1 to 100.

    Raises:
        SearchUnavailable, StoreUnavailable
    """
    scope = _scope(filters, by, records)
    if scope is None:
        return Page((), (), None)
    # One more than is shown tells whether there is a next page.
    found = index.find(filters, scope, after=after, limit=limit + 1)
    return _page(found[:limit], by, scope, more=len(found) > limit, records=records)


def _scope(filters: Filters, by: Caller, records: Records) -> SearchScope | None:
    """Return what the caller may find, or None for nothing.

    A search within one workflow is open to those who take part in it now: a later approver also finds the records
    from before. Any other search matches the records that name the caller.
    """
    if reads_everything(by.principals):
        return SearchScope()
    if filters.workflow_id is None:
        return SearchScope(participants=by.principals)
    newest = records.newest_of(filters.workflow_id)
    if newest is None or not may_read(by.principals, newest.participants):
        return None
    return SearchScope(drafts_of=by.user_id)


def _may_see(record: AuditRecord, by: Caller, scope: SearchScope) -> bool:
    """Decide on the stored record: what the index says about it can be wrong or out of date."""
    if reads_everything(by.principals):
        return True
    if record.facts.get("actionType") == "SAVE" and record.facts.get("actionOwner") != {"userId": by.user_id}:
        return False
    return scope.participants is None or may_read(by.principals, record.participants)


def _page(found: Sequence[Position], by: Caller, scope: SearchScope, *, more: bool, records: Records) -> Page:
    stored = records.get_many([position.dataset_id for position in found]) if found else {}
    shown: list[AuditRecord] = []
    missing: list[str] = []
    size = 0
    last: Position | None = None
    for position in found:
        record = stored.get(position.dataset_id)
        if record is None or not record.is_readable:
            missing.append(position.dataset_id)
        elif not _may_see(record, by, scope):
            pass
        elif shown and size + record.size > PAGE_BYTES:
            return Page(shown, missing, last)
        else:
            shown.append(record)
            size += record.size
        last = position
    return Page(shown, missing, last if more else None)
