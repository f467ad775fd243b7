"""Recording an event of the audit service itself."""

import pytest
from countersign_common.errors import StoreUnavailableError
from countersign_common.events.audit_event import Reference

from audit_service.domain.own_events import HELD, HOLD, OwnEvent
from audit_service.use_cases.record_own_event import RecordOwnEvent

from ..builders import WORKFLOW, dataset_id, make_record
from ..erasure_fakes import ACTOR, ADMIN, FakeDocuments
from ..fakes import FakeRepository

EVENT = OwnEvent(
    event_id=dataset_id(1),
    action_type=HOLD,
    outcome=HELD,
    target=Reference("workflow", WORKFLOW),
    action_owner=Reference("user", ADMIN),
    occurred_at="2026-02-01T12:00:00.000Z",
    request_id="request-9",
    person=ACTOR.person,
    title="Legal hold",
    comment="a lawsuit",
    after=None,
)


def record(records: FakeRepository, documents: FakeDocuments) -> None:
    RecordOwnEvent(records, documents, lambda: bytes(32))(EVENT)


def test_an_event_that_is_not_stored_fails_with_the_reason_and_is_not_searchable():
    records, documents = FakeRepository(), FakeDocuments()
    records.busy.add(EVENT.event_id)
    with pytest.raises(StoreUnavailableError, match=r"^The event was not recorded: not stored$"):
        record(records, documents)
    assert documents.documents == {}


def test_an_event_with_the_id_of_another_record_fails_and_says_which():
    other = make_record(1, number=1)
    records, documents = FakeRepository(other), FakeDocuments()
    with pytest.raises(ValueError, match=rf"^Another record has the id {EVENT.event_id}\.$"):
        record(records, documents)
    assert (records.stored, documents.documents) == ({other.dataset_id: other}, {})
