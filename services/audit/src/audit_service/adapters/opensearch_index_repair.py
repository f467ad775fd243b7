"""Corrects the documents of the search engine."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opensearchpy import OpenSearch

from audit_service.adapters.documents import delete_lines, document_of, overwrite_lines
from audit_service.adapters.index_schema import READ_ALIAS, IndexName, month_of
from audit_service.adapters.opensearch_index import OpenSearchAuditIndex, search_available
from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.errors import SearchUnavailableError, UnreadableRecordError
from audit_service.ports import RepairResult

SEARCH_LIMIT = 500
"""Documents in one request. A document has at most about 20 KB."""


class OpenSearchIndexRepair:
    """The port `IndexRepair` on OpenSearch: one `_search` for 500 records, and a `_bulk` for those to correct."""

    def __init__(self, client: OpenSearch, index: OpenSearchAuditIndex) -> None:
        """
        Args:
            client: A client with timeouts.
            index: Adds documents that are missing.
        """
        self._client = client
        self._index = index

    def repair(self, records: Sequence[AuditRecord]) -> RepairResult:
        """Compare the documents in all indices.

        While a rebuild replaces indices, a record can have two documents, which are both compared. A document in an
        index of another month is deleted: a search would find the record twice.
        """
        repaired: dict[str, None] = {}
        unindexable: dict[str, str] = {}
        for start in range(0, len(records), SEARCH_LIMIT):
            expected = _documents(records[start : start + SEARCH_LIMIT])
            found = self._find(list(expected))
            repaired |= dict.fromkeys(self._correct(found, expected))
            present = {hit.dataset_id for hit in found if hit.month == expected[hit.dataset_id].month}
            missing = [each.record for dataset_id, each in expected.items() if dataset_id not in present]
            if missing:
                result = self._index.add(missing)
                if result.failed:
                    reasons = ", ".join(sorted(set(result.failed.values())))
                    raise SearchUnavailableError(f"{len(result.failed)} records were not indexed: {reasons}")
                unindexable |= result.unindexable
                repaired |= dict.fromkeys(
                    each.dataset_id for each in missing if each.dataset_id not in result.unindexable
                )
        return RepairResult(tuple(repaired), unindexable)

    def _find(self, dataset_ids: Sequence[str]) -> list["_Hit"]:
        """Search all shards or fail: a document that is not found is written again."""
        found: list[_Hit] = []
        if not dataset_ids:
            return found
        body: dict[str, Any] = {
            "query": {"ids": {"values": list(dataset_ids)}},
            "size": 2 * SEARCH_LIMIT,
            "track_total_hits": False,
        }
        params = {
            "ignore_unavailable": "true",
            "allow_no_indices": "true",
            "allow_partial_search_results": "false",
        }
        with search_available():
            response = self._client.search(index=READ_ALIAS, body=body, params=params)
        return [_Hit(hit["_index"], hit["_id"], hit["_source"]) for hit in response["hits"]["hits"]]

    def _correct(self, found: Sequence["_Hit"], expected: Mapping[str, "_Document"]) -> list[str]:
        """Correct documents, and return their datasetIds."""
        misplaced = [hit for hit in found if hit.month != expected[hit.dataset_id].month]
        different = [
            hit.dataset_id
            for hit in found
            if hit not in misplaced and hit.source != expected[hit.dataset_id].source
        ]
        self._write([delete_lines(hit.index, hit.dataset_id) for hit in misplaced], {})
        # With the alias: a write to the name of an index that a rebuild has just deleted would create it again.
        self._write([expected[each].lines for each in dict.fromkeys(different)], {"require_alias": "true"})
        return [*(hit.dataset_id for hit in misplaced), *different]

    def _write(self, lines: Sequence[str], params: Mapping[str, str]) -> None:
        if not lines:
            return
        with search_available():
            response = self._client.bulk(body="".join(lines), params=dict(params))
        outcomes = [outcome for item in response["items"] for outcome in item.items()]
        # 404: the document has been deleted already.
        failed = {
            outcome["status"]
            for action, outcome in outcomes
            if outcome["status"] not in (200, 201) and (action, outcome["status"]) != ("delete", 404)
        }
        if failed:
            raise SearchUnavailableError(f"Documents were not corrected: {sorted(failed)}")


@dataclass(frozen=True)
class _Document:
    """What the document of a record must be."""

    record: AuditRecord
    month: str
    source: Mapping[str, Any]

    @property
    def lines(self) -> str:
        """As `_bulk` overwrites it."""
        return overwrite_lines(self.record.dataset_id, self.month, self.source)


@dataclass(frozen=True)
class _Hit:
    """A stored document."""

    index: str
    dataset_id: str
    source: Mapping[str, Any]

    @property
    def month(self) -> str | None:
        """The month of its index."""
        name = IndexName.parse(self.index)
        return None if name is None else name.month


def _documents(records: Sequence[AuditRecord]) -> dict[str, _Document]:
    documents: dict[str, _Document] = {}
    for record in records:
        try:
            # In the form in which the search engine returns it.
            source = json.loads(json.dumps(document_of(record)))
            documents[record.dataset_id] = _Document(record, month_of(record.occurred_at), source)
        except UnreadableRecordError:
            continue
    return documents
