"""A workflow, what may be done to it, and what is remembered of each thing done. Values only."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from workflow_service.domain.people import Approvers, Person, user_principal
from workflow_service.domain.scheme import Scheme, Step


class Status(StrEnum):
    """Where a workflow stands."""

    DRAFT = "DRAFT"
    PENDING = "PENDING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"


class ActionType(StrEnum):
    """What can be done to a workflow."""

    SAVE = "SAVE"
    REQUEST = "REQUEST"
    APPROVE = "APPROVE"
    REJECT = "REJECT"


@dataclass(frozen=True)
class Action:
    """Something that somebody wants to do to a workflow.

    Attributes:
        action_type: what.
        title: the new title, 1 to 200 characters; None leaves it.
        data: the new data as canonical JSON text, at most 128 KB; None leaves it.
        comment: at most 4,000 characters.
    """

    action_type: ActionType
    title: str | None = None
    data: str | None = None
    comment: str | None = None


@dataclass(frozen=True)
class Workflow:
    """One workflow as it stands after its newest event.

    Attributes:
        scheme_id, scheme_version, step: the scheme's version it was created by, and that version's step; a later
            version of the scheme does not touch it.
        data: canonical JSON text of the object that is to be approved; the rules never look inside.
        round: how often it was submitted anew after a rejection, from 1.
        participants: everybody who ever had to do with it, as `user:<id>` and `group:<name>`; only grows.
        version: how many events it has; 0 only before the first.
        head_hash: of its newest event, what the next one is linked to.
    """

    workflow_id: str
    scheme_id: str
    scheme_version: int
    step: Step
    title: str
    data: str
    status: Status
    round: int
    requester: Person
    participants: tuple[str, ...]
    version: int
    head_hash: str
    created_at: datetime
    updated_at: datetime

    @classmethod
    def blank(
        cls,
        workflow_id: str,
        scheme: Scheme,
        action: Action,
        requester: Person,
        *,
        at: datetime,
        root_hash: str,
    ) -> "Workflow":
        """A workflow before its first event.

        Args:
            action: its first, with title and data.
            root_hash: what the first event is linked to.
        """
        return cls(
            workflow_id=workflow_id,
            scheme_id=scheme.scheme_id,
            scheme_version=scheme.version,
            step=scheme.first_step,
            title=action.title or "",
            data=action.data or "{}",
            status=Status.DRAFT,
            round=1,
            requester=requester,
            participants=(user_principal(requester.user_id),),
            version=0,
            head_hash=root_hash,
            created_at=at,
            updated_at=at,
        )

    @property
    def step_id(self) -> str | None:
        """The step it is at, or was decided at; None while it is a draft."""
        return None if self.status is Status.DRAFT else self.step.step_id

    def linked(self, head_hash: str) -> "Workflow":
        """The same with its newest event's hash, which is known only once that event is sealed."""
        return replace(self, head_hash=head_hash)


@dataclass(frozen=True)
class Event:
    """The fact that an action was done; what the audit trail and the notifications are told.

    Attributes:
        sequence: its place among the workflow's events, from 1; equals the version it led to.
        step_id: at which step; None for a SAVE, which belongs to none.
        outcome: the status the workflow has since.
        before: the data as it was, where this action changed it; else None.
        after: the data as it is since.
        participants: the workflow's, this action included.
        previous_hash: of the event before it.
    """

    workflow_id: str
    scheme_id: str
    scheme_version: int
    step_id: str | None
    round: int
    sequence: int
    action_type: ActionType
    outcome: Status
    action_owner: Person
    requester: Person
    approvers: Approvers
    title: str
    comment: str | None
    before: str | None
    after: str
    occurred_at: datetime
    participants: tuple[str, ...]
    previous_hash: str


@dataclass(frozen=True)
class Transition:
    """What an action makes of a workflow: the state before and after, and the one event that explains it."""

    before: Workflow
    after: Workflow
    event: Event

    @property
    def asked(self) -> tuple[str, ...]:
        """Who now has to decide and had not before: principals, without the requester."""
        return _deciders(self.after) if self.before.status is not Status.PENDING else ()

    @property
    def released(self) -> tuple[str, ...]:
        """Who had to decide and no longer has: principals."""
        return _deciders(self.before) if self.after.status is not Status.PENDING else ()


def _deciders(workflow: Workflow) -> tuple[str, ...]:
    """Whom a pending workflow waits for. Nobody decides their own request, so it does not wait for its requester."""
    if workflow.status is not Status.PENDING:
        return ()
    own = user_principal(workflow.requester.user_id)
    return tuple(principal for principal in workflow.step.approvers.principals if principal != own)
