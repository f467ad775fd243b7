"""Committed events: each has its record, unchanged, with its leaf in the log."""

from collections.abc import Sequence

from countersign_common.events.manifest import ManifestEvent
from countersign_common.events.resend_request import ResendRequest
from countersign_common.proof.commitment import PARTS, CommitmentOpening
from countersign_common.proof.hash_chain import hash_of

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.integrity import FindingCode, IntegrityFinding
from audit_service.domain.log.entries import Entry, EntryKind
from audit_service.domain.own_events import erased_parts
from audit_service.domain.reconciliation.comparison import Comparison
from audit_service.domain.reconciliation.manifests import ReadManifest

_RECORD_CODES = (
    FindingCode.MISSING,
    FindingCode.UNREADABLE,
    FindingCode.HASH_MISMATCH,
    FindingCode.PERSON_MISMATCH,
    FindingCode.CONTENT_MISMATCH,
)
"""What is known from a record alone."""


def check_event(
    comparison: Comparison,
    event: ManifestEvent,
    manifest: ReadManifest,
    record: AuditRecord | None,
    erasures: Sequence[AuditRecord] = (),
) -> None:
    """Check the record of a committed event, and its leaf.

    Args:
        event: The event.
        manifest: That names it.
        record: What is stored; None if nothing is.
        erasures: Records of the erasure events that can name the record.
    """
    is_young = comparison.is_young(manifest.end)
    subject = event.event_id
    if record is None:
        comparison.resends.append(ResendRequest(event.workflow_id, event.sequence, subject))
        was_recorded = subject in comparison.log.indices or subject in comparison.log.pending
        if is_young:
            comparison.waiting.add(manifest.name)
            if not was_recorded:
                return
        comparison.decided.add(subject)
        how = "was stored and is gone" if was_recorded else "was never stored"
        detail = f"Event {event.sequence} of the workflow has no record: it {how}."
        _find_event(comparison, FindingCode.MISSING, event, manifest, detail)
        return
    # Even if its leaf can still be in transit.
    comparison.decided_keys |= {f"{code.value}#{subject}" for code in _RECORD_CODES}
    problems = list(_record_problems(comparison, event, manifest, record, erasures))
    leaf = comparison.check_entry(
        Entry(EntryKind.EVENT, subject, event.hash), is_young, can_reseal=not problems
    )
    if leaf.problem is not None:
        code = FindingCode.REWRITTEN if leaf.is_other else FindingCode.NOT_SEALED
        problems.append((code, leaf.problem))
    for code, detail in problems:
        _find_event(comparison, code, event, manifest, detail)
    if leaf.is_decided:
        comparison.decided.add(subject)
    if leaf.waits:
        comparison.waiting.add(manifest.name)
    if all(code is FindingCode.NOT_SEALED for code, _ in problems):
        comparison.sound.append(record)


def _record_problems(
    comparison: Comparison,
    event: ManifestEvent,
    manifest: ReadManifest,
    record: AuditRecord,
    erasures: Sequence[AuditRecord],
) -> list[tuple[FindingCode, str]]:
    digest = hash_of(record.sealed)
    if digest != event.hash:
        if not record.has_readable_event:
            return [(FindingCode.UNREADABLE, "The sealed text of the record is damaged.")]
        detail = f"The record has another hash than manifest {manifest.name} names."
        return [(FindingCode.REWRITTEN, detail)]
    problems = []
    if record.hash != digest:
        detail = "The sealed text of the record does not have the stored hash."
        problems.append((FindingCode.HASH_MISMATCH, detail))
    if not record.has_readable_event:  # as committed, in another release's format
        return problems
    erased = _erased_parts(comparison, event.event_id, erasures)
    for part in PARTS:
        opening: CommitmentOpening | None = getattr(record, part)
        commitment: str = getattr(record.event, f"{part}_commitment")
        if opening is None and part not in erased and comparison.log.problem is None:
            detail = f"The {part} part is gone, and no erasure in the log names it."
            problems.append((FindingCode.REMOVED_WITHOUT_ERASURE, detail))
        elif opening is not None and not opening.opens(part, commitment):
            code = FindingCode.PERSON_MISMATCH if part == "person" else FindingCode.CONTENT_MISMATCH
            problems.append((code, f"The {part} part is not what the sealed text commits to."))
    return problems


def _erased_parts(comparison: Comparison, dataset_id: str, erasures: Sequence[AuditRecord]) -> set[str]:
    return {
        part
        for record in erasures
        if comparison.is_recorded(record)
        for erased_id, parts in erased_parts(record)
        if erased_id == dataset_id
        for part in parts
    }


def _find_event(
    comparison: Comparison, code: FindingCode, event: ManifestEvent, manifest: ReadManifest, detail: str
) -> None:
    finding = IntegrityFinding(code, event.event_id, detail, event.event_id, event.workflow_id, manifest.name)
    comparison.find(finding)
