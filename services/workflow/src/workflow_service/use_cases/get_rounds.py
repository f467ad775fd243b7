"""Get the rounds of a workflow."""

from dataclasses import dataclass

from countersign_common.actors import Actor
from countersign_common.pagination import Page, paginate

from workflow_service.domain.access import readable
from workflow_service.domain.events import Round
from workflow_service.ports import WorkflowRepository


@dataclass(frozen=True)
class GetRounds:
    """Return a page of title and data of a workflow's REQUESTs, newest first."""

    workflows: WorkflowRepository

    def __call__(self, workflow_id: str, actor: Actor, *, before: int | None, limit: int) -> Page[Round, int]:
        """
        Args:
            before: The sequence before which the page starts; None for the first page.
            limit: Maximum number of rounds.

        Raises:
            NotFoundError: There is no such workflow, or the actor may not read it.
        """
        workflow = readable(self.workflows.get(workflow_id), actor)
        newest_first = (each for each in reversed(workflow.requests) if before is None or each < before)
        page = paginate(newest_first, limit, lambda sequence: sequence)
        return Page(self.workflows.rounds(workflow_id, page.items), page.next_position)
