"""Rebuild the response of an earlier request."""

from dataclasses import dataclass
from datetime import datetime

from countersign_common.errors import NotFoundError

from workflow_service.domain.access import View, view
from workflow_service.domain.idempotency import IdempotencyRecord, matching_record
from workflow_service.domain.replay import state_after
from workflow_service.domain.request_context import RequestContext
from workflow_service.domain.workflow import Workflow
from workflow_service.ports import WorkflowRepository


@dataclass(frozen=True)
class ReplayedResponse:
    """Return what an earlier, equal request returned, whatever has happened to the workflow since."""

    workflows: WorkflowRepository

    def __call__(
        self, record: IdempotencyRecord | None, context: RequestContext, now: datetime
    ) -> View[Workflow] | None:
        """Return the first response; None if the request is not a retry.

        Raises:
            IdempotencyKeyReusedError: The key was used for another request.
        """
        earlier = matching_record(context.idempotency_key, record, now)
        if earlier is None:
            return None
        found = self.workflows.get_with_event(earlier.workflow_id, earlier.version)
        if found is None:
            raise NotFoundError("workflow")
        newest, event = found
        return view(state_after(event, newest), context.actor)
