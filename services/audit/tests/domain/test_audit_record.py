"""What a record is, and when two are the same."""

import dataclasses
from datetime import UTC, datetime

import pytest

from audit_service.domain.audit_record import UnreadableRecord

from ..builders import REQUESTER, WORKFLOW, a_record


def test_a_record_delivered_again_is_the_same():
    assert a_record().is_same_as(a_record())


def test_the_order_of_participants_does_not_matter():
    one = a_record(participants=("user:a", "group:b"))
    assert one.is_same_as(dataclasses.replace(one, participants=("group:b", "user:a")))


def test_a_record_whose_person_and_content_were_erased_is_still_the_same():
    erased = dataclasses.replace(a_record(), person=None, content=None)
    assert a_record().is_same_as(erased)
    assert erased.is_same_as(a_record())


@pytest.mark.parametrize(
    "other",
    [
        a_record(outcome="PENDING"),
        a_record(number=2),
        a_record(participants=("user:somebody-else",)),
        a_record(content={"title": "Buy a yacht"}),
    ],
)
def test_another_sealed_text_id_circle_of_readers_or_content_is_another_record(other):
    assert not a_record().is_same_as(other)


def test_its_facts_are_read_from_its_texts():
    record = a_record(3, occurredAt="2026-02-01T01:30:00.000+02:00")
    assert record.workflow_id == WORKFLOW
    assert record.sequence == 3
    assert record.occurred_at == datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
    assert a_record(occurredAt="2026-01-31t09:00:00z").occurred_at == datetime(2026, 1, 31, 9, tzinfo=UTC)
    assert record.person_facts["email"] == "requester@example.com"
    assert record.content_facts["title"] == "Buy a laptop"


def test_what_was_erased_is_none():
    erased = dataclasses.replace(a_record(), person=None, content=None)
    assert erased.person_facts is None
    assert erased.content_facts is None
    assert erased.is_readable


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '{"sequence":NaN}', '{"sequence":1.0}', "[" * 100_000])
def test_a_destroyed_text_is_told_and_not_guessed_at(text):
    record = dataclasses.replace(a_record(), sealed=text)
    assert not record.is_readable
    with pytest.raises(UnreadableRecord, match=record.dataset_id):
        _ = record.facts


def test_its_size_is_that_of_its_texts_in_bytes_and_not_in_characters():
    short = a_record(content={"comment": "e"})
    long = a_record(content={"comment": "é€😀"})
    assert long.size - short.size == len("é€😀".encode()) - 1
    assert short.size > len(short.sealed) + len(f"user:{REQUESTER}")
