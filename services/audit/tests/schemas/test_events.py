"""Which audit events are accepted, and what is read from them."""

import base64
import dataclasses
import json
from typing import Any

import pytest
from countersign_common.events.cloud_event import CloudEvent, InvalidEventError
from countersign_common.proof.canonical import canonical_text
from countersign_common.proof.commitment import CommitmentOpening, Part
from countersign_common.proof.hash_chain import hash_of

from audit_service.schemas.events import record_from

from ..builders import OTHER_WORKFLOW, make_event, make_record, with_data

GOOD = make_event(5)


def resealed(event: CloudEvent, **facts: Any) -> CloudEvent:
    """Return the event with fields of its sealed part replaced, and a hash that fits."""
    return with_sealed(event, canonical_text(json.loads(event.data["sealed"]) | facts))


def with_workflow(**fields: Any) -> CloudEvent:
    """Return the event with fields of its workflow block replaced."""
    return resealed(GOOD, workflow=json.loads(GOOD.data["sealed"])["workflow"] | fields)


def with_sealed(event: CloudEvent, text: str) -> CloudEvent:
    return with_data(event, sealed=text, hash=hash_of(text))


def with_part(part: Part, value: str) -> CloudEvent:
    """Return the event with another text as its person or content, and a commitment that fits."""
    opening = CommitmentOpening(bytes(32), value)
    event = resealed(GOOD, **{f"{part}Commitment": opening.commitment(part)})
    return with_data(event, **{part: opening.to_json()})


def without(event: CloudEvent, field: str) -> CloudEvent:
    return dataclasses.replace(
        event, data={name: value for name, value in event.data.items() if name != field}
    )


def test_an_event_becomes_the_record_with_the_texts_that_were_hashed():
    assert record_from(make_event(7)) == make_record(7)


TOLERATED = {
    "an_unknown_action_type": make_event(5, actionType="ARCHIVE"),
    "an_unknown_outcome": make_event(5, outcome="ON_HOLD"),
    "an_unknown_field": make_event(5, deviceId="phone", risk=0.25),
    "another_source": make_event(5, source="/countersign/schemes"),
    "a_later_schema_version": make_event(5, schemaVersion=2),
    "an_unknown_owner_type": make_event(5, actionOwner={"type": "robot", "id": "r2"}),
    "an_event_without_a_workflow": make_event(
        5, has_workflow=False, target={"type": "scheme", "id": "expense"}
    ),
    "no_participants": make_event(5, participants=()),
    "a_timestamp_in_lower_case": make_event(5, occurredAt="2026-01-31t09:00:00z"),
    "numbers_of_any_size": with_part(
        "content",
        '{"after":{"a":12.5,"b":1e-7,"c":1e+21,"d":-0},"before":null,"comment":null,"title":"x"}',
    ),
    "a_name_with_nul": with_part(
        "person", '{"email":"","groups":[],"name":"\\u0000","sourceIp":"","userAgent":""}'
    ),
    "a_part_with_unknown_fields": with_part(
        "content", '{"after":null,"attachments":[],"before":null,"comment":null,"title":"x"}'
    ),
    "erased_parts": with_data(GOOD, person=None, content=None),
}


@pytest.mark.parametrize("event", TOLERATED.values(), ids=TOLERATED.keys())
def test_what_this_release_does_not_know_is_accepted_and_kept_as_it_is(event: CloudEvent):
    record = record_from(event)
    assert record.is_readable
    assert record.sealed == event.data["sealed"]
    if record.content is not None:
        assert record.content.value == event.data["content"]["value"]


INVALID = {
    "another_type": dataclasses.replace(GOOD, type="countersign.workflow-event.v1"),
    "another_id": dataclasses.replace(GOOD, id="0190b000-0000-7000-8000-000000000099"),
    "another_subject": dataclasses.replace(GOOD, subject=f"workflow/{OTHER_WORKFLOW}"),
    "no_sealed_part": without(GOOD, "sealed"),
    "no_hash": without(GOOD, "hash"),
    "a_missing_person_that_could_look_erased": without(GOOD, "person"),
    "a_missing_content_that_could_look_erased": without(GOOD, "content"),
    "a_sealed_part_that_is_an_object": with_data(GOOD, sealed={}),
    "a_sealed_part_that_is_not_json": with_sealed(GOOD, "{{"),
    "a_sealed_part_that_is_a_list": with_sealed(GOOD, "[]"),
    "a_sealed_part_that_is_not_canonical": with_sealed(GOOD, json.dumps(json.loads(GOOD.data["sealed"]))),
    "a_sealed_part_with_a_lone_surrogate": with_sealed(
        GOOD, GOOD.data["sealed"].replace("request-5", "\\ud800")
    ),
    "another_hash": with_data(GOOD, hash="0" * 64),
    "a_hash_in_upper_case": with_data(GOOD, hash=GOOD.data["hash"].upper()),
    "another_person": with_data(GOOD, person=GOOD.data["content"]),
    "another_salt": with_data(
        GOOD, content={**GOOD.data["content"], "salt": base64.b64encode(bytes(32)).decode()}
    ),
    "a_short_salt": make_event(5, salt_bytes=16),
    "a_salt_that_is_not_base64": with_data(GOOD, content={**GOOD.data["content"], "salt": "é"}),
    "a_value_with_a_lone_surrogate": with_data(GOOD, content={**GOOD.data["content"], "value": "\ud800"}),
    "content_that_is_not_json": with_part("content", "NaN"),
    "content_with_infinity": with_part(
        "content", '{"after":{"x":Infinity},"before":null,"comment":null,"title":""}'
    ),
    "content_with_a_number_that_is_not_a_double": with_part(
        "content", '{"after":{"x":1e999},"before":null,"comment":null,"title":""}'
    ),
    "content_that_is_nested_too_deep_to_read": with_part("content", "[" * 100_000),
    "a_person_that_is_not_an_object": with_part("person", "[]"),
    "a_person_without_an_email": with_part("person", '{"name":"x"}'),
    "a_text_instead_of_a_number": with_workflow(sequence="5"),
    "a_position_before_the_first": with_workflow(sequence=0),
    "true_instead_of_a_number": with_workflow(round=True),
    "no_action_type": make_event(5, actionType=""),
    "an_action_type_that_is_too_long": make_event(5, actionType="X" * 65),
    "a_day_that_does_not_exist": make_event(5, occurredAt="2026-02-30T09:00:00Z"),
    "a_time_without_an_offset": make_event(5, occurredAt="2026-01-31T09:00:00"),
    "an_owner_without_an_id": make_event(5, actionOwner={"type": "user"}),
    "a_workflow_event_with_another_target": make_event(5, target={"type": "scheme", "id": OTHER_WORKFLOW}),
    "a_workflow_that_is_not_a_uuid": make_event(5, target={"type": "workflow", "id": "w"}),
    "a_record_that_is_too_large_for_the_store": make_event(5, content={"after": {"text": "x" * 400_000}}),
}


@pytest.mark.parametrize("event", INVALID.values(), ids=INVALID.keys())
def test_an_event_whose_parts_are_wrong_or_do_not_belong_together_is_invalid(event: CloudEvent):
    with pytest.raises(InvalidEventError) as error:
        record_from(event)
    assert str(error.value)


def test_a_record_has_at_most_390_000_bytes():
    """DynamoDB allows 409,600 bytes for an item, with the names of its attributes."""
    rest = record_from(make_event(5, content={"after": {"text": ""}})).size
    largest = make_event(5, content={"after": {"text": "x" * (390_000 - rest)}})
    assert record_from(largest).size == 390_000
    with pytest.raises(InvalidEventError, match=r"limit of 390,000 bytes"):
        record_from(make_event(5, content={"after": {"text": "x" * (390_001 - rest)}}))


def test_the_reason_does_not_quote_what_people_wrote():
    content = '{"after":null,"before":null,"comment":7,"title":"confidential"}'
    for event in (with_part("content", content), with_part("person", '{"email":"confidential"}')):
        with pytest.raises(InvalidEventError) as error:
            record_from(event)
        assert "confidential" not in str(error.value)


def test_a_producer_cannot_send_an_event_of_the_audit_service():
    sealed_as_ours = resealed(GOOD, source="/countersign/audit")
    for event in (sealed_as_ours, dataclasses.replace(GOOD, source="/countersign/audit")):
        with pytest.raises(InvalidEventError, match="its own events"):
            record_from(event)
