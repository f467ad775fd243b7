"""Request an erasure of a user: a job that another function runs."""

from dataclasses import dataclass
from datetime import timedelta

from countersign_common.actors import Actor, require_admin
from countersign_common.clock import Clock
from countersign_common.errors import IdempotencyKeyReusedError
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
from audit_service.use_cases.unfinished_erasures import unfinished_erasures

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
        require_admin(actor)
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
        for job in unfinished_erasures(self.jobs):
            if job.user_id == user_id:
                raise ErasureRunningError(job.erasure_id)
