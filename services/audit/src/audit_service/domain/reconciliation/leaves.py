"""Leaves of the log: the stored entries are those of the tree, and each event of the workflow service is attested."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from countersign_common.proof.hash_chain import hash_of

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.errors import UnreadableRecordError
from audit_service.domain.integrity import FindingCode, IntegrityFinding
from audit_service.domain.log.entries import Entry
from audit_service.domain.log.log_facts import IN_FLIGHT
from audit_service.domain.log.merkle import leaf_hash
from audit_service.domain.log.tiles import TILE_WIDTH
from audit_service.domain.reconciliation.comparison import Comparison, leaves_subject
from audit_service.domain.reconciliation.manifests import ReadManifest

WORKFLOW_SOURCE = "/countersign/workflow"
"""The producer whose events manifests name."""


def check_leaf(
    comparison: Comparison,
    entry: Entry,
    record: AuditRecord | None,
    covering: ReadManifest | None,
    *,
    is_usable: bool = True,
    was_unattested: bool = False,
) -> bool:
    """Check that an event in the log is attested, and return False if that can't be known yet.

    Args:
        entry: The entry of the log.
        record: What is stored under its id; None if nothing is.
        covering: The manifest that covers the event's time; None if there is none yet.
        is_usable: Whether it is the manifest that the log has.
        was_unattested: Whether the record was found to be unattested before. Then it isn't missing if it is gone.
    """
    if covering is not None and is_usable and entry.entry_id in covering.event_ids:
        # The manifest is checked with all of its events elsewhere.
        comparison.decided_keys.add(f"{FindingCode.UNATTESTED.value}#{entry.entry_id}")
        return True
    if record is not None and record.has_readable_event and record.event.source != WORKFLOW_SOURCE:
        if hash_of(record.sealed) != entry.hash:
            detail = "The record has another hash than its leaf in the log."
            _find_leaf(comparison, FindingCode.REWRITTEN, entry, record, detail)
    elif record is None and was_unattested:
        pass
    elif covering is None and _can_be_covered(comparison, leaf_time(entry, record)):
        return False
    elif record is None:
        detail = "The log has the record, and it is gone. No manifest names it."
        _find_leaf(comparison, FindingCode.MISSING, entry, record, detail)
    elif not record.has_readable_event:
        detail = "The sealed text of the record is damaged. No manifest names it."
        _find_leaf(comparison, FindingCode.UNREADABLE, entry, record, detail)
    else:
        which = "No manifest covers its time." if covering is None else f"Manifest {covering.name} lacks it."
        if covering is not None and not is_usable:
            which = f"Manifest {covering.name}, which covers its time, is not the one in the log."
        detail = f"The log has an event that the workflow service has not attested. {which}"
        _find_leaf(comparison, FindingCode.UNATTESTED, entry, record, detail)
    comparison.decided.add(entry.entry_id)
    return True


def check_bundle(comparison: Comparison, group: int, entries: Sequence[Entry] | None) -> bool:
    """Check that the stored entries of a group of leaves are those of the tree, and return whether they are.

    Args:
        group: The leaves from `group * 256`, up to 256.
        entries: What is stored; None if it can't be read.
    """
    tree = comparison.log.tree
    assert tree is not None
    comparison.decided.add(leaves_subject(group))
    leaves = [tree.leaf(index) for index in range(group * TILE_WIDTH, tree.size)[:TILE_WIDTH]]
    if None in leaves:
        comparison.find_damaged_leaves(group, "Their tile is not part of the tree that the checkpoint signs.")
    elif entries is None or [leaf_hash(each.to_bytes()) for each in entries] != leaves:
        comparison.find_damaged_leaves(group, "The stored entries are not those of the tree.")
    else:
        return True
    return False


def leaves_group(subject: str) -> int | None:
    """Return the group of a subject; None if it is something else."""
    number = subject.removeprefix("leaves/")
    return int(number) if number != subject and number.isdecimal() else None


def leaf_time(entry: Entry, record: AuditRecord | None) -> datetime | None:
    """Return when the event of a leaf happened: as its record says, else as its id says if that is a UUIDv7."""
    if record is not None:
        try:
            return record.occurred_at
        except UnreadableRecordError:
            pass
    try:
        uuid = UUID(entry.entry_id)
        return datetime.fromtimestamp((uuid.int >> 80) / 1000, UTC) if uuid.version == 7 else None
    except (OverflowError, ValueError):
        return None


def _can_be_covered(comparison: Comparison, at: datetime | None) -> bool:
    """Return whether a manifest can still cover a time."""
    return at is not None and at <= comparison.now + IN_FLIGHT


def _find_leaf(
    comparison: Comparison, code: FindingCode, entry: Entry, record: AuditRecord | None, detail: str
) -> None:
    is_readable = record is not None and record.has_readable_event
    workflow_id = record.workflow_id if record is not None and is_readable else None
    comparison.find(IntegrityFinding(code, entry.entry_id, detail, entry.entry_id, workflow_id))
