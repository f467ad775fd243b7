"""Apply an action to a workflow."""

from dataclasses import dataclass

from countersign_common.clock import Clock

from workflow_service.domain.access import View, readable, view
from workflow_service.domain.errors import (
    PreconditionRequiredError,
    TooBusyError,
    VersionConflictError,
    VersionStaleError,
)
from workflow_service.domain.request_context import RequestContext
from workflow_service.domain.rules import apply
from workflow_service.domain.workflow import Action, Workflow
from workflow_service.ports import WorkflowRepository
from workflow_service.use_cases.commit_transition import MAX_ATTEMPTS, CommitTransition
from workflow_service.use_cases.name_views import NameViews
from workflow_service.use_cases.replayed_response import ReplayedResponse


@dataclass(frozen=True)
class PerformAction:
    """Save, request, approve or reject a workflow.

    When another action is committed at the same time, this one is checked and applied again on the new state.
    """

    workflows: WorkflowRepository
    replayed_response: ReplayedResponse
    commit_transition: CommitTransition
    name_views: NameViews
    clock: Clock

    def __call__(
        self, workflow_id: str, action: Action, context: RequestContext, *, if_match: int | None
    ) -> View[Workflow]:
        """
        Args:
            workflow_id: The workflow.
            action: What to do.
            context: The request.
            if_match: The only version to apply the action to; None for the newest. Decisions require it, so that
                no one decides on data they have not seen.

        Returns:
            The workflow as the actor sees it; for a retry, the first response.

        Raises:
            NotFoundError: There is no such workflow, or the actor may not read it.
            PreconditionRequiredError: A decision without `if_match`.
            VersionStaleError: `if_match` is not the newest version.
            OwnRequestError, NotAnApproverError, NotTheRequesterError, AlreadyApprovedError, AlreadyPendingError,
            NotPendingError, ContentErasedError, CommentMissingError: A rule forbids it.
            IdempotencyKeyReusedError, DataTooLargeError: The request is not possible.
            TooBusyError: Another action was committed first in every attempt.
        """
        if action.is_decision and if_match is None:
            raise PreconditionRequiredError
        for _ in range(MAX_ATTEMPTS):
            now = self.clock()
            found, record = self.workflows.get_for_update(workflow_id, context.idempotency_key)
            if (replayed := self.replayed_response(record, context, now)) is not None:
                return self.name_views.after_action(replayed, context.actor)
            workflow = readable(found, context.actor)
            if if_match is not None and if_match != workflow.version:
                raise VersionStaleError(f"The workflow has version {workflow.version}, not {if_match}.")
            transition = apply(workflow, action, context.actor, now)
            try:
                committed = self.commit_transition(transition, context, now)
            except VersionConflictError:
                continue
            return self.name_views.after_action(view(committed, context.actor), context.actor)
        raise TooBusyError
