"""Which parts of a record a selection erases."""

from collections.abc import Container, Iterator
from datetime import timedelta

from countersign_common.events.erasure_event import ErasedDataset
from countersign_common.proof.commitment import PARTS, Part

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.erasure import Candidate, RetentionSelection
from audit_service.domain.own_events import NO_PERSON_TEXT, OWN_SOURCE

OF_REQUESTED: tuple[Part, ...] = ("content",)
"""What is erased of the records of others in a workflow that the user requested."""


def is_first_of_workflow(record: AuditRecord) -> bool:
    """Return whether a record begins a workflow: its action owner is the requester."""
    return record.event.workflow is not None and record.event.workflow.sequence == 1


def is_expired(record: AuditRecord, selection: RetentionSelection) -> bool:
    """Return whether a record is older than its scheme, or the default, allows.

    Raises:
        UnreadableRecordError: The record is damaged.
    """
    workflow = record.event.workflow
    days = selection.default_days
    if workflow is not None:
        days = selection.days.get(workflow.scheme, days)
    return record.occurred_at <= selection.now - timedelta(days=days)


def candidate(record: AuditRecord, parts: tuple[Part, ...], held: Container[str]) -> Iterator[Candidate]:
    """Yield the record as a candidate if it has parts to erase.

    Args:
        record: Its sealed text is readable.
        parts: What is erased of it.
        held: Ids of workflows under a legal hold.
    """
    if parts:
        yield Candidate(erased_dataset(record, parts), record.workflow_id in held)


def erased_dataset(record: AuditRecord, parts: tuple[str, ...]) -> ErasedDataset:
    """Return how an erasure names a record.

    Raises:
        UnreadableRecordError: The record is damaged.
    """
    workflow = record.event.workflow
    return ErasedDataset(
        dataset_id=record.dataset_id,
        workflow_id=record.workflow_id,
        sequence=None if workflow is None else workflow.sequence,
        owner_id=record.event.action_owner.id,
        parts=parts,
    )


def erasable_parts(record: AuditRecord, wanted: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return those of the wanted parts that the record has and that may be erased."""
    is_own = record.event.source == OWN_SOURCE
    has_no_person = is_own and record.person is not None and record.person.value == NO_PERSON_TEXT
    exempt = {"content": is_own, "person": has_no_person}
    return tuple(
        part for part in PARTS if part in wanted and getattr(record, part) is not None and not exempt[part]
    )
