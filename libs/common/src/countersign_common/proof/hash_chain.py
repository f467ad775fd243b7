"""The hash chain of one workflow's events: how events are linked, and how a chain is verified.

An event's hash is the SHA-256 of the canonical text of its sealed part, and the sealed part contains the hash of the
previous event. The first event contains a hash of the workflow's id, so a chain can't be used for another workflow.
The sealed part only commits to person and content: every hash stays valid when they are erased.

`verify_chain` verifies a whole chain. The functions that it consists of verify a long chain page by page.

A chain can't show that its newest events were removed. That takes a checkpoint that is stored elsewhere.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from countersign_common.proof.canonical import Json, NotCanonicalError, canonical_text
from countersign_common.proof.commitment import CommitmentOpening

MAX_MISSING_FINDINGS = 100
"""Maximum number of findings for one gap, because a forged sequence number can make a gap of any size."""

_JSON = json.JSONDecoder()


def first_previous_hash(workflow_id: str) -> str:
    """Return the `previousHash` of a workflow's first event: SHA-256("countersign/v1/workflow" ‖ 0x00 ‖ id)."""
    return hashlib.sha256(b"countersign/v1/workflow\x00" + workflow_id.encode()).hexdigest()


def hash_of(sealed: str) -> str:
    """Return the hash of an event, 64 hex digits, from the canonical text of its sealed part."""
    return hashlib.sha256(sealed.encode()).hexdigest()


class ChainEvent(Protocol):
    """An event as a chain is verified from it: `StoredEvent`, or a record with these attributes."""

    @property
    def dataset_id(self) -> str: ...
    @property
    def sealed(self) -> str: ...
    @property
    def hash(self) -> str: ...
    @property
    def person(self) -> CommitmentOpening | None: ...
    @property
    def content(self) -> CommitmentOpening | None: ...


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
class ChainPosition:
    """Where the verification of a chain continues.

    Attributes:
        sequence: That the next event must have.
        previous_hash: That the next event must contain.
    """

    sequence: int
    previous_hash: str

    @classmethod
    def first(cls, workflow_id: str) -> "ChainPosition":
        """Return where a workflow's chain starts."""
        return cls(1, first_previous_hash(workflow_id))


# Not frozen: that takes a microsecond more for each event.
@dataclass(slots=True)
class Link:
    """A stored event with its decoded sealed part.

    Attributes:
        hash: Of the sealed text, whatever hash is stored.
    """

    event: ChainEvent
    sealed: Json
    hash: str
    sequence: int

    @property
    def is_canonical(self) -> bool:
        """Whether the sealed text is the canonical text of what it says."""
        try:
            return canonical_text(self.sealed) == self.event.sealed
        except NotCanonicalError:
            return False

    def finding(self, code: str, detail: str) -> Finding:
        """Return a finding in this event."""
        return Finding(self.sequence, self.event.dataset_id, code, detail)


def verify_chain(workflow_id: str, events: Iterable[ChainEvent]) -> ChainVerdict:
    """Verify the hash chain of a workflow.

    Args:
        workflow_id: The workflow that the chain must belong to.
        events: The events of the workflow, in any order.

    Returns:
        The verdict, with findings in the order of the sequence.
    """
    stored = list(events)
    links: list[Link] = []
    findings: list[Finding] = []
    for event in stored:
        link = read_link(event)
        if link is None or not link.is_canonical:
            findings.append(unreadable(event))
        else:
            links.append(link)
    sort_links(links)
    for link in links:
        findings.extend(event_findings(workflow_id, link))
    findings.extend(link_findings(links, ChainPosition.first(workflow_id)))
    findings.sort(key=lambda finding: finding.sequence)
    return ChainVerdict(len(stored), links[-1].event.hash if links else None, tuple(findings))


def read_link(event: ChainEvent) -> Link | None:
    """Decode an event's sealed part. Doesn't check that the text is canonical.

    Returns:
        None if the text isn't JSON, or lacks a field that the chain needs.
    """
    text = event.sealed
    try:
        # `json.loads` does the same, and takes a quarter longer for a text of this size.
        sealed, end = _JSON.raw_decode(text)
        target, workflow = sealed["target"], sealed["workflow"]
        sequence = workflow["sequence"]
        # Types, not isinstance: True is an int.
        is_readable = (
            type(sequence) is int
            and sequence >= 1
            and target["type"] == "workflow"
            and type(target["id"])
            is type(workflow["previousHash"])
            is type(sealed["eventId"])
            is type(sealed["personCommitment"])
            is type(sealed["contentCommitment"])
            is str
            and end == len(text)
        )
        return Link(event, sealed, hash_of(text), sequence) if is_readable else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def unreadable(event: ChainEvent) -> Finding:
    """Return the finding in an event whose sealed part can't be read, or isn't canonical."""
    detail = "The sealed part is not the canonical JSON of a workflow event."
    return Finding(0, event.dataset_id, "unreadable", detail)


def sort_links(links: list[Link]) -> None:
    """Sort links as a chain: by sequence, forks by datasetId."""
    links.sort(key=lambda link: (link.sequence, link.event.dataset_id))


def event_findings(workflow_id: str, link: Link) -> Iterator[Finding]:
    """Yield the findings in one event."""
    event, sealed = link.event, link.sealed
    if link.hash != event.hash:
        yield link.finding("hash-mismatch", "The sealed part does not have the stored hash.")
    if sealed["eventId"] != event.dataset_id:
        yield link.finding("event-id-mismatch", f"The record is of event {sealed['eventId']}.")
    if sealed["target"]["id"] != workflow_id:
        yield link.finding("wrong-workflow", f"The event belongs to {sealed['target']['id']}.")
    person, content = event.person, event.content
    if person is not None and not person.opens("person", sealed["personCommitment"]):
        yield link.finding("person-mismatch", "The person part is not what the sealed part commits to.")
    if content is not None and not content.opens("content", sealed["contentCommitment"]):
        yield link.finding("content-mismatch", "The content part is not what the sealed part commits to.")


def link_findings(links: Sequence[Link], start: ChainPosition) -> Iterator[Finding]:
    """Yield the findings between events: gaps, forks, and links that don't match.

    Args:
        links: Sorted.
        start: Where the chain continues with them.
    """
    expected, previous_hash = start.sequence, start.previous_hash
    for link in links:
        if link.sequence < expected:
            yield link.finding("fork", "Another event has the same position.")
            continue
        if link.sequence > expected:
            for missing in range(expected, min(link.sequence, expected + MAX_MISSING_FINDINGS)):
                yield Finding(missing, None, "missing", "No event has this position.")
        elif link.sealed["workflow"]["previousHash"] != previous_hash:
            yield link.finding("previous-hash-mismatch", "The event does not follow the one before it.")
        # The hash of the sealed text, not the stored hash: a changed event breaks both its own hash and the link of
        # the next event.
        expected, previous_hash = link.sequence + 1, link.hash


def end_of(links: Sequence[Link], start: ChainPosition) -> ChainPosition:
    """Return where the chain continues after these links."""
    expected, previous_hash = start.sequence, start.previous_hash
    for link in links:
        if link.sequence >= expected:
            expected, previous_hash = link.sequence + 1, link.hash
    return ChainPosition(expected, previous_hash)
