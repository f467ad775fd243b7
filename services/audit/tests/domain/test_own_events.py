"""What an erasure event says it has erased."""

from dataclasses import replace

import pytest
from countersign_common.events.audit_event import Reference
from countersign_common.events.erasure_event import ErasedDataset

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.own_events import (
    ERASE,
    ERASED,
    HELD,
    HOLD,
    NO_PERSON,
    OwnEvent,
    Salts,
    erased_parts,
    erasure_content,
    own_record,
)

from ..builders import dataset_id, make_record

ERASED_DATASET = ErasedDataset(dataset_id(1), None, None, "rita", ("person",))
ERASURE = OwnEvent(
    event_id=dataset_id(9),
    action_type=ERASE,
    outcome=ERASED,
    target=Reference("user", "rita"),
    action_owner=Reference("user", "ada"),
    occurred_at="2026-01-31T09:00:00.000Z",
    request_id="request-9",
    person=NO_PERSON,
    title="Erasure",
    comment="Asked for by letter",
    after=erasure_content("Asked for by letter", ("person",), [ERASED_DATASET]),
)


def record(event: OwnEvent = ERASURE) -> AuditRecord:
    return own_record(event, Salts(b"1" * 32, b"2" * 32))


def other_content(erasure: AuditRecord) -> AuditRecord:
    changed = own_record(replace(ERASURE, after=erasure_content("", (), [])), Salts(b"1" * 32, b"2" * 32))
    return replace(erasure, content=changed.content)


def test_an_erasure_names_records_and_parts():
    assert list(erased_parts(record())) == [(dataset_id(1), ("person",))]


@pytest.mark.parametrize(
    "other",
    [
        replace(record(), dataset_id=dataset_id(8)),
        record(replace(ERASURE, action_type=HOLD, outcome=HELD)),
        other_content(record()),
        replace(record(), content=None),
        replace(record(), sealed="{"),
        make_record(1, actionType=ERASE),
    ],
    ids=["under another id", "a hold", "another content", "without content", "damaged", "by another service"],
)
def test_anything_else_erases_nothing(other: AuditRecord):
    assert list(erased_parts(other)) == []
