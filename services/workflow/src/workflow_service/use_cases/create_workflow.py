"""Create a workflow."""

from dataclasses import dataclass

from countersign_common.clock import Clock
from countersign_common.ids import NewId

from workflow_service.domain.access import View, view
from workflow_service.domain.errors import NoSuchSchemeError, TooBusyError, VersionConflictError
from workflow_service.domain.request_context import RequestContext
from workflow_service.domain.rules import create
from workflow_service.domain.workflow import Action, Workflow
from workflow_service.ports import WorkflowRepository
from workflow_service.use_cases.commit_transition import MAX_ATTEMPTS, CommitTransition
from workflow_service.use_cases.name_views import NameViews
from workflow_service.use_cases.replayed_response import ReplayedResponse


@dataclass(frozen=True)
class CreateWorkflow:
    """Create a workflow with the newest version of a scheme."""

    workflows: WorkflowRepository
    replayed_response: ReplayedResponse
    commit_transition: CommitTransition
    name_views: NameViews
    clock: Clock
    new_id: NewId

    def __call__(self, scheme_id: str, action: Action, context: RequestContext) -> View[Workflow]:
        """
        Args:
            scheme_id: The scheme.
            action: SAVE or REQUEST, with title and data.
            context: The request; its actor becomes the requester.

        Returns:
            The workflow as the requester sees it; for a retry, the first response.

        Raises:
            NoSuchSchemeError, IdempotencyKeyReusedError, DataTooLargeError: The request is not possible.
            TooBusyError: Equal requests were processed at the same time on every attempt.
        """
        for _ in range(MAX_ATTEMPTS):
            now = self.clock()
            scheme, record = self.workflows.get_for_creation(scheme_id, context.idempotency_key)
            if (replayed := self.replayed_response(record, context, now)) is not None:
                return self.name_views.after_action(replayed, context.actor)
            if scheme is None:
                raise NoSuchSchemeError(scheme_id)
            transition = create(self.new_id(), scheme, action, context.actor, now)
            try:
                committed = self.commit_transition(transition, context, now)
            except VersionConflictError:
                continue  # an equal request was processed at the same time: the next read finds its record
            return self.name_views.after_action(view(committed, context.actor), context.actor)
        raise TooBusyError
