"""Erasures that have not ended: shared by the request of an erasure and retention."""

from audit_service.domain.erasure import ErasureJob
from audit_service.ports.erasure import ErasureJobs

RECENT_JOBS = 100
"""The newest jobs, among which those that have not ended are searched. Retention adds one a day."""


def unfinished_erasures(jobs: ErasureJobs) -> list[ErasureJob]:
    """Return the jobs that have not ended, newest first.

    Raises:
        StoreUnavailableError
    """
    return [job for job in jobs.list(before=None, limit=RECENT_JOBS).items if not job.state.is_final]
