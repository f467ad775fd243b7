"""Who sees which workflow, and what of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from countersign_common.actors import Actor, may_read, reads_everything
from countersign_common.errors import NotFoundError

from workflow_service.domain.events import HistoryEntry
from workflow_service.domain.people import NamedApprovers
from workflow_service.domain.rules import allowed_actions
from workflow_service.domain.workflow import ActionType, Workflow, WorkflowSummary

WorkflowT = TypeVar("WorkflowT", bound=WorkflowSummary)


@dataclass(frozen=True)
class NamedDecision:
    """A decision with the current name of who made it; None if it is not known."""

    user_id: str
    name: str | None
    action_type: ActionType
    step_id: str
    round: int
    at: datetime


@dataclass(frozen=True)
class View(Generic[WorkflowT]):
    """A workflow as one user sees it, and what they may do to it now.

    Attributes:
        names: Current names by user id, as far as they are known.
    """

    workflow: WorkflowT
    allowed_actions: tuple[ActionType, ...]
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def user_ids(self) -> tuple[str, ...]:
        """Whose names it shows."""
        decided = (each.user_id for each in self.workflow.round_decisions)
        return (*self.workflow.step.approvers.users, *decided)

    @property
    def approvers(self) -> NamedApprovers:
        return self.workflow.step.approvers.named(self.names)

    @property
    def decided_by(self) -> tuple[NamedDecision, ...]:
        return tuple(
            NamedDecision(
                each.user_id,
                self.names.get(each.user_id),
                each.action_type,
                each.step_id,
                each.round,
                each.at,
            )
            for each in self.workflow.round_decisions
        )


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
        workflow = workflow.with_content(workflow.requested)
    return View(workflow, allowed_actions(workflow, actor))


def view_summary(workflow: WorkflowSummary, actor: Actor) -> View[WorkflowSummary]:
    """Return an item of one of the actor's own lists."""
    return View(workflow, allowed_actions(workflow, actor))


def sees_entry(workflow: WorkflowSummary, entry: HistoryEntry, actor: Actor) -> bool:
    """Return whether the actor, who may read the workflow, sees this entry of its history."""
    return entry.action_type != ActionType.SAVE or sees_drafts(workflow, actor)
