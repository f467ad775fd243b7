"""The adapters of erasure on real engines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from audit_service.adapters.documents import document_of
from audit_service.adapters.dynamodb_audit_record_repository import DynamoDbAuditRecordRepository
from audit_service.adapters.dynamodb_erasure_hints import DynamoDbErasureHints
from audit_service.adapters.dynamodb_erasure_jobs import DynamoDbErasureJobs
from audit_service.adapters.dynamodb_record_parts import DynamoDbRecordParts
from audit_service.adapters.opensearch_erased_documents import OpenSearchErasedDocuments
from audit_service.domain.erasure import ErasureState
from audit_service.domain.errors import JobChangedError
from component.search_engines import SearchIndex
from component.tables import Table, new_table
from engines.definitions import Definitions
from engines.engine import Engine
from services.audit.tests.builders import dataset_id, make_chain, make_record
from services.audit.tests.erasure_fakes import user_job


@pytest.fixture
def retention_table(dynamodb: Engine, definitions: Definitions) -> Iterator[Table]:
    with new_table(dynamodb, definitions, "audit-retention") as table:
        yield table


@pytest.fixture
def trail(search: Engine) -> Iterator[SearchIndex]:
    """An empty index."""
    trail = SearchIndex(search)
    yield trail
    trail.wipe()


def test_parts_are_removed_and_nothing_else(audit_trail_table: Table, audit_log_table: Table) -> None:
    records = DynamoDbAuditRecordRepository(
        audit_trail_table.client, audit_trail_table.name, audit_log_table.name
    )
    chain = make_chain(3)
    records.add(chain)
    parts = DynamoDbRecordParts(audit_trail_table.client, audit_trail_table.name)
    for _ in range(2):
        parts.remove(
            {
                chain[0].dataset_id: ["person", "content"],
                chain[1].dataset_id: ["person"],
                dataset_id(999): ["person"],
            }
        )
    expected = [chain[0].without(["person", "content"]), chain[1].without(["person"]), chain[2]]
    found = records.get_many([each.dataset_id for each in chain])
    assert [found[each.dataset_id] for each in chain] == expected
    assert len(audit_trail_table.items()) == 3
    positions = records.list_positions(str(chain[0].workflow_id), after=None, limit=10)
    assert [each.sequence for each in positions] == [1, 2, 3]


def test_hints_are_the_parts_that_all_events_name(audit_log_table: Table) -> None:
    hints = DynamoDbErasureHints(audit_log_table.client, audit_log_table.name)
    hints.add(dataset_id(901), {dataset_id(number): ["person"] for number in range(300)})
    hints.add(dataset_id(902), {dataset_id(1): ["content"]})
    found = hints.parts_of([dataset_id(number) for number in range(301)])
    assert found == {dataset_id(number): {"person"} for number in range(300)} | {
        dataset_id(1): {"person", "content"}
    }


def test_a_job_is_updated_once_for_each_version(retention_table: Table) -> None:
    jobs = DynamoDbErasureJobs(retention_table.client, retention_table.name)
    job = user_job()
    jobs.add(job)
    changed = jobs.update(replace(job, state=ErasureState.RUNNING))
    with pytest.raises(JobChangedError):
        jobs.update(replace(job, batches=1))
    jobs.add(job)
    assert jobs.get(job.erasure_id) == changed
    assert list(jobs.list(before=None, limit=10).items) == [changed]


def documents_of(trail: SearchIndex) -> dict[str, Any]:
    trail.refresh()
    hits = trail.client.search(index="audit-trail", body={"size": 1000})["hits"]["hits"]
    return {hit["_id"]: hit["_source"] for hit in hits}


def test_documents_are_overwritten_before_a_search_finds_them(trail: SearchIndex) -> None:
    records = [make_record(number) for number in range(1, 5)]
    trail.index.add(records)  # without a refresh
    erased = [record.without(["content"]) for record in records[:2]]
    missing = make_record(5).without(["content"])
    documents = OpenSearchErasedDocuments(trail.client, trail.index)
    for _ in range(2):
        documents.replace([*erased, missing])
        expected = {each.dataset_id: document_of(each) for each in (*erased, *records[2:], missing)}
        assert documents_of(trail) == expected


def test_documents_that_a_rebuild_replaces_are_deleted(trail: SearchIndex) -> None:
    records = [make_record(number) for number in range(1, 4)]
    trail.index.add(records)
    build = trail.index.begin_replacement()
    erased = [record.without(["content"]) for record in records[:2]]
    OpenSearchErasedDocuments(trail.client, trail.index).replace(erased)
    trail.refresh()
    assert trail.client.count(index="audit-trail")["count"] == 3
    trail.index.add(records)
    trail.index.finish_replacement(build)
    assert documents_of(trail) == {each.dataset_id: document_of(each) for each in (*erased, records[2])}
