"""Read erasures: how far they are, and what they have erased."""

from dataclasses import dataclass

from countersign_common.actors import Actor
from countersign_common.errors import NotFoundError
from countersign_common.pagination import Page

from audit_service.domain.access import require_auditor
from audit_service.domain.erasure import ErasureJob
from audit_service.ports.erasure import ErasureJobs


@dataclass(frozen=True)
class GetErasure:
    """Get an erasure."""

    jobs: ErasureJobs

    def __call__(self, erasure_id: str, actor: Actor) -> ErasureJob:
        """
        Raises:
            AuditorsOnlyError: The actor is neither an auditor nor an admin.
            NotFoundError: There is no such erasure.
            StoreUnavailableError
        """
        require_auditor(actor)
        job = self.jobs.get(erasure_id)
        if job is None:
            raise NotFoundError("erasure")
        return job


@dataclass(frozen=True)
class ListErasures:
    """List erasures of users and by retention, newest first."""

    jobs: ErasureJobs

    def __call__(self, actor: Actor, *, before: str | None, limit: int) -> Page[ErasureJob, str]:
        """
        Args:
            actor: Who wants to know.
            before: Position of the previous page; None for the first page.
            limit: 1 to 100.

        Raises:
            AuditorsOnlyError: The actor is neither an auditor nor an admin.
            StoreUnavailableError
        """
        require_auditor(actor)
        return self.jobs.list(before=before, limit=limit)
