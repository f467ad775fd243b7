"""The rules: who may do what to a workflow in which state, and the result."""

from dataclasses import replace
from datetime import datetime

from countersign_common.actors import Actor, user_principal
from countersign_common.errors import DomainError

from workflow_service.domain.errors import (
    AlreadyApprovedError,
    AlreadyPendingError,
    CommentMissingError,
    ContentErasedError,
    NotAnApproverError,
    NotPendingError,
    NotTheRequesterError,
    OwnRequestError,
)
from workflow_service.domain.events import Event
from workflow_service.domain.people import Person, merge_participants
from workflow_service.domain.scheme import Scheme
from workflow_service.domain.transition import Transition
from workflow_service.domain.workflow import (
    DECISIONS,
    Action,
    ActionType,
    Content,
    Decision,
    Status,
    Workflow,
    WorkflowSummary,
)

_NEXT_STATUS = {
    ActionType.REQUEST: Status.PENDING,
    ActionType.APPROVE: Status.APPROVED,
    ActionType.REJECT: Status.REJECTED,
}


def create(workflow_id: str, scheme: Scheme, action: Action, actor: Actor, at: datetime) -> Transition:
    """Create a workflow and apply its first action.

    Args:
        workflow_id: A new id.
        scheme: The version that the workflow keeps.
        action: SAVE or REQUEST, with title and data.
        actor: Becomes the requester.
        at: In UTC.
    """
    content = Content(action.title or "", action.data or "{}")
    return apply(Workflow.new(workflow_id, scheme, content, Person.from_actor(actor), at), action, actor, at)


def apply(workflow: Workflow, action: Action, actor: Actor, at: datetime) -> Transition:
    """Apply an action to a workflow.

    Args:
        workflow: The newest committed state.
        action: The action.
        actor: Who acts.
        at: In UTC.

    Returns:
        The next state and the event that explains it.

    Raises:
        OwnRequestError, NotAnApproverError, NotTheRequesterError: The actor may not do this.
        AlreadyApprovedError, AlreadyPendingError, NotPendingError, ContentErasedError: Not in this state.
        CommentMissingError: A rejection without a comment.
    """
    check_allowed(workflow, action.action_type, actor)
    if action.action_type is ActionType.REJECT and not (action.comment or "").strip():
        raise CommentMissingError
    after = _next_state(workflow, action, actor, at)
    return Transition(workflow, after, _event(workflow, after, action, actor))


def check_allowed(workflow: WorkflowSummary, action_type: ActionType, actor: Actor) -> None:
    """Check whether the actor may do this now: first the actor, then the state.

    Raises:
        OwnRequestError, NotAnApproverError, NotTheRequesterError: The actor may not do this.
        AlreadyApprovedError, AlreadyPendingError, NotPendingError, ContentErasedError: Not in this state.
    """
    is_decision = action_type in DECISIONS
    is_requester = actor.user_id == workflow.requester.user_id
    if is_decision and is_requester:
        raise OwnRequestError
    if is_decision and not workflow.step.approvers.include(actor):
        raise NotAnApproverError
    if not is_decision and not is_requester:
        raise NotTheRequesterError

    if workflow.content_erased:
        raise ContentErasedError
    if workflow.status is Status.APPROVED:
        raise AlreadyApprovedError
    if is_decision and workflow.status is not Status.PENDING:
        raise NotPendingError
    if not is_decision and workflow.status is Status.PENDING:
        raise AlreadyPendingError


def allowed_actions(workflow: WorkflowSummary, actor: Actor) -> tuple[ActionType, ...]:
    """Return what the actor may do now, by the same rules as `apply`."""
    return tuple(action_type for action_type in ActionType if _is_allowed(workflow, action_type, actor))


def _is_allowed(workflow: WorkflowSummary, action_type: ActionType, actor: Actor) -> bool:
    try:
        check_allowed(workflow, action_type, actor)
    except DomainError:
        return False
    return True


def _next_state(workflow: Workflow, action: Action, actor: Actor, at: datetime) -> Workflow:
    is_request = action.action_type is ActionType.REQUEST
    content = Content(
        workflow.title if action.title is None else action.title,
        workflow.data if action.data is None else action.data,
    )
    added = [user_principal(actor.user_id), *(workflow.step.approvers.principals if is_request else ())]
    # Clocks of two machines differ: an event is never earlier than the one before it.
    updated_at = max(at, workflow.updated_at)
    version = workflow.version + 1
    return replace(
        workflow.with_content(content),
        requested=content if is_request else workflow.requested,
        status=_NEXT_STATUS.get(action.action_type, workflow.status),
        round=workflow.round + 1 if is_request and workflow.status is Status.REJECTED else workflow.round,
        participants=merge_participants(workflow.participants, added),
        requests=(*workflow.requests, version) if is_request else workflow.requests,
        decisions=_next_decisions(workflow, action, actor, updated_at),
        version=version,
        updated_at=updated_at,
    )


def _next_decisions(workflow: Workflow, action: Action, actor: Actor, at: datetime) -> tuple[Decision, ...]:
    if not action.is_decision:
        return workflow.decisions
    made = Decision(
        user_id=actor.user_id,
        action_type=action.action_type,
        step_id=workflow.step.step_id,
        round=workflow.round,
        version=workflow.version + 1,
        at=at,
    )
    return (*workflow.decisions, made)


def _event(before: Workflow, after: Workflow, action: Action, actor: Actor) -> Event:
    is_save = action.action_type is ActionType.SAVE
    previous = _previous_data(before, action.action_type)
    return Event(
        workflow_id=after.workflow_id,
        scheme_id=after.scheme_id,
        scheme_version=after.scheme_version,
        step_id=None if is_save else after.step.step_id,
        round=after.round,
        sequence=after.version,
        action_type=action.action_type,
        outcome=after.status,
        action_owner=Person.from_actor(actor),
        requester=after.requester,
        approvers=after.step.approvers,
        title=after.title,
        comment=action.comment or None,
        before=None if previous == after.data else previous,
        after=after.data,
        occurred_at=after.updated_at,
        # Drafts are private: only the requester takes part in a SAVE.
        participants=(user_principal(after.requester.user_id),) if is_save else after.participants,
        previous_hash=before.head_hash,
    )


def _previous_data(before: Workflow, action_type: ActionType) -> str | None:
    """Return the data that an event shows as its `before`.

    For a REQUEST it is that of the previous REQUEST: its readers must not see what was saved in between.
    """
    if action_type is ActionType.REQUEST:
        return None if before.requested is None else before.requested.data
    return before.data
