"""The search index: which requests are made, and what is read from the responses."""

import dataclasses
import hashlib
import json
from datetime import UTC, datetime

import pytest
from opensearchpy.exceptions import RequestError, TransportError
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError, ReadTimeoutError

from audit_service.adapters.index_schema import MAPPING, MAPPING_VERSION, IndexName, template
from audit_service.adapters.monthly_indices import MonthlyIndices
from audit_service.adapters.opensearch_index import OpenSearchAuditIndex
from audit_service.domain.errors import SearchUnavailableError
from audit_service.domain.search import Filters, Position, SearchScope
from audit_service.ports import IndexResult

from ..builders import REQUESTER, WORKFLOW, make_chain, make_record, position_of

FIELDS = set(MAPPING["properties"])
GET_TEMPLATE = "GET /_index_template/audit-trail-v1"
PUT_TEMPLATE = "PUT /_index_template/audit-trail-v1"
UPDATE = [PUT_TEMPLATE, "PUT /audit-trail-v1/_mapping", "PUT /audit-trail-v1/_settings"]
JANUARY = "audit-trail-v1-0-2026.01"
WRITE_JANUARY = "audit-trail-v1-write-2026.01"
EVERYTHING = SearchScope()
DONE = IndexResult({}, {})
SORTED = {
    "index.sort.field": ["occurredAt", "datasetId"],
    "index.sort.order": ["desc", "desc"],
}


@pytest.fixture
def index(engine):
    return OpenSearchAuditIndex(engine.client)


def find(index, filters=Filters(), scope=EVERYTHING, after=None, limit=10):  # noqa: B008 - frozen
    return index.find(filters, scope, after=after, limit=limit)


def hits(*records):
    """Return the response to a search that finds these records."""
    positions = map(position_of, records)
    return lambda: (
        200,
        {"hits": {"hits": [{"sort": [each.occurred_at, each.dataset_id]} for each in positions]}},
    )


# Adding


def test_ten_records_take_one_request_in_a_warm_container(engine, index):
    index.add(make_chain(1))
    engine.requests.clear()
    assert index.add(make_chain(11)[1:]) == DONE
    assert engine.calls == ["POST /_bulk"]
    assert len(engine.documents) == 11


def test_the_first_record_of_an_engine_creates_template_and_index(engine, index):
    assert index.add([make_record(1)]) == DONE
    create = [PUT_TEMPLATE, f"PUT /{JANUARY}"]
    assert engine.calls == [GET_TEMPLATE, *UPDATE, "POST /_bulk", *create, "POST /_bulk"]
    assert set(engine.indices[JANUARY]["aliases"]) == {"audit-trail", "audit-trail-v1", WRITE_JANUARY}


def test_another_container_checks_the_version_and_changes_nothing(engine, index):
    index.add([make_record(1)])
    engine.requests.clear()
    OpenSearchAuditIndex(engine.client).add([make_record(2)])
    assert engine.calls == [GET_TEMPLATE, "POST /_bulk"]


def test_an_index_has_one_primary_shard_explicit_replicas_and_is_sorted_like_a_search(engine):
    OpenSearchAuditIndex(engine.client, replicas=2).add([make_record(1)])
    assert (
        engine.indices[JANUARY]["settings"].items()
        >= {
            "index.number_of_shards": "1",
            "index.number_of_replicas": "2",
            **SORTED,
        }.items()
    )


def test_nothing_to_index_makes_no_request(engine, index):
    assert index.add([]) == DONE
    assert engine.calls == []


def test_a_record_is_in_the_index_of_the_month_it_happened_in(engine, index):
    index.add(
        [
            make_record(1, occurredAt="2026-01-31T23:59:59.999Z"),
            make_record(2, occurredAt="2026-02-01T01:00:00.000+02:00"),
            make_record(3, occurredAt="2026-02-01T00:00:00.000Z"),
        ]
    )
    counts = {name: len(engine.documents_in(name)) for name in engine.indices}
    assert counts == {JANUARY: 2, "audit-trail-v1-0-2026.02": 1}


def test_a_document_has_what_is_searched_and_no_email_address(engine, index):
    record = make_record(1, content={"comment": "too expensive"})
    index.add([record])
    assert engine.documents[record.dataset_id] == {
        "datasetId": record.dataset_id,
        "workflowId": WORKFLOW,
        "target": WORKFLOW,
        "scheme": "expense",
        "stepId": "approval",
        "actionType": "REQUEST",
        "actionOwner": REQUESTER,
        "outcome": "PENDING",
        "occurredAt": "2026-01-31T09:00:01.000Z",
        "participants": list(record.event.participants),
        "text": ["Buy a laptop", "too expensive"],
    }


def test_a_document_has_mapped_fields_only_and_each_of_them(engine, index):
    index.add([make_record(1), make_record(2, has_workflow=False, target={"type": "scheme", "id": "x"})])
    assert MAPPING["dynamic"] == "strict"
    assert {field for document in engine.documents.values() for field in document} == FIELDS


def test_an_erased_part_is_not_in_a_document(engine, index):
    record = dataclasses.replace(make_record(1), person=None, content=None)
    index.add([record])
    assert engine.documents[record.dataset_id]["text"] == []


def test_a_document_that_exists_is_a_success_and_stays_as_it_is(engine, index):
    index.add([make_record(1)])
    assert index.add([make_record(1, outcome="APPROVED"), make_record(2)]) == DONE
    assert engine.documents[make_record(1).dataset_id]["outcome"] == "PENDING"


REJECTED = {"status": 400, "error": {"type": "mapper_parsing_exception", "reason": "preview: 'a secret'"}}


def test_a_record_that_the_engine_rejects_is_unindexable_and_the_others_are_indexed(engine, index):
    first, second, third = make_chain(3)
    engine.rejected[second.dataset_id] = REJECTED
    result = index.add([first, second, third])
    # The reason can quote the document.
    assert result == IndexResult({second.dataset_id: "400 mapper_parsing_exception"}, {})
    assert set(engine.documents) == {first.dataset_id, third.dataset_id}


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_record_that_a_busy_engine_did_not_take_failed_and_can_be_sent_again(engine, index, status):
    first, second = make_chain(2)
    engine.rejected[second.dataset_id] = {"status": status, "error": {"type": "rejected_execution"}}
    assert index.add([first, second]) == IndexResult({}, {second.dataset_id: f"{status} rejected_execution"})
    engine.rejected.clear()
    assert index.add([second]) == DONE


def test_a_record_whose_month_has_no_write_index_failed_and_can_be_sent_again(engine, index):
    reason = f"no write index is defined for alias [{WRITE_JANUARY}]."
    error = {"type": "illegal_argument_exception", "reason": reason}
    engine.rejected[make_record(1).dataset_id] = {"status": 400, "error": error}
    assert list(index.add([make_record(1)]).failed) == [make_record(1).dataset_id]


def test_a_damaged_record_is_unindexable_and_the_others_are_indexed(engine, index):
    first, second, third = make_chain(3)
    damaged = dataclasses.replace(second, sealed="{")
    no_content = dataclasses.replace(third, content=dataclasses.replace(third.content, value=""))
    result = index.add([first, damaged, no_content])
    assert set(result.unindexable) == {second.dataset_id, third.dataset_id}
    assert set(engine.documents) == {first.dataset_id}
    assert index.add([damaged]).unindexable


@pytest.mark.parametrize("status", [400, 413])
def test_a_request_that_is_rejected_as_a_whole_is_sent_in_halves_until_its_cause_is_alone(
    engine, index, status
):
    chain = make_chain(4)
    index.add(make_chain(1, first_number=99))
    engine.requests.clear()
    reject = lambda: (status, {"error": {"type": "action_request_validation_exception"}})  # noqa: E731
    engine.replies = [reject, reject, reject]
    result = index.add(chain)
    assert result == IndexResult({chain[0].dataset_id: f"{status} action_request_validation_exception"}, {})
    assert set(engine.documents) >= {each.dataset_id for each in chain[1:]}
    assert len(engine.calls) == 5


def test_text_that_is_not_unicode_is_indexed_all_the_same(engine, index):
    content = '{"after":null,"before":null,"comment":null,"title":"\\ud800"}'
    record = make_record(1)
    odd = dataclasses.replace(record, content=dataclasses.replace(record.content, value=content))
    assert index.add([odd]) == DONE
    assert engine.documents[odd.dataset_id]["text"] == ["\ud800"]


# Changes of the mapping


def outdated(engine, version=MAPPING_VERSION - 1):
    """Make the engine one that an older release has prepared: a template and an index without `outcome`."""
    old = json.loads(json.dumps(template(0)))
    old["version"] = version
    del old["template"]["mappings"]["properties"]["outcome"]
    engine.direct.indices.put_index_template(name="audit-trail-v1", body=old)
    engine.direct.indices.create(index=JANUARY, body={"aliases": {WRITE_JANUARY: {"is_write_index": True}}})


def test_a_release_that_adds_a_field_updates_the_mapping_before_its_first_record(engine, index):
    outdated(engine)
    assert index.add([make_record(1)]) == DONE
    assert engine.calls == [GET_TEMPLATE, *UPDATE, "POST /_bulk"]
    assert "outcome" in engine.indices[JANUARY]["mappings"]["properties"]
    assert engine.template["version"] == MAPPING_VERSION


def test_an_older_release_leaves_a_newer_template_as_it_is(engine, index):
    index.add([make_record(1)])
    newer = engine.template | {"version": MAPPING_VERSION + 1}
    engine.direct.indices.put_index_template(name="audit-trail-v1", body=newer)
    engine.requests.clear()
    OpenSearchAuditIndex(engine.client, replicas=1).add([make_record(2)])
    assert engine.calls == [GET_TEMPLATE, "POST /_bulk"]


def test_an_index_that_missed_the_mapping_update_gets_it_when_a_record_needs_it(engine, index):
    outdated(engine, version=MAPPING_VERSION)
    chain = make_chain(2)
    assert index.add(chain) == DONE
    assert engine.calls == [GET_TEMPLATE, "POST /_bulk", *UPDATE, "POST /_bulk"]
    assert set(engine.documents) == {each.dataset_id for each in chain}


def test_a_field_that_the_mapping_can_not_get_makes_the_record_unindexable(engine, index, monkeypatch):
    outdated(engine, version=MAPPING_VERSION)
    monkeypatch.setattr(MonthlyIndices, "update", lambda _: None)
    result = index.add([make_record(2)])
    assert result.unindexable == {make_record(2).dataset_id: "400 strict_dynamic_mapping_exception"}


def test_another_number_of_replicas_is_set_for_existing_indices(engine, index):
    index.add([make_record(1)])
    OpenSearchAuditIndex(engine.client, replicas=1).add([make_record(2)])
    assert engine.indices[JANUARY]["settings"]["index.number_of_replicas"] == "1"
    assert engine.template["template"]["settings"]["index"]["number_of_replicas"] == "1"


def test_a_changed_template_has_a_new_version():
    digest = hashlib.sha256(json.dumps(template(0), sort_keys=True).encode()).hexdigest()[:16]
    # Changed the template or its mapping? Increase MAPPING_VERSION, then write the new digest here.
    assert (MAPPING_VERSION, digest) == (1, "b60795cba2f96c2f")


def test_an_engine_that_lost_everything_is_prepared_again_when_a_record_needs_it(engine, index):
    index.add([make_record(1)])
    engine.wipe()
    assert index.add([make_record(2)]) == DONE
    assert engine.indices[JANUARY]["settings"].items() >= SORTED.items()
    assert engine.template["version"] == MAPPING_VERSION


def test_two_containers_that_create_a_month_at_once_both_succeed(engine, index):
    index.add([make_record(1, occurredAt="2026-02-01T00:00:00Z")])
    missing = {
        "_id": make_record(2).dataset_id,
        "status": 404,
        "error": {"type": "index_not_found_exception"},
    }
    OpenSearchAuditIndex(engine.client).add([make_record(3)])
    engine.replies = [lambda: (200, {"errors": True, "items": [{"create": missing}]})]
    assert index.add([make_record(2)]) == DONE
    assert f"PUT /{JANUARY}" in engine.calls[-2:]


# Replacement


def test_a_replacement_writes_to_new_indices_and_keeps_the_old_ones_until_it_is_finished(engine, index):
    old, meanwhile = make_record(1), make_record(2)
    index.add([old])
    build = index.begin_replacement()
    index.add([meanwhile])
    new = f"audit-trail-v1-{build}-2026.01"
    assert {name: set(engine.documents_in(name)) for name in engine.indices} == {
        JANUARY: {old.dataset_id},
        new: {meanwhile.dataset_id},
    }
    assert all("audit-trail" in each["aliases"] for each in engine.indices.values())
    index.add([old])
    index.finish_replacement(build)
    assert {name: set(engine.documents_in(name)) for name in engine.indices} == {
        new: {old.dataset_id, meanwhile.dataset_id}
    }


def test_what_was_written_last_is_refreshed_before_the_old_indices_are_deleted(engine, index):
    index.add([make_record(1)])
    build = index.begin_replacement()
    engine.requests.clear()
    index.finish_replacement(build)
    assert engine.calls == ["POST /audit-trail/_refresh", "GET /audit-trail/_alias", "POST /_aliases"]


def test_a_replacement_of_an_empty_engine_has_nothing_to_swap(engine, index):
    build = index.begin_replacement()
    index.add([make_record(1)])
    index.finish_replacement(build)
    assert set(engine.indices) == {JANUARY}
    assert "POST /_aliases" not in engine.calls


def test_an_interrupted_replacement_is_completed_by_another(engine, index):
    index.add([make_record(1)])
    index.begin_replacement()
    index.add([make_record(2)])
    second = index.begin_replacement()
    index.add([make_record(1), make_record(2)])
    index.finish_replacement(second)
    assert list(engine.indices) == ["audit-trail-v1-2-2026.01"]
    assert len(engine.documents) == 2


def test_a_replacement_that_was_overtaken_by_another_deletes_nothing(engine, index):
    index.add([make_record(1)])
    first, second = index.begin_replacement(), index.begin_replacement()
    index.finish_replacement(first)
    assert len(engine.indices) == 3
    index.finish_replacement(second)
    assert len(engine.indices) == 1


def test_a_month_that_begins_during_a_replacement_is_left_alone(engine, index):
    index.add([make_record(1)])
    build = index.begin_replacement()
    february = make_record(2, occurredAt="2026-02-01T00:00:00Z")
    index.add([make_record(1), february])
    index.finish_replacement(build)
    assert set(engine.indices) == {"audit-trail-v1-1-2026.01", "audit-trail-v1-0-2026.02"}


def test_a_new_generation_replaces_the_indices_of_the_old_one(engine, index):
    engine.direct.indices.create(
        index="audit-trail-v0-4-2026.01",
        body={"aliases": {"audit-trail": {}, "audit-trail-v0-write-2026.01": {"is_write_index": True}}},
    )
    index.add([make_record(1)])
    assert set(engine.indices) == {"audit-trail-v0-4-2026.01", JANUARY}
    build = index.begin_replacement()
    index.add([make_record(1)])
    index.finish_replacement(build)
    assert list(engine.indices) == ["audit-trail-v1-1-2026.01"]


def test_an_index_that_this_service_did_not_create_is_not_touched(engine, index):
    index.add([make_record(1)])
    engine.direct.indices.create(index="reindexed-by-hand", body={"aliases": {"audit-trail": {}}})
    index.finish_replacement(index.begin_replacement())
    assert "reindexed-by-hand" in engine.indices


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("audit-trail-v1-0-2026.01", IndexName(1, 0, "2026.01")),
        ("audit-trail-v12-345-2026.12", IndexName(12, 345, "2026.12")),
        ("audit-trail-2026.01", None),
        ("audit-trail-v1-write-2026.01", None),
        ("other-v1-0-2026.01", None),
    ],
)
def test_the_name_of_an_index_has_generation_build_and_month(name, parts):
    assert IndexName.parse(name) == parts
    assert parts is None or str(parts) == name


# Searching


def test_every_filter_is_a_clause_on_a_mapped_field(engine, index):
    filters = Filters(
        scheme="expense",
        workflow_id=WORKFLOW,
        step_id="step",
        target="target",
        action_type="APPROVE",
        action_owner="owner",
        outcome="APPROVED",
        occurred_from=datetime(2026, 1, 1, tzinfo=UTC),
        occurred_to=datetime(2026, 1, 2, tzinfo=UTC),
        text='title:x OR "',
    )
    assert all(value is not None for value in vars(filters).values())
    find(index, filters, after=Position(1, "id"), limit=26)
    sent = engine.sent()
    clauses = sent["query"]["bool"]["filter"]
    assert clauses == [
        {"term": {"scheme": "expense"}},
        {"term": {"workflowId": WORKFLOW}},
        {"term": {"stepId": "step"}},
        {"term": {"target": "target"}},
        {"term": {"actionType": "APPROVE"}},
        {"term": {"actionOwner": "owner"}},
        {"term": {"outcome": "APPROVED"}},
        {"range": {"occurredAt": {"gte": "2026-01-01T00:00:00.000Z", "lte": "2026-01-02T00:00:00.000Z"}}},
        {"match": {"text": {"query": 'title:x OR "', "operator": "and"}}},
        {"range": {"occurredAt": {"lte": 1}}},
    ]
    assert {field for clause in clauses for kind in clause.values() for field in kind} <= FIELDS
    assert (sent["search_after"], sent["size"]) == ([1, "id"], 26)


def test_a_search_is_ordered_like_the_index_and_counts_nothing(engine, index):
    find(index)
    sent = engine.sent()
    assert sent["sort"] == [{"occurredAt": "desc"}, {"datasetId": "desc"}]
    assert sent["track_total_hits"] is False
    assert sent["_source"] is False
    assert "aggs" not in sent


def test_a_scope_is_a_clause_for_each_principal(engine, index):
    find(index, scope=SearchScope(participants=frozenset({"user:b", "group:a"})))
    (clause,) = engine.sent()["query"]["bool"]["filter"]
    assert clause["bool"]["should"] == [
        {"term": {"participants": "group:a"}},
        {"term": {"participants": "user:b"}},
    ]
    assert clause["bool"]["minimum_should_match"] == 1


def test_drafts_of_others_are_excluded(engine, index):
    find(index, scope=SearchScope(drafts_of="me"))
    (clause,) = engine.sent()["query"]["bool"]["filter"]
    assert clause["bool"]["should"] == [
        {"term": {"actionOwner": "me"}},
        {"bool": {"must_not": [{"term": {"actionType": "SAVE"}}]}},
    ]


def test_hits_are_positions(engine, index):
    engine.replies = [hits(make_record(2), make_record(1))]
    assert find(index) == [position_of(make_record(2)), position_of(make_record(1))]
    assert len(engine.calls) == 1


def test_a_record_in_two_indices_is_found_once_and_the_page_is_filled_up(engine, index):
    four, three, two, one = (make_record(number) for number in (4, 3, 2, 1))
    engine.replies = [hits(four, four, three), hits(two, two, one)]
    assert find(index, limit=3) == [position_of(each) for each in (four, three, two)]
    assert engine.sent()["search_after"] == [position_of(three).occurred_at, three.dataset_id]


def test_a_page_that_is_short_because_there_is_no_more_takes_one_request(engine, index):
    engine.replies = [hits(make_record(1), make_record(1))]
    assert find(index, limit=3) == [position_of(make_record(1))]
    assert len(engine.calls) == 1


def test_before_the_first_record_nothing_is_found_and_nothing_fails(engine, index):
    assert find(index) == []
    assert engine.requests[0].path == "/audit-trail/_search"
    assert engine.requests[0].params["ignore_unavailable"] == "true"


def test_a_search_that_misses_a_shard_fails(engine, index):
    find(index)
    assert engine.requests[-1].params["allow_partial_search_results"] == "false"


@pytest.mark.parametrize("status", [404, 500])
def test_a_search_during_which_an_index_is_deleted_is_repeated(engine, index, status):
    gone = lambda: (status, {"error": {"type": "search_phase_execution_exception"}})  # noqa: E731
    engine.replies = [gone, gone, hits(make_record(1))]
    assert find(index) == [position_of(make_record(1))]
    engine.replies = [gone] * 9
    with pytest.raises(TransportError):
        find(index)
    assert len(engine.requests) == 6


# Errors


def _rejected_connection():
    raise NewConnectionError(None, "refused")


def _timeout():
    raise ReadTimeoutError(None, "/", "slow")


def _connect_timeout():
    raise ConnectTimeoutError("slow")


@pytest.mark.parametrize(
    ("reply", "attempts"),
    [
        (_rejected_connection, 2),
        (_timeout, 1),
        (_connect_timeout, 1),
        (lambda: (503, {"error": "no shards"}), 2),
        (lambda: (429, {"error": "too many requests"}), 1),
    ],
)
def test_an_engine_that_does_not_respond_is_unavailable_after_few_attempts(engine, index, reply, attempts):
    engine.replies = [reply] * 9
    with pytest.raises(SearchUnavailableError) as error:
        find(index)
    assert len(engine.requests) == attempts
    assert error.value.retry_after == 5


@pytest.mark.parametrize(
    "call",
    [
        lambda index: index.add([make_record(1)]),
        lambda index: index.begin_replacement(),
        lambda index: index.finish_replacement(1),
    ],
    ids=["add", "begin_replacement", "finish_replacement"],
)
def test_every_method_says_that_the_engine_is_unavailable(engine, index, call):
    engine.replies = [_timeout]
    with pytest.raises(SearchUnavailableError):
        call(index)


def test_an_error_of_ours_does_not_look_like_an_outage(engine, index):
    engine.replies = [lambda: (400, {"error": {"type": "parsing_exception"}})]
    with pytest.raises(RequestError):
        find(index)
    engine.replies = [lambda: (403, {"error": {"type": "security_exception"}})]
    with pytest.raises(TransportError):
        index.add([make_record(1)])


def test_an_engine_that_comes_back_is_checked_again(engine, index):
    index.add([make_record(1)])
    engine.replies = [_timeout]
    with pytest.raises(SearchUnavailableError):
        index.add([make_record(2)])
    engine.requests.clear()
    index.add([make_record(2)])
    assert engine.calls == [GET_TEMPLATE, "POST /_bulk"]
