"""What a record is, and when two are the same."""

import dataclasses
from datetime import UTC, datetime

import pytest
from countersign_common.proof.commitment import CommitmentOpening

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.errors import UnreadableRecordError

from ..builders import WORKFLOW, make_draft, make_record

DAMAGED_TEXTS = ["", "{", "[]", "7", "{}", '{"schemaVersion":NaN}', '{"schemaVersion":1e999}', "[" * 100_000]


def test_a_record_that_is_delivered_again_is_the_same():
    assert make_record().is_same_as(make_record())


def test_a_record_with_erased_parts_is_still_the_same():
    erased = dataclasses.replace(make_record(), person=None, content=None)
    assert make_record().is_same_as(erased)
    assert erased.is_same_as(make_record())


@pytest.mark.parametrize(
    "other",
    [
        make_record(outcome="APPROVED"),
        make_record(number=2),
        make_record(participants=("user:another",)),
        make_record(content={"title": "Buy a yacht"}),
    ],
)
def test_a_record_with_another_sealed_text_is_another_record(other: AuditRecord):
    assert not make_record().is_same_as(other)


def test_a_record_shows_what_its_texts_contain():
    record = make_record(3, occurredAt="2026-02-01T01:30:00.000+02:00")
    assert record.workflow_id == WORKFLOW
    assert record.event.workflow is not None
    assert record.event.workflow.sequence == 3
    assert record.occurred_at == datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
    assert record.person_part is not None
    assert record.person_part.email == "requester@example.com"
    assert record.content_part is not None
    assert record.content_part.after == {"amount": 1249.5}


def test_a_timestamp_can_be_in_lower_case():
    assert make_record(occurredAt="2026-01-31t09:00:00z").occurred_at == datetime(2026, 1, 31, 9, tzinfo=UTC)


def test_only_a_saved_draft_is_a_draft():
    assert make_draft().is_draft
    assert not make_record(actionType="ARCHIVE").is_draft


def test_an_event_without_a_workflow_block_belongs_to_no_workflow():
    record = make_record(has_workflow=False, target={"type": "scheme", "id": "expense"})
    assert record.workflow_id is None
    assert record.is_readable


def test_an_erased_part_is_none_and_the_record_is_readable():
    erased = dataclasses.replace(make_record(), person=None, content=None)
    assert erased.person_part is None
    assert erased.content_part is None
    assert erased.is_readable


@pytest.mark.parametrize("text", [*DAMAGED_TEXTS, make_record(occurredAt="2026-02-30T09:00:00Z").sealed])
def test_a_damaged_sealed_text_makes_the_record_unreadable(text: str):
    record = dataclasses.replace(make_record(), sealed=text)
    assert not record.is_readable
    assert not record.has_readable_event
    with pytest.raises(UnreadableRecordError, match=record.dataset_id):
        _ = record.occurred_at


@pytest.mark.parametrize("literal", ["1e999", "-1e999", "NaN", "Infinity", "-Infinity"])
def test_the_cause_of_an_unreadable_record_names_the_number_that_is_not_json(literal: str):
    record = dataclasses.replace(make_record(), sealed=f'{{"schemaVersion":{literal}}}')
    with pytest.raises(UnreadableRecordError) as error:
        _ = record.sealed_json
    assert str(error.value.__cause__) == f"{literal} is not a number that JSON can hold"


@pytest.mark.parametrize("part", ["person", "content"])
@pytest.mark.parametrize("text", DAMAGED_TEXTS)
def test_a_damaged_part_makes_the_record_unreadable_and_not_its_sealed_text(part: str, text: str):
    record = dataclasses.replace(make_record(), **{part: CommitmentOpening(b"", text)})
    assert not record.is_readable
    assert record.has_readable_event


def test_the_size_is_that_of_the_texts_in_bytes():
    short = make_record(content={"comment": "e"})
    long = make_record(content={"comment": "é€😀"})
    assert long.size - short.size == len("é€😀".encode()) - 1
    assert short.size > len(short.sealed)


def test_the_size_in_a_response_counts_escaped_characters_twice():
    plain = make_record(content={"after": {"text": "x" * 1000}})
    quoted = make_record(content={"after": {"text": '"' * 1000}})  # \" in JSON, \\\" in JSON inside of JSON
    assert plain.response_size < plain.size + 200
    assert quoted.response_size - quoted.size > 2000
