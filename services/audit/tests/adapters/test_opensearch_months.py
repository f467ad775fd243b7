"""The monthly indices: on osmem-server."""

import dataclasses
from typing import Any

import pytest

from audit_service.adapters import opensearch_months
from audit_service.adapters.monthly_indices import MonthlyIndices
from audit_service.adapters.opensearch_index import OpenSearchAuditIndex
from audit_service.adapters.opensearch_months import OpenSearchMonths
from audit_service.domain.errors import SearchUnavailableError
from audit_service.domain.search import Filters, SearchScope

from ..builders import make_record


@pytest.fixture
def index(engine: Any) -> OpenSearchAuditIndex:
    return OpenSearchAuditIndex(engine.client)


@pytest.fixture
def months(engine: Any) -> OpenSearchMonths:
    return OpenSearchMonths(engine.client, MonthlyIndices(engine.client, 0))


def record(number: int, occurred_at: str, **changes: Any) -> Any:
    return make_record(number, number=number, occurredAt=occurred_at, **changes)


def erased(each: Any) -> Any:
    return dataclasses.replace(each, person=None, content=None)


def refresh(engine: Any) -> None:
    engine.direct.indices.refresh(index="*")
    engine.requests.clear()


JANUARY = [record(number, f"2026-01-{number:02d}T09:00:00.000Z") for number in (1, 2, 3)]
FIRST, LAST = "2026-02-01T00:00:00.000Z", "2026-02-28T23:59:59.999Z"
FEBRUARY = [record(4, FIRST), record(5, LAST)]


def test_an_engine_without_indices_has_no_months(months: OpenSearchMonths):
    assert list(months.months()) == []
    assert list(months.dataset_ids("2026.01")) == []


def test_months_are_those_of_the_indices_oldest_first(engine, index, months):
    index.add([*FEBRUARY, *JANUARY, record(6, "2025-12-31T23:59:59.999Z")])
    refresh(engine)
    assert list(months.months()) == ["2025.12", "2026.01", "2026.02"]
    assert engine.calls == ["GET /audit-trail/_alias"]


@pytest.mark.parametrize("page", [1, 2, 3, 10])
def test_all_documents_of_a_month_are_read_in_pages(
    engine, index, months, monkeypatch: pytest.MonkeyPatch, page: int
):
    monkeypatch.setattr(opensearch_months, "PAGE", page)
    index.add([*JANUARY, *FEBRUARY])
    refresh(engine)
    for month, records in (("2026.01", JANUARY), ("2026.02", FEBRUARY)):
        found = list(months.dataset_ids(month))
        assert max(map(len, found)) <= page
        ids = [each for ids in found for each in ids]
        assert sorted(ids) == [each.dataset_id for each in records]
    assert set(engine.calls) == {"POST /audit-trail/_search"}


def test_only_documents_with_text_are_likely_not_erased(engine, index, months):
    own = record(7, "2026-01-07T09:00:00.000Z", has_workflow=False, actionType="ERASE")
    index.add([erased(JANUARY[0]), JANUARY[1], own, *FEBRUARY])
    refresh(engine)
    assert list(months.with_text("2026.01")) == [JANUARY[1].dataset_id]
    assert list(months.with_text("2025.01")) == []


def test_a_dropped_month_is_gone_with_all_builds_and_the_others_stay(engine, index, months):
    index.add([*JANUARY, *FEBRUARY])
    index.begin_replacement()
    refresh(engine)
    assert len([name for name in engine.indices if name.endswith("2026.01")]) == 2
    months.drop("2026.01")
    assert engine.calls == ["GET /audit-trail/_alias", "POST /_aliases"]
    assert {name.rpartition("-")[2] for name in engine.indices} == {"2026.02"}
    months.drop("2026.01")
    refresh(engine)
    found = index.find(Filters(), SearchScope(), after=None, limit=10)
    assert {each.dataset_id for each in found} == {each.dataset_id for each in FEBRUARY}


def test_a_late_record_of_a_dropped_month_creates_its_index_again(engine, index, months):
    index.add(JANUARY)
    months.drop("2026.01")
    index.add(JANUARY[:1])
    refresh(engine)
    assert list(months.months()) == ["2026.01"]
    assert len(index.find(Filters(), SearchScope(), after=None, limit=10)) == 1


@pytest.mark.parametrize(
    "call", [lambda m: m.months(), lambda m: m.with_text("2026.01"), lambda m: m.drop("2026.01")]
)
def test_a_busy_engine_is_unavailable(engine, months, call):
    engine.replies += 3 * [lambda: (429, {"error": {"type": "busy"}, "status": 429})]
    with pytest.raises(SearchUnavailableError):
        call(months)
