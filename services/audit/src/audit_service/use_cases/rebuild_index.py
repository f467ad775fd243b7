"""Rebuild the search index from the store, page by page."""

from dataclasses import dataclass

from audit_service.domain.errors import SearchUnavailableError
from audit_service.domain.rebuild import RebuildPosition, RebuiltPage
from audit_service.ports import AuditIndex, AuditRecordRepository
from audit_service.use_cases.expected_records import ExpectedRecords


@dataclass(frozen=True)
class RebuildIndex:
    """Make the next page of the store searchable. Repeating a page does no harm.

    This is the only full scan in Countersign: a lost index can be rebuilt only from all records. No request waits for
    it.
    """

    records: AuditRecordRepository
    index: AuditIndex
    expected: ExpectedRecords

    def __call__(self, position: RebuildPosition) -> RebuiltPage:
        """Index a page. A record that can't be indexed is skipped; one that is not expected in the index is left out.

        Raises:
            SearchUnavailableError: The index is busy. The page can be repeated.
            StoreUnavailableError
        """
        page = self.records.scan(position.after)
        records = self.expected(page.items)
        result = self.index.add(records)
        if result.failed:
            reasons = ", ".join(sorted(set(result.failed.values())))
            raise SearchUnavailableError(
                f"{len(result.failed)} of {len(records)} records were not indexed: {reasons}"
            )
        indexed = len(records) - len(result.unindexable)
        if page.next_position is not None:
            next_position = RebuildPosition(page.next_position, position.build)
            return RebuiltPage(indexed, result.unindexable, next_position)
        if position.build is not None:
            self.index.finish_replacement(position.build)
        return RebuiltPage(indexed, result.unindexable, None)
