"""The rules: who may do what to a workflow when, and what comes of it. Values in, values out."""

from dataclasses import replace
from datetime import datetime

from workflow_service.domain.errors import Incomplete, NotPermitted, NotPossible, Refused
from workflow_service.domain.people import Actor, Person, joined, user_principal
from workflow_service.domain.scheme import Scheme
from workflow_service.domain.workflow import Action, ActionType, Event, Status, Transition, Workflow

_DECISIONS = frozenset({ActionType.APPROVE, ActionType.REJECT})
_LEADS_TO = {
    ActionType.REQUEST: Status.PENDING,
    ActionType.APPROVE: Status.APPROVED,
    ActionType.REJECT: Status.REJECTED,
}


def create(
    workflow_id: str, scheme: Scheme, action: Action, by: Actor, at: datetime, *, root_hash: str
) -> Transition:
    """A new workflow, saved or requested in the same breath.

    Args:
        workflow_id: of nobody else.
        scheme: the version it will keep.
        action: SAVE or REQUEST, with title and data.
        by: who creates it and so is its requester.
        at: when, UTC.
        root_hash: what its first event is linked to.
    """
    blank = Workflow.blank(workflow_id, scheme, action, Person.of(by), at=at, root_hash=root_hash)
    return apply(blank, action, by, at)


def apply(workflow: Workflow, action: Action, by: Actor, at: datetime) -> Transition:
    """What an action makes of a workflow.

    Args:
        workflow: as last committed.
        action: what is to be done.
        by: who does it.
        at: when, UTC.

    Returns:
        The next state, one version on, and the one event that explains it.

    Raises:
        NotPermitted: not-the-requester, own-request, not-an-approver.
        NotPossible: already-approved, already-pending, not-pending.
        Incomplete: comment-missing.
    """
    check(workflow, action.action_type, by)
    if action.action_type is ActionType.REJECT and not (action.comment or "").strip():
        raise Incomplete("comment-missing", "A rejection needs a comment that says why.", "/comment")
    after = _moved(workflow, action, by, at)
    return Transition(workflow, after, _fact(workflow, after, action, by))


def check(workflow: Workflow, action_type: ActionType, by: Actor) -> None:
    """Whether this person may do this now; first the person, then the state.

    Raises:
        NotPermitted, NotPossible: as `apply` does; the rule that forbids it.
    """
    if action_type in _DECISIONS:
        if by.user_id == workflow.requester.user_id:
            raise NotPermitted("own-request", "Nobody decides their own request.")
        if not workflow.step.approvers.include(by):
            raise NotPermitted("not-an-approver", "Only the step's approvers decide.")
    elif by.user_id != workflow.requester.user_id:
        raise NotPermitted("not-the-requester", "Only the requester saves and requests.")

    if workflow.status is Status.APPROVED:
        raise NotPossible("already-approved", "The workflow is approved; nothing changes it any more.")
    if action_type in _DECISIONS and workflow.status is not Status.PENDING:
        raise NotPossible("not-pending", "The workflow is not waiting for a decision.")
    if action_type not in _DECISIONS and workflow.status is Status.PENDING:
        raise NotPossible("already-pending", "The workflow is waiting for a decision.")


def allowed_actions(workflow: Workflow, by: Actor) -> tuple[ActionType, ...]:
    """What this person may do now; the same rules as `apply`, asked beforehand."""
    return tuple(action_type for action_type in ActionType if _allows(workflow, action_type, by))


def _allows(workflow: Workflow, action_type: ActionType, by: Actor) -> bool:
    try:
        check(workflow, action_type, by)
    except Refused:
        return False
    return True


def _moved(workflow: Workflow, action: Action, by: Actor, at: datetime) -> Workflow:
    newcomers = [user_principal(by.user_id)]
    if action.action_type is ActionType.REQUEST:
        newcomers.extend(workflow.step.approvers.principals)
    resubmitted = action.action_type is ActionType.REQUEST and workflow.status is Status.REJECTED
    return replace(
        workflow,
        title=workflow.title if action.title is None else action.title,
        data=workflow.data if action.data is None else action.data,
        status=_LEADS_TO.get(action.action_type, workflow.status),
        round=workflow.round + 1 if resubmitted else workflow.round,
        participants=joined(workflow.participants, newcomers),
        version=workflow.version + 1,
        # Clocks of two machines differ: an event never stands before the one it follows.
        updated_at=max(at, workflow.updated_at),
    )


def _fact(before: Workflow, after: Workflow, action: Action, by: Actor) -> Event:
    return Event(
        workflow_id=after.workflow_id,
        scheme_id=after.scheme_id,
        scheme_version=after.scheme_version,
        step_id=None if action.action_type is ActionType.SAVE else after.step.step_id,
        round=after.round,
        sequence=after.version,
        action_type=action.action_type,
        outcome=after.status,
        action_owner=Person.of(by),
        requester=after.requester,
        approvers=after.step.approvers,
        title=after.title,
        comment=action.comment or None,
        before=before.data if before.data != after.data else None,
        after=after.data,
        occurred_at=after.updated_at,
        participants=after.participants,
        previous_hash=before.head_hash,
    )
