"""Who may read which record."""

from collections.abc import Iterable

from countersign_common.actors import Actor, may_read, reads_everything

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.errors import AuditorsOnlyError


def require_auditor(actor: Actor) -> None:
    """Check that the actor is an auditor or an admin.

    Raises:
        AuditorsOnlyError
    """
    if not reads_everything(actor):
        raise AuditorsOnlyError


def may_read_record(actor: Actor, record: AuditRecord, workflow_participants: Iterable[str] = ()) -> bool:
    """Return whether the actor may read a record.

    Args:
        actor: Who wants to read.
        record: As it is stored.
        workflow_participants: Who takes part in its workflow by now. They may also read what happened before.

    Raises:
        UnreadableRecordError: The record is damaged and doesn't show who may read it.
    """
    if reads_everything(actor):
        return True
    if record.is_draft:
        return _is_owner(actor, record)
    return may_read(actor, record.event.participants) or may_read(actor, workflow_participants)


def participants_for(actor: Actor, newest_first: Iterable[AuditRecord]) -> tuple[str, ...]:
    """Return who takes part in a workflow by now: the participants of its newest record.

    Damaged records don't show participants, and another user's draft names that user only: they are passed over.

    Args:
        actor: Who wants to read.
        newest_first: The workflow's records. Only as many are consumed as needed.
    """
    for record in newest_first:
        if record.has_readable_event and (not record.is_draft or _is_owner(actor, record)):
            return record.event.participants
    return ()


def is_draft_of_another_user(actor: Actor, record: AuditRecord) -> bool:
    """Return whether a record is of a draft, which is private, and not the actor's own.

    Raises:
        UnreadableRecordError: The record is damaged and doesn't show it.
    """
    return record.is_draft and not _is_owner(actor, record)


def _is_owner(actor: Actor, record: AuditRecord) -> bool:
    return record.event.action_owner.id == actor.user_id
