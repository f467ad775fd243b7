"""What the use cases need from outside: stores, queues, and randomness."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from countersign_common.events.cloud_event import EventMessage
from countersign_common.events.manifest import ManifestWorkflow
from countersign_common.pagination import Page

from workflow_service.domain.directory import DirectoryPerson, Group, Search
from workflow_service.domain.erasure import EventCopies, EventErasure, StateErasure
from workflow_service.domain.events import EventMessages, HistoryEntry, Round, SealedEvent, UnreadableEvent
from workflow_service.domain.idempotency import IdempotencyKey, IdempotencyRecord
from workflow_service.domain.manifests import CommittedEvent, ManifestState, SweepPage, UnreadableEntry
from workflow_service.domain.scheme import Scheme
from workflow_service.domain.transition import Commit
from workflow_service.domain.workflow import ListedWorkflow, Workflow, WorkflowSummary

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

    def decided_by(self, user_id: str, *, before: str | None, page_size: int) -> Iterator[ListedWorkflow]:
        """Yield workflows that a user has decided, as last requested, before a position, newest decision first."""
        ...

    def rounds(self, workflow_id: str, sequences: Sequence[int]) -> Sequence[Round]:
        """Return title and data of the REQUEST events with these sequences, in this order."""
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


class NameDirectory(Protocol):
    """The current names of users. It never fails: names that can't be read are left out."""

    def names_of(self, user_ids: Iterable[str]) -> Mapping[str, str]:
        """Return the names of users by id."""
        ...

    def known_names(self, user_ids: Iterable[str]) -> Mapping[str, str]:
        """Return the names that are known without reading anything."""
        ...


class UserDirectory(Protocol):
    """People and groups.

    Pages follow each other by the directory's tokens; a page can have fewer items than its limit, or none. Every method
    raises PeopleUnavailableError if the directory is busy or does not respond, and InvalidPositionError for a token
    that the directory does not know, or no longer.
    """

    def get(self, user_id: str) -> DirectoryPerson | None:
        """Return a person, also one who is disabled."""
        ...

    def people(
        self, search: Search | None, prefix: str, *, token: str | None, limit: int
    ) -> Page[DirectoryPerson, str]:
        """Return enabled people whose name or address starts with the prefix; without a search, all of them."""
        ...

    def groups(self, *, token: str | None, limit: int) -> Page[Group, str]:
        """Return groups."""
        ...

    def members(self, group: str, *, token: str | None, limit: int) -> Page[DirectoryPerson, str] | None:
        """Return enabled members of a group; None if there is no such group."""
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


class AuditTrailPublisher(Protocol):
    """Sends events to the audit trail's queue only."""

    def publish(self, message: EventMessage) -> None:
        """Send a message. Raises if it was not accepted."""
        ...


class EventReader(Protocol):
    """Reads committed events, whether they have been published or not."""

    def read(self, workflow_id: str, sequence: int) -> SealedEvent | UnreadableEvent | None:
        """Return an event; None if it doesn't exist."""
        ...


class ErasableCopies(Protocol):
    """Removes what was erased from what is stored. Reads are consistent, and every erasure can be repeated.

    Every method raises StoreUnavailableError if the store is busy or does not respond.
    """

    def get(self, workflow_id: str) -> Workflow | None:
        """Return a workflow's newest state."""
        ...

    def events(self, workflow_id: str, sequences: Sequence[int] | None) -> Iterable[EventCopies]:
        """Return what is stored of a workflow's events with these sequences, or of all of them, in any order."""
        ...

    def erase_state(self, workflow: Workflow, erasure: StateErasure) -> Workflow:
        """Erase from a workflow's state, and return the state.

        An action that has read the state before can no longer be committed.

        Raises:
            VersionConflictError: The stored state is no longer `workflow`.
        """
        ...

    def erase_inboxes(self, workflow: Workflow, erasure: StateErasure) -> None:
        """Erase from the inboxes that a workflow is in. Without content, it is removed from them."""
        ...

    def erase_event(self, workflow_id: str, erasure: EventErasure) -> None:
        """Erase from an event, whether it has been published or not."""
        ...

    def erase_scheme_author(self, user_id: str) -> None:
        """Erase the name of a user from the versions of schemes that the user has written."""
        ...


class CommitIndex(Protocol):
    """What was committed when: an entry for each event of the last 30 days."""

    def between(self, start: datetime, end: datetime) -> Iterator[CommittedEvent | UnreadableEntry]:
        """Yield the entries from `start` (inclusive) to `end` (exclusive), oldest first. The reads are consistent."""
        ...


class WorkflowStates(Protocol):
    """The stored states of workflows, as manifests attest them."""

    def attested(self, workflow_ids: Sequence[str]) -> Iterator[ManifestWorkflow | UnreadableEntry]:
        """Yield the state of each workflow as it is now, in any order. The reads are consistent."""
        ...

    def sweep(self, cursor: str | None, limit: int) -> SweepPage:
        """Return the next workflows of a sweep over all of them.

        Args:
            cursor: Where it continues; None at its start. If it is invalid, the sweep starts over.
            limit: Maximum number of workflows.
        """
        ...


class ManifestProgress(Protocol):
    """Stores how far manifests have come."""

    def get(self) -> ManifestState | None:
        """Return the state; None before the first run. The read is consistent."""
        ...

    def replace(self, before: ManifestState | None, after: ManifestState) -> None:
        """Write a state.

        Raises:
            VersionConflictError: The stored state is no longer `before`.
        """
        ...


class ManifestStore(Protocol):
    """Stores the texts of manifests. A stored text never changes."""

    def first_after(self, name: str) -> str | None:
        """Return the text of the first manifest after a name; None if there is none."""
        ...

    def add(self, name: str, text: str) -> str:
        """Store a text, unless the name has one, and return the stored text.

        Raises:
            VersionConflictError: Another writer is storing one at the same time.
        """
        ...
