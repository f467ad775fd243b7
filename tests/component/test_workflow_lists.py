"""The lists of workflows: the index `mine`, and the inboxes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest
from countersign_common.actors import group_principal, user_principal
from countersign_common.http.caller import Caller

from component.tables import Table
from engines.definitions import Definitions
from services.workflow.tests.builders import (
    BO,
    CLEO,
    NOON,
    RITA,
    a_creation,
    an_action_on,
    approve,
    reject,
    request,
    save,
)
from workflow_service.adapters.commit_items import OUTBOX_INDEX
from workflow_service.adapters.dynamodb_workflow_repository import DynamoDbWorkflowRepository
from workflow_service.adapters.workflow_items import DECIDED, MINE, SUMMARY_ATTRIBUTES
from workflow_service.domain.preview import PreviewField
from workflow_service.domain.workflow import Action, Workflow, WorkflowSummary


@pytest.fixture
def workflows(workflow_table: Table) -> DynamoDbWorkflowRepository:
    """The adapter under test."""
    return DynamoDbWorkflowRepository(workflow_table.client, workflow_table.name)


def pending_workflows(workflows: DynamoDbWorkflowRepository, count: int) -> list[Workflow]:
    """Write pending workflows of Rita, every two at the same time, and return them oldest first."""
    created = []
    for number in range(count):
        commit = a_creation(request(f"Number {number}"), at=NOON + timedelta(minutes=number // 2))
        workflows.commit(commit)
        created.append(commit.transition.after)
    return sorted(created, key=lambda each: each.sort_key)


def ids(found: Iterable[WorkflowSummary]) -> list[str]:
    return [workflow.workflow_id for workflow in found]


def test_a_users_own_workflows_are_listed_newest_first(workflows: DynamoDbWorkflowRepository) -> None:
    created = pending_workflows(workflows, 7)
    assert ids(workflows.requested_by(RITA.user_id, before=None, page_size=100)) == ids(reversed(created))
    assert ids(workflows.requested_by(BO.user_id, before=None, page_size=100)) == []


@pytest.mark.parametrize("page_size", [1, 3, 100])
def test_pages_of_any_size_make_the_same_list(workflows: DynamoDbWorkflowRepository, page_size: int) -> None:
    newest_first = ids(reversed(pending_workflows(workflows, 7)))
    assert ids(workflows.requested_by(RITA.user_id, before=None, page_size=page_size)) == newest_first
    group = group_principal("approvers")
    assert ids(workflows.waiting_for(group, before=None, page_size=page_size)) == newest_first


def test_a_list_continues_after_any_position_even_among_equal_times(
    workflows: DynamoDbWorkflowRepository,
) -> None:
    newest_first = list(reversed(pending_workflows(workflows, 7)))
    for position, workflow in enumerate(newest_first):
        rest = workflows.requested_by(RITA.user_id, before=workflow.sort_key, page_size=2)
        assert ids(rest) == ids(newest_first[position + 1 :])


def test_an_action_moves_a_workflow_to_the_top(workflows: DynamoDbWorkflowRepository) -> None:
    commit = a_creation(save())
    workflows.commit(commit)
    pending_workflows(workflows, 3)
    later = NOON + timedelta(hours=1)
    workflows.commit(an_action_on(commit.transition.after, save("Changed"), actor=RITA, at=later))
    newest = next(workflows.requested_by(RITA.user_id, before=None, page_size=10))
    assert (newest.title, newest.version, newest.updated_at) == ("Changed", 2, later)


def test_a_draft_is_in_no_inbox(workflows: DynamoDbWorkflowRepository) -> None:
    workflows.commit(a_creation(save()))
    assert ids(workflows.waiting_for(user_principal(BO.user_id), before=None, page_size=10)) == []


def test_a_decision_removes_a_workflow_from_every_inbox(workflows: DynamoDbWorkflowRepository) -> None:
    first, second = pending_workflows(workflows, 2)
    workflows.commit(an_action_on(first, approve(), actor=BO))
    for principal in (user_principal(BO.user_id), group_principal("approvers")):
        found = workflows.waiting_for(principal, before=None, page_size=10)
        assert ids(found) == [second.workflow_id]


def test_the_items_of_a_list_have_what_the_workflow_has(workflows: DynamoDbWorkflowRepository) -> None:
    [workflow] = pending_workflows(workflows, 1)
    names = list(WorkflowSummary.__dataclass_fields__)
    expected = WorkflowSummary(**{name: getattr(workflow, name) for name in names})
    principal = user_principal(BO.user_id)
    assert list(workflows.requested_by(RITA.user_id, before=None, page_size=10)) == [expected]
    assert list(workflows.waiting_for(principal, before=None, page_size=10)) == [expected]


@pytest.mark.parametrize("page_size", [1, 2, 100])
def test_decided_workflows_are_as_they_were_last_requested_each_once(
    workflows: DynamoDbWorkflowRepository, page_size: int
) -> None:
    first, second, third = pending_workflows(workflows, 3)
    moment = NOON + timedelta(hours=1)
    at = (moment + timedelta(seconds=number) for number in range(9))

    def act(workflow: Workflow, action: Action, actor: Caller) -> Workflow:
        commit = an_action_on(workflow, action, actor=actor, at=next(at))
        workflows.commit(commit)
        return commit.transition.after

    rejected = act(first, reject(), BO)
    act(second, approve(), BO)
    act(third, approve(), CLEO)
    act(act(rejected, request("Again", '{"total":1}'), RITA), reject(), BO)
    found = list(workflows.decided_by(BO.user_id, before=None, page_size=page_size))
    assert ids(each.workflow for each in found) == [first.workflow_id, second.workflow_id]
    saved = workflows.get(first.workflow_id)
    assert saved is not None
    act(saved, save("Secret", '{"secret":1}'), RITA)
    [shown, _] = workflows.decided_by(BO.user_id, before=None, page_size=page_size)
    assert (shown.workflow.title, shown.workflow.preview) == ("Again", (PreviewField("total", "1"),))
    assert [each.user_id for each in shown.workflow.round_decisions] == [BO.user_id]
    [rest] = workflows.decided_by(BO.user_id, before=shown.position, page_size=page_size)
    assert rest.workflow.workflow_id == second.workflow_id
    assert [each.title for each in workflows.rounds(first.workflow_id, (3, 1))] == ["Again", "Number 0"]


def _projections(definitions: Definitions, *tables: str) -> dict[str, tuple[str, set[str]]]:
    """Return what each index of tables projects: the type, and attributes besides keys."""
    return {
        index["IndexName"]: (
            index["Projection"]["ProjectionType"],
            set(index["Projection"].get("NonKeyAttributes", [])),
        )
        for table in tables
        for index in definitions.tables[table]["GlobalSecondaryIndexes"]
    }


_KEYS_ONLY = ("KEYS_ONLY", set[str]())


def test_the_indexes_project_only_what_a_list_reads(definitions: Definitions) -> None:
    """Each attribute more would be billed with each write. One attribute less fails the test above."""
    assert _projections(definitions, "workflow") == {
        MINE.index: ("INCLUDE", set(SUMMARY_ATTRIBUTES)),
        DECIDED.index: _KEYS_ONLY,
        OUTBOX_INDEX: _KEYS_ONLY,
    }


def test_the_indexes_of_the_other_tables_have_hardly_more_than_keys(definitions: Definitions) -> None:
    """Their adapters read the items themselves with BatchGetItem. Marking all of a workflow as read needs its id."""
    projections = _projections(definitions, "audit-trail", "notifications")
    assert projections.pop("unread") == ("INCLUDE", {"workflowId"})
    assert projections
    assert all(projection == _KEYS_ONLY for projection in projections.values())
