"""What an action makes of a workflow, and what is committed of it."""

from dataclasses import dataclass, replace
from datetime import datetime

from workflow_service.domain.events import Event, SealedEvent
from workflow_service.domain.idempotency import RETENTION, IdempotencyKey, IdempotencyRecord
from workflow_service.domain.workflow import Workflow


@dataclass(frozen=True)
class Transition:
    """The state before and after an action, and the event that explains the change."""

    before: Workflow
    after: Workflow
    event: Event

    @property
    def added_approvers(self) -> tuple[str, ...]:
        """Principals that can decide after the action and could not before."""
        return tuple(each for each in self.after.waits_for if each not in self.before.waits_for)

    @property
    def removed_approvers(self) -> tuple[str, ...]:
        """Principals that could decide before the action and can't after it."""
        return tuple(each for each in self.before.waits_for if each not in self.after.waits_for)

    def with_head_hash(self, head_hash: str) -> "Transition":
        """Return the transition to the state that is linked to the sealed event."""
        return replace(self, after=self.after.with_head_hash(head_hash))


@dataclass(frozen=True)
class Commit:
    """What one transaction writes.

    Attributes:
        transition: Its state after the action is linked to the event.
        event: The sealed event; pending in the outbox from then on.
        idempotency_key: Of the request; None without one.
        at: Time of the commit, in UTC.
    """

    transition: Transition
    event: SealedEvent
    idempotency_key: IdempotencyKey | None
    at: datetime

    @property
    def idempotency_record(self) -> IdempotencyRecord | None:
        """What is stored of the request."""
        if self.idempotency_key is None:
            return None
        after = self.transition.after
        return IdempotencyRecord(
            self.idempotency_key.fingerprint, after.workflow_id, after.version, self.at + RETENTION
        )
