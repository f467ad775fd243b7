"""List workflows: one's own, and those that wait for one's decision."""

from collections.abc import Iterable, Iterator
from heapq import merge
from typing import Literal, Protocol

from countersign_common.clock import to_rfc3339

from workflow_service.domain.people import Actor, principals_of
from workflow_service.domain.visibility import View, view
from workflow_service.domain.workflow import Workflow
from workflow_service.use_cases.pages import Page, page_of

ViewName = Literal["mine", "inbox"]


class Lists(Protocol):
    """Workflows in lists, newest first, fetched so many at a time as they are drawn; without their data."""

    def requested_by(self, user_id: str, *, before: str | None, page: int) -> Iterator[Workflow]:
        """A person's own workflows, those before a place in the list."""
        ...

    def waiting_for(self, principal: str, *, before: str | None, page: int) -> Iterator[Workflow]:
        """Workflows that wait for a decision of `user:<id>` or `group:<name>`, those before a place in the list."""
        ...


def list_workflows(
    view_name: ViewName, by: Actor, start: str | None, limit: int, *, lists: Lists
) -> Page[View]:
    """A page of workflows, newest first.

    Args:
        view_name: `mine`, or `inbox`: what waits for this person as a user or as a member of a group.
        start: the place after which the page starts; None for the first page.
        limit: how many at most.
    """
    # One more than asked for tells whether there is a next page.
    found: Iterable[Workflow]
    if view_name == "mine":
        found = lists.requested_by(by.user_id, before=start, page=limit + 1)
    else:
        found = _inbox(by, start, limit + 1, lists)
    return page_of((view(workflow, by) for workflow in found), limit, lambda seen: place_of(seen.workflow))


def place_of(workflow: Workflow) -> str:
    """A workflow's place in a list ordered by time: unique, and text order is the list's order."""
    return f"{to_rfc3339(workflow.updated_at)}#{workflow.workflow_id}"


def _inbox(by: Actor, start: str | None, page: int, lists: Lists) -> Iterator[Workflow]:
    queues = [lists.waiting_for(name, before=start, page=page) for name in sorted(principals_of(by))]
    previous = None
    for workflow in merge(*queues, key=place_of, reverse=True):
        # One that waits for two of the caller's groups comes twice, one after the other.
        if workflow.workflow_id != previous and workflow.requester.user_id != by.user_id:
            yield workflow
        previous = workflow.workflow_id
