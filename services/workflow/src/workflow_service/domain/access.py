"""Who sees a workflow, and as what."""

from dataclasses import dataclass

from workflow_service.domain.errors import NotFound
from workflow_service.domain.people import Actor, principals_of
from workflow_service.domain.rules import allowed_actions
from workflow_service.domain.workflow import ActionType, Workflow

SEE_EVERYTHING = frozenset({"auditors", "admins"})
"""Groups whose members see every workflow."""


@dataclass(frozen=True)
class View:
    """A workflow as one person sees it.

    Attributes:
        workflow: as it stands.
        allowed_actions: what this person may do to it now.
    """

    workflow: Workflow
    allowed_actions: tuple[ActionType, ...]


def view(workflow: Workflow, by: Actor) -> View:
    """The workflow as this person sees it, who is known to see it."""
    return View(workflow, allowed_actions(workflow, by))


def may_see(workflow: Workflow, by: Actor) -> bool:
    """Whether this person takes part in the workflow, or is an auditor or admin.

    The step's approvers take part from the first request on; a draft is its requester's alone.
    """
    sees_everything = not SEE_EVERYTHING.isdisjoint(by.groups)
    return sees_everything or not principals_of(by).isdisjoint(workflow.participants)


def visible(workflow: Workflow | None, by: Actor) -> Workflow:
    """The workflow, if this person may see it.

    Raises:
        NotFound: there is none, or not for this person.
    """
    if workflow is None or not may_see(workflow, by):
        raise NotFound("not-found", "There is no such workflow.")
    return workflow
