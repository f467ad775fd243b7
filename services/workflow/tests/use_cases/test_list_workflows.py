"""One's own workflows and one's inbox, page by page."""

from datetime import timedelta

import pytest

from workflow_service.domain.people import Approvers
from workflow_service.use_cases.list_workflows import list_workflows

from ..builders import BO, CLEO, NOON, RITA, a_pending_workflow, a_person, a_scheme, another
from ..fakes import MemoryStore

DORA = a_person(7, "Dora", "approvers", "directors")


def ids(page):
    return [seen.workflow.workflow_id for seen in page.items]


def a_store(*, waiting: dict[str, list[int]]) -> MemoryStore:
    """Workflows by number, each touched as many minutes after noon; those with an odd number are of one minute."""
    store = MemoryStore()
    for principal, numbers in waiting.items():
        for number in numbers:
            at = NOON + timedelta(minutes=number - number % 2)
            workflow = another(a_pending_workflow(), number, at)
            store.workflows[workflow.workflow_id] = workflow
            store.waiting.setdefault(principal, {})[workflow.workflow_id] = workflow
    return store


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
def test_pages_of_an_inbox_put_together_are_all_of_it_newest_first_each_once(limit):
    store = a_store(
        waiting={
            f"user:{DORA.user_id}": [1, 4, 5, 9],
            "group:approvers": [2, 3, 4, 5, 8],
            "group:directors": [5, 6, 7],
            "group:others": [10],
        }
    )
    found, start = [], None
    while True:
        page = list_workflows("inbox", DORA, start, limit, lists=store)
        assert len(page.items) <= limit
        found += ids(page)
        start = page.next_position
        if start is None:
            break
    assert [int(each[-4:]) for each in found] == [9, 8, 7, 6, 5, 4, 3, 2, 1]


def test_ones_own_request_is_not_in_ones_inbox():
    mine = a_person(1, "Rita", "approvers")
    store = a_store(waiting={"group:approvers": [1, 2]})
    assert list_workflows("inbox", mine, None, 25, lists=store).items == []
    assert len(list_workflows("inbox", CLEO, None, 25, lists=store).items) == 2


def test_mine_are_those_i_requested():
    store = a_store(waiting={f"user:{BO.user_id}": [1, 2, 3]})
    assert len(list_workflows("mine", RITA, None, 25, lists=store).items) == 3
    assert list_workflows("mine", BO, None, 25, lists=store).items == []


def test_an_inbox_says_what_may_be_done():
    store = a_store(waiting={f"user:{BO.user_id}": [1]})
    seen = list_workflows("inbox", BO, None, 25, lists=store).items[0]
    assert [each.value for each in seen.allowed_actions] == ["APPROVE", "REJECT"]


def test_a_last_page_that_is_full_has_no_cursor():
    store = a_store(waiting={f"user:{BO.user_id}": [1, 2]})
    assert list_workflows("inbox", BO, None, 2, lists=store).next_position is None
    assert list_workflows("inbox", BO, None, 1, lists=store).next_position is not None


def test_approvers_may_be_named_twice_over_without_waiting_twice():
    scheme = a_scheme(Approvers(users=(CLEO.user_id,), groups=("approvers",)))
    store = MemoryStore()
    workflow = a_pending_workflow(scheme)
    for principal in (f"user:{CLEO.user_id}", "group:approvers"):
        store.waiting[principal] = {workflow.workflow_id: workflow}
    assert len(list_workflows("inbox", CLEO, None, 25, lists=store).items) == 1
