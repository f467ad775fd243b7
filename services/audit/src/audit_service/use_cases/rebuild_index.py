"""Rebuild the search index from the store, page by page."""

from dataclasses import dataclass

from audit_service.use_cases.ports import Index, Records, SearchUnavailable


@dataclass(frozen=True)
class Rebuilt:
    """What one page of a rebuild did.

    Attributes:
        indexed: how many records are searchable now, those included that were before.
        after: where to go on; None when all is done.
    """

    indexed: int
    after: str | None


def rebuild_index(after: str | None, *, records: Records, index: Index) -> Rebuilt:
    """Make the next page of the store searchable. The same page again does no harm.

    This is the one place where Countersign scans. An index that is lost can only be made again from everything
    there is, in whatever order; no request ever waits for it.

    Args:
        after: what the page before answered; None for the first.

    Raises:
        SearchUnavailable: a record of the page was not taken; the same page may be tried again.
        StoreUnavailable
    """
    if after is None:
        index.prepare()
    page = records.scan(after)
    failures = index.add(page.records)
    if failures:
        reasons = ", ".join(sorted(set(failures.values())))
        raise SearchUnavailable(f"{len(failures)} of {len(page.records)} records were not indexed: {reasons}")
    return Rebuilt(len(page.records), page.after)
