"""Get what was done to a workflow."""

from dataclasses import dataclass

from countersign_common.actors import Actor
from countersign_common.pagination import Page, paginate

from workflow_service.domain.access import readable, sees_entry
from workflow_service.domain.events import HistoryEntry
from workflow_service.ports import WorkflowRepository


@dataclass(frozen=True)
class GetHistory:
    """Return a page of a workflow's events, oldest first. Only those who see drafts see SAVE events."""

    workflows: WorkflowRepository

    def __call__(
        self, workflow_id: str, actor: Actor, *, after: int | None, limit: int
    ) -> Page[HistoryEntry, int]:
        """
        Args:
            after: The sequence after which the page starts; None for the first page.
            limit: Maximum number of entries.

        Raises:
            NotFoundError: There is no such workflow, or the actor may not read it.
        """
        workflow = readable(self.workflows.get(workflow_id), actor)
        entries = self.workflows.history(workflow_id, after=after or 0, page_size=limit + 1)
        visible = (entry for entry in entries if sees_entry(workflow, entry, actor))
        return paginate(visible, limit, lambda entry: entry.sequence)
