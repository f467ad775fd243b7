"""Changes of the search index on real engines: new fields, new generations, rebuilds."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from audit_service.adapters import index_schema, monthly_indices, opensearch_index
from audit_service.adapters.documents import document_of
from audit_service.adapters.index_schema import MAPPING_VERSION
from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.rebuild import RebuildPosition
from audit_service.domain.search import Filters
from audit_service.ports import IndexResult
from audit_service.use_cases.rebuild_index import RebuildIndex
from audit_service.use_cases.replace_index import ReplaceIndex
from component.search_engines import EVERYTHING, SearchIndex
from engines.engine import Engine
from services.audit.tests.builders import dataset_id, make_record
from services.audit.tests.fakes import FakeRepository
from services.audit.tests.retention_fakes import expected_records

KEYWORD = {"type": "keyword"}
DONE = IndexResult({}, {})


@pytest.fixture
def trail(search: Engine) -> Iterator[SearchIndex]:
    """An empty index."""
    trail = SearchIndex(search)
    yield trail
    trail.wipe()


def records_of_three_months(count: int, first: int = 1) -> list[AuditRecord]:
    """Return records that are spread over three months."""
    return [
        make_record(number, occurredAt=f"2026-0{1 + number % 3}-15T09:00:00.{number % 50:03}Z")
        for number in range(first, first + count)
    ]


def release_with_a_new_field(monkeypatch: pytest.MonkeyPatch, version: int = MAPPING_VERSION + 1) -> None:
    """Make the code that of a later release: its documents have a field `channel`."""
    mapping = index_schema.MAPPING | {"properties": index_schema.MAPPING["properties"] | {"channel": KEYWORD}}
    for module in (index_schema, monthly_indices):
        monkeypatch.setattr(module, "MAPPING", mapping)
        monkeypatch.setattr(module, "MAPPING_VERSION", version)
    monkeypatch.setattr(opensearch_index, "document_of", lambda each: document_of(each) | {"channel": "web"})


def release_with_a_new_generation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the code that of a later release which can't share indices with this one."""
    generation = f"{index_schema.READ_ALIAS}-v2"
    mapping = index_schema.MAPPING | {
        "properties": index_schema.MAPPING["properties"] | {"outcome": {"type": "text"}}
    }
    for module in (index_schema, monthly_indices):
        monkeypatch.setattr(module, "SCHEMA_GENERATION", 2)
        monkeypatch.setattr(module, "GENERATION", generation)
        monkeypatch.setattr(module, "MAPPING", mapping)


def rebuild(trail: SearchIndex, records: FakeRepository, start: RebuildPosition) -> int:
    """Process all pages, and return how many records were indexed."""
    indexed = 0
    position: RebuildPosition | None = start
    while position is not None:
        page = RebuildIndex(records, trail.index, expected_records())(position)
        indexed += page.indexed
        position = page.next_position
    return indexed


def test_a_release_that_adds_a_field_updates_existing_indices_before_its_first_record(
    trail: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    trail.add(make_record(1))
    older = trail.index
    release_with_a_new_field(monkeypatch)
    trail.index = trail.new_container()
    trail.add(make_record(2), make_record(3, occurredAt="2026-02-01T00:00:00Z"))
    found = trail.client.search(index=index_schema.READ_ALIAS, body={"query": {"term": {"channel": "web"}}})
    assert {hit["_id"] for hit in found["hits"]["hits"]} == {dataset_id(2), dataset_id(3)}
    monkeypatch.undo()
    assert older.add([make_record(4)]) == DONE, "the previous release goes on while the new one is deployed"
    trail.refresh()
    assert len(trail.find()) == 4


def test_an_index_that_an_older_container_created_late_gets_the_field_when_a_record_needs_it(
    trail: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    trail.add(make_record(1))
    # The newer release's template is there, this index missed its mapping update.
    with monkeypatch.context() as newer:
        release_with_a_new_field(newer)
        newer.setattr(monthly_indices, "GENERATION", index_schema.GENERATION)
        body = index_schema.template(0) | {"version": MAPPING_VERSION + 1}
        trail.client.indices.put_index_template(name=index_schema.GENERATION, body=body)
        trail.index = trail.new_container()
        trail.add(make_record(2))
    assert len(trail.find()) == 2


def test_a_container_that_finds_its_own_version_changes_nothing(trail: SearchIndex) -> None:
    trail.add(make_record(1))
    before = trail.client.indices.get_index_template(name=index_schema.GENERATION)
    assert trail.new_container().add([make_record(2)]) == DONE
    assert trail.client.indices.get_index_template(name=index_schema.GENERATION) == before


def test_another_number_of_replicas_is_set_for_existing_indices(trail: SearchIndex) -> None:
    trail.add(make_record(1))
    trail.new_container(replicas=1).add([make_record(2)])
    [settings] = trail.client.indices.get_settings(index=trail.names()[0]).values()
    assert settings["settings"]["index"]["number_of_replicas"] == "1"


def test_containers_that_create_a_month_at_the_same_time_all_succeed(trail: SearchIndex) -> None:
    trail.add(make_record(100, occurredAt="2025-01-01T00:00:00Z"))
    containers = [trail.new_container() for _ in range(6)]
    with ThreadPoolExecutor(len(containers)) as pool:
        results = pool.map(lambda number: containers[number].add([make_record(number + 1)]), range(6))
        assert list(results) == [DONE] * 6
    trail.refresh()
    assert len(trail.find()) == 7
    assert trail.names() == ["audit-trail-v1-0-2025.01", "audit-trail-v1-0-2026.01"]


def test_an_engine_that_lost_its_data_is_filled_by_a_rebuild(trail: SearchIndex) -> None:
    records = records_of_three_months(20)
    trail.add(*records)
    warm = trail.index
    trail.wipe()
    trail.index = warm
    assert rebuild(trail, FakeRepository(*records, page=7), RebuildPosition()) == 20
    assert rebuild(trail, FakeRepository(*records, page=7), RebuildPosition()) == 20
    trail.refresh()
    assert len(trail.find()) == 20
    [settings] = {
        str(each["settings"]["index"]["sort"])
        for each in trail.client.indices.get_settings(index=index_schema.READ_ALIAS).values()
    }
    assert "occurredAt" in settings


def test_while_indices_are_replaced_every_search_finds_every_record_once(trail: SearchIndex) -> None:
    old, meanwhile = records_of_three_months(60), records_of_three_months(20, first=101)
    trail.add(*old)
    records = FakeRepository(*old, page=6)
    expected = {each.dataset_id for each in old}
    done = threading.Event()
    walks: list[list[str]] = []

    def search() -> None:
        while not done.is_set():
            walks.append(trail.walk(7))

    with ThreadPoolExecutor(2) as pool:
        searching = [pool.submit(search) for _ in range(2)]
        try:
            for turn in range(4):
                position: RebuildPosition | None = ReplaceIndex(trail.index)()
                batch = meanwhile[turn * 5 : turn * 5 + 5]
                while position is not None:
                    for record in batch[:1]:
                        records.add([record])
                        assert trail.index.add([record]) == DONE
                    batch = batch[1:]
                    position = RebuildIndex(records, trail.index, expected_records())(position).next_position
        finally:
            done.set()
        for each in searching:
            each.result()
    for walk in walks:
        assert len(set(walk)) == len(walk), "a record is on the pages once"
        assert expected <= set(walk), "no record is missing"
    trail.refresh()
    assert set(trail.find()) == set(records.stored)
    assert len(trail.names()) == 3
    assert len(walks) > 4


def test_a_replacement_finds_what_the_store_has_and_nothing_else(trail: SearchIndex) -> None:
    records = records_of_three_months(10)
    trail.add(*records, make_record(99))
    assert rebuild(trail, FakeRepository(*records, page=4), ReplaceIndex(trail.index)()) == 10
    assert sorted(trail.find()) == sorted(each.dataset_id for each in records)
    assert trail.names() == [f"audit-trail-v1-1-2026.0{month}" for month in (1, 2, 3)]


def test_an_interrupted_replacement_misses_nothing_and_can_be_run_again(trail: SearchIndex) -> None:
    records = records_of_three_months(10)
    trail.add(*records)
    repository = FakeRepository(*records, page=4)
    RebuildIndex(repository, trail.index, expected_records())(ReplaceIndex(trail.index)())
    trail.refresh()
    assert sorted(trail.walk(3)) == sorted(each.dataset_id for each in records)
    late = make_record(50)
    repository.add([late])
    trail.add(late)
    assert rebuild(trail, repository, ReplaceIndex(trail.index)()) == 11
    assert sorted(trail.walk(3)) == sorted(repository.stored)
    assert all("-v1-2-" in name for name in trail.names())


def test_a_new_generation_is_searched_with_the_old_one_until_it_replaces_it(
    trail: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = records_of_three_months(9), records_of_three_months(3, first=31)
    trail.add(*old)
    older = trail.index
    release_with_a_new_generation(monkeypatch)
    trail.index = trail.new_container()
    trail.add(*new)
    assert sorted(trail.walk(4)) == sorted(each.dataset_id for each in (*old, *new))
    repository = FakeRepository(*old, *new, page=5)
    assert rebuild(trail, repository, ReplaceIndex(trail.index)()) == 12
    assert sorted(trail.walk(4)) == sorted(repository.stored)
    assert trail.names() == [f"audit-trail-v2-1-2026.0{month}" for month in (1, 2, 3)]
    monkeypatch.undo()
    late_record = make_record(77)
    assert older.add([late_record]) == DONE, "a container of the old release that is still running"
    trail.refresh()
    assert late_record.dataset_id in trail.find()


def test_a_damaged_record_stops_no_rebuild(trail: SearchIndex) -> None:
    records = records_of_three_months(6)
    repository = FakeRepository(*records, page=2)
    repository.damage(dataclasses.replace(records[2], sealed="{"))
    position: RebuildPosition | None = ReplaceIndex(trail.index)()
    skipped: list[str] = []
    while position is not None:
        page = RebuildIndex(repository, trail.index, expected_records())(position)
        skipped += page.skipped
        position = page.next_position
    trail.refresh()
    assert skipped == [records[2].dataset_id]
    assert len(trail.find()) == 5


def test_records_are_found_in_time_although_another_container_writes_them(trail: SearchIndex) -> None:
    trail.new_container().add([make_record(1)])
    deadline = time.monotonic() + 10
    found: Any = []
    while not found and time.monotonic() < deadline:
        found = trail.index.find(Filters(), EVERYTHING, after=None, limit=1)
    assert found
