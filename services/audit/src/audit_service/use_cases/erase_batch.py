"""Erase one batch: record the event that names it, then erase what the event names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from countersign_common.clock import Clock, to_rfc3339
from countersign_common.errors import StoreUnavailableError
from countersign_common.events.audit_event import Reference
from countersign_common.events.erasure_event import ErasedDataset, Erasure
from countersign_common.ids import derived_id
from countersign_common.proof.commitment import Part

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.erasable import erased_dataset
from audit_service.domain.erasure import ErasureJob, ErasureKind
from audit_service.domain.errors import ErasureDamagedError, UnreadableRecordError
from audit_service.domain.own_events import (
    ERASE,
    ERASED,
    NO_PERSON,
    SYSTEM,
    OwnEvent,
    Salts,
    erasure_content,
    named_parts,
    own_record,
)
from audit_service.ports import AuditRecordRepository
from audit_service.ports.erasure import (
    ErasedDocuments,
    ErasureHints,
    ErasureJobs,
    ErasurePublisher,
    NewSalt,
    RecordParts,
)

TITLE = "Erasure"

_READ = 100


@dataclass(frozen=True)
class EraseBatch:
    """Erase parts of at most 1,000 records.

    The erasure event is recorded first, and defines the batch. After a run that was killed at any point, the next one
    continues with the same batch, because the event's id is derived from the job and the number of the batch. So an
    erasure event names every part that is missing.
    """

    records: AuditRecordRepository
    hints: ErasureHints
    parts: RecordParts
    documents: ErasedDocuments
    publisher: ErasurePublisher
    jobs: ErasureJobs
    clock: Clock
    new_salt: NewSalt

    def __call__(self, job: ErasureJob, datasets: Sequence[ErasedDataset]) -> ErasureJob:
        """Erase the next batch of a job.

        Args:
            job: As it is stored, but for its progress, which is stored at the end.
            datasets: At most 1,000, each once.

        Returns:
            The job as it is stored then.

        Raises:
            ErasureDamagedError: The event of a batch that was begun can't be read.
            JobChangedError, SearchUnavailableError, StoreUnavailableError: It can be repeated with the stored job.
        """
        event = self._event(job, datasets)
        record = own_record(event, Salts(self.new_salt(), self.new_salt()))
        result = self.records.add([record])
        if result.failed:
            raise StoreUnavailableError(f"The erasure event was not stored: {result.failed[event.event_id]}")
        return self._carry_out(job, result.existing.get(event.event_id, record), datasets)

    def resume(self, job: ErasureJob) -> ErasureJob:
        """Finish the batch that an earlier run has begun, if there is one.

        Returns:
            The job as it is stored then.

        Raises:
            ErasureDamagedError, JobChangedError, SearchUnavailableError, StoreUnavailableError: As above.
        """
        record = self.records.get(event_id_of(job, job.batches))
        return job if record is None else self._carry_out(job, record, ())

    def check_documents(self, job: ErasureJob, batch: int) -> None:
        """Check that the index has no values that a finished batch erased, and correct it.

        A reader of a record from before its parts were removed can have written its document afterward.

        Raises:
            ErasureDamagedError, SearchUnavailableError, StoreUnavailableError
        """
        record = self.records.get(event_id_of(job, batch))
        if record is None:
            raise ErasureDamagedError(event_id_of(job, batch))
        for stored in self._stored(list(_named(record))):
            self.documents.replace(list(stored.values()))

    def _carry_out(self, job: ErasureJob, event: AuditRecord, known: Sequence[ErasedDataset]) -> ErasureJob:
        named = _named(event)
        datasets = self._datasets(named, {each.dataset_id: each for each in known})
        self.hints.add(event.dataset_id, named)
        self.parts.remove(named)
        self.documents.replace([event])
        for stored in self._stored(list(named)):
            self.documents.replace(list(stored.values()))
        self.publisher.publish(Erasure(event.dataset_id, job.user_id, tuple(datasets)))
        return self.jobs.update(
            replace(
                job,
                batches=job.batches + 1,
                pass_erased=job.pass_erased + len(named),
                erased=job.erased.plus(datasets),
                updated_at=self.clock(),
            )
        )

    def _datasets(
        self, named: Mapping[str, tuple[Part, ...]], known: Mapping[str, ErasedDataset]
    ) -> list[ErasedDataset]:
        """Return the datasets that the event names.

        A dataset that is neither known nor stored was in a dead-letter queue when it was named. It is still there, and
        is named again.
        """
        found = {each: replace(known[each], parts=parts) for each, parts in named.items() if each in known}
        for stored in self._stored([each for each in named if each not in known]):
            for dataset_id, record in stored.items():
                if record.has_readable_event:
                    found[dataset_id] = erased_dataset(record, named[dataset_id])
        return [found[each] for each in named if each in found]

    def _stored(self, dataset_ids: Sequence[str]) -> Iterator[Mapping[str, AuditRecord]]:
        for start in range(0, len(dataset_ids), _READ):
            yield self.records.get_many(dataset_ids[start : start + _READ])

    def _event(self, job: ErasureJob, datasets: Sequence[ErasedDataset]) -> OwnEvent:
        is_retention = job.kind is ErasureKind.RETENTION
        # If admins erase themselves, the event has no person: otherwise, each pass would find another part to erase.
        is_own = job.requested_by == job.user_id
        return OwnEvent(
            event_id=event_id_of(job, job.batches),
            action_type=ERASE,
            outcome=ERASED,
            target=Reference("retention", job.erasure_id)
            if job.user_id is None
            else Reference("user", job.user_id),
            action_owner=Reference(SYSTEM if is_retention else "user", job.requested_by),
            occurred_at=to_rfc3339(self.clock()),
            request_id=job.erasure_id if job.actor is None else job.actor.request_id,
            person=NO_PERSON if job.actor is None or is_own else job.actor.person,
            title=TITLE,
            comment=job.reason,
            after=erasure_content(job.reason, job.parts, datasets),
        )


def event_id_of(job: ErasureJob, batch: int) -> str:
    """Return the id of the erasure event of a job's batch, from 0."""
    return derived_id(job.erasure_id, f"{job.erasure_id}/{batch}")


def _named(event: AuditRecord) -> dict[str, tuple[Part, ...]]:
    """Return what an erasure event names: datasetId → parts."""
    try:
        return dict(named_parts(event))
    except (KeyError, TypeError, UnreadableRecordError, ValueError) as error:
        raise ErasureDamagedError(event.dataset_id) from error
