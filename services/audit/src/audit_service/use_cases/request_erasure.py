"""Request an erasure of a user: a job that another function runs."""

from dataclasses import dataclass
from datetime import timedelta

from countersign_common.actors import ADMINS, Actor
from countersign_common.clock import Clock
from countersign_common.errors import AdminsOnlyError, IdempotencyKeyReusedError
from countersign_common.ids import NewId

from audit_service.domain.erasure import (
    ErasureActor,
    ErasureJob,
    ErasureKind,
    ErasureState,
    UserSelection,
)
from audit_service.domain.errors import ErasureRunningError
from audit_service.ports.erasure import AuditRequests, ErasureJobs
from audit_service.ports.retention import ErasureKey, ErasureKeyRecord, ErasureKeys

RECENT_JOBS = 100
"""Newest jobs among which one that has not ended is searched. Retention adds one a day."""

KEY_RETENTION = timedelta(hours=24)
"""How long a key identifies a request. Afterward it is unused again."""


@dataclass(frozen=True)
class RequestErasure:
    """Start an erasure of a user. One at a time: a second one would find what the first one is about to erase."""

    jobs: ErasureJobs
    keys: ErasureKeys
    requests: AuditRequests
    clock: Clock
    new_id: NewId

    def __call__(
        self,
        selection: UserSelection,
        reason: str,
        actor: Actor,
        origin: ErasureActor,
        *,
        key: ErasureKey | None = None,
    ) -> ErasureJob:
        """Return the job. A retry with the same key returns the job of the first request.

        Args:
            selection: What is erased.
            reason: Why. It is recorded, and is never erased.
            actor: Who wants it.
            origin: Of the request: recorded with the erasure.
            key: Of the request; None for a request without one.

        Raises:
            AdminsOnlyError: The actor is not an admin.
            IdempotencyKeyReusedError: The key was used for another request.
            ErasureRunningError: An erasure of the user has not ended.
            StoreUnavailableError: The job may be stored and not started. A retry with the same key starts it, and so
                does the next run of the daily retention.
        """
        if ADMINS not in actor.groups:
            raise AdminsOnlyError
        now = self.clock()
        erasure_id = self.new_id()
        if key is not None:
            record = ErasureKeyRecord(key.fingerprint, erasure_id, now + KEY_RETENTION)
            record = self.keys.claim(key, record, now)
            if record.fingerprint != key.fingerprint:
                raise IdempotencyKeyReusedError
            erasure_id = record.erasure_id
            job = self.jobs.get(erasure_id)
            if job is not None:
                self._start_if_new(job)
                return job
        self._check_running(selection.user_id)
        job = ErasureJob(
            erasure_id=erasure_id,
            kind=ErasureKind.USER,
            user_id=selection.user_id,
            parts=selection.parts,
            reason=reason,
            requested_by=actor.user_id,
            actor=origin,
            created_at=now,
            updated_at=now,
        )
        self.jobs.add(job)
        self.requests.request_erasure(job.erasure_id)
        return job

    def _start_if_new(self, job: ErasureJob) -> None:
        """Start a job that may be stored and not started."""
        if job.state is ErasureState.REQUESTED:
            self.requests.request_erasure(job.erasure_id)

    def _check_running(self, user_id: str) -> None:
        for job in self.jobs.list(before=None, limit=RECENT_JOBS).items:
            if job.user_id == user_id and not job.state.is_final:
                raise ErasureRunningError(job.erasure_id)
