"""Who sees which workflow, and what of it."""

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from countersign_common.actors import Actor, may_read, reads_everything
from countersign_common.errors import NotFoundError

from workflow_service.domain.events import HistoryEntry
from workflow_service.domain.rules import allowed_actions
from workflow_service.domain.workflow import ActionType, Workflow, WorkflowSummary

WorkflowT = TypeVar("WorkflowT", bound=WorkflowSummary)


@dataclass(frozen=True)
class View(Generic[WorkflowT]):
    """A workflow as one user sees it, and what they may do to it now."""

    workflow: WorkflowT
    allowed_actions: tuple[ActionType, ...]


def readable(workflow: Workflow | None, actor: Actor) -> Workflow:
    """Return the workflow if the actor may read it.

    A draft is its requester's. The step's approvers may read a workflow from its first REQUEST on.

    Raises:
        NotFoundError: There is no workflow, or the actor may not read it.
    """
    if workflow is None or not may_read(actor, workflow.participants):
        raise NotFoundError("workflow")
    return workflow


def sees_drafts(workflow: WorkflowSummary, actor: Actor) -> bool:
    """Return whether the actor sees what was saved and not requested: the requester, admins and auditors."""
    return actor.user_id == workflow.requester.user_id or reads_everything(actor)


def view(workflow: Workflow, actor: Actor) -> View[Workflow]:
    """Return a workflow that the actor may read as they see it: others' drafts show what was last requested."""
    if workflow.requested is not None and not sees_drafts(workflow, actor):
        workflow = replace(workflow, title=workflow.requested.title, data=workflow.requested.data)
    return View(workflow, allowed_actions(workflow, actor))


def view_summary(workflow: WorkflowSummary, actor: Actor) -> View[WorkflowSummary]:
    """Return an item of one of the actor's own lists."""
    return View(workflow, allowed_actions(workflow, actor))


def sees_entry(workflow: WorkflowSummary, entry: HistoryEntry, actor: Actor) -> bool:
    """Return whether the actor, who may read the workflow, sees this entry of its history."""
    return entry.action_type != ActionType.SAVE or sees_drafts(workflow, actor)
