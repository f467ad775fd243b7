"""Show one workflow."""

from typing import Protocol

from workflow_service.domain.people import Actor
from workflow_service.domain.visibility import View, view, visible
from workflow_service.domain.workflow import Workflow


class Workflows(Protocol):
    """Workflows by their ids."""

    def workflow(self, workflow_id: str) -> Workflow | None:
        """A workflow's newest state."""
        ...


def show_workflow(workflow_id: str, by: Actor, *, workflows: Workflows) -> View:
    """The workflow as this person sees it.

    Raises:
        NotFound: there is none, or not for this person.
    """
    return view(visible(workflows.workflow(workflow_id), by), by)
