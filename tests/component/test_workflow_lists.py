"""The indices `mine` and `inbox` of the workflow table."""

from __future__ import annotations

from datetime import timedelta

import pytest

from component.commits import acted, created
from component.tables import Table
from services.workflow.tests.builders import BO, NOON, RITA, approve, request, save
from workflow_service.adapters.dynamodb_workflows import DynamoDbWorkflows
from workflow_service.domain.people import group_principal, user_principal
from workflow_service.domain.workflow import Workflow
from workflow_service.use_cases.list_workflows import place_of


@pytest.fixture
def workflows(workflow_table: Table) -> DynamoDbWorkflows:
    """The adapter under test."""
    return DynamoDbWorkflows(workflow_table.client, workflow_table.name)


def some(workflows: DynamoDbWorkflows, count: int) -> list[Workflow]:
    """Pending workflows of Rita's, oldest first; each two of the same instant."""
    made = []
    for number in range(count):
        commit = created(request(f"Number {number}"), at=NOON + timedelta(minutes=number // 2))
        workflows.commit(commit)
        made.append(commit.transition.after)
    return sorted(made, key=place_of)


def ids(found: object) -> list[str]:
    """Of workflows, in their order."""
    return [workflow.workflow_id for workflow in found]  # type: ignore[attr-defined]


def test_a_persons_own_are_listed_newest_first(workflows: DynamoDbWorkflows) -> None:
    made = some(workflows, 7)
    assert ids(workflows.requested_by(RITA.user_id, before=None, page=100)) == ids(reversed(made))
    assert ids(workflows.requested_by(BO.user_id, before=None, page=100)) == []


@pytest.mark.parametrize("page", [1, 3, 100])
def test_pages_of_any_size_make_the_same_list(workflows: DynamoDbWorkflows, page: int) -> None:
    made = some(workflows, 7)
    assert ids(workflows.requested_by(RITA.user_id, before=None, page=page)) == ids(reversed(made))
    group = group_principal("approvers")
    assert ids(workflows.waiting_for(group, before=None, page=page)) == ids(reversed(made))


def test_a_list_goes_on_after_any_place_even_among_equal_times(workflows: DynamoDbWorkflows) -> None:
    newest_first = list(reversed(some(workflows, 7)))
    for place, workflow in enumerate(newest_first):
        rest = workflows.requested_by(RITA.user_id, before=place_of(workflow), page=2)
        assert ids(rest) == ids(newest_first[place + 1 :])


def test_an_action_moves_a_workflow_to_the_top(workflows: DynamoDbWorkflows) -> None:
    commit = created(save())
    workflows.commit(commit)
    some(workflows, 3)
    later = NOON + timedelta(hours=1)
    workflows.commit(acted(commit.transition.after, save("Changed"), by=RITA, at=later))
    newest = next(workflows.requested_by(RITA.user_id, before=None, page=10))
    assert (newest.title, newest.version, newest.updated_at) == ("Changed", 2, later)


def test_a_draft_waits_for_nobody(workflows: DynamoDbWorkflows) -> None:
    workflows.commit(created(save()))
    assert ids(workflows.waiting_for(user_principal(BO.user_id), before=None, page=10)) == []


def test_a_decision_takes_it_out_of_every_inbox(workflows: DynamoDbWorkflows) -> None:
    first, second = some(workflows, 2)
    workflows.commit(acted(first, approve(), by=BO))
    for principal in (user_principal(BO.user_id), group_principal("approvers")):
        assert ids(workflows.waiting_for(principal, before=None, page=10)) == [second.workflow_id]


def test_lists_leave_the_data_where_it_is(workflows: DynamoDbWorkflows) -> None:
    some(workflows, 1)
    for found in (
        workflows.requested_by(RITA.user_id, before=None, page=10),
        workflows.waiting_for(user_principal(BO.user_id), before=None, page=10),
    ):
        assert [workflow.data for workflow in found] == ["{}"]
