"""Get one workflow."""

from dataclasses import dataclass

from countersign_common.actors import Actor

from workflow_service.domain.access import View, readable, view
from workflow_service.domain.workflow import Workflow
from workflow_service.ports import WorkflowRepository
from workflow_service.use_cases.name_views import NameViews


@dataclass(frozen=True)
class GetWorkflow:
    """Return a workflow as the actor sees it."""

    workflows: WorkflowRepository
    name_views: NameViews

    def __call__(self, workflow_id: str, actor: Actor) -> View[Workflow]:
        """
        Raises:
            NotFoundError: There is no such workflow, or the actor may not read it.
        """
        [named] = self.name_views.workflows(
            [view(readable(self.workflows.get(workflow_id), actor), actor)], actor
        )
        return named
