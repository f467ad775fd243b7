"""Purge the dead-letter queues: delete messages with data of a user, and keep all others."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from countersign_common.events.erasure_event import ErasedDataset

from audit_service.domain.dead_letters import (
    DeadLetter,
    audit_record_of,
    has_no_personal_data,
    workflow_event_of,
)
from audit_service.domain.erasable import (
    OF_REQUESTED,
    erasable_parts,
    erased_dataset,
    is_first_of_workflow,
)
from audit_service.domain.erasure import ErasureBatch, ErasureJob, UserSelection
from audit_service.ports import AuditRecordRepository
from audit_service.ports.erasure import DeadLetters, Holds
from audit_service.use_cases.erase_batch import EraseBatch


@dataclass(frozen=True)
class _Match:
    """Why a message is deleted.

    Attributes:
        workflow_id: The workflow that it is about; None if it is about none, or can't be read.
        unrecorded: The event in it, which an erasure must name: it is not recorded yet.
    """

    workflow_id: str | None = None
    unrecorded: ErasedDataset | None = None


@dataclass(frozen=True)
class PurgeDeadLetters:
    """Delete the messages that have data of a user.

    An event that was never recorded is named by an erasure event first: the workflow service sends it again without
    what was erased. What can't be read is deleted if it has the user's id in it.
    """

    letters: DeadLetters
    records: AuditRecordRepository
    holds: Holds
    erase_batch: EraseBatch

    def __call__(
        self, job: ErasureJob, selection: UserSelection, has_time: Callable[[], bool]
    ) -> tuple[ErasureJob, bool]:
        """Purge as many messages as there is time for, and at least a few; none while another pass hides some.

        Returns:
            The job as it is stored then, and whether these were all messages.

        Raises:
            ErasureDamagedError, JobChangedError, SearchUnavailableError, StoreUnavailableError: It can be repeated.
        """
        if self.letters.are_hidden():
            return job, False
        with closing(self.letters.receive()) as received:
            for letters in received:
                holds = self.holds.all()
                matches = [(letter, self._match(letter, selection)) for letter in letters]
                found = [
                    (letter, match) for letter, match in matches if match and match.workflow_id not in holds
                ]
                batch = ErasureBatch()
                for _, match in found:
                    if match.unrecorded is not None:
                        batch.add(match.unrecorded)
                if batch:
                    job = self.erase_batch(job, batch.datasets)
                self.letters.delete([letter for letter, _ in found])
                # The next run starts again, so this one must not stop before it has deleted something.
                if found and not has_time():
                    return job, False
        return job, True

    def _match(self, letter: DeadLetter, selection: UserSelection) -> _Match | None:
        if has_no_personal_data(letter):
            return None
        event = workflow_event_of(letter)
        if event is not None:
            people = (event.action_owner.id, event.requester.user_id)
            return _Match(event.workflow_id) if selection.user_id in people else None
        record = audit_record_of(letter)
        if record is None:
            return _Match() if selection.user_id in letter.text else None
        if record.event.action_owner.id == selection.user_id:
            parts = erasable_parts(record, selection.parts)
        elif "content" in selection.parts and self._has_requested(selection.user_id, record.workflow_id):
            parts = erasable_parts(record, OF_REQUESTED)
        else:
            return None
        if not parts:
            return None
        is_named = letter.is_from_producer and self.records.get(record.dataset_id) is None
        return _Match(record.workflow_id, erased_dataset(record, parts) if is_named else None)

    def _has_requested(self, user_id: str, workflow_id: str | None) -> bool:
        if workflow_id is None:
            return False
        for position in self.records.list_positions(workflow_id, after=None, limit=1):
            first = self.records.get(position.dataset_id)
            if first is not None and first.has_readable_event and is_first_of_workflow(first):
                return first.event.action_owner.id == user_id
        return False
