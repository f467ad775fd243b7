"""The progress and findings of reconciliation, and its correction of documents, on real engines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from countersign_common.events.manifest import ManifestWorkflow

from audit_service.adapters.documents import document_of
from audit_service.adapters.dynamodb_integrity_repository import DynamoDbIntegrityRepository
from audit_service.adapters.opensearch_index_repair import OpenSearchIndexRepair
from audit_service.domain.integrity import (
    Attestation,
    FindingChanges,
    FindingCode,
    FoundFinding,
    IntegrityFinding,
    LeafSweep,
    ManifestPosition,
    Progress,
)
from audit_service.ports import RepairResult
from component.search_engines import SearchIndex
from component.tables import Table, new_table
from engines.definitions import Definitions
from engines.engine import Engine
from services.audit.tests.builders import dataset_id, make_record

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.fixture
def integrity_table(dynamodb: Engine, definitions: Definitions) -> Iterator[Table]:
    """The empty table `audit-integrity`."""
    with new_table(dynamodb, definitions, "audit-integrity") as table:
        yield table


@pytest.fixture
def repository(integrity_table: Table) -> DynamoDbIntegrityRepository:
    """The adapter."""
    return DynamoDbIntegrityRepository(integrity_table.client, integrity_table.name)


def finding(number: int, **changes: Any) -> FoundFinding:
    found = IntegrityFinding(FindingCode.MISSING, dataset_id(number), "Gone.", dataset_id(number))
    return replace(FoundFinding(found, NOON, NOON), **changes)


def test_progress_is_what_was_saved_last(repository: DynamoDbIntegrityRepository) -> None:
    assert repository.progress() == Progress()
    progress = Progress(
        ManifestPosition("b", 3), 7, ("a", "b"), ManifestPosition("a", 1), LeafSweep(2, NOON), "k", "c", NOON
    )
    repository.save_progress(progress)
    assert repository.progress() == progress


def test_findings_are_listed_in_pages_and_move_when_they_are_resolved(
    repository: DynamoDbIntegrityRepository,
) -> None:
    found = [finding(number) for number in range(1_100)]
    repository.change(FindingChanges(open=found))
    assert repository.count_open() == 1_100
    listed: list[FoundFinding] = []
    position: str | None = ""
    while position is not None:
        page = repository.open_findings(after=position, limit=400)
        listed += page.items
        position = page.next_position
    assert listed == found
    resolved = [replace(each, resolved_at=NOON + timedelta(seconds=n)) for n, each in enumerate(found[:50])]
    repository.change(FindingChanges(resolved=resolved))
    assert repository.count_open() == 1_050
    newest = repository.resolved_findings(before=None, limit=30)
    assert list(newest.items) == resolved[:-31:-1]
    rest = repository.resolved_findings(before=newest.next_position, limit=30)
    assert (list(rest.items), rest.next_position) == (resolved[19::-1], None)


def test_attested_states_are_read_in_batches(repository: DynamoDbIntegrityRepository) -> None:
    states = [
        Attestation(ManifestWorkflow(dataset_id(n), n + 1, "a" * 64, "PENDING", None), "m", n + 1, None, True)
        for n in range(230)
    ]
    repository.save_attestations(states)
    found = repository.attestations([dataset_id(n) for n in range(231)])
    assert found == {each.state.workflow_id: each for each in states}


@pytest.fixture
def trail(search: Engine) -> Iterator[SearchIndex]:
    """An empty index."""
    trail = SearchIndex(search)
    yield trail
    trail.wipe()


def sources(trail: SearchIndex) -> dict[str, Any]:
    trail.refresh()
    hits = trail.client.search(index="audit-trail", body={"size": 1000})["hits"]["hits"]
    return {hit["_id"]: hit["_source"] for hit in hits}


def test_documents_are_compared_and_corrected(trail: SearchIndex) -> None:
    records = [make_record(number) for number in range(1, 8)]
    february = make_record(8, occurredAt="2026-02-01T00:00:00.000Z")
    trail.add(*records[:6], february)
    (january,) = (name for name in trail.names() if name.endswith("2026.01"))
    (other,) = (name for name in trail.names() if name.endswith("2026.02"))
    first, second, third = (record.dataset_id for record in records[:3])
    forged = document_of(records[0]) | {"participants": ["user:attacker"], "text": []}
    trail.client.index(index=january, id=first, body=forged)
    trail.client.delete(index=january, id=second)
    trail.client.index(index=other, id=third, body=document_of(records[2]))
    trail.refresh()
    everything = [*records, february]
    repair = OpenSearchIndexRepair(trail.client, trail.index)
    assert set(repair.repair(everything).repaired) == {first, second, third, records[6].dataset_id}
    assert sources(trail) == {record.dataset_id: document_of(record) for record in everything}
    assert trail.client.count(index="audit-trail")["count"] == len(everything)
    assert repair.repair(everything) == RepairResult()


def test_an_engine_without_an_index_gets_all_documents(trail: SearchIndex) -> None:
    records = [make_record(number) for number in range(1, 4)]
    repair = OpenSearchIndexRepair(trail.client, trail.index)
    assert len(repair.repair(records).repaired) == 3
    assert sources(trail) == {record.dataset_id: document_of(record) for record in records}
