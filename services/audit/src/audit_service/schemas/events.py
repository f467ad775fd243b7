"""The events that the service consumes: `countersign.audit-event.v1` and `countersign.manifest.v1`."""

from collections.abc import Iterator, Mapping

from countersign_common.events.audit_event import AUDIT_EVENT, AUDIT_EVENT_TYPE, StoredTexts
from countersign_common.events.cloud_event import CloudEvent, InvalidEventError
from countersign_common.events.manifest_event import MANIFEST_EVENT, MANIFEST_EVENT_TYPE, manifest_event_id
from countersign_common.ids import is_id
from countersign_common.proof.canonical import NotCanonicalError, canonical_text
from countersign_common.proof.commitment import PARTS, SALT_BYTES, CommitmentOpening
from countersign_common.proof.hash_chain import hash_of

from audit_service.domain.audit_record import SIZE_LIMIT, AuditRecord
from audit_service.domain.errors import UnreadableRecordError
from audit_service.domain.log.entries import Entry, EntryKind
from audit_service.domain.own_events import OWN_SOURCE


def record_from(event: CloudEvent) -> AuditRecord:
    """Return the record of an audit event.

    Unknown fields, action types, outcomes and targets are accepted, and are part of the texts that get stored.

    Raises:
        InvalidEventError: The event has another type or shape, or its parts contradict each other.
    """
    if event.type != AUDIT_EVENT_TYPE:
        raise InvalidEventError(f"The type is not {AUDIT_EVENT_TYPE}.")
    AUDIT_EVENT.check(event.data)
    sealed = event.data["sealed"]
    person, content = _opening(event.data["person"]), _opening(event.data["content"])
    record = AuditRecord(
        dataset_id=event.id,
        hash=event.data["hash"],
        sealed=sealed,
        person=person,
        content=content,
        stored_texts=StoredTexts.of(sealed, person, content, event.packed),
    )
    try:
        _ = record.occurred_at, record.person_part, record.content_part
    except UnreadableRecordError as error:
        raise InvalidEventError(f"A part can't be read: {error.__cause__}") from error
    for contradiction in _contradictions(record, event):
        raise InvalidEventError(contradiction)
    return record


def is_manifest(event: CloudEvent) -> bool:
    """Return whether the event is about a manifest."""
    return event.type == MANIFEST_EVENT_TYPE


def manifest_entry_from(event: CloudEvent) -> Entry:
    """Return the entry of a manifest that the event says is published.

    Raises:
        InvalidEventError: The event has another shape, or its parts contradict each other.
    """
    manifest = MANIFEST_EVENT.load(event.data)
    if manifest.name != manifest.to or event.id != manifest_event_id(manifest.name):
        raise InvalidEventError("The name or the id is not that of the manifest.")
    return Entry(EntryKind.MANIFEST, manifest.name, manifest.sha256)


def _opening(data: Mapping[str, str] | None) -> CommitmentOpening | None:
    return None if data is None else CommitmentOpening.from_json(dict(data))


def _contradictions(record: AuditRecord, event: CloudEvent) -> Iterator[str]:
    """Yield how parts of the right shape contradict each other."""
    sealed = record.event
    if OWN_SOURCE in (sealed.source, event.source):
        yield "The audit service records its own events itself: a producer can't send them."
    if sealed.event_id != event.id:
        yield "The sealed part is of another event."
    if not _is_canonical(record):
        yield "The sealed part is not in canonical form (RFC 8785)."
    if record.hash != hash_of(record.sealed):
        yield "The hash is not the SHA-256 of the sealed part."
    if sealed.workflow is not None:
        if sealed.target.type != "workflow" or not is_id(sealed.target.id):
            yield "The target of a workflow event is not a workflow."
        if event.subject != f"workflow/{sealed.target.id}":
            yield "The subject is not the workflow of the sealed part."
    if record.size > SIZE_LIMIT:
        yield f"Larger than the limit of {SIZE_LIMIT:,} bytes for a record."
    for part in PARTS:
        opening: CommitmentOpening | None = getattr(record, part)
        commitment: str = getattr(sealed, f"{part}_commitment")
        if opening is not None and not opening.opens(part, commitment):
            yield f"The {part} part is not a salt of {SALT_BYTES} bytes and the value that the sealed part commits to."


def _is_canonical(record: AuditRecord) -> bool:
    try:
        return canonical_text(record.sealed_json) == record.sealed
    except NotCanonicalError:
        return False
