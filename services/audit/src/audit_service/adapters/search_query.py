"""The query of a search, in OpenSearch's query language."""

from collections.abc import Iterator
from typing import Any

from countersign_common.clock import to_rfc3339

from audit_service.adapters.index_schema import NEWEST_FIRST
from audit_service.domain.audit_record import DRAFT
from audit_service.domain.search import Filters, Position, SearchScope

_EQUALS = {
    "scheme": "scheme",
    "workflow_id": "workflowId",
    "step_id": "stepId",
    "target": "target",
    "action_type": "actionType",
    "action_owner": "actionOwner",
    "outcome": "outcome",
}
"""Attribute of `Filters` → field that must be equal to it."""


def search_body(
    filters: Filters, scope: SearchScope, *, after: Position | None, limit: int
) -> dict[str, Any]:
    """Return the body of a `_search` that finds positions only.

    No total is counted, and the order is the index's own: the engine stops reading at the end of the page.
    """
    clauses = [*_filter_clauses(filters), *_scope_clauses(scope), *_position_clauses(after)]
    body: dict[str, Any] = {
        "query": {"bool": {"filter": clauses}},
        "sort": NEWEST_FIRST,
        "size": limit,
        "_source": False,
        "track_total_hits": False,
    }
    if after is not None:
        body["search_after"] = [after.occurred_at, after.dataset_id]
    return body


def _filter_clauses(filters: Filters) -> Iterator[dict[str, Any]]:
    for name, field in _EQUALS.items():
        value = getattr(filters, name)
        if value is not None:
            yield _term(field, value)
    bounds = {"gte": filters.occurred_from, "lte": filters.occurred_to}
    interval = {bound: to_rfc3339(at) for bound, at in bounds.items() if at is not None}
    if interval:
        yield {"range": {"occurredAt": interval}}
    if filters.text is not None:
        # `match` takes words and no syntax: no text can become another query.
        yield {"match": {"text": {"query": filters.text, "operator": "and"}}}


def _scope_clauses(scope: SearchScope) -> Iterator[dict[str, Any]]:
    if scope.participants is not None:
        # One `term` for each: `terms` collects the records of all groups before it gives the first one.
        yield _any_of(*(_term("participants", each) for each in sorted(scope.participants)))
    if scope.drafts_of is not None:
        is_no_draft = {"bool": {"must_not": [_term("actionType", DRAFT)]}}
        yield _any_of(_term("actionOwner", scope.drafts_of), is_no_draft)


def _position_clauses(after: Position | None) -> Iterator[dict[str, Any]]:
    if after is not None:
        # `search_after` alone gives the same result, but reads all newer records first. A range starts behind them.
        yield {"range": {"occurredAt": {"lte": after.occurred_at}}}


def _term(field: str, value: str) -> dict[str, Any]:
    return {"term": {field: value}}


def _any_of(*clauses: dict[str, Any]) -> dict[str, Any]:
    return {"bool": {"should": list(clauses), "minimum_should_match": 1}}
