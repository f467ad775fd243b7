"""Messages in dead-letter queues: events that could not be consumed, with everything that they contain."""

from dataclasses import dataclass

from countersign_common.events.audit_event import AUDIT_EVENT, AUDIT_EVENT_TYPE, AuditEventJson
from countersign_common.events.cloud_event import CloudEvent, InvalidEventError
from countersign_common.events.erasure_event import ERASURE_TYPE
from countersign_common.events.manifest_event import MANIFEST_EVENT_TYPE
from countersign_common.events.workflow_event import WORKFLOW_EVENT, WORKFLOW_EVENT_TYPE, WorkflowEvent
from countersign_common.proof.commitment import CommitmentOpening
from countersign_common.proof.hash_chain import hash_of

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.own_events import OWN_SOURCE


@dataclass(frozen=True)
class DeadLetter:
    """A message in a dead-letter queue.

    Attributes:
        queue: The dead-letter queue.
        handle: Deletes the message.
        event: None if it is not an event that can be read.
        text: Everything in the message, compressed texts included.
        is_from_producer: Whether a producer of the queue sent it.
    """

    queue: str
    handle: str
    event: CloudEvent | None
    text: str
    is_from_producer: bool


_WITHOUT_PERSONAL_DATA = (ERASURE_TYPE, MANIFEST_EVENT_TYPE)


def has_no_personal_data(letter: DeadLetter) -> bool:
    """Return whether a message is of a type that has ids and hashes only. An erasure must reach its consumer."""
    return letter.event is not None and letter.event.type in _WITHOUT_PERSONAL_DATA


def audit_record_of(letter: DeadLetter) -> AuditRecord | None:
    """Return what would be recorded of an audit event; None for another message, or one that can't be recorded."""
    event = letter.event
    if event is None or event.type != AUDIT_EVENT_TYPE:
        return None
    try:
        data: AuditEventJson = AUDIT_EVENT.load(event.data)
    except InvalidEventError:
        return None
    record = AuditRecord(
        dataset_id=event.id,
        hash=data.hash,
        sealed=data.sealed,
        person=None if data.person is None else CommitmentOpening.from_json(event.data["person"]),
        content=None if data.content is None else CommitmentOpening.from_json(event.data["content"]),
    )
    is_valid = (
        record.has_readable_event
        and record.event.event_id == event.id
        and record.event.source != OWN_SOURCE
        and record.hash == hash_of(record.sealed)
    )
    return record if is_valid else None


def workflow_event_of(letter: DeadLetter) -> WorkflowEvent | None:
    """Return a workflow event; None for another message, or one that can't be read."""
    if letter.event is None or letter.event.type != WORKFLOW_EVENT_TYPE:
        return None
    try:
        return WORKFLOW_EVENT.load(letter.event.data)
    except InvalidEventError:
        return None
