"""List workflows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from typing import Literal

from countersign_common.actors import Actor, principals_of
from countersign_common.pagination import Page, paginate

from workflow_service.domain.access import View, view_summary
from workflow_service.domain.workflow import ListedWorkflow, WorkflowSummary
from workflow_service.ports import WorkflowRepository
from workflow_service.use_cases.name_views import NameViews

ListName = Literal["mine", "inbox", "decided"]


@dataclass(frozen=True)
class ListWorkflows:
    """Return a page of workflows, newest first: own ones, those that wait for a decision, or decided ones."""

    workflows: WorkflowRepository
    name_views: NameViews

    def __call__(
        self, list_name: ListName, actor: Actor, *, before: str | None, limit: int
    ) -> Page[View[WorkflowSummary], str]:
        """
        Args:
            list_name: `mine`, `inbox` for what waits for the actor or for one of their groups, or `decided` for what
                the actor has approved or rejected.
            before: The position before which the page starts; None for the first page.
            limit: Maximum number of workflows.
        """
        found = paginate(
            self._list(list_name, actor, before, limit + 1), limit, lambda listed: listed.position
        )
        views = (view_summary(listed.workflow, actor) for listed in found.items)
        return Page(self.name_views.workflows(views, actor), found.next_position)

    def _list(
        self, list_name: ListName, actor: Actor, before: str | None, page_size: int
    ) -> Iterator[ListedWorkflow]:
        if list_name == "decided":
            return self.workflows.decided_by(actor.user_id, before=before, page_size=page_size)
        found: Iterable[WorkflowSummary]
        if list_name == "mine":
            found = self.workflows.requested_by(actor.user_id, before=before, page_size=page_size)
        else:
            found = self._inbox(actor, before, page_size)
        return (ListedWorkflow(workflow, workflow.sort_key) for workflow in found)

    def _inbox(self, actor: Actor, before: str | None, page_size: int) -> Iterator[WorkflowSummary]:
        lists = [
            self.workflows.waiting_for(principal, before=before, page_size=page_size)
            for principal in sorted(principals_of(actor))
        ]
        newest_first = merge(*lists, key=lambda each: each.sort_key, reverse=True)
        # A workflow that waits for two of the actor's groups comes twice, one right after the other.
        for _, copies in groupby(newest_first, key=lambda each: each.workflow_id):
            workflow = next(copies)
            if workflow.requester.user_id != actor.user_id:
                yield workflow
