"""The outbox index of the workflow table."""

from __future__ import annotations

from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from component.commits import acted, created
from component.tables import Table
from services.workflow.tests.builders import NOON, RITA, save
from workflow_service.adapters.dynamodb_outbox import DynamoDbOutbox
from workflow_service.adapters.dynamodb_workflows import DynamoDbWorkflows
from workflow_service.use_cases.relay_outbox import Unreadable
from workflow_service.use_cases.seal import SealedEvent

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def workflows(workflow_table: Table) -> DynamoDbWorkflows:
    """What fills the outbox."""
    return DynamoDbWorkflows(workflow_table.client, workflow_table.name)


@pytest.fixture
def outbox(workflow_table: Table) -> DynamoDbOutbox:
    """The adapter under test."""
    return DynamoDbOutbox(workflow_table.client, workflow_table.name)


def committed(workflows: DynamoDbWorkflows, count: int) -> list[SealedEvent]:
    """Events of as many workflows, oldest first."""
    events = []
    for number in range(count):
        commit = created(save(f"Number {number}"), at=NOON + timedelta(seconds=number))
        workflows.commit(commit)
        events.append(commit.event)
    return events


def test_every_committed_event_is_pending_oldest_first_over_all_shards(
    workflows: DynamoDbWorkflows, outbox: DynamoDbOutbox, workflow_table: Table
) -> None:
    events = committed(workflows, 30)
    assert list(outbox.pending(LATER)) == events
    shards = {item["outboxShard"]["S"] for item in workflow_table.items() if "outboxShard" in item}
    assert len(shards) > 1


def test_what_is_sent_later_is_byte_for_byte_what_was_sent_first(
    workflows: DynamoDbWorkflows, outbox: DynamoDbOutbox
) -> None:
    commit = created(save(title="Zürich ↔ 東京 👩‍👧", comment="\u2028"))
    workflows.commit(commit)
    [pending] = outbox.pending(LATER)
    assert isinstance(pending, SealedEvent)
    assert pending.messages() == commit.event.messages()


def test_events_of_this_moment_are_left_to_the_action_that_made_them(
    workflows: DynamoDbWorkflows, outbox: DynamoDbOutbox
) -> None:
    events = committed(workflows, 4)
    assert list(outbox.pending(NOON + timedelta(seconds=2))) == events[:2]


def test_a_cleared_event_is_not_pending_and_stays_in_the_history(
    workflows: DynamoDbWorkflows, outbox: DynamoDbOutbox
) -> None:
    first, second = committed(workflows, 2)
    outbox.clear(first)
    assert list(outbox.pending(LATER)) == [second]
    assert len(list(workflows.history(first.workflow_id, after=0, page=10))) == 1


def test_clearing_twice_does_no_harm(workflows: DynamoDbWorkflows, outbox: DynamoDbOutbox) -> None:
    [event] = committed(workflows, 1)
    outbox.clear(event)
    outbox.clear(event)
    assert list(outbox.pending(LATER)) == []


def test_clearing_what_is_not_there_makes_nothing(outbox: DynamoDbOutbox, workflow_table: Table) -> None:
    with pytest.raises(ClientError, match="ConditionalCheckFailed"):
        outbox.clear(created().event)
    assert workflow_table.items() == []


def test_large_events_are_drawn_over_the_pages_of_a_megabyte(
    workflows: DynamoDbWorkflows, outbox: DynamoDbOutbox
) -> None:
    commit = created(save(data='{"text":"' + "a" * 130_000 + '"}'))
    workflows.commit(commit)
    events = [commit.event]
    for number in range(1, 6):
        change = save(data='{"text":"' + str(number) * 130_000 + '"}')
        commit = acted(commit.transition.after, change, by=RITA, at=NOON + timedelta(seconds=number))
        workflows.commit(commit)
        events.append(commit.event)
    assert list(outbox.pending(LATER)) == events


def test_what_is_no_event_is_told_and_hides_nothing(
    workflows: DynamoDbWorkflows, outbox: DynamoDbOutbox, workflow_table: Table
) -> None:
    [event] = committed(workflows, 1)
    broken = {"pk": "WORKFLOW#x", "sk": "EVENT#1", "outboxShard": "pending#0", "occurredAt": "2026-01-01"}
    workflow_table.put({name: {"S": value} for name, value in broken.items()})
    unreadable, readable = outbox.pending(LATER)
    assert isinstance(unreadable, Unreadable)
    assert unreadable.key == "WORKFLOW#x EVENT#1"
    assert readable == event
