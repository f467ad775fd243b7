"""Search the audit trail: the engine says which records, the store gives them."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign_common.caller import Caller

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.reading import may_read, reads_everything
from audit_service.domain.search import Filters, Position
from audit_service.use_cases.ports import Index, Records

PAGE_BYTES = 4 * 1024 * 1024
"""A page ends where its records would exceed this: Lambda answers at most 6 MB."""

WORKFLOWS_IN_SIGHT = 1_000
"""Of how many workflows, the most recent ones, somebody who is no auditor can search without naming one."""


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
    filters: Filters, by: Caller, *, after: Position | None, limit: int, records: Records, index: Index
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
    within = _workflows_in_sight(filters, by, records, index)
    if within is not None and not within:
        return Page((), (), None)
    # One more than is shown tells whether there is a next page.
    found = index.find(filters, within=within, after=after, limit=limit + 1)
    shown = found[:limit]
    return _page(shown, more=len(found) > limit, records=records)


def _workflows_in_sight(filters: Filters, by: Caller, records: Records, index: Index) -> Sequence[str] | None:
    """The workflows that the search is kept to; None where the filters do that already, or nothing has to."""
    if reads_everything(by.principals):
        return None
    if filters.workflow_id is None:
        return index.workflows_of(by.principals, WORKFLOWS_IN_SIGHT)
    newest = records.newest_of(filters.workflow_id)
    return None if newest and may_read(by.principals, newest.participants) else ()


def _page(found: Sequence[Position], *, more: bool, records: Records) -> Page:
    stored = records.get_many([position.dataset_id for position in found]) if found else {}
    shown: list[AuditRecord] = []
    missing: list[str] = []
    size = 0
    last: Position | None = None
    for position in found:
        record = stored.get(position.dataset_id)
        if record is None or not record.is_readable:
            missing.append(position.dataset_id)
        elif shown and size + record.size > PAGE_BYTES:
            return Page(shown, missing, last)
        else:
            shown.append(record)
            size += record.size
        last = position
    return Page(shown, missing, last if more else None)
