"""A user's own workflows and their inbox, page by page."""

from dataclasses import replace
from datetime import timedelta

import pytest

from workflow_service.domain.people import Approvers
from workflow_service.use_cases.list_workflows import ListWorkflows
from workflow_service.use_cases.name_views import NameViews

from ..builders import (
    BO,
    CLEO,
    NOON,
    RITA,
    a_context,
    a_pending_workflow,
    a_person,
    a_scheme,
    another,
    approve,
    reject,
    request,
)
from ..fakes import InMemoryDirectory, InMemoryPorts, InMemoryWorkflows

DORA = a_person(7, "Dora", "approvers", "directors")


def ids(page):
    return [view.workflow.workflow_id for view in page.items]


def workflows_waiting(waiting: dict[str, list[int]]) -> InMemoryWorkflows:
    """Return workflows by number, changed that many minutes after noon; odd ones one minute earlier."""
    workflows = InMemoryPorts().workflows
    for principal, numbers in waiting.items():
        for number in numbers:
            at = NOON + timedelta(minutes=number - number % 2)
            workflow = another(a_pending_workflow(), number, at)
            workflows.states[workflow.workflow_id] = workflow
            workflows.waiting.setdefault(principal, {})[workflow.workflow_id] = workflow
    return workflows


def lists_of(workflows: InMemoryWorkflows) -> ListWorkflows:
    return ListWorkflows(workflows, NameViews(InMemoryDirectory()))


def first_page(workflows, list_name, actor, limit=25):
    return lists_of(workflows)(list_name, actor, before=None, limit=limit)


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
def test_the_pages_of_an_inbox_have_each_workflow_once_newest_first(limit):
    list_workflows = lists_of(
        workflows_waiting(
            {
                f"user:{DORA.user_id}": [1, 4, 5, 9],
                "group:approvers": [2, 3, 4, 5, 8],
                "group:directors": [5, 6, 7],
                "group:others": [10],
            }
        )
    )
    found, position = [], None
    while True:
        page = list_workflows("inbox", DORA, before=position, limit=limit)
        assert len(page.items) <= limit
        found += ids(page)
        position = page.next_position
        if position is None:
            break
    assert [int(each[-4:]) for each in found] == [9, 8, 7, 6, 5, 4, 3, 2, 1]


def test_a_users_own_request_is_not_in_their_inbox():
    rita_as_approver = a_person(1, "Rita", "approvers")
    workflows = workflows_waiting({"group:approvers": [1, 2]})
    assert ids(first_page(workflows, "inbox", rita_as_approver)) == []
    assert len(ids(first_page(workflows, "inbox", CLEO))) == 2


def test_mine_has_the_workflows_that_the_user_requested():
    workflows = workflows_waiting({f"user:{BO.user_id}": [1, 2, 3]})
    assert len(ids(first_page(workflows, "mine", RITA))) == 3
    assert ids(first_page(workflows, "mine", BO)) == []


def test_the_pages_of_mine_follow_each_other_newest_first():
    workflows = workflows_waiting({f"user:{BO.user_id}": [1, 2, 3, 4, 5]})
    list_workflows = lists_of(workflows)
    found, position = [], None
    for _ in range(3):
        page = list_workflows("mine", RITA, before=position, limit=2)
        found += ids(page)
        position = page.next_position
    assert [int(each[-4:]) for each in found] == [5, 4, 3, 2, 1]
    assert position is None


@pytest.mark.parametrize(("list_name", "lists"), [("mine", 1), ("inbox", 3)])
def test_a_page_reads_one_workflow_more_than_it_shows_from_each_list(list_name, lists):
    workflows = workflows_waiting({"group:approvers": [1, 2, 3]})
    first_page(workflows, list_name, DORA, limit=2)
    assert workflows.page_sizes == [3] * lists


def test_items_of_an_inbox_have_the_allowed_actions():
    workflows = workflows_waiting({f"user:{BO.user_id}": [1]})
    [view] = first_page(workflows, "inbox", BO).items
    assert [each.value for each in view.allowed_actions] == ["APPROVE", "REJECT"]


def test_a_full_last_page_has_no_next_position():
    workflows = workflows_waiting({f"user:{BO.user_id}": [1, 2]})
    assert first_page(workflows, "inbox", BO, limit=2).next_position is None
    assert first_page(workflows, "inbox", BO, limit=1).next_position is not None


def test_a_workflow_that_waits_for_a_user_and_their_group_is_listed_once():
    workflow = a_pending_workflow(a_scheme(Approvers(users=(CLEO.user_id,), groups=("approvers",))))
    workflows = InMemoryPorts().workflows
    for principal in (f"user:{CLEO.user_id}", "group:approvers"):
        workflows.waiting[principal] = {workflow.workflow_id: workflow}
    assert len(ids(first_page(workflows, "inbox", CLEO))) == 1


def test_an_outdated_copy_of_a_workflow_is_not_listed_after_the_newer_one():
    workflow = a_pending_workflow()
    outdated = replace(workflow, title="Outdated", updated_at=workflow.updated_at - timedelta(seconds=1))
    workflows = InMemoryPorts().workflows
    workflows.waiting["group:approvers"] = {workflow.workflow_id: outdated}
    workflows.waiting["group:directors"] = {workflow.workflow_id: workflow}
    [view] = first_page(workflows, "inbox", DORA).items
    assert view.workflow.title == "Train"


def test_the_decided_workflows_of_a_user_have_the_newest_decision_first_and_the_names_of_who_decided():
    ports = InMemoryPorts()
    service, contexts = ports.service, {each: a_context(each) for each in (RITA, BO, CLEO)}
    created = []
    for title in ("First", "Second"):
        shown = service.create_workflow("expenses", request(title), contexts[RITA])
        created.append(shown.workflow.workflow_id)
    first, second = created
    service.perform_action(second, approve(), contexts[BO], if_match=1)
    service.perform_action(first, reject(), contexts[BO], if_match=1)
    page = service.list_workflows("decided", BO, before=None, limit=1)
    assert ids(page) == [first]
    assert ids(service.list_workflows("decided", BO, before=page.next_position, limit=1)) == [second]
    assert ids(service.list_workflows("decided", CLEO, before=None, limit=9)) == []
    [decision] = page.items[0].decided_by
    assert (decision.user_id, decision.name, decision.round) == (BO.user_id, "Bo", 1)
