"""Committing a transition: state, event and remembered answer at once; then the event is handed on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from workflow_service.domain.visibility import View, view
from workflow_service.domain.workflow import Transition
from workflow_service.use_cases.hand_on import Delivery, Outbox, Warn, hand_on
from workflow_service.use_cases.once import REMEMBERED_FOR, Answered, Once
from workflow_service.use_cases.seal import Origin, SealedEvent, Sealer

TRIES = 5
"""How often an action is tried on the newest state before its sender is asked to try later."""


class Outrun(Exception):
    """Somebody else committed first: what was read is no longer the newest, and nothing was written."""


@dataclass(frozen=True)
class Commit:
    """What one transaction writes.

    Attributes:
        transition: from which state to which; `after` is linked to the event.
        event: the one that explains it, pending in the outbox.
        once, answered: the request and what is remembered of it; None without an Idempotency-Key.
        at: when, UTC.
    """

    transition: Transition
    event: SealedEvent
    once: Once | None
    answered: Answered | None
    at: datetime


class Journal(Protocol):
    """Where workflows and their events are kept together."""

    def commit(self, commit: Commit) -> None:
        """Write all of it or nothing.

        Raises:
            Outrun: the state is not `transition.before` any more, or the request was done meanwhile.
        """
        ...


@dataclass(frozen=True)
class Committer:
    """Commits transitions and hands their events on."""

    journal: Journal
    outbox: Outbox
    sealer: Sealer
    delivery: Delivery
    warn: Warn

    def commit(self, transition: Transition, origin: Origin, once: Once | None, at: datetime) -> View:
        """Commit a transition with its event; then, and only then, tell the queues.

        Returns:
            The workflow's new state as the actor sees it.

        Raises:
            Outrun: somebody was faster; nothing was written.
            Problem: 413, the event would not fit into a message; nothing was written.
        """
        event = self.sealer.seal(transition.event, origin)
        messages = event.messages()  # before anything is written: what cannot be told must not happen
        after = transition.after.linked(event.hash)
        seen = view(after, origin.caller)
        answered = None if once is None else Answered(once.fingerprint, seen, at + REMEMBERED_FOR)
        linked = Transition(transition.before, after, transition.event)
        self.journal.commit(Commit(linked, event, once, answered, at))
        hand_on(event, messages, delivery=self.delivery, outbox=self.outbox, warn=self.warn)
        return seen
