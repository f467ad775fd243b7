"""What was committed and not handed on then."""

import pytest

from workflow_service.use_cases.relay_outbox import RESERVE_SECONDS, Relayed, Unreadable, relay_outbox

from ..builders import save
from ..fakes import Office
from .test_acting import created


@pytest.fixture
def office() -> Office:
    """Three events that the queues had refused; by now they take everything."""
    office = Office()
    office.queues.refusing = True
    for title in ("one", "two", "three"):
        created(office, save(title))
    office.queues.refusing = False
    return office


def relayed(office: Office, remaining=lambda: 50.0) -> Relayed:
    return relay_outbox(
        remaining, outbox=office.store, delivery=office.queues, clock=office.clock, warn=office.log
    )


def test_what_is_pending_is_handed_on_oldest_first_and_struck_out(office):
    pending = list(office.store.outbox)
    assert relayed(office) == Relayed(handed_on=3, left=0)
    assert office.queues.taken == [event.messages() for event in pending]
    assert office.store.outbox == []


def test_what_the_queues_refuse_again_stays_for_the_next_run(office):
    office.queues.refusing = True
    office.log.lines.clear()
    assert relayed(office) == Relayed(handed_on=0, left=3)
    assert len(office.store.outbox) == 3
    told = [keys["correlationId"] for _, keys in office.log.lines]
    assert told == [event.correlation_id for event in office.store.outbox]


def test_something_broken_holds_up_nothing_behind_it(office):
    office.store.outbox.insert(0, Unreadable("WORKFLOW#x EVENT#1", "no hash"))
    assert relayed(office) == Relayed(handed_on=3, left=1)
    assert office.log.lines[-1][1]["key"] == "WORKFLOW#x EVENT#1"


def test_an_event_whose_messages_cannot_be_made_holds_up_nothing_behind_it(office):
    broken = office.store.outbox[0]
    object.__setattr__(broken, "acted", "not JSON")
    assert relayed(office) == Relayed(handed_on=2, left=1)
    assert office.log.lines[-1][1]["correlationId"] == broken.correlation_id


def test_a_run_ends_before_its_time_is_up_and_the_next_goes_on(office):
    left = iter([RESERVE_SECONDS + 1, RESERVE_SECONDS - 1])
    assert relayed(office, lambda: next(left)) == Relayed(handed_on=1, left=0)
    assert relayed(office) == Relayed(handed_on=2, left=0)


def test_an_outbox_that_cannot_be_cleared_stops_no_run(office, monkeypatch):
    def failing(_):
        raise TimeoutError

    monkeypatch.setattr(office.store, "clear", failing)
    assert relayed(office) == Relayed(handed_on=0, left=3)
    assert len(office.queues.taken) == 3
