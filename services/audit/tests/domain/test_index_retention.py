"""Which records the search index has to contain."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from countersign_common.events.audit_event import PersonPart
from countersign_common.proof.commitment import PARTS

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.erasure import RetentionPolicy
from audit_service.domain.index_retention import (
    ends_before,
    index_cutoff,
    is_erased,
    is_expected_in_index,
    month_end,
    month_start,
)
from audit_service.domain.own_events import NO_PERSON, OwnEvent, Reference, Salts, own_record

from ..builders import make_record

RECORD = make_record()
ADMIN = PersonPart("Ada", "ada@example.com", ("admins",), "192.0.2.7", "test")
NOW = datetime(2026, 2, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def own(person: PersonPart) -> AuditRecord:
    event = OwnEvent(
        event_id=RECORD.dataset_id,
        action_type="ERASE",
        outcome="ERASED",
        target=Reference("user", "x"),
        action_owner=Reference("user", "ada"),
        occurred_at="2026-01-31T09:00:00.000Z",
        request_id="request",
        person=person,
        title="Erasure",
        comment="x",
        after={},
    )
    return own_record(event, Salts(b"1" * 32, b"2" * 32))


def test_a_record_is_erased_when_nothing_is_left_to_erase():
    assert not is_erased(RECORD)
    for part in PARTS:
        assert not is_erased(dataclasses.replace(RECORD, **{part: None}))
    assert is_erased(dataclasses.replace(RECORD, person=None, content=None))


def test_of_an_event_of_the_service_itself_only_an_admin_is_left_to_erase():
    assert not is_erased(own(ADMIN))
    assert is_erased(dataclasses.replace(own(ADMIN), person=None))
    assert is_erased(own(NO_PERSON))


def test_a_damaged_record_is_not_erased():
    damaged = dataclasses.replace(RECORD, sealed="{", person=None, content=None)
    assert not is_erased(damaged)
    assert is_expected_in_index(damaged, NOW)


def test_only_an_erased_record_before_the_cutoff_is_not_expected():
    erased = dataclasses.replace(RECORD, person=None, content=None)
    after = RECORD.occurred_at - timedelta(milliseconds=1)
    assert is_expected_in_index(RECORD, NOW)
    assert is_expected_in_index(erased, after)
    assert not is_expected_in_index(erased, RECORD.occurred_at)


def test_the_cutoff_is_the_longest_period():
    def policy(days: int) -> RetentionPolicy:
        return RetentionPolicy(days, "ada", NOW)

    assert index_cutoff(10, [], NOW) == NOW - 10 * DAY
    assert index_cutoff(10, [policy(3), policy(20)], NOW) == NOW - 20 * DAY
    assert index_cutoff(10, [policy(3)], NOW) == NOW - 10 * DAY


@pytest.mark.parametrize(
    ("month", "start", "end"),
    [
        ("2026.01", (2026, 1), (2026, 2)),
        ("2025.12", (2025, 12), (2026, 1)),
        ("2024.02", (2024, 2), (2024, 3)),
    ],
)
def test_a_month_ends_when_the_next_one_starts(month: str, start: tuple[int, int], end: tuple[int, int]):
    assert month_start(month) == datetime(*start, 1, tzinfo=UTC)
    assert month_end(month) == datetime(*end, 1, tzinfo=UTC)
    assert ends_before(month, month_end(month))
    assert not ends_before(month, month_end(month) - timedelta(milliseconds=1))
