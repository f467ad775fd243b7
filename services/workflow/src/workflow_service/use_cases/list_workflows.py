"""List workflows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from typing import Literal

from countersign_common.actors import Actor, principals_of
from countersign_common.pagination import Page, paginate

from workflow_service.domain.access import View, view_summary
from workflow_service.domain.workflow import WorkflowSummary
from workflow_service.ports import WorkflowRepository

ListName = Literal["mine", "inbox"]


@dataclass(frozen=True)
class ListWorkflows:
    """Return a page of workflows, newest first: the actor's own, or those that wait for the actor's decision."""

    workflows: WorkflowRepository

    def __call__(
        self, list_name: ListName, actor: Actor, *, before: str | None, limit: int
    ) -> Page[View[WorkflowSummary], str]:
        """
        Args:
            list_name: `mine`, or `inbox` for what waits for the actor or for one of their groups.
            before: The sort key before which the page starts; None for the first page.
            limit: Maximum number of workflows.
        """
        found: Iterable[WorkflowSummary]
        if list_name == "mine":
            found = self.workflows.requested_by(actor.user_id, before=before, page_size=limit + 1)
        else:
            found = self._inbox(actor, before, limit + 1)
        views = (view_summary(workflow, actor) for workflow in found)
        return paginate(views, limit, lambda each: each.workflow.sort_key)

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
