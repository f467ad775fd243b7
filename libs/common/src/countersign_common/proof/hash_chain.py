"""The hash chain of one workflow's events: how events are linked, and how a whole chain is verified.

An event's hash is the SHA-256 of the canonical text of its sealed part, and the sealed part contains the hash of the
previous event. The first event contains a hash of the workflow's id, so a chain can't be used for another workflow.
The sealed part only commits to person and content: every hash stays valid when they are erased.

A chain can't show that its newest events were removed. That takes a checkpoint that is stored elsewhere.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from countersign_common.proof.canonical import Json, NotCanonicalError, canonical_text
from countersign_common.proof.commitment import PARTS, CommitmentOpening

MAX_MISSING_FINDINGS = 100
"""Maximum number of findings for one gap, because a forged sequence number can make a gap of any size."""


def first_previous_hash(workflow_id: str) -> str:
    """Return the `previousHash` of a workflow's first event: SHA-256("countersign/v1/workflow" ‖ 0x00 ‖ id)."""
    return hashlib.sha256(b"countersign/v1/workflow\x00" + workflow_id.encode()).hexdigest()


def hash_of(sealed: str) -> str:
    """Return the hash of an event, 64 hex digits, from the canonical text of its sealed part."""
    return hashlib.sha256(sealed.encode()).hexdigest()


@dataclass(frozen=True)
class StoredEvent:
    """A stored event.

    Attributes:
        dataset_id: Key of the stored record.
        sealed: Canonical text of the sealed part, which was hashed.
        hash: The stored hash, 64 hex digits.
        person, content: Openings of the two commitments; None if the part was erased.
    """

    dataset_id: str
    sealed: str
    hash: str
    person: CommitmentOpening | None
    content: CommitmentOpening | None


@dataclass(frozen=True)
class Finding:
    """One error in a chain.

    Attributes:
        sequence: Position in the chain, from 1; 0 for an event whose position can't be read.
        dataset_id: The event at that position; None where there is none.
        code: unreadable, hash-mismatch, event-id-mismatch, wrong-workflow, missing, fork, previous-hash-mismatch,
            person-mismatch or content-mismatch.
        detail: A sentence that explains the code.
    """

    sequence: int
    dataset_id: str | None
    code: str
    detail: str


@dataclass(frozen=True)
class ChainVerdict:
    """The result of verifying a chain.

    Attributes:
        events: Number of events, unreadable ones included.
        head_hash: Hash of the newest event; None for an empty chain.
        findings: Empty if the chain is intact.
    """

    events: int
    head_hash: str | None
    findings: tuple[Finding, ...]

    @property
    def is_intact(self) -> bool:
        """Whether every event is there, unchanged and in its position."""
        return not self.findings


@dataclass(frozen=True)
class _Link:
    """A stored event with its decoded sealed part."""

    event: StoredEvent
    sealed: Json

    @property
    def sequence(self) -> int:
        return int(self.sealed["workflow"]["sequence"])

    def finding(self, code: str, detail: str) -> Finding:
        return Finding(self.sequence, self.event.dataset_id, code, detail)


def verify_chain(workflow_id: str, events: Iterable[StoredEvent]) -> ChainVerdict:
    """Verify the hash chain of a workflow.

    Args:
        workflow_id: The workflow that the chain must belong to.
        events: The events of the workflow, in any order.

    Returns:
        The verdict, with findings in the order of the sequence.
    """
    stored = list(events)
    links: list[_Link] = []
    findings: list[Finding] = []
    for event in stored:
        sealed = _sealed_part(event)
        if sealed is None:
            detail = "The sealed part is not the canonical JSON of a workflow event."
            findings.append(Finding(0, event.dataset_id, "unreadable", detail))
        else:
            links.append(_Link(event, sealed))
    links.sort(key=lambda link: (link.sequence, link.event.dataset_id))
    for link in links:
        findings.extend(_event_findings(workflow_id, link))
    findings.extend(_link_findings(workflow_id, links))
    findings.sort(key=lambda finding: finding.sequence)
    return ChainVerdict(len(stored), links[-1].event.hash if links else None, tuple(findings))


def _sealed_part(event: StoredEvent) -> Json | None:
    """Return the decoded sealed part; None if it isn't canonical or lacks a field that the chain needs."""
    try:
        sealed = json.loads(event.sealed)
        if canonical_text(sealed) != event.sealed:
            return None
        target, workflow = sealed["target"], sealed["workflow"]
        texts = (
            *(sealed[name] for name in ("eventId", "personCommitment", "contentCommitment")),
            target["id"],
            workflow["previousHash"],
        )
        # Not isinstance: True is an int.
        is_placed = type(workflow["sequence"]) is int and workflow["sequence"] >= 1
        is_readable = target["type"] == "workflow" and all(isinstance(text, str) for text in texts)
        return sealed if is_placed and is_readable else None
    except (ValueError, KeyError, TypeError, RecursionError, NotCanonicalError):
        return None


def _event_findings(workflow_id: str, link: _Link) -> Iterator[Finding]:
    """Yield the findings in one event."""
    event, sealed = link.event, link.sealed
    if hash_of(event.sealed) != event.hash:
        yield link.finding("hash-mismatch", "The sealed part does not have the stored hash.")
    if sealed["eventId"] != event.dataset_id:
        yield link.finding("event-id-mismatch", f"The record is of event {sealed['eventId']}.")
    if sealed["target"]["id"] != workflow_id:
        yield link.finding("wrong-workflow", f"The event belongs to {sealed['target']['id']}.")
    for part in PARTS:
        opening: CommitmentOpening | None = getattr(event, part)
        if opening is not None and not opening.opens(part, sealed[f"{part}Commitment"]):
            yield link.finding(f"{part}-mismatch", f"The {part} part is not what the sealed part commits to.")


def _link_findings(workflow_id: str, links: Sequence[_Link]) -> Iterator[Finding]:
    """Yield the findings between events: gaps, forks, and links that don't match."""
    expected, previous_hash = 1, first_previous_hash(workflow_id)
    for link in links:
        if link.sequence < expected:
            yield link.finding("fork", "Another event has the same position.")
            continue
        for missing in range(expected, min(link.sequence, expected + MAX_MISSING_FINDINGS)):
            yield Finding(missing, None, "missing", "No event has this position.")
        if link.sequence == expected and link.sealed["workflow"]["previousHash"] != previous_hash:
            yield link.finding("previous-hash-mismatch", "The event does not follow the one before it.")
        # The hash of the sealed text, not the stored hash: a changed event breaks both its own hash and the link of
        # the next event.
        expected, previous_hash = link.sequence + 1, hash_of(link.event.sealed)
