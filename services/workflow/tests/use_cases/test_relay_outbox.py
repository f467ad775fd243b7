"""Publishing what was committed and not published then."""

from datetime import timedelta

import pytest

from workflow_service.domain.events import UnreadableEvent
from workflow_service.use_cases.relay_outbox import RelayResult

from ..builders import a_context, save
from ..fakes import InMemoryPorts


@pytest.fixture
def ports() -> InMemoryPorts:
    """Three events, one second apart, that the queues did not accept. Now they are up, and a minute has passed."""
    ports = InMemoryPorts()
    ports.publisher.is_down = True
    for title in ("one", "two", "three"):
        ports.service.create_workflow("expenses", save(title), a_context())
    ports.publisher.is_down = False
    ports.warnings.lines.clear()
    ports.clock.now += timedelta(minutes=1)
    return ports


def run(ports: InMemoryPorts, remaining_seconds=lambda: 50.0) -> RelayResult:
    return ports.relay_outbox(remaining_seconds)


def test_pending_events_are_published_oldest_first_and_removed(ports):
    pending = list(ports.outbox.entries)
    assert run(ports) == RelayResult(relayed=3, left=0, oldest_pending_seconds=0)
    assert ports.publisher.published == [event.messages() for event in pending]
    assert ports.outbox.entries == []


def test_events_younger_than_thirty_seconds_are_left_to_the_request_that_committed_them(ports):
    ports.clock.now -= timedelta(minutes=1)
    # When the run reads the clock, the events are 30.5, 29.5 and 28.5 seconds old.
    ports.clock.now += timedelta(seconds=27.5)
    assert run(ports).relayed == 1
    assert len(ports.outbox.entries) == 2


def test_events_that_the_queues_do_not_accept_stay_for_the_next_run(ports):
    ports.publisher.is_down = True
    result = run(ports)
    assert (result.relayed, result.left) == (0, 3)
    assert len(ports.outbox.entries) == 3
    logged = [keys["correlationId"] for _, keys in ports.warnings.lines]
    assert logged == [event.correlation_id for event in ports.outbox.entries]


def test_the_age_of_the_oldest_event_that_was_left_is_reported(ports):
    first, second, third = ports.outbox.entries
    ports.publisher.is_down = True
    # One second per event, and two readings of the clock in a run.
    assert run(ports).oldest_pending_seconds == 64
    ports.publisher.is_down = False
    ports.outbox.entries = [first, UnreadableEvent("key", "no hash", second.occurred_at), third]
    assert run(ports) == RelayResult(relayed=2, left=1, oldest_pending_seconds=65)


def test_the_age_counts_events_that_the_run_did_not_reach(ports):
    remaining = iter([10, 9.9])
    assert run(ports, lambda: next(remaining)) == RelayResult(relayed=1, left=0, oldest_pending_seconds=63)
    assert run(ports) == RelayResult(relayed=2, left=0, oldest_pending_seconds=0)


def test_an_unreadable_item_does_not_stop_the_events_after_it(ports):
    ports.outbox.entries.insert(0, UnreadableEvent("WORKFLOW#x EVENT#1", "no hash", "2026-01-01"))
    result = run(ports)
    assert (result.relayed, result.left) == (3, 1)
    keys = {"key": "WORKFLOW#x EVENT#1", "reason": "no hash"}
    assert ports.warnings.lines == [("unreadable item in the outbox", keys)]


def test_an_event_that_cannot_be_written_as_messages_does_not_stop_those_after_it(ports):
    broken = ports.outbox.entries[0]
    object.__setattr__(broken, "person", None)
    object.__setattr__(broken, "workflow_event", object())
    assert (run(ports).relayed, run(ports).left) == (2, 1)
    message, keys = ports.warnings.lines[-1]
    assert message == "event can't be written as messages"
    assert str(keys.pop("reason")).startswith("TypeError: ")
    assert keys == {
        "correlationId": broken.correlation_id,
        "eventId": broken.event_id,
        "workflowId": broken.workflow_id,
    }


def test_an_event_that_cannot_be_removed_from_the_outbox_is_left(ports, monkeypatch):
    def fail(_):
        raise TimeoutError

    monkeypatch.setattr(ports.outbox, "remove", fail)
    result = run(ports)
    assert (result.relayed, result.left) == (0, 3)
    assert len(ports.publisher.published) == 3
