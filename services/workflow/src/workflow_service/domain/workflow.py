"""Workflows and the actions on them."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from countersign_common.actors import user_principal
from countersign_common.clock import to_rfc3339
from countersign_common.proof.hash_chain import first_previous_hash

from workflow_service.domain.people import Person
from workflow_service.domain.preview import PreviewField, preview_of
from workflow_service.domain.scheme import Scheme, Step


class Status(StrEnum):
    """The state of a workflow."""

    DRAFT = "DRAFT"
    PENDING = "PENDING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"


class ActionType(StrEnum):
    """What a user can do to a workflow."""

    SAVE = "SAVE"
    REQUEST = "REQUEST"
    APPROVE = "APPROVE"
    REJECT = "REJECT"


DECISIONS = frozenset({ActionType.APPROVE, ActionType.REJECT})
"""The actions of approvers."""


@dataclass(frozen=True)
class Action:
    """An action as a user requests it.

    Attributes:
        title: The new title, 1 to 200 characters; None keeps the current one.
        data: The new data as canonical JSON text, at most 128 KB; None keeps the current data.
        comment: At most 4,000 characters.
    """

    action_type: ActionType
    title: str | None = None
    data: str | None = None
    comment: str | None = None

    @property
    def is_decision(self) -> bool:
        return self.action_type in DECISIONS


@dataclass(frozen=True)
class Content:
    """What a workflow is about.

    Attributes:
        data: Canonical JSON text of an object. Rules never look inside.
    """

    title: str
    data: str


ERASED_CONTENT = Content("", "{}")
"""What is left of erased content. A title is never empty otherwise."""


@dataclass(frozen=True)
class Decision:
    """What an approver decided in a round.

    Attributes:
        version: The workflow's after it.
        at: In UTC.
    """

    user_id: str
    action_type: ActionType
    step_id: str
    round: int
    version: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class WorkflowSummary:
    """A workflow as lists show it.

    Attributes:
        scheme_id, scheme_version, step: The scheme version that the workflow was created with, and its step. Later
            versions don't change them.
        round: From 1; increases when the workflow is requested again after a rejection.
        version: Number of events; 0 only before the first one.
        content_erased: Whether title and data were erased. They are empty then, and nothing more can be done.
        preview: The first fields of the data.
        decisions: Of all rounds, the newest last.
    """

    workflow_id: str
    scheme_id: str
    scheme_version: int
    step: Step
    title: str
    status: Status
    round: int
    requester: Person
    version: int
    created_at: datetime
    updated_at: datetime
    content_erased: bool = False
    preview: tuple[PreviewField, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def round_decisions(self) -> tuple[Decision, ...]:
        """The decisions of the current round."""
        return tuple(decision for decision in self.decisions if decision.round == self.round)

    @property
    def step_id(self) -> str | None:
        """The step that the workflow is in, or was decided in; None for a draft."""
        return None if self.status is Status.DRAFT else self.step.step_id

    @property
    def sort_key(self) -> str:
        """The position in lists that are ordered by time: unique, and ordered as text."""
        return self.sort_key_at(self.updated_at)

    def sort_key_at(self, at: datetime) -> str:
        """Return the position that the workflow had at a time."""
        return f"{to_rfc3339(at)}#{self.workflow_id}"

    def decided_position(self, user_id: str) -> str | None:
        """Return the position after the user's newest decision; None before one."""
        own = [decision for decision in self.decisions if decision.user_id == user_id]
        return self.sort_key_at(own[-1].at) if own else None


@dataclass(frozen=True)
class ListedWorkflow:
    """A workflow in a list.

    Attributes:
        position: Where it is in the list: its sort key; among decided workflows, the one right after the decision.
    """

    workflow: WorkflowSummary
    position: str


@dataclass(frozen=True, kw_only=True)
class Workflow(WorkflowSummary):
    """A workflow after its newest event.

    Attributes:
        data: As last saved or requested (canonical JSON text of an object).
        requested: Title and data of the newest REQUEST; None before the first one. What is saved after it is private.
        head_hash: Hash of the newest event, to which the next one is linked.
        erasures: How often something was erased from the state, which doesn't change its version.
        requests: Sequences of the REQUEST events.
    """

    data: str
    requested: Content | None
    head_hash: str
    erasures: int = 0
    requests: tuple[int, ...] = ()

    @classmethod
    def new(
        cls, workflow_id: str, scheme: Scheme, content: Content, requester: Person, at: datetime
    ) -> "Workflow":
        """Return a workflow before its first event."""
        return cls(
            workflow_id=workflow_id,
            scheme_id=scheme.scheme_id,
            scheme_version=scheme.version,
            step=scheme.first_step,
            title=content.title,
            data=content.data,
            preview=preview_of(content.data),
            status=Status.DRAFT,
            round=1,
            requester=requester,
            requested=None,
            version=0,
            head_hash=first_previous_hash(workflow_id),
            created_at=at,
            updated_at=at,
        )

    @property
    def content(self) -> Content:
        return Content(self.title, self.data)

    @property
    def participants(self) -> tuple[str, ...]:
        """The requester, all approvers so far, and users who decided, as `user:<id>` and `group:<name>`."""
        approvers = self.step.approvers.principals if self.requests else ()
        deciders = (user_principal(decision.user_id) for decision in self.decisions)
        return tuple(dict.fromkeys((user_principal(self.requester.user_id), *approvers, *deciders)))

    @property
    def waits_for(self) -> tuple[str, ...]:
        """Principals of those who can decide now. The requester can't, even as an approver."""
        if self.status is not Status.PENDING:
            return ()
        requester = user_principal(self.requester.user_id)
        return tuple(principal for principal in self.step.approvers.principals if principal != requester)

    def with_content(self, content: Content) -> "Workflow":
        """Return the workflow with another title and other data."""
        preview = self.preview if content.data == self.data else preview_of(content.data)
        return replace(self, title=content.title, data=content.data, preview=preview)

    def with_head_hash(self, head_hash: str) -> "Workflow":
        """Return the workflow with the hash of its newest event, which is known when the event is sealed."""
        return replace(self, head_hash=head_hash)
