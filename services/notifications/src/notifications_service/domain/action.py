"""What somebody did with a workflow, as far as telling others about it needs to know."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ActionType(StrEnum):
    """What was done."""

    SAVE = "SAVE"
    REQUEST = "REQUEST"
    APPROVE = "APPROVE"
    REJECT = "REJECT"


class Outcome(StrEnum):
    """The status that the workflow has after the action."""

    DRAFT = "DRAFT"
    PENDING = "PENDING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"


@dataclass(frozen=True)
class Person:
    """A user, with the name to show.

    Attributes:
        user_id: the Cognito `sub`.
        name: may be empty.
    """

    user_id: str
    name: str


@dataclass(frozen=True)
class Approvers:
    """Who may decide a step.

    Attributes:
        users: by userId.
        groups: by name; who is in them is asked when they are told.
    """

    users: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Action:
    """One action on a workflow.

    Attributes:
        event_id: of the event that reports it, a UUID.
        correlation_id: of the request that it came from.
        workflow_id, title, scheme: of the workflow.
        step_id: the step it was done in; None before the first request.
        round: from 1; one more with each resubmission.
        sequence: its place among the workflow's actions, from 1.
        action_type, outcome: what was done, and the status after it.
        action_owner: who did it.
        requester: whose workflow it is.
        approvers: of the step.
        comment: ≤ 4,000 characters; None without one.
        occurred_at: when, UTC.
    """

    event_id: str
    correlation_id: str
    workflow_id: str
    title: str
    scheme: str
    step_id: str | None
    round: int
    sequence: int
    action_type: ActionType
    outcome: Outcome
    action_owner: Person
    requester: Person
    approvers: Approvers
    comment: str | None
    occurred_at: datetime
