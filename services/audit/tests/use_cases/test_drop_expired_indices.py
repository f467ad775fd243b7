"""Dropping monthly indices in which nothing is left to find."""

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from audit_service.domain.audit_record import AuditRecord
from audit_service.use_cases.drop_expired_indices import DropExpiredIndices
from audit_service.use_cases.expected_records import ExpectedIndexRepair

from ..builders import make_record
from ..fakes import FakeRepository
from ..integrity_fakes import FakeIndexRepair
from ..retention_fakes import FakeMonths, expected_records

DAYS = 30
CUTOFF = datetime(2026, 2, 1, tzinfo=UTC)


def clock() -> datetime:
    return CUTOFF + timedelta(days=DAYS)


def erased(number: int, month: int = 1, **changes: Any) -> AuditRecord:
    record = make_record(number, number=number, occurredAt=f"2026-{month:02d}-15T09:00:00.000Z")
    return dataclasses.replace(record, **({"person": None, "content": None} | changes))


def drop(
    months: FakeMonths, *, schemes: dict[str, int] | None = None, seconds: float = 100, hidden: int = 0
) -> list[str]:
    stored = [record for records in months.documents.values() for record in records][hidden:]
    expected = expected_records(clock, DAYS, schemes)
    return list(DropExpiredIndices(months, FakeRepository(*stored), expected)(lambda: seconds))


def test_a_month_in_which_every_record_is_erased_is_dropped():
    months = FakeMonths(m2026_01=[erased(number) for number in range(1, 6)])
    assert drop(months) == ["2026.01"]
    assert months.documents == {}
    assert months.pages == 3 * ["2026.01"]


@pytest.mark.parametrize("part", ["person", "content"])
def test_one_part_of_one_record_keeps_the_month(part: str):
    whole = make_record(5, number=5, occurredAt="2026-01-15T09:00:00.000Z")
    records = [*(erased(number) for number in range(1, 5)), erased(5, **{part: getattr(whole, part)})]
    months = FakeMonths(m2026_01=records)
    assert drop(months) == []
    assert months.months() == ["2026.01"]


def test_a_month_with_text_is_kept_by_one_search():
    months = FakeMonths(m2026_01=[make_record(1), *(erased(number) for number in range(2, 9))])
    assert (drop(months), months.pages) == ([], [])


def test_the_records_of_a_page_are_read_a_hundred_at_a_time():
    records = [erased(number) for number in range(1, 251)]
    months = FakeMonths(m2026_01=records, page=250)
    stored, sizes = FakeRepository(*records), []
    read = stored.get_many
    stored.get_many = lambda ids: (sizes.append(len(ids)), read(ids))[1]
    run = DropExpiredIndices(months, stored, expected_records(clock, DAYS))
    assert list(run(lambda: 100)) == ["2026.01"]
    assert sorted(sizes) == [50, 100, 100]


def test_a_month_that_ends_after_the_longest_period_is_kept():
    months = FakeMonths(m2026_01=[erased(1)], m2026_02=[erased(2, month=2)])
    assert drop(months) == ["2026.01"]
    months = FakeMonths(m2026_01=[erased(1)])
    assert drop(months, schemes={"travel": DAYS + 1}) == []
    assert drop(months, schemes={"travel": DAYS - 1}) == ["2026.01"]


def test_an_empty_month_and_documents_without_a_record_are_dropped():
    assert drop(FakeMonths(m2025_11=[], m2025_12=[erased(1, month=1)]), hidden=1) == ["2025.11", "2025.12"]


def test_a_month_whose_documents_still_have_text_of_erased_records_is_dropped():
    months = FakeMonths(m2026_01=[make_record(1, occurredAt="2026-01-15T09:00:00.000Z")])
    expected = expected_records(clock, DAYS)
    run = DropExpiredIndices(months, FakeRepository(erased(1)), expected)
    assert list(run(lambda: 100)) == ["2026.01"]


def test_a_month_that_can_not_be_checked_in_time_is_kept():
    months = FakeMonths(m2025_12=[], m2026_01=[erased(1)])
    assert drop(months, seconds=29) == ["2025.12"]
    assert months.months() == ["2026.01"]
    assert drop(months, seconds=30) == ["2026.01"]


def test_documents_of_dropped_records_are_not_written_again_and_others_are():
    repair = FakeIndexRepair()
    guarded = ExpectedIndexRepair(repair, expected_records(clock, DAYS))
    gone, kept, young = erased(1), make_record(2), erased(3, month=2)
    assert set(guarded.repair([gone, kept, young]).repaired) == {kept.dataset_id, young.dataset_id}
    assert set(repair.documents) == {kept.dataset_id, young.dataset_id}


def test_policies_are_read_only_for_erased_records():
    class Policies:
        def all(self) -> Any:
            raise AssertionError("not needed")

    expected = dataclasses.replace(expected_records(clock, DAYS), policies=Policies())
    records = [make_record(1), erased(2, content=make_record(2).content)]
    assert expected(records) == records
