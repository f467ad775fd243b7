"""What erasure, retention and legal holds need."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from countersign_common.events.erasure_event import Erasure
    from countersign_common.pagination import Page
    from countersign_common.proof.commitment import Part

    from audit_service.domain.audit_record import AuditRecord
    from audit_service.domain.dead_letters import DeadLetter
    from audit_service.domain.erasure import ErasureJob, Hold, RetentionPolicy
    from audit_service.domain.own_events import OwnEvent

NewSalt = Callable[[], bytes]
"""Returns 32 random bytes."""


class ErasureJobs(Protocol):
    """Jobs that erase. Every method raises StoreUnavailableError."""

    def add(self, job: ErasureJob) -> None:
        """Store a new job. Storing the same job again changes nothing."""
        ...

    def get(self, erasure_id: str) -> ErasureJob | None:
        """Return a job, strongly consistent."""
        ...

    def list(self, *, before: str | None, limit: int) -> Page[ErasureJob, str]:
        """Return jobs, newest first, strongly consistent.

        Args:
            before: erasureId of the last job of the previous page; None for the first page.
            limit: Maximum number of jobs.
        """
        ...

    def update(self, job: ErasureJob) -> ErasureJob:
        """Replace a job that was read with the same version, and return it with its new version.

        Raises:
            JobChangedError: It was changed since.
        """
        ...


class Holds(Protocol):
    """Legal holds. Every method raises StoreUnavailableError."""

    def all(self) -> Mapping[str, Hold]:
        """Return all holds by workflow, strongly consistent."""
        ...

    def get(self, workflow_id: str) -> Hold | None:
        """Return a workflow's hold, strongly consistent."""
        ...

    def put(self, workflow_id: str, hold: Hold, *, replaces: Hold | None) -> bool:
        """Place a hold, or replace one.

        Args:
            workflow_id: The workflow.
            hold: Of another time than the replaced one.
            replaces: The workflow's hold; None if it has none.

        Returns:
            False, and nothing has changed, if the workflow has another hold than `replaces`.
        """
        ...

    def delete(self, workflow_id: str, hold: Hold) -> bool:
        """Remove a hold. Return False, and remove nothing, if the workflow has another one, or none."""
        ...


class RetentionPolicies(Protocol):
    """How long records are kept. Every method raises StoreUnavailableError."""

    def all(self) -> Mapping[str, RetentionPolicy]:
        """Return all policies by scheme, strongly consistent."""
        ...

    def put(self, scheme: str, policy: RetentionPolicy, *, replaces: RetentionPolicy | None) -> bool:
        """Set a policy, or replace one.

        Args:
            scheme: The scheme.
            policy: Of another time than the replaced one.
            replaces: The scheme's policy; None if it has none.

        Returns:
            False, and nothing has changed, if the scheme has another policy than `replaces`.
        """
        ...


class AuditRequests(Protocol):
    """The queue of the function that erases. Every method raises StoreUnavailableError."""

    def request_erasure(self, erasure_id: str, *, delay_seconds: int = 0) -> None:
        """Send a request to start or continue a job, after a delay of at most 900 seconds."""
        ...

    def record(self, event: OwnEvent) -> None:
        """Send an event of the audit service itself, to be recorded."""
        ...


class RecordParts(Protocol):
    """Removes what was erased from stored records. Nothing else changes a stored record."""

    def remove(self, parts: Mapping[str, Sequence[Part]]) -> None:
        """Remove parts of records by datasetId, salts included. Records that are not stored are ignored.

        Raises:
            StoreUnavailableError: Some may not be removed. It can be repeated.
        """
        ...


class ErasureHints(Protocol):
    """Which erasure events name a record. These are hints: only the events themselves are proof.

    Every method raises StoreUnavailableError.
    """

    def add(self, event_id: str, parts: Mapping[str, Sequence[Part]]) -> None:
        """Store what an erasure event names: datasetId → parts. It can be repeated."""
        ...

    def parts_of(self, dataset_ids: Sequence[str]) -> Mapping[str, frozenset[Part]]:
        """Return the parts of records that erasure events name. Records that none names are left out."""
        ...


class ErasurePublisher(Protocol):
    """Informs the other services of erasures."""

    def publish(self, erasure: Erasure) -> None:
        """Send an erasure to each service.

        Raises:
            StoreUnavailableError: It may not be sent to each of them. It can be repeated.
        """
        ...


class DeadLetters(Protocol):
    """The dead-letter queues of events with personal data. Every method raises StoreUnavailableError."""

    def are_hidden(self) -> bool:
        """Return whether another pass has received messages: `receive` doesn't return those."""
        ...

    def receive(self) -> Generator[Sequence[DeadLetter], None, None]:
        """Yield the messages, a few at a time, each once.

        Messages that are not deleted become visible again when the generator is closed.
        """
        ...

    def delete(self, letters: Sequence[DeadLetter]) -> None:
        """Delete messages of one `receive`."""
        ...


class ErasedDocuments(Protocol):
    """Removes erased values from the search index."""

    def replace(self, records: Sequence[AuditRecord]) -> None:
        """Replace the documents of records with those of the records as they are now.

        Raises:
            SearchUnavailableError: Some may not be replaced. It can be repeated.
        """
        ...
