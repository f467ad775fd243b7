"""The search engine: what is sent, how often, and what is made of the answers."""

from datetime import UTC, datetime

import pytest
from audit_service.adapters.searchable_dataset import TEMPLATE
from opensearchpy.exceptions import RequestError
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError, ReadTimeoutError

from audit_service.adapters.opensearch_index import OpenSearchIndex
from audit_service.domain.search import Filters, Position
from audit_service.use_cases.ports import SearchUnavailable

from ..builders import REQUESTER, WORKFLOW, a_chain, a_record, dataset_id
from .wires import OpenSearchWire

MAPPED = TEMPLATE["template"]["mappings"]["properties"]


@pytest.fixture
def wire():
    return OpenSearchWire()


@pytest.fixture
def index(wire):
    return OpenSearchIndex(wire.client)


def test_the_template_is_put_once_per_container_before_the_first_bulk(wire, index):
    index.add([a_record(1)])
    index.add([a_record(2)])
    assert wire.calls == [("PUT", "/_index_template/audit-trail"), ("POST", "/_bulk"), ("POST", "/_bulk")]


def test_the_mapping_is_strict_and_knows_every_field_of_a_document_and_no_other(wire, index):
    index.add([a_record()])
    (document,) = wire.documents.values()
    assert TEMPLATE["template"]["mappings"]["dynamic"] == "strict"
    assert set(document) - {"_index"} == set(MAPPED)


def test_ten_records_are_one_bulk(wire, index):
    index.prepare()
    assert index.add(a_chain(10)) == {}
    assert wire.calls[1:] == [("POST", "/_bulk")]
    assert len(wire.documents) == 10


def test_nothing_to_index_is_no_request(wire, index):
    assert index.add([]) == {}
    assert wire.calls == []


def test_a_record_goes_into_the_month_of_its_own_time(wire, index):
    index.add(
        [
            a_record(1, occurredAt="2026-01-31T23:59:59.999Z"),
            a_record(2, occurredAt="2026-02-01T01:00:00.000+02:00"),
            a_record(3, occurredAt="2026-02-01T00:00:00.000Z"),
        ]
    )
    months = [document["_index"] for document in wire.documents.values()]
    assert months == ["audit-trail-2026.01", "audit-trail-2026.01", "audit-trail-2026.02"]


def test_a_document_has_what_is_searched_and_no_e_mail_address(wire, index):
    index.add([a_record(1, content={"comment": "too expensive"})])
    document = wire.documents[dataset_id(1)]
    assert document["text"] == ["Buy a laptop", "too expensive"]
    assert document["participants"] == [f"user:{REQUESTER}"]
    assert "@" not in str(document)


def test_a_document_that_is_there_already_counts_as_done(index):
    index.add([a_record()])
    assert index.add([a_record()]) == {}


def test_a_document_that_is_not_taken_is_told_by_the_kind_of_its_error_alone(wire, index):
    index.prepare()
    items = [
        {"create": {"_id": dataset_id(1), "status": 201}},
        {
            "create": {
                "_id": dataset_id(2),
                "status": 400,
                "error": {"type": "mapper_parsing_exception", "reason": "preview: 'a secret'"},
            }
        },
        {"create": {"_id": dataset_id(3), "status": 429, "error": {"type": "rejected_execution"}}},
    ]
    wire.scripted = [lambda: (200, {"errors": True, "items": items})]
    assert index.add(a_chain(3)) == {
        dataset_id(2): "not indexed: 400 mapper_parsing_exception",
        dataset_id(3): "not indexed: 429 rejected_execution",
    }


def test_every_filter_is_a_clause_on_a_mapped_field(wire, index):
    index.find(
        Filters(
            scheme="expense",
            workflow_id=WORKFLOW,
            step_id="step",
            action_type="APPROVE",
            action_owner="owner",
            outcome="APPROVED",
            occurred_from=datetime(2026, 1, 1, tzinfo=UTC),
            occurred_to=datetime(2026, 1, 2, tzinfo=UTC),
            text='title:x OR "',
        ),
        within=[WORKFLOW],
        after=Position(1, dataset_id(1)),
        limit=26,
    )
    sent = wire.sent()
    clauses = sent["query"]["bool"]["filter"]
    assert clauses == [
        {"term": {"scheme": "expense"}},
        {"term": {"workflowId": WORKFLOW}},
        {"term": {"stepId": "step"}},
        {"term": {"actionType": "APPROVE"}},
        {"term": {"actionOwner": "owner"}},
        {"term": {"outcome": "APPROVED"}},
        {"terms": {"workflowId": [WORKFLOW]}},
        {"range": {"occurredAt": {"gte": "2026-01-01T00:00:00.000Z", "lte": "2026-01-02T00:00:00.000Z"}}},
        {"match": {"text": {"query": 'title:x OR "', "operator": "and"}}},
    ]
    assert {field for clause in clauses for kind in clause.values() for field in kind} <= set(MAPPED)
    assert sent["search_after"] == [1, dataset_id(1)]
    assert sent["sort"] == [{"occurredAt": "desc"}, {"datasetId": "desc"}]
    assert sent["size"] == 26


def test_hits_are_read_as_positions(wire, index):
    hits = [{"_id": dataset_id(2), "sort": [1700000000000, dataset_id(2)]}]
    wire.scripted = [lambda: (200, {"hits": {"hits": hits}})]
    found = index.find(Filters(), within=None, after=None, limit=1)
    assert found == [Position(1700000000000, dataset_id(2))]
    assert wire.sent()["query"] == {"bool": {"filter": []}}


def test_before_the_first_record_nothing_is_found_and_nothing_fails(wire, index):
    assert index.find(Filters(), within=None, after=None, limit=1) == []
    assert index.workflows_of(["user:a"], 10) == []
    for request in wire.requests:
        assert request.url.startswith("/audit-trail/_search?")
        assert "ignore_unavailable=true" in request.url


def test_part_of_an_answer_is_refused_by_the_engine_rather_than_taken_for_all(wire, index):
    index.find(Filters(), within=None, after=None, limit=1)
    assert "allow_partial_search_results=false" in wire.requests[-1].url


def test_the_workflows_that_name_somebody_are_asked_for_most_recent_first(wire, index):
    buckets = [{"key": "b"}, {"key": "a"}]
    wire.scripted = [lambda: (200, {"aggregations": {"workflows": {"buckets": buckets}}})]
    assert index.workflows_of({"user:a", "group:g"}, 1000) == ["b", "a"]
    sent = wire.sent()
    assert sent["query"]["bool"]["filter"] == [{"terms": {"participants": ["group:g", "user:a"]}}]
    assert sent["aggs"]["workflows"]["terms"] == {
        "field": "workflowId",
        "size": 1000,
        "order": {"newest": "desc"},
    }


def _unreachable():
    raise NewConnectionError(None, "refused")


def _timed_out():
    raise ReadTimeoutError(None, "/", "slow")


def _timed_out_connecting():
    raise ConnectTimeoutError("slow")


@pytest.mark.parametrize(
    ("answer", "tries"),
    [
        (_unreachable, 2),
        (_timed_out, 1),
        (_timed_out_connecting, 1),
        (lambda: (503, {"error": "no shards"}), 2),
        (lambda: (429, {"error": "too many requests"}), 1),
    ],
)
def test_an_engine_that_does_not_answer_is_unavailable_after_few_tries(wire, index, answer, tries):
    wire.scripted = [answer] * 9
    with pytest.raises(SearchUnavailable):
        index.find(Filters(), within=None, after=None, limit=1)
    assert len(wire.requests) == tries


def test_a_mistake_of_ours_is_not_taken_for_an_outage(wire, index):
    wire.scripted = [lambda: (400, {"error": {"type": "parsing_exception"}})]
    with pytest.raises(RequestError):
        index.find(Filters(), within=None, after=None, limit=1)


def test_an_engine_that_comes_back_is_prepared_again_since_it_may_be_an_empty_one(wire, index):
    index.add([a_record(1)])
    wire.scripted = [_unreachable, _unreachable]
    with pytest.raises(SearchUnavailable):
        index.add([a_record(2)])
    index.add([a_record(2)])
    assert wire.calls[-2:] == [("PUT", "/_index_template/audit-trail"), ("POST", "/_bulk")]
