"""What the use cases need from outside: one implementation of each in adapters, one fake in the tests."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.search import Filters, Position, SearchScope


class StoreUnavailable(Exception):
    """The store of the records does not answer, or not all of what it was asked."""


class SearchUnavailable(Exception):
    """The search engine does not answer."""


@dataclass(frozen=True)
class Added:
    """What became of records that were handed to the store.

    Attributes:
        existing: those whose datasetId was taken, as they stand in the store; they were left as they are.
        refused: datasetId → why, for those that were not written and may be tried again.
    """

    existing: Mapping[str, AuditRecord]
    refused: Mapping[str, str]


@dataclass(frozen=True)
class ScannedPage:
    """Some records of the whole store, and where to go on; `after` is None at its end."""

    records: Sequence[AuditRecord]
    after: str | None


class Records(Protocol):
    """The store of full datasets. It only grows. Every method raises StoreUnavailable."""

    def add(self, records: Sequence[AuditRecord]) -> Added:
        """Write records whose datasetIds differ, each only where nothing stands under its id."""

    def get(self, dataset_id: str) -> AuditRecord | None:
        """One record as last written."""

    def get_many(self, dataset_ids: Sequence[str]) -> Mapping[str, AuditRecord]:
        """Up to 100 records by their ids; those that are not there are left out."""

    def newest_of(self, workflow_id: str) -> AuditRecord | None:
        """A workflow's newest record, which may lag a moment behind."""

    def all_of(self, workflow_id: str) -> Iterable[AuditRecord]:
        """A workflow's records in the order of their sequence, which may lag a moment behind."""

    def scan(self, after: str | None) -> ScannedPage:
        """The next records of the whole store after a datasetId, in the store's own order."""


@dataclass(frozen=True)
class IndexResult:
    """What became of records that were sent to the index: datasetId → reason, for those that are not indexed.

    Attributes:
        unindexable: The index can't hold them as they are. Sending them again changes nothing.
        failed: The index was busy. They can be sent again.
    """

    unindexable: Mapping[str, str]
    failed: Mapping[str, str]


class AuditIndex(Protocol):
    """The search index. Its content can be rebuilt from the store. Every method raises SearchUnavailable."""

    def add(self, records: Sequence[AuditRecord]) -> IndexResult:
        """Make records searchable. One that is already indexed is left as it is, which is a success."""

    def find(
        self, filters: Filters, scope: SearchScope, *, after: Position | None, limit: int
    ) -> Sequence[Position]:
        """Return the positions of matching records, newest first, each once.

        Args:
            filters: What the records must match.
            scope: Which of them the caller may find.
            after: The position that they follow; None to start at the newest.
            limit: The most positions to return.
        """

    def begin_replacement(self) -> int:
        """Write records to a new, empty build of the index from now on. What is indexed stays searchable.

        Returns:
            The build.
        """

    def finish_replacement(self, build: int) -> None:
        """Delete what a build replaces. It must hold every record by now."""
