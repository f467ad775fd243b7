"""What the use cases need: implemented by the adapters, and by fakes in tests."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from countersign_common.pagination import Page

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.search import Filters, Position, SearchScope


@dataclass(frozen=True)
class StoreResult:
    """The result of storing records.

    Attributes:
        existing: datasetId → the record that is stored under it already and was left as it is.
        failed: datasetId → reason, for records that were not stored and can be sent again.
    """

    existing: Mapping[str, AuditRecord]
    failed: Mapping[str, str]


@dataclass(frozen=True)
class IndexResult:
    """The result of indexing records: datasetId → reason, for those that are not indexed.

    Attributes:
        unindexable: The index can't hold them as they are. Sending them again changes nothing.
        failed: The index was busy. They can be sent again.
    """

    unindexable: Mapping[str, str]
    failed: Mapping[str, str]


class AuditRecordRepository(Protocol):
    """Stores audit records. It is append-only. Every method raises StoreUnavailableError."""

    def add(self, records: Sequence[AuditRecord]) -> StoreResult:
        """Store records with different datasetIds, each only if nothing is stored under its id."""
        ...

    def get(self, dataset_id: str) -> AuditRecord | None:
        """Return a record, strongly consistent."""
        ...

    def get_many(self, dataset_ids: Sequence[str]) -> Mapping[str, AuditRecord]:
        """Return up to 100 records by id. Ids without a record are left out."""
        ...

    def list_by_workflow(self, workflow_id: str) -> Iterable[AuditRecord]:
        """Return a workflow's records by sequence. The newest can lag behind by a moment."""
        ...

    def list_newest_first(self, workflow_id: str) -> Iterable[AuditRecord]:
        """Return the same records in reverse, and read only as many as are consumed."""
        ...

    def scan(self, after: str | None) -> Page[AuditRecord, str]:
        """Return the next records of the whole store, in its own order, strongly consistent.

        Args:
            after: Position of the previous page, a datasetId; None for the first page.
        """
        ...


class AuditIndex(Protocol):
    """The search index. It can be rebuilt from the store. Every method raises SearchUnavailableError."""

    def add(self, records: Sequence[AuditRecord]) -> IndexResult:
        """Make records searchable. One that is indexed already is left as it is, which is a success."""
        ...

    def find(
        self, filters: Filters, scope: SearchScope, *, after: Position | None, limit: int
    ) -> Sequence[Position]:
        """Return the positions of matching records, newest first, each once.

        Args:
            filters: What the records must match.
            scope: Which of them the search finds.
            after: The position that they follow; None to start at the newest.
            limit: Maximum number of positions.
        """
        ...

    def begin_replacement(self) -> int:
        """Write records to a new, empty build of the index from now on. What is indexed stays searchable.

        Returns:
            The build.
        """
        ...

    def finish_replacement(self, build: int) -> None:
        """Delete what a build replaces. The build must contain every record by now."""
        ...
