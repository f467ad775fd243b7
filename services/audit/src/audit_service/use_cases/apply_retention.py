"""Apply retention: start the erasure of records whose retention period has ended. Runs once a day."""

from dataclasses import dataclass
from datetime import timedelta

from countersign_common.clock import Clock
from countersign_common.ids import NewId
from countersign_common.proof.commitment import PARTS

from audit_service.domain.erasure import ErasureJob, ErasureKind
from audit_service.ports.erasure import AuditRequests, ErasureJobs
from audit_service.use_cases.unfinished_erasures import unfinished_erasures

REQUESTED_BY = "retention"
REASON = "retention"

STUCK_AFTER = timedelta(hours=1)
"""A job that has not changed for this long is started again. A message of a running job waits 15 minutes at most."""


@dataclass(frozen=True)
class StartedErasures:
    """What a run has started.

    Attributes:
        created: Id of the new retention job; None if one has not ended.
        resumed: Ids of jobs that had stopped without an end.
    """

    created: str | None
    resumed: tuple[str, ...]


@dataclass(frozen=True)
class ApplyRetention:
    """Request the erasure of what is too old, and start jobs again that have stopped.

    A job stops if its message is lost in the dead-letter queue. Starting a job that runs does no harm.
    """

    jobs: ErasureJobs
    requests: AuditRequests
    clock: Clock
    new_id: NewId

    def __call__(self) -> StartedErasures:
        """
        Raises:
            StoreUnavailableError: The next run continues.
        """
        now = self.clock()
        running = unfinished_erasures(self.jobs)
        stuck = [job.erasure_id for job in running if now - job.updated_at > STUCK_AFTER]
        for erasure_id in stuck:
            self.requests.request_erasure(erasure_id)
        if any(job.kind is ErasureKind.RETENTION for job in running):
            return StartedErasures(None, tuple(stuck))
        job = ErasureJob(
            erasure_id=self.new_id(),
            kind=ErasureKind.RETENTION,
            user_id=None,
            parts=PARTS,
            reason=REASON,
            requested_by=REQUESTED_BY,
            actor=None,
            created_at=now,
            updated_at=now,
        )
        self.jobs.add(job)
        self.requests.request_erasure(job.erasure_id)
        return StartedErasures(job.erasure_id, tuple(stuck))
