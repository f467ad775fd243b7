"""What the use cases need from outside: one implementation of each in adapters, one fake in the tests."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.search import Filters, Position


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


class Index(Protocol):
    """The search engine. What it holds can be made again from the store. Methods raise SearchUnavailable."""

    def prepare(self) -> None:
        """See to it that indices to come will have their mapping."""

    def add(self, records: Sequence[AuditRecord]) -> Mapping[str, str]:
        """Make records searchable; those that are already count as done. Prepares first, unless it has before.

        Returns:
            datasetId → why, for those that were not taken.
        """

    def find(
        self, filters: Filters, *, within: Sequence[str] | None, after: Position | None, limit: int
    ) -> Sequence[Position]:
        """Where records stand that fit, newest first.

        Args:
            filters: what they must be.
            within: the workflows that they must belong to; None for any.
            after: the position that they follow; None from the newest on.
            limit: at most so many.
        """

    def workflows_of(self, principals: Iterable[str], limit: int) -> Sequence[str]:
        """The workflows, most recent first, with a record that names one of these as participant."""
