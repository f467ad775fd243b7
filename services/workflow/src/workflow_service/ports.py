"""What the use cases need from outside: stores, queues, and randomness."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Protocol

from workflow_service.domain.events import EventMessages, HistoryEntry, SealedEvent, UnreadableEvent
from workflow_service.domain.idempotency import IdempotencyKey, IdempotencyRecord
from workflow_service.domain.scheme import Scheme
from workflow_service.domain.transition import Commit
from workflow_service.domain.workflow import Workflow, WorkflowSummary

NewSalt = Callable[[], bytes]
"""Returns 32 random bytes."""


class WorkflowRepository(Protocol):
    """Stores workflows with their events and idempotency records. All reads of single items are consistent."""

    def get(self, workflow_id: str) -> Workflow | None:
        """Return a workflow's newest state."""
        ...

    def get_for_update(
        self, workflow_id: str, key: IdempotencyKey | None
    ) -> tuple[Workflow | None, IdempotencyRecord | None]:
        """Return a workflow's newest state and the record of the key, in one read."""
        ...

    def get_for_creation(
        self, scheme_id: str, key: IdempotencyKey | None
    ) -> tuple[Scheme | None, IdempotencyRecord | None]:
        """Return the newest version of a scheme and the record of the key, in one read."""
        ...

    def get_with_event(self, workflow_id: str, sequence: int) -> tuple[Workflow, SealedEvent] | None:
        """Return a workflow's newest state and one of its events, in one read; None if either doesn't exist."""
        ...

    def commit(self, commit: Commit) -> None:
        """Write everything or nothing.

        Raises:
            VersionConflictError: The newest state is no longer `transition.before`, or the idempotency key has been
                used.
        """
        ...

    def history(self, workflow_id: str, *, after: int, page_size: int) -> Iterator[HistoryEntry]:
        """Yield a workflow's events after a sequence, in order. Reads the next page when it is needed."""
        ...

    def requested_by(self, user_id: str, *, before: str | None, page_size: int) -> Iterator[WorkflowSummary]:
        """Yield a user's own workflows before a sort key, newest first. Reads the next page when it is needed."""
        ...

    def waiting_for(self, principal: str, *, before: str | None, page_size: int) -> Iterator[WorkflowSummary]:
        """Yield workflows that wait for a user or group, before a sort key, newest first, like `requested_by`."""
        ...


class SchemeRepository(Protocol):
    """Stores schemes in all their versions."""

    def get(self, scheme_id: str, version: int | None = None) -> Scheme | None:
        """Return a version of a scheme, by default the newest committed one."""
        ...

    def list_newest(self, *, after: str | None, page_size: int) -> Iterator[Scheme]:
        """Yield schemes after an id, in their newest versions, by id. Reads the next page when it is needed."""
        ...

    def add_version(self, scheme: Scheme) -> None:
        """Write a version and make it the newest.

        Raises:
            VersionConflictError: The version before it is not the newest.
        """
        ...


class Outbox(Protocol):
    """Committed events that have not been published yet."""

    def pending(self, before: datetime) -> Iterator[SealedEvent | UnreadableEvent]:
        """Yield what has been pending since before this time, oldest first."""
        ...

    def remove(self, event: SealedEvent) -> None:
        """Remove an event that both queues have accepted."""
        ...


class EventPublisher(Protocol):
    """Sends events to the audit trail's and the notifications' queue."""

    def publish(self, messages: EventMessages) -> None:
        """Send both messages in parallel. Raises if one of them was not accepted, after both were tried."""
        ...
