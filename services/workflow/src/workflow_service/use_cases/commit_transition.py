"""Commit a transition, then publish its event."""

from dataclasses import dataclass
from datetime import datetime

from countersign_common.ids import NewId

from workflow_service.domain.events import seal
from workflow_service.domain.request_context import RequestContext
from workflow_service.domain.transition import Commit, Transition
from workflow_service.domain.workflow import Workflow
from workflow_service.ports import NewSalt, WorkflowRepository
from workflow_service.use_cases.publish_event import PublishEvent

MAX_ATTEMPTS = 5
"""How often a use case reads and commits before it gives up because of other writers."""


@dataclass(frozen=True)
class CommitTransition:
    """Commit state, sealed event and idempotency record together; after the commit, publish the event."""

    workflows: WorkflowRepository
    publish_event: PublishEvent
    new_id: NewId
    new_salt: NewSalt

    def __call__(self, transition: Transition, context: RequestContext, at: datetime) -> Workflow:
        """Return the committed state.

        Raises:
            VersionConflictError: Another writer was faster. Nothing was written.
            DataTooLargeError: The event does not fit in a message. Nothing was written.
        """
        event = seal(
            transition.event,
            context,
            event_id=self.new_id(),
            person_salt=self.new_salt(),
            content_salt=self.new_salt(),
        )
        messages = (
            event.messages()
        )  # before the commit: an event that can't be published must not be committed
        committed = transition.with_head_hash(event.hash)
        self.workflows.commit(Commit(committed, event, context.idempotency_key, at))
        self.publish_event(event, messages)
        return committed.after
