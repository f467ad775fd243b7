"""The monthly indices of the search engine: what is in them, and how they are deleted."""

from collections.abc import Iterator, Sequence
from typing import Any

from countersign_common.clock import to_rfc3339
from opensearchpy import OpenSearch

from audit_service.adapters.index_schema import NEWEST_FIRST, READ_ALIAS
from audit_service.adapters.monthly_indices import MonthlyIndices
from audit_service.adapters.opensearch_index import search_available
from audit_service.domain.index_retention import month_end, month_start
from audit_service.domain.own_events import ERASE, HOLD, RELEASE, SET_RETENTION

PAGE = 1_000
"""Documents on a page, of which only the position is read."""

_WITH_TEXT = 10

_PARAMS = {"ignore_unavailable": "true", "allow_no_indices": "true", "allow_partial_search_results": "false"}

# Their content is never erased.
_OWN_EVENTS = {"terms": {"actionType": [ERASE, HOLD, RELEASE, SET_RETENTION]}}


class OpenSearchMonths:
    """The port `SearchMonths` on OpenSearch."""

    def __init__(self, client: OpenSearch, indices: MonthlyIndices) -> None:
        """
        Args:
            client: A client with timeouts.
            indices: On the same engine.
        """
        self._client = client
        self._indices = indices

    def months(self) -> Sequence[str]:
        """Read the names of the indices."""
        with search_available():
            return self._indices.months()

    def with_text(self, month: str) -> Sequence[str]:
        """Search documents with a title or a comment, except events of the audit service itself."""
        body = {
            "query": {
                "bool": {
                    "filter": [_occurred_in(month), {"exists": {"field": "text"}}],
                    "must_not": [_OWN_EVENTS],
                }
            },
            "size": _WITH_TEXT,
        }
        return [hit["_id"] for hit in self._search(body)]

    def dataset_ids(self, month: str) -> Iterator[Sequence[str]]:
        """Search page by page, in the order of the index."""
        after: list[Any] | None = None
        while True:
            body: dict[str, Any] = {
                "query": {"bool": {"filter": [_occurred_in(month)]}},
                "sort": NEWEST_FIRST,
                "size": PAGE,
            }
            hits = self._search(body if after is None else {**body, "search_after": after})
            if hits:
                yield [hit["_id"] for hit in hits]
            if len(hits) < PAGE:
                return
            after = hits[-1]["sort"]

    def drop(self, month: str) -> None:
        """Delete the indices, all or none."""
        with search_available():
            self._indices.drop(month)

    def _search(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        with search_available():
            found = self._client.search(
                index=READ_ALIAS, body={**body, "_source": False, "track_total_hits": False}, params=_PARAMS
            )
        return list(found["hits"]["hits"])


def _occurred_in(month: str) -> dict[str, Any]:
    interval = {"gte": to_rfc3339(month_start(month)), "lt": to_rfc3339(month_end(month))}
    return {"range": {"occurredAt": interval}}
