"""Run an erasure: as much of it as there is time for."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from countersign_common.clock import Clock
from countersign_common.errors import StoreUnavailableError
from countersign_common.telemetry import Warn

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.erasure import (
    DELAY_LIMIT_SECONDS,
    ErasureBatch,
    ErasureJob,
    ErasureKind,
    ErasurePhase,
    ErasureState,
    HeldRecords,
    RetentionSelection,
    Selection,
    UserSelection,
)
from audit_service.domain.errors import ErasureDamagedError, JobChangedError, SearchUnavailableError
from audit_service.ports import AuditRecordRepository
from audit_service.ports.erasure import AuditRequests, ErasureJobs, Holds, RetentionPolicies
from audit_service.use_cases.erase_batch import EraseBatch
from audit_service.use_cases.find_erasable import FindErasable
from audit_service.use_cases.purge_dead_letters import PurgeDeadLetters

USER_PASSES = 2
"""The least number of scans for a user: the second one finds what was on its way during the first."""

RETRY_SECONDS = 150
"""A run that came further and then met a store that was busy is continued after this time: dead letters that it had
received are hidden for up to 120 seconds."""

CONTINUE_SECONDS = 1
"""A run ends before the next one starts."""

PURGE_SECONDS = 10
"""A purge that is not complete is continued after this time: another one may hide messages."""


@dataclass(frozen=True)
class RunErasure:
    """Run a job, and request its continuation if more is to do.

    A pass compares what earlier passes erased with the index again, scans the whole store, and purges the dead-letter
    queues. A job ends with a pass that found nothing to erase. Its progress is stored after each batch.
    """

    jobs: ErasureJobs
    holds: Holds
    policies: RetentionPolicies
    records: AuditRecordRepository
    find: FindErasable
    erase_batch: EraseBatch
    purge_dead_letters: PurgeDeadLetters
    requests: AuditRequests
    clock: Clock
    warn: Warn
    recheck_seconds: int
    default_retention_days: int

    def __call__(self, erasure_id: str, has_time: Callable[[], bool]) -> ErasureJob | None:
        """Run a job until the time is over, and at least for one step.

        Returns:
            The job as it is stored then; None if there is none.

        Raises:
            SearchUnavailableError, StoreUnavailableError: The run has come no further. The request can be repeated.
        """
        job = self.jobs.get(erasure_id)
        if job is None or job.state.is_final:
            return job
        wait = self._seconds_to_wait(job)
        if wait:
            self.requests.request_erasure(erasure_id, delay_seconds=wait)
            return job
        try:
            job = self._run(job, has_time)
        except ErasureDamagedError as error:
            return self._end(self._stored(job), ErasureState.FAILED, str(error))
        except JobChangedError:
            return self._stored(job)  # by another run, which continues
        except (SearchUnavailableError, StoreUnavailableError):
            stored = self._stored(job)
            if stored.version == job.version:
                raise
            self.requests.request_erasure(erasure_id, delay_seconds=RETRY_SECONDS)
            return stored
        if not job.state.is_final:
            is_purge = job.state is ErasureState.RUNNING and job.phase is ErasurePhase.PURGE
            least = PURGE_SECONDS if is_purge else CONTINUE_SECONDS
            wait = max(least, self._seconds_to_wait(job))
            self.requests.request_erasure(erasure_id, delay_seconds=wait)
        return job

    def _seconds_to_wait(self, job: ErasureJob) -> int:
        """Return how long the job must wait for events in transit."""
        if job.state is not ErasureState.RECHECKING:
            return 0
        left = job.updated_at + timedelta(seconds=self.recheck_seconds) - self.clock()
        return min(max(0, math.ceil(left.total_seconds())), DELAY_LIMIT_SECONDS)

    def _run(self, job: ErasureJob, has_time: Callable[[], bool]) -> ErasureJob:
        if job.state is not ErasureState.RUNNING:
            job = self._begin_pass(job)
        job = self.erase_batch.resume(job)
        steps = {
            ErasurePhase.CHECK: self._check_documents,
            ErasurePhase.SCAN: self._scan,
            ErasurePhase.PURGE: self._purge,
        }
        while job.state is ErasureState.RUNNING:
            phase = job.phase
            job = steps[phase](job, has_time)
            if phase is ErasurePhase.PURGE or not has_time():
                break
        return job

    def _begin_pass(self, job: ErasureJob) -> ErasureJob:
        return self._update(
            job,
            state=ErasureState.RUNNING,
            phase=ErasurePhase.CHECK if job.batches else ErasurePhase.SCAN,
            pass_number=job.pass_number + 1,
            pass_erased=0,
            cursor=None,
            held=HeldRecords(),
        )

    def _check_documents(self, job: ErasureJob, has_time: Callable[[], bool]) -> ErasureJob:
        """Compare with the index what earlier passes have erased."""
        for batch in range(job.checked_batches, job.batches):
            self.erase_batch.check_documents(job, batch)
            if not has_time():
                return self._update(job, checked_batches=batch + 1)
        return self._update(job, checked_batches=job.batches, phase=ErasurePhase.SCAN)

    def _scan(self, job: ErasureJob, has_time: Callable[[], bool]) -> ErasureJob:
        """Scan the store, and erase what is found whenever it fills a batch."""
        selection = self._selection(job)
        batch = ErasureBatch()
        while True:
            page = self.records.scan(job.cursor)
            held = self._collect(page.items, selection, batch)
            if batch.is_full:
                # The page is read again, because its records have changed.
                job = self._erase(job, batch)
                batch = ErasureBatch()
            else:
                is_last = page.next_position is None
                job = replace(
                    job,
                    cursor=page.next_position,
                    held=job.held.plus(held),
                    phase=ErasurePhase.PURGE if is_last else ErasurePhase.SCAN,
                )
                if is_last:
                    return self._erase(job, batch)
            if not has_time():
                return self._erase(job, batch)

    def _collect(
        self, records: Sequence[AuditRecord], selection: Selection, batch: ErasureBatch
    ) -> Sequence[str]:
        """Add what is erased to the batch until it is full, and return the workflows of records that are held."""
        held: list[str] = []
        for record in records:
            if not record.has_readable_event:
                # The record doesn't show who acted. Verification and reconciliation report it.
                self.warn("nothing is erased of a damaged record", datasetId=record.dataset_id)
        for candidate in self.find(records, selection, self.holds.all()):
            if not candidate.is_held:
                batch.add(candidate.dataset)
            elif candidate.dataset.workflow_id is not None:
                held.append(candidate.dataset.workflow_id)
            if batch.is_full:
                break
        return held

    def _erase(self, job: ErasureJob, batch: ErasureBatch) -> ErasureJob:
        """Erase a batch and store the progress. Holds are read again first."""
        holds = self.holds.all()
        datasets = [each for each in batch if each.workflow_id not in holds]
        return self.erase_batch(job, datasets) if datasets else self._update(job)

    def _purge(self, job: ErasureJob, has_time: Callable[[], bool]) -> ErasureJob:
        """Purge the dead-letter queues, and end the pass."""
        selection = self._selection(job)
        if isinstance(selection, UserSelection):
            job, is_complete = self.purge_dead_letters(job, selection, has_time)
            if not is_complete:
                return job
            if job.batches == 0 and "person" in job.parts:
                # An erasure is recorded also if nothing was found, and the user's name can be in their schemes.
                job = self.erase_batch(job, ())
        passes = USER_PASSES if job.kind is ErasureKind.USER else 1
        if job.pass_erased == 0 and job.pass_number >= passes:
            return self._end(job, ErasureState.DONE)
        return self._update(job, state=ErasureState.RECHECKING)

    def _selection(self, job: ErasureJob) -> Selection:
        if job.user_id is not None:
            return UserSelection(job.user_id, job.parts)
        days = {scheme: policy.days for scheme, policy in self.policies.all().items()}
        return RetentionSelection(self.default_retention_days, days, job.created_at)

    def _end(self, job: ErasureJob, state: ErasureState, error: str | None = None) -> ErasureJob:
        """End a job. Who requested it is in its events, where it can be erased."""
        return self._update(job, state=state, error=error, actor=None)

    def _stored(self, job: ErasureJob) -> ErasureJob:
        return self.jobs.get(job.erasure_id) or job

    def _update(self, job: ErasureJob, **changes: Any) -> ErasureJob:
        return self.jobs.update(replace(job, **changes, updated_at=self.clock()))
