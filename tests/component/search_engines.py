"""The audit trail's index on an engine, empty at the start of each test."""

from __future__ import annotations

from collections.abc import Sequence

from opensearchpy import OpenSearch

from audit_service.adapters.opensearch_index import OpenSearchIndex
from audit_service.domain.audit_record import AuditRecord
from engines.engine import Engine

EVERYTHING = "audit-trail-*"

# The service's own three seconds are for an engine with a machine to itself, not for one that has just started
# beside four others.
_PATIENCE = 60


class Trail:
    """The index, with what a test needs to see beside it.

    Attributes:
        client: opensearch-py's.
        index: the adapter under test.
    """

    def __init__(self, engine: Engine) -> None:
        self.client = OpenSearch(hosts=[engine.url], timeout=_PATIENCE)
        self.index = OpenSearchIndex(self.client)
        self.forget()

    def holds(self, *records: AuditRecord) -> Sequence[AuditRecord]:
        """Index records and make them searchable now: an engine does it within a second by itself."""
        assert self.index.add(records) == {}
        self.refresh()
        return records

    def refresh(self) -> None:
        """Make searchable what was indexed."""
        self.client.indices.refresh(index=EVERYTHING)

    def indices(self) -> list[str]:
        """The names of the monthly indices."""
        return sorted(self.client.indices.get(index=EVERYTHING))

    def forget(self) -> None:
        """Delete all indices and the template, as an engine that comes back empty; what prepared it is gone too."""
        for name in self.client.indices.get(index=EVERYTHING):
            self.client.indices.delete(index=name)
        if self.client.indices.exists_index_template(name="audit-trail"):
            self.client.indices.delete_index_template(name="audit-trail")
        self.index = OpenSearchIndex(self.client)
