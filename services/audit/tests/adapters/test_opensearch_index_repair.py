"""Correcting the search index: on osmem-server. The component tests run the same cases on a real OpenSearch node."""

import dataclasses
from typing import Any

import pytest

from audit_service.adapters.documents import document_of
from audit_service.adapters.opensearch_index import OpenSearchAuditIndex
from audit_service.adapters.opensearch_index_repair import OpenSearchIndexRepair
from audit_service.domain.errors import SearchUnavailableError
from audit_service.ports import RepairResult

from ..builders import make_chain, make_record

JANUARY, FEBRUARY = "audit-trail-v1-0-2026.01", "audit-trail-v1-0-2026.02"


@pytest.fixture
def index(engine: Any) -> OpenSearchAuditIndex:
    return OpenSearchAuditIndex(engine.client)


@pytest.fixture
def repair(engine: Any, index: OpenSearchAuditIndex) -> OpenSearchIndexRepair:
    return OpenSearchIndexRepair(engine.client, index)


def refresh(engine: Any) -> None:
    engine.direct.indices.refresh(index="*")
    engine.requests.clear()


def expected(*records: Any) -> dict[str, Any]:
    return {record.dataset_id: document_of(record) for record in records}


def test_documents_that_are_right_are_one_search(engine, index, repair):
    chain = make_chain(20)
    index.add(chain)
    refresh(engine)
    assert repair.repair(chain) == RepairResult()
    assert engine.calls == ["POST /audit-trail/_search"]


def test_nothing_is_no_request(engine, repair):
    assert repair.repair([]) == RepairResult()
    assert engine.calls == []


def test_missing_documents_are_added_also_to_an_engine_without_any(engine, index, repair):
    chain = make_chain(3)
    assert repair.repair(chain[:2]).repaired == tuple(each.dataset_id for each in chain[:2])
    refresh(engine)
    assert repair.repair(chain).repaired == (chain[2].dataset_id,)
    assert engine.documents == expected(*chain)


@pytest.mark.parametrize(
    "change",
    [{"participants": ["user:attacker"]}, {"text": []}, {"outcome": "APPROVED"}, {"datasetId": "another"}],
)
def test_a_different_document_is_overwritten(engine, index, repair, change):
    chain = make_chain(3)
    index.add(chain)
    document = document_of(chain[1]) | change
    engine.direct.index(index=JANUARY, id=chain[1].dataset_id, body=document)
    refresh(engine)
    assert repair.repair(chain).repaired == (chain[1].dataset_id,)
    assert engine.documents == expected(*chain)
    assert engine.calls == ["POST /audit-trail/_search", "POST /_bulk"]


def test_a_document_that_lacks_a_field_is_overwritten(engine, index, repair):
    record = make_record(1)
    index.add([record])
    document = document_of(record)
    del document["participants"]
    engine.direct.index(index=JANUARY, id=record.dataset_id, body=document)
    refresh(engine)
    assert repair.repair([record]).repaired == (record.dataset_id,)
    assert engine.documents == expected(record)


def test_erased_text_is_removed_from_its_document(engine, index, repair):
    record = make_record(1)
    index.add([record])
    refresh(engine)
    erased = dataclasses.replace(record, content=None)
    assert repair.repair([erased]).repaired == (record.dataset_id,)
    assert engine.documents[record.dataset_id]["text"] == []


def test_a_document_in_the_index_of_another_month_is_deleted(engine, index, repair):
    record = make_record(1)
    index.add([record, make_record(2, occurredAt="2026-02-01T00:00:00.000Z")])
    engine.direct.index(index=FEBRUARY, id=record.dataset_id, body=document_of(record))
    refresh(engine)
    assert repair.repair([record]).repaired == (record.dataset_id,)
    assert record.dataset_id in engine.documents_in(JANUARY)
    assert record.dataset_id not in engine.documents_in(FEBRUARY)


def test_while_a_rebuild_replaces_an_index_a_record_can_have_two_documents(engine, index, repair):
    chain = make_chain(2)
    index.add(chain)
    index.begin_replacement()
    index.add(chain)
    refresh(engine)
    assert repair.repair(chain) == RepairResult()


def test_a_damaged_record_is_left_out(engine, index, repair):
    chain = make_chain(2)
    index.add(chain)
    refresh(engine)
    assert repair.repair([chain[0], dataclasses.replace(chain[1], sealed="{")]) == RepairResult()


def test_a_record_that_the_index_can_not_hold_is_named(engine, index, repair):
    chain = make_chain(2)
    engine.rejected = {chain[1].dataset_id: {"status": 400, "error": {"type": "mapper_parsing_exception"}}}
    result = repair.repair(chain)
    assert list(result.unindexable) == [chain[1].dataset_id]
    assert result.repaired == (chain[0].dataset_id,)


def test_a_busy_engine_is_unavailable(engine, index, repair):
    record = make_record(1)
    busy = {"status": 429, "error": {"type": "es_rejected_execution_exception"}}
    engine.replies.append(lambda: (503, {}))
    engine.replies.append(lambda: (503, {}))
    with pytest.raises(SearchUnavailableError):
        repair.repair([record])
    engine.rejected = {record.dataset_id: busy}
    with pytest.raises(SearchUnavailableError, match="1 records were not indexed"):
        repair.repair([record])


def test_a_correction_that_is_rejected_is_unavailable(engine, index, repair):
    record = make_record(1)
    index.add([record])
    engine.direct.index(index=JANUARY, id=record.dataset_id, body=document_of(record) | {"text": ["forged"]})
    refresh(engine)
    hit = {"_index": JANUARY, "_id": record.dataset_id, "_source": {"text": ["forged"]}}
    engine.replies.append(lambda: (200, {"hits": {"hits": [hit]}}))
    engine.replies.append(lambda: (200, {"errors": True, "items": [{"index": {"status": 429}}]}))
    with pytest.raises(SearchUnavailableError, match="429"):
        repair.repair([record])


def test_hundreds_of_records_are_compared_500_at_a_time(engine, index, repair):
    records = [make_record(number) for number in range(1, 701)]
    index.add(records[:600])
    refresh(engine)
    assert len(repair.repair(records).repaired) == 100
    assert engine.calls.count("POST /audit-trail/_search") == 2
    refresh(engine)
    assert repair.repair(records) == RepairResult()
