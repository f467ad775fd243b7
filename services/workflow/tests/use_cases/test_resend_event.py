"""Sending an event again that the audit service lacks."""

import pytest
from countersign_common.events.resend_request import ResendRequest

from workflow_service.domain.events import SealedEvent, UnreadableEvent
from workflow_service.use_cases.resend_event import ResendEvent

from ..builders import a_creation
from ..fakes import FakeAuditTrail


class OneEvent:
    """An `EventReader` with one event."""

    def __init__(self, event: SealedEvent, *, unreadable: bool = False) -> None:
        self.event, self.unreadable = event, unreadable

    def read(self, workflow_id: str, sequence: int) -> SealedEvent | UnreadableEvent | None:
        if (workflow_id, sequence) != (self.event.workflow_id, self.event.sequence):
            return None
        return UnreadableEvent("key", "no hash", "") if self.unreadable else self.event


@pytest.fixture
def event() -> SealedEvent:
    return a_creation().event


def request(event: SealedEvent, **changes) -> ResendRequest:
    values = {"workflow_id": event.workflow_id, "sequence": event.sequence, "event_id": event.event_id}
    return ResendRequest(**(values | changes))


def test_the_audit_event_is_sent_again_as_it_was(event):
    audit_trail = FakeAuditTrail()
    assert ResendEvent(OneEvent(event), audit_trail)(request(event)) is None
    assert audit_trail.published == [event.messages().audit_trail]


@pytest.mark.parametrize(
    ("changes", "unreadable", "reason"),
    [
        ({"sequence": 2}, False, "no such event"),
        ({"workflow_id": "01950000-0000-7000-8000-00000000dead"}, False, "no such event"),
        ({"event_id": "01950000-0000-7000-8000-00000000dead"}, False, "has the id"),
        ({}, True, "no hash"),
    ],
)
def test_what_the_service_does_not_have_is_explained_and_not_sent(event, changes, unreadable, reason):
    audit_trail = FakeAuditTrail()
    found = ResendEvent(OneEvent(event, unreadable=unreadable), audit_trail)(request(event, **changes))
    assert reason in str(found)
    assert audit_trail.published == []


def test_an_event_that_the_queue_does_not_accept_is_an_error(event):
    with pytest.raises(ConnectionError):
        ResendEvent(OneEvent(event), FakeAuditTrail(is_down=True))(request(event))
