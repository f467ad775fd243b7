"""Positions of entries, as the table has them: each is that of the entry's first leaf in the tree."""

from collections.abc import Mapping, Sequence

from audit_service.domain.integrity import FindingCode, IntegrityFinding
from audit_service.domain.log.entries import Entry, EntryKind, LeafPosition
from audit_service.domain.log.merkle import leaf_hash
from audit_service.domain.reconciliation.comparison import Comparison


def check_positions(
    comparison: Comparison, start: int, entries: Sequence[Entry], stored: Mapping[str, LeafPosition]
) -> dict[Entry, int]:
    """Check the stored positions of consecutive leaves, and return those to store instead.

    An entry that was sealed a second time has the position of its first leaf.

    Args:
        comparison: Has the signed tree.
        start: Index of the first leaf.
        entries: Of the leaves. They are those of the tree.
        stored: Entry id → position, as the table has it.
    """
    known = dict(stored)
    restored: dict[Entry, int] = {}
    for index, entry in enumerate(entries, start):
        subject = f"leaf/{index}"
        comparison.decided.add(subject)
        position = known.get(entry.entry_id)
        expected = LeafPosition(index, entry.hash)
        if position == expected:
            continue
        if position is not None and _is_earlier_leaf(comparison, entry, index, position):
            if position.hash != entry.hash:
                detail = (
                    f"It is a second leaf of {entry.entry_id}, with another hash than leaf {position.index}."
                )
                _find(comparison, FindingCode.REWRITTEN, subject, entry, detail)
            continue
        if position is not None:
            detail = f"The table had another position or hash for {entry.entry_id}. It is corrected."
            _find(comparison, FindingCode.POSITION_MISMATCH, subject, entry, detail)
        elif entry.entry_id not in comparison.log.pending:  # otherwise, the sealer is about to store it
            detail = f"The table had no position for {entry.entry_id}. It is restored."
            finding = _finding(FindingCode.POSITION_MISMATCH, subject, entry, detail)
            comparison.passed[finding.key] = finding
        known[entry.entry_id] = expected
        restored[entry] = index
    return restored


def _is_earlier_leaf(comparison: Comparison, entry: Entry, index: int, position: LeafPosition) -> bool:
    """Return whether a position is that of an earlier leaf of the same id."""
    tree = comparison.log.tree
    assert tree is not None
    if not 0 <= position.index < index:
        return False
    earlier = Entry(entry.kind, entry.entry_id, position.hash)
    return tree.leaf(position.index) == leaf_hash(earlier.to_bytes())


def _find(comparison: Comparison, code: FindingCode, subject: str, entry: Entry, detail: str) -> None:
    comparison.find(_finding(code, subject, entry, detail))


def _finding(code: FindingCode, subject: str, entry: Entry, detail: str) -> IntegrityFinding:
    dataset_id = entry.entry_id if entry.kind is EntryKind.EVENT else None
    return IntegrityFinding(code, subject, detail, dataset_id)
