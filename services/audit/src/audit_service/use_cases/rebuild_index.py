"""Rebuild the search index from the store, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass

from audit_service.use_cases.ports import AuditIndex, Records, SearchUnavailable


@dataclass(frozen=True)
class RebuildPosition:
    """Where a rebuild continues.

    Attributes:
        after: datasetId of the last record that was processed; None at the beginning.
        build: the build that replaces the index; None for a rebuild that adds what is missing.
    """

    after: str | None = None
    build: int | None = None


@dataclass(frozen=True)
class RebuiltPage:
    """What was done with one page of the store.

    Attributes:
        indexed: Number of records that are searchable now, including those that were before.
        skipped: datasetId → reason, for records that can't be indexed.
        next_position: None when the rebuild is complete.
    """

    indexed: int
    skipped: Mapping[str, str]
    next_position: RebuildPosition | None


def rebuild_index(position: RebuildPosition, *, records: Records, index: AuditIndex) -> RebuiltPage:
    """Make the next page of the store searchable. Repeating a page does no harm.

    This is the only full scan in Countersign. A lost index can only be rebuilt from all records, in any order. No
    request waits for it.

    Raises:
        SearchUnavailable: The index is busy. The same page can be repeated.
        StoreUnavailable
    """
    page = records.scan(position.after)
    result = index.add(page.records)
    if result.failed:
        reasons = ", ".join(sorted(set(result.failed.values())))
        raise SearchUnavailable(
            f"{len(result.failed)} of {len(page.records)} records were not indexed: {reasons}"
        )
    indexed = len(page.records) - len(result.unindexable)
    if page.after is not None:
        return RebuiltPage(indexed, result.unindexable, RebuildPosition(page.after, position.build))
    if position.build is not None:
        index.finish_replacement(position.build)
    return RebuiltPage(indexed, result.unindexable, None)


def replace_index(*, index: AuditIndex) -> RebuildPosition:
    """Start a rebuild into new indices, which replace the existing ones when it is complete.

    Every record is searchable all the time: records that are stored meanwhile go to the new indices, and the old
    ones are deleted once the new ones hold everything. An interrupted rebuild can be started again.

    Raises:
        SearchUnavailable
    """
    return RebuildPosition(build=index.begin_replacement())
