"""Recompute commitments, hashes and hash chains from the texts in the records.

Written from the published format (docs/proof/README.md in the project's repository), not from the code that writes
the records: an independent implementation also finds mistakes that the writer makes consistently.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeGuard

from countersign_verify.canonical import canonical_text, decode
from countersign_verify.records import PARTS, Opening, Record

MAX_MISSING_PER_GAP = 100
"""Most missing sequence numbers to report for one gap. A forged sequence can be any number."""

SALT_LENGTH = 32
"""Bytes of a salt. With any other length, bytes could move from value to salt without changing the commitment."""


class Group(StrEnum):
    """What the records of a verdict have in common."""

    WORKFLOW = "workflow"  # events of one workflow, linked by a hash chain
    STANDALONE = "standalone"  # events outside workflows; each is verified alone
    UNREADABLE = "unreadable"  # records whose sealed text can't be read


@dataclass(frozen=True)
class Finding:
    """Something wrong with a record or a chain.

    Attributes:
        sequence: the position in the chain, from 1; 0 for a record without a position.
        dataset_id: the record; None if a record is missing.
        reason: one of unreadable, hash-mismatch, event-id-mismatch, missing, fork, previous-hash-mismatch,
            sealed-shown-differs, {part}-mismatch, {part}-unreadable and {part}-shown-differs.
    """

    sequence: int
    dataset_id: str | None
    reason: str


@dataclass(frozen=True)
class Verdict:
    """The result for one group of records.

    Attributes:
        group: what the records have in common.
        workflow_id: the workflow; None unless the group is WORKFLOW.
        hashes: the recomputed hashes of the sealed texts; in a workflow in the order of the chain, so the last
            one is its head.
        erased: number of parts that were erased.
        withheld: number of parts that the reader was not allowed to see.
        findings: empty if everything is intact.
    """

    group: Group
    workflow_id: str | None
    hashes: tuple[str, ...]
    erased: int
    withheld: int
    findings: tuple[Finding, ...]

    @property
    def is_intact(self) -> bool:
        """True if each record up to the last one given is present, unchanged and in its position."""
        return not self.findings


@dataclass(frozen=True)
class _Event:
    """A record with its decoded sealed part."""

    record: Record
    sealed: Mapping[str, Any]

    @property
    def workflow_id(self) -> str | None:
        return str(self.sealed["target"]["id"]) if self.sealed.get("workflow") else None

    @property
    def sequence(self) -> int:
        return int(self.sealed["workflow"]["sequence"]) if self.sealed.get("workflow") else 0

    @property
    def sort_key(self) -> tuple[int, str, str]:
        """Equal for copies of one record, even if a part was erased or withheld in one of them."""
        return self.sequence, self.record.dataset_id, self.record.sealed


def verify_records(records: Iterable[Record]) -> list[Verdict]:
    """Verify records in any order.

    A chain whose newest records were removed is intact as far as it goes: compare its head with one noted earlier.

    Returns:
        One verdict per workflow by workflow id, then one for records outside workflows and one for unreadable
        records, if there are any.
    """
    chains: defaultdict[str, list[_Event]] = defaultdict(list)
    standalone: list[_Event] = []
    unreadable: list[Finding] = []
    for record in records:
        sealed = _decode_sealed(record.sealed)
        if sealed is None:
            unreadable.append(Finding(0, record.dataset_id, "unreadable"))
            continue
        event = _Event(record, sealed)
        (standalone if event.workflow_id is None else chains[event.workflow_id]).append(event)
    verdicts = [_verify_group(Group.WORKFLOW, chains[key], key) for key in sorted(chains)]
    if standalone:
        verdicts.append(_verify_group(Group.STANDALONE, standalone))
    if unreadable:
        verdicts.append(Verdict(Group.UNREADABLE, None, (), 0, 0, tuple(unreadable)))
    return verdicts


def _verify_group(group: Group, copies: list[_Event], workflow_id: str | None = None) -> Verdict:
    copies.sort(key=lambda event: event.sort_key)
    events = list({event.sort_key: event for event in copies}.values())
    findings = [finding for event in copies for finding in _check_record(event)]
    if workflow_id is not None:
        findings += _check_chain(workflow_id, events)
    erased, withheld = _count_closed_parts(copies)
    return Verdict(
        group,
        workflow_id,
        tuple(_sha256(event.record.sealed) for event in events),
        erased,
        withheld,
        tuple(sorted(findings, key=lambda finding: finding.sequence)),
    )


def _count_closed_parts(copies: list[_Event]) -> tuple[int, int]:
    """Return how many parts are erased and how many withheld in all copies of their record."""
    opened, withheld, all_parts = set(), set(), set()
    for event in copies:
        for part in PARTS:
            key = (event.sort_key, part)
            all_parts.add(key)
            if event.record.openings[part] is not None:
                opened.add(key)
            elif part in event.record.withheld:
                withheld.add(key)
    return len(all_parts - opened - withheld), len(withheld - opened)


def _check_record(event: _Event) -> Iterator[Finding]:
    """Yield what is wrong with one record by itself."""
    record = event.record
    if _sha256(record.sealed) != record.hash:
        yield Finding(event.sequence, record.dataset_id, "hash-mismatch")
    if event.sealed["eventId"] != record.dataset_id:
        yield Finding(event.sequence, record.dataset_id, "event-id-mismatch")
    if canonical_text(record.shown["sealed"]) != record.sealed:
        yield Finding(event.sequence, record.dataset_id, "sealed-shown-differs")
    for part in PARTS:
        if (problem := _check_part(part, event)) is not None:
            yield Finding(event.sequence, record.dataset_id, f"{part}-{problem}")


def _check_part(part: str, event: _Event) -> str | None:
    """Return what is wrong with a part, or None."""
    opening, shown = event.record.openings[part], event.record.shown[part]
    if opening is None:
        allowed = _is_name_only(shown) if part in event.record.withheld else shown is None
        return None if allowed else "shown-differs"
    if not _opens(part, opening, event.sealed[f"{part}Commitment"]):
        return "mismatch"
    value = decode(opening.value)
    if not isinstance(value, dict) or canonical_text(value) != opening.value:
        return "unreadable"
    return None if canonical_text(shown) == opening.value else "shown-differs"


def _is_name_only(shown: Any) -> bool:
    """Return whether a withheld person is shown as the API shows it: by name at most."""
    return shown is None or (isinstance(shown, dict) and shown.keys() <= {"name"})


def _check_chain(workflow_id: str, events: list[_Event]) -> Iterator[Finding]:
    """Yield gaps, forks and broken links. Events must be sorted by sequence."""
    expected, previous_hash = 1, _sha256(f"countersign/v1/workflow\x00{workflow_id}")
    for event in events:
        if event.sequence < expected:
            yield Finding(event.sequence, event.record.dataset_id, "fork")
            continue
        for missing in range(expected, min(event.sequence, expected + MAX_MISSING_PER_GAP)):
            yield Finding(missing, None, "missing")
        if event.sequence == expected and event.sealed["workflow"]["previousHash"] != previous_hash:
            yield Finding(expected, event.record.dataset_id, "previous-hash-mismatch")
        expected, previous_hash = event.sequence + 1, _sha256(event.record.sealed)


def _decode_sealed(text: str) -> Mapping[str, Any] | None:
    """Return the decoded sealed part; None if it isn't canonical or lacks a field that the verification needs."""
    sealed = decode(text)
    if not isinstance(sealed, dict) or canonical_text(sealed) != text:
        return None
    target, workflow = sealed.get("target"), sealed.get("workflow")
    is_readable = (
        _has_texts(sealed, "eventId", "personCommitment", "contentCommitment")
        and _has_texts(target, "type", "id")
        and (workflow is None or (_is_link(workflow) and target["type"] == "workflow"))
    )
    return sealed if is_readable else None


def _is_link(workflow: Any) -> bool:
    if not _has_texts(workflow, "previousHash"):
        return False
    sequence = workflow.get("sequence")
    return type(sequence) is int and sequence >= 1  # not isinstance: True is an int


def _has_texts(value: Any, *names: str) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict) and all(isinstance(value.get(name), str) for name in names)


def _opens(part: str, opening: Opening, commitment: str) -> bool:
    committed = f"countersign/v1/{part}".encode() + b"\x00" + opening.salt + opening.value.encode()
    return len(opening.salt) == SALT_LENGTH and hashlib.sha256(committed).hexdigest() == commitment


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
