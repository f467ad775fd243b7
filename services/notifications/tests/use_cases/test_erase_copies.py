"""Erasures: which notifications they change, and how they continue."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from countersign_common.events.erasure_event import ErasedDataset, Erasure
from countersign_common.events.workflow_event import EventActionOwner
from countersign_common.ids import derived_id

from notifications_service.domain.erasure import IN_FLIGHT_FOR, SEGMENTS, STORED_FOR
from notifications_service.domain.errors import OutOfTimeError
from notifications_service.domain.notification import ErasedParts, Notification, Resolution
from notifications_service.use_cases.erase_copies import EraseCopies

from ..builders import ANN, BO, CY, NOON, WORKFLOW, a_notification, an_id, people
from ..fakes import FakeErasedEvents, FakeNotifications, FakeScanProgress

BOTH = ("person", "content")
DEADLINE = NOON + timedelta(seconds=20)


class Eraser:
    """The use case with the fakes that it runs on."""

    def __init__(self, *notifications: Notification) -> None:
        self.notifications = FakeNotifications(*notifications)
        self.erased_events = FakeErasedEvents()
        self.progress = FakeScanProgress()
        self.now = NOON

    def __call__(self, *datasets: ErasedDataset) -> int:
        use_case = EraseCopies(self.erased_events, self.notifications, self.progress, self.clock)
        return use_case(Erasure(an_id("an erasure"), ANN, datasets), DEADLINE)

    def clock(self) -> datetime:
        return self.now

    @property
    def erased(self) -> set[str]:
        return {each.recipient for each in self.notifications.stored.values() if each.content_erased}


def notification_of(event: str, recipient: str = BO, sequence: int = 2) -> Notification:
    """Return the notification of an event with this id."""
    stored = a_notification(recipient=recipient)
    return replace(stored, notification_id=derived_id(event, recipient), sequence=sequence, comment="Secret")


def a_dataset(event: str, *, sequence: int = 2, parts: tuple[str, ...] = BOTH) -> ErasedDataset:
    return ErasedDataset(event, WORKFLOW, sequence, ANN, parts)


EVENT = an_id("an event")


def id_at(at: datetime) -> str:
    """Return a UUIDv7 of a time."""
    digits = f"{int(at.timestamp() * 1000):012x}"
    return f"{digits[:8]}-{digits[8:]}-7000-8000-000000000001"


def test_all_notifications_of_an_event_lose_name_title_and_comment():
    recipients = people(40)
    eraser = Eraser(*(notification_of(EVENT, each) for each in recipients))
    assert eraser(a_dataset(EVENT)) == 40
    for stored in eraser.notifications.stored.values():
        assert (stored.title, stored.comment, stored.action_owner.name) == ("", None, "")
        assert stored.action_owner.id == ANN
    assert len(eraser.notifications.scanned) == 40


@pytest.mark.parametrize(
    ("parts", "shown"),
    [(("person",), ("A new chair", "Secret", "")), (("content",), ("", None, "Ann"))],
)
def test_only_the_named_parts_are_removed(parts, shown):
    eraser = Eraser(notification_of(EVENT))
    assert eraser(a_dataset(EVENT, parts=parts)) == 1
    [stored] = eraser.notifications.stored.values()
    assert (stored.title, stored.comment, stored.action_owner.name) == shown


@pytest.mark.parametrize(
    "dataset",
    [
        a_dataset(EVENT, sequence=3),
        a_dataset(an_id("another event")),
        replace(a_dataset(EVENT), workflow_id=an_id("another workflow")),
    ],
    ids=["sequence", "event", "workflow"],
)
def test_notifications_of_other_events_stay(dataset):
    eraser = Eraser(notification_of(EVENT))
    assert eraser(dataset) == 0
    assert eraser.erased == set()


def test_records_without_a_workflow_have_no_notifications_and_cause_no_scan():
    eraser = Eraser(notification_of(EVENT))
    assert eraser(replace(a_dataset(EVENT), workflow_id=None, sequence=None)) == 0
    assert (eraser.notifications.scanned, eraser.erased_events) == ([], {})


def test_a_repeated_erasure_changes_nothing():
    eraser = Eraser(notification_of(EVENT, BO), notification_of(EVENT, CY))
    assert eraser(a_dataset(EVENT)) == 2
    assert eraser(a_dataset(EVENT)) == 0
    assert eraser.erased == {BO, CY}


def test_erased_parts_are_stored_for_messages_that_are_still_delivered():
    eraser = Eraser()
    eraser(a_dataset(EVENT, parts=("person",)), a_dataset(an_id("another event"), sequence=3))
    eraser(a_dataset(EVENT, parts=("content",)))
    both = ErasedParts(person=True, content=True)
    assert eraser.erased_events == {EVENT: both, an_id("another event"): both}


@pytest.mark.parametrize(
    ("age", "is_scanned", "is_remembered"),
    [
        (IN_FLIGHT_FOR, True, True),
        (IN_FLIGHT_FOR + timedelta(seconds=1), True, False),
        (STORED_FOR, True, False),
        (STORED_FOR + timedelta(seconds=1), False, False),
    ],
)
def test_events_that_are_too_old_cost_nothing(age, is_scanned, is_remembered):
    event = id_at(NOON - age)
    eraser = Eraser(notification_of(event))
    assert eraser(a_dataset(event)) == is_scanned
    assert bool(eraser.notifications.scanned) == is_scanned
    assert (event in eraser.erased_events) == is_remembered


def test_the_name_in_a_resolution_is_removed_with_the_person_of_its_event():
    owner = EventActionOwner("user", CY, "Cy")
    decision = Resolution(an_id("a decision"), 3, "APPROVE", owner, NOON)
    eraser = Eraser(notification_of(EVENT).resolved(decision))
    assert eraser(a_dataset(an_id("a decision"), sequence=3, parts=("content",))) == 0
    assert eraser(a_dataset(an_id("another event"), sequence=3)) == 0
    assert eraser(a_dataset(an_id("a decision"), sequence=3)) == 1
    [stored] = eraser.notifications.stored.values()
    assert stored.resolution is not None
    assert (stored.resolution.by.name, stored.action_owner.name, stored.title) == ("", "Ann", "A new chair")


def test_an_erasure_continues_where_the_time_was_over():
    recipients = people(100)
    eraser = Eraser(*(notification_of(EVENT, each) for each in recipients))
    eraser.now = DEADLINE + timedelta(seconds=1)
    deliveries = 0
    reasons: set[str] = set()
    while True:
        deliveries += 1
        eraser.notifications.scanned.clear()
        try:
            count = eraser(a_dataset(EVENT))
        except OutOfTimeError as error:
            reasons.add(str(error))
            continue
        break
    assert reasons == {"The time is over before all notifications were scanned."}
    # A page in each segment and delivery: the largest segment takes the most deliveries.
    assert 100 / SEGMENTS <= deliveries < 30
    assert count < 10
    assert eraser.erased == set(recipients)
