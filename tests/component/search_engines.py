"""The search index on an engine, empty at the start of each test."""

from __future__ import annotations

from collections.abc import Sequence

from opensearchpy import OpenSearch

from audit_service.adapters.index_schema import READ_ALIAS
from audit_service.adapters.opensearch_index import OpenSearchAuditIndex
from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.search import Filters, Position, SearchScope
from audit_service.ports import IndexResult
from engines.engine import Engine

ALL_INDICES = f"{READ_ALIAS}-*"
EVERYTHING = SearchScope()

# The service's three seconds are too short for an engine that has just started on a machine with four others.
_TIMEOUT_SECONDS = 60


class SearchIndex:
    """The index on one engine.

    Attributes:
        client: opensearch-py's.
        index: The adapter under test, of a container that has just started.
    """

    def __init__(self, engine: Engine) -> None:
        self.client = OpenSearch(hosts=[engine.url], timeout=_TIMEOUT_SECONDS)
        self.wipe()

    def new_container(self, replicas: int = 0) -> OpenSearchAuditIndex:
        """Return the adapter of another container."""
        return OpenSearchAuditIndex(self.client, replicas=replicas)

    def add(self, *records: AuditRecord) -> Sequence[AuditRecord]:
        """Index records and make them searchable at once; an engine does it by itself within a second."""
        assert self.index.add(records) == IndexResult({}, {})
        self.refresh()
        return records

    def refresh(self) -> None:
        """Make searchable what was indexed."""
        self.client.indices.refresh(index=ALL_INDICES)

    def find(
        self,
        scope: SearchScope = EVERYTHING,
        *,
        filters: Filters | None = None,
        after: Position | None = None,
        limit: int = 100,
    ) -> list[str]:
        """Return the datasetIds that a search finds, in its order."""
        found = self.index.find(filters or Filters(), scope, after=after, limit=limit)
        return [position.dataset_id for position in found]

    def walk(self, limit: int) -> list[str]:
        """Return the datasetIds of all pages."""
        found: list[Position] = []
        while page := self.index.find(Filters(), EVERYTHING, after=found[-1] if found else None, limit=limit):
            found += page
        return [position.dataset_id for position in found]

    def names(self) -> list[str]:
        """Return the names of the indices."""
        return sorted(self.client.indices.get(index=ALL_INDICES))

    def wipe(self) -> None:
        """Delete all indices and templates, like an engine that lost its data, and start a new container."""
        for name in self.client.indices.get(index=ALL_INDICES):
            self.client.indices.delete(index=name)
        templates = self.client.indices.get_index_template()["index_templates"]
        for name in (each["name"] for each in templates):
            if name.startswith(READ_ALIAS):
                self.client.indices.delete_index_template(name=name)
        self.index = self.new_container()
