"""Erasures on the workflow table and on the notifications table: each expression on each engine."""

from __future__ import annotations

from dataclasses import replace

import pytest
from countersign_common.clock import system_clock
from countersign_common.ids import derived_id

from component.tables import Table
from notifications_service.adapters.dynamodb_erasable_notifications import DynamoDbErasableNotifications
from notifications_service.adapters.dynamodb_erased_events import DynamoDbErasedEvents
from notifications_service.adapters.notification_items import (
    item_from_notification,
    key_of,
    notification_from_item,
)
from notifications_service.domain.erasure import SCANNED, SEGMENTS
from notifications_service.domain.notification import ErasedParts
from services.notifications.tests.builders import a_notification, an_id, people
from services.workflow.tests.builders import (
    ADAM,
    BO,
    RITA,
    a_creation,
    a_scheme,
    an_action_on,
    approve,
    request,
)
from workflow_service.adapters.dynamodb_erasable_copies import DynamoDbErasableCopies
from workflow_service.adapters.dynamodb_scheme_repository import DynamoDbSchemeRepository
from workflow_service.adapters.dynamodb_workflow_repository import DynamoDbWorkflowRepository
from workflow_service.domain.erasure import EventCopies, EventErasure, StateErasure
from workflow_service.domain.errors import VersionConflictError
from workflow_service.domain.people import Person
from workflow_service.domain.workflow import Workflow

NAME_ONLY = StateErasure(requester_name=True, content=False)
ALL = StateErasure(requester_name=True, content=True)
BOTH = ErasedParts(person=True, content=True)


@pytest.fixture
def workflows(workflow_table: Table) -> DynamoDbWorkflowRepository:
    return DynamoDbWorkflowRepository(workflow_table.client, workflow_table.name)


@pytest.fixture
def copies(workflow_table: Table) -> DynamoDbErasableCopies:
    return DynamoDbErasableCopies(workflow_table.client, workflow_table.name)


@pytest.fixture
def pending(workflows: DynamoDbWorkflowRepository) -> Workflow:
    commit = a_creation(request(title="Secret", data='{"value":"Secret"}', comment="Secret"))
    workflows.commit(commit)
    return commit.transition.after


def test_a_state_loses_names_and_content_and_can_not_be_replaced_by_what_was_read_before(
    workflows: DynamoDbWorkflowRepository, copies: DynamoDbErasableCopies, pending: Workflow
) -> None:
    without_name = copies.erase_state(pending, NAME_ONLY)
    assert without_name == replace(pending, requester=Person(RITA.user_id, ""), erasures=1)
    assert workflows.get(pending.workflow_id) == without_name
    for stale in (pending, replace(without_name, version=2)):
        with pytest.raises(VersionConflictError):
            copies.erase_state(stale, ALL)
    with pytest.raises(VersionConflictError):
        workflows.commit(an_action_on(pending, approve(), actor=BO))

    erased = copies.erase_state(without_name, ALL)
    assert (erased.title, erased.data, erased.requested, erased.content_erased) == ("", "{}", None, True)
    assert erased.erasures == 2
    assert copies.erase_state(erased, ALL) == erased == workflows.get(pending.workflow_id)
    with pytest.raises(VersionConflictError):
        workflows.commit(an_action_on(without_name, approve(), actor=BO))
    [listed] = workflows.requested_by(RITA.user_id, before=None, page_size=10)
    assert (listed.title, listed.content_erased, listed.requester.name) == ("", True, "")


def test_an_action_on_a_state_without_the_name_is_committed(
    workflows: DynamoDbWorkflowRepository, copies: DynamoDbErasableCopies, pending: Workflow
) -> None:
    commit = an_action_on(copies.erase_state(pending, NAME_ONLY), approve(), actor=BO)
    workflows.commit(commit)
    assert workflows.get(pending.workflow_id) == commit.transition.after
    assert commit.event.workflow_event.requester.name == ""


def test_inboxes_lose_the_name_or_the_workflow_and_nothing_is_created(
    workflows: DynamoDbWorkflowRepository,
    copies: DynamoDbErasableCopies,
    pending: Workflow,
    workflow_table: Table,
) -> None:
    copies.erase_inboxes(pending, NAME_ONLY)
    for principal in pending.waits_for:
        [waiting] = workflows.waiting_for(principal, before=None, page_size=10)
        assert (waiting.title, waiting.requester.name) == ("Secret", "")
    for _ in range(2):
        copies.erase_inboxes(pending, ALL)
        copies.erase_inboxes(pending, NAME_ONLY)
        assert not [item for item in workflow_table.items() if item["pk"]["S"].startswith("INBOX#")]


def test_events_are_read_and_erased_part_by_part(
    workflows: DynamoDbWorkflowRepository, copies: DynamoDbErasableCopies, pending: Workflow
) -> None:
    commit = an_action_on(pending, approve("Secret"), actor=BO)
    workflows.commit(commit)
    workflow_id = pending.workflow_id
    event_ids = {each.sequence: each.event_id for each in copies.events(workflow_id, None)}
    assert event_ids[2] == commit.event.event_id

    def stored(*sequences: int) -> list[EventCopies]:
        return sorted(copies.events(workflow_id, sequences or None), key=lambda each: each.sequence)

    assert stored(2, 2, 9) == [EventCopies(2, event_ids[2], person=True, content=True, requester_name=True)]
    for erasure, left in (
        (EventErasure(1, person=False, content=False, requester_name=True), (True, True, False)),
        (EventErasure(1, person=True, content=False, requester_name=False), (False, True, False)),
        (EventErasure(1, person=False, content=True, requester_name=True), (False, False, False)),
    ):
        copies.erase_event(workflow_id, erasure)
        assert stored()[0] == EventCopies(1, event_ids[1], *left)
    copies.erase_event(workflow_id, EventErasure(9, person=True, content=True, requester_name=False))
    assert [each.sequence for each in stored()] == [1, 2]
    first, second = workflows.history(workflow_id, after=0, page_size=10)
    assert (first.title, first.comment, first.action_owner.name) == ("", None, "")
    assert (second.title, second.comment, second.action_owner.name) == ("Secret", "Secret", "Bo")


def test_the_author_of_schemes_is_erased_from_all_versions(
    copies: DynamoDbErasableCopies, workflow_table: Table
) -> None:
    schemes = DynamoDbSchemeRepository(workflow_table.client, workflow_table.name)
    rita, adam = Person.from_actor(RITA), Person.from_actor(ADAM)
    for version, author in ((1, rita), (2, adam)):
        schemes.add_version(replace(a_scheme(version=version), created_by=author))
    schemes.add_version(replace(a_scheme(), scheme_id="travel", created_by=rita))
    copies.erase_scheme_author(RITA.user_id)
    assert [schemes.get("expenses", version).created_by for version in (1, 2)] == [  # type: ignore[union-attr]
        Person(RITA.user_id, ""),
        adam,
    ]
    listed = {each.scheme_id: each.created_by.name for each in schemes.list_newest(after=None, page_size=10)}
    assert listed == {"expenses": "Adam", "travel": ""}


def test_notifications_are_scanned_in_segments_and_erased(notifications_table: Table) -> None:
    client, name = notifications_table.client, notifications_table.name
    notifications = DynamoDbErasableNotifications(client, name, system_clock)
    erased_events = DynamoDbErasedEvents(client, name, system_clock)
    event = an_id("an event")
    stored = {
        derived_id(event, each): replace(
            a_notification(recipient=each), notification_id=derived_id(event, each), comment="Secret"
        )
        for each in people(40)
    }
    for notification in stored.values():
        client.put_item(TableName=name, Item=item_from_notification(notification))
    erased_events.add([(event, BOTH)])
    notifications.save(an_id("an erasure"), {0: SCANNED, 1: "x"})

    pages = [page for segment in range(SEGMENTS) for page in notifications.scan(segment, None)]
    found = [copy for page in pages for copy in page.copies]
    assert sorted(each.notification_id for each in found) == sorted(stored)
    assert {each.stored for each in found} == {BOTH}
    for each in (*found, *found):
        notifications.erase(each.notification_id, BOTH)
    notifications.erase(an_id("gone"), BOTH)
    for notification_id, notification in stored.items():
        item = client.get_item(TableName=name, Key=key_of(notification_id))["Item"]
        assert notification_from_item(item) == notification.without(BOTH)
    assert "Item" not in client.get_item(TableName=name, Key=key_of(an_id("gone")))
    assert erased_events.get([event, an_id("another")]) == {event: BOTH}
    assert notifications.get(an_id("an erasure")) == {0: SCANNED, 1: "x"}
