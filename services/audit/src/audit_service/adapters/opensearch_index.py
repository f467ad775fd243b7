"""The search engine: OpenSearch, one index per month behind one alias."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from countersign_common.clock import to_rfc3339
from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConnectionError as NoConnection
from opensearchpy.exceptions import TransportError

from audit_service.adapters.searchable_dataset import ALIAS, TEMPLATE, index_of, searchable
from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.search import Filters, Position
from audit_service.use_cases.ports import SearchUnavailable

# The client would make an encoder for each line.
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

_OVERLOADED = (429, 502, 503, 504)

_NEWEST_FIRST = [{"occurredAt": "desc"}, {"datasetId": "desc"}]

_EQUALS = {
    "scheme": "scheme",
    "workflow_id": "workflowId",
    "step_id": "stepId",
    "action_type": "actionType",
    "action_owner": "actionOwner",
    "outcome": "outcome",
}
"""Filter → field that must be equal to it."""


class OpenSearchIndex:
    """The port `Index` on OpenSearch. Each method is one request; the first `add` of a container is two."""

    def __init__(self, client: OpenSearch) -> None:
        self._client = client
        self._prepared = False

    def prepare(self) -> None:
        """Put the index template. An equal one that is there already is left as it is by OpenSearch."""
        with self._available():
            self._client.indices.put_index_template(name=ALIAS, body=TEMPLATE)
        self._prepared = True

    def add(self, records: Sequence[AuditRecord]) -> Mapping[str, str]:
        """One `_bulk` that creates the documents under their datasetIds; 409 says that one is there: done."""
        if not records:
            return {}
        if not self._prepared:
            self.prepare()
        body = "".join(f"{_JSON.encode(line)}\n" for record in records for line in _lines(record))
        with self._available():
            answer = self._client.bulk(body=body)
        outcomes = (item["create"] for item in answer["items"])
        return {
            outcome["_id"]: f"not indexed: {outcome['status']} {_kind_of(outcome)}"
            for outcome in outcomes
            if outcome["status"] not in (200, 201, 409)
        }

    def find(
        self, filters: Filters, *, within: Sequence[str] | None, after: Position | None, limit: int
    ) -> Sequence[Position]:
        """Positions only: the documents stay where they are, since the store has the full datasets."""
        body: dict[str, Any] = {
            "query": {"bool": {"filter": list(_clauses(filters, within))}},
            "sort": _NEWEST_FIRST,
            "size": limit,
            "_source": False,
            "track_total_hits": False,
        }
        if after is not None:
            body["search_after"] = [after.occurred_at, after.dataset_id]
        hits = self._search(body)["hits"]["hits"]
        return [Position(*hit["sort"]) for hit in hits]

    def workflows_of(self, principals: Iterable[str], limit: int) -> Sequence[str]:
        """A terms aggregation over the records that name one of the principals."""
        body = {
            "query": {"bool": {"filter": [{"terms": {"participants": sorted(principals)}}]}},
            "size": 0,
            "aggs": {
                "workflows": {
                    "terms": {"field": "workflowId", "size": limit, "order": {"newest": "desc"}},
                    "aggs": {"newest": {"max": {"field": "occurredAt"}}},
                }
            },
        }
        # Without any index there is nothing to aggregate, and the answer has no aggregations.
        aggregations = self._search(body).get("aggregations", {"workflows": {"buckets": []}})
        return [bucket["key"] for bucket in aggregations["workflows"]["buckets"]]

    def _search(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """A search that is whole or fails: half an audit trail would pass for all of it.

        Before the first record there is no index, which is an empty answer and no error.
        """
        with self._available():
            found: dict[str, Any] = self._client.search(
                index=ALIAS,
                body=body,
                params={
                    "ignore_unavailable": "true",
                    "allow_no_indices": "true",
                    "allow_partial_search_results": "false",
                },
            )
        return found

    @contextmanager
    def _available(self) -> Iterator[None]:
        try:
            yield
        except (NoConnection, TransportError) as error:
            if not isinstance(error, NoConnection) and error.status_code not in _OVERLOADED:
                raise
            # What comes back may be another engine, or the same one restarted with nothing in it.
            self._prepared = False
            raise SearchUnavailable(f"The search engine does not answer ({type(error).__name__}).") from error


def _lines(record: AuditRecord) -> Iterator[dict[str, Any]]:
    """What `_bulk` is told of a record: the action, then the document."""
    yield {"create": {"_index": index_of(record), "_id": record.dataset_id}}
    yield searchable(record)


def _clauses(filters: Filters, within: Sequence[str] | None) -> Iterator[dict[str, Any]]:
    for name, field in _EQUALS.items():
        value = getattr(filters, name)
        if value is not None:
            yield {"term": {field: value}}
    if within is not None:
        yield {"terms": {"workflowId": list(within)}}
    bounds = {"gte": filters.occurred_from, "lte": filters.occurred_to}
    interval = {bound: to_rfc3339(at) for bound, at in bounds.items() if at is not None}
    if interval:
        yield {"range": {"occurredAt": interval}}
    if filters.text is not None:
        # `match` takes words and no syntax: nothing in them can turn into another query.
        yield {"match": {"text": {"query": filters.text, "operator": "and"}}}


def _kind_of(outcome: Mapping[str, Any]) -> str:
    """The kind of an item's error. Its reason may quote the document and stays out of the logs."""
    return str(outcome.get("error", {}).get("type", "unknown"))
