"""Replaces documents in the search engine, so that they have no erased values."""

from collections.abc import Sequence
from typing import Any

from opensearchpy import OpenSearch

from audit_service.adapters.documents import delete_lines, document_of, overwrite_lines
from audit_service.adapters.index_schema import READ_ALIAS, month_of
from audit_service.adapters.opensearch_index import OpenSearchAuditIndex, search_available
from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.errors import SearchUnavailableError, UnreadableRecordError

_SOME_OR_NONE = {"ignore_unavailable": "true", "allow_no_indices": "true"}


class OpenSearchErasedDocuments:
    """The port `ErasedDocuments` on OpenSearch.

    The document of a record is overwritten whether a search finds it or not: it can have been created a moment ago.
    """

    def __init__(self, client: OpenSearch, index: OpenSearchAuditIndex) -> None:
        """
        Args:
            client: A client with timeouts.
            index: Adds documents that are missing, and creates indices for them.
        """
        self._client = client
        self._index = index

    def replace(self, records: Sequence[AuditRecord]) -> None:
        """Create what is missing, overwrite all documents, and delete those in other indices.

        While a rebuild replaces indices, or after a change of the month's index, a record can have two documents.
        """
        if not records:
            return
        added = self._index.add(records)
        if added.failed:
            raise SearchUnavailableError(f"{len(added.failed)} records were not indexed.")
        readable = [record for record in records if record.dataset_id not in added.unindexable]
        written = self._overwrite(readable)
        with search_available():
            # A search finds only what was written before a refresh.
            self._client.indices.refresh(index=READ_ALIAS, params=_SOME_OR_NONE)
        others = [
            delete_lines(index, dataset_id)
            for index, dataset_id in self._find([record.dataset_id for record in records])
            if index != written.get(dataset_id)
        ]
        if others:
            # 404: the document or its index has been deleted already.
            self._bulk(others, {}, (200, 404))

    def _overwrite(self, records: Sequence[AuditRecord]) -> dict[str, str]:
        """Write documents, and return the index that each is in."""
        lines: list[str] = []
        for record in records:
            try:
                document, month = document_of(record), month_of(record.occurred_at)
            except UnreadableRecordError:
                continue
            lines.append(overwrite_lines(record.dataset_id, month, document))
        outcomes = self._bulk(lines, {"require_alias": "true"}, (200, 201)) if lines else []
        return {outcome["_id"]: outcome["_index"] for outcome in outcomes}

    def _find(self, dataset_ids: Sequence[str]) -> list[tuple[str, str]]:
        """Return index and id of documents. A search that is not complete fails."""
        body: dict[str, Any] = {
            "query": {"ids": {"values": list(dataset_ids)}},
            # One more build of each index can exist while a rebuild runs.
            "size": 3 * len(dataset_ids),
            "track_total_hits": False,
            "_source": False,
        }
        params = {**_SOME_OR_NONE, "allow_partial_search_results": "false"}
        with search_available():
            response = self._client.search(index=READ_ALIAS, body=body, params=params)
        return [(hit["_index"], hit["_id"]) for hit in response["hits"]["hits"]]

    def _bulk(
        self, lines: Sequence[str], params: dict[str, str], accepted: tuple[int, ...]
    ) -> list[dict[str, Any]]:
        with search_available():
            response = self._client.bulk(body="".join(lines), params=params)
        outcomes = [outcome for item in response["items"] for outcome in item.values()]
        failed = sorted({outcome["status"] for outcome in outcomes if outcome["status"] not in accepted})
        if failed:
            raise SearchUnavailableError(f"Documents were not replaced: {failed}")
        return outcomes
