"""The index `outbox` of the workflow table."""

from __future__ import annotations

from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from component.tables import Table
from services.workflow.tests.builders import NOON, RITA, a_creation, an_action_on, save
from workflow_service.adapters.dynamodb_outbox import DynamoDbOutbox
from workflow_service.adapters.dynamodb_workflow_repository import DynamoDbWorkflowRepository
from workflow_service.domain.events import SealedEvent, UnreadableEvent

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def workflows(workflow_table: Table) -> DynamoDbWorkflowRepository:
    """Fills the outbox."""
    return DynamoDbWorkflowRepository(workflow_table.client, workflow_table.name)


@pytest.fixture
def outbox(workflow_table: Table) -> DynamoDbOutbox:
    """The adapter under test."""
    return DynamoDbOutbox(workflow_table.client, workflow_table.name)


def committed_events(workflows: DynamoDbWorkflowRepository, count: int) -> list[SealedEvent]:
    """Commit events of as many workflows, and return them oldest first."""
    events = []
    for number in range(count):
        commit = a_creation(save(f"Number {number}"), at=NOON + timedelta(seconds=number))
        workflows.commit(commit)
        events.append(commit.event)
    return events


def test_every_committed_event_is_pending_oldest_first_over_all_shards(
    workflows: DynamoDbWorkflowRepository, outbox: DynamoDbOutbox, workflow_table: Table
) -> None:
    events = committed_events(workflows, 30)
    assert list(outbox.pending(LATER)) == events
    shards = {item["outboxShard"]["S"] for item in workflow_table.items() if "outboxShard" in item}
    assert len(shards) > 1


def test_a_pending_event_has_exactly_the_messages_of_the_committed_event(
    workflows: DynamoDbWorkflowRepository, outbox: DynamoDbOutbox
) -> None:
    commit = a_creation(save(title="Zürich ↔ 東京 👩‍👧", comment="\u2028" * 2_000))
    workflows.commit(commit)
    [pending] = outbox.pending(LATER)
    assert isinstance(pending, SealedEvent)
    assert pending.messages() == commit.event.messages()


def test_newer_events_are_left_to_the_requests_that_committed_them(
    workflows: DynamoDbWorkflowRepository, outbox: DynamoDbOutbox
) -> None:
    events = committed_events(workflows, 4)
    assert list(outbox.pending(NOON + timedelta(seconds=2))) == events[:2]


def test_a_removed_event_is_not_pending_and_stays_in_the_history(
    workflows: DynamoDbWorkflowRepository, outbox: DynamoDbOutbox
) -> None:
    first, second = committed_events(workflows, 2)
    outbox.remove(first)
    assert list(outbox.pending(LATER)) == [second]
    assert len(list(workflows.history(first.workflow_id, after=0, page_size=10))) == 1


def test_an_event_can_be_removed_twice(workflows: DynamoDbWorkflowRepository, outbox: DynamoDbOutbox) -> None:
    [event] = committed_events(workflows, 1)
    outbox.remove(event)
    outbox.remove(event)
    assert list(outbox.pending(LATER)) == []


def test_removing_an_event_that_does_not_exist_creates_no_item(
    outbox: DynamoDbOutbox, workflow_table: Table
) -> None:
    with pytest.raises(ClientError, match="ConditionalCheckFailed"):
        outbox.remove(a_creation().event)
    assert workflow_table.items() == []


def test_large_events_are_read_over_several_pages(
    workflows: DynamoDbWorkflowRepository, outbox: DynamoDbOutbox
) -> None:
    commit = a_creation(save(data='{"text":"' + "a" * 130_000 + '"}'))
    workflows.commit(commit)
    events = [commit.event]
    for number in range(1, 30):
        change = save(data='{"text":"' + str(number % 10) * 130_000 + '"}')
        at = NOON + timedelta(seconds=number)
        commit = an_action_on(commit.transition.after, change, actor=RITA, at=at)
        workflows.commit(commit)
        events.append(commit.event)
    assert list(outbox.pending(LATER)) == events


def test_an_unreadable_item_is_returned_as_such_and_hides_nothing(
    workflows: DynamoDbWorkflowRepository, outbox: DynamoDbOutbox, workflow_table: Table
) -> None:
    [event] = committed_events(workflows, 1)
    broken = {"pk": "COMMITS#x", "sk": "y", "outboxShard": "pending#0", "occurredAt": "2026-01-01"}
    workflow_table.put({name: {"S": value} for name, value in broken.items()})
    unreadable, readable = outbox.pending(LATER)
    assert isinstance(unreadable, UnreadableEvent)
    assert unreadable.key == "COMMITS#x y"
    assert readable == event
