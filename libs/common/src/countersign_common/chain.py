"""The hash chain of one workflow's events: how a link is made, and how a whole chain is judged.

An event's hash is SHA-256 over the canonical text of its sealed part; the sealed part holds the hash of the
event before it. The first is bound to the workflow's id, so no chain can pass for another's. Person and content
are only committed to: erased (salt and value together), they leave every hash as it was.

What a chain alone cannot show: that its newest events were cut off. That takes a checkpoint kept elsewhere.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from countersign_common.canonical import Json, NotCanonical, Opening, Part, canonical_text


def first_previous_hash(workflow_id: str) -> str:
    """What stands as `previousHash` in a workflow's first event: SHA-256("countersign/v1/workflow" ‖ 0x00 ‖ id)."""
    return hashlib.sha256(b"countersign/v1/workflow\x00" + workflow_id.encode()).hexdigest()


def hash_of(sealed: str) -> str:
    """The hash of an event, 64 hex digits, from the canonical text of its sealed part."""
    return hashlib.sha256(sealed.encode()).hexdigest()


@dataclass(frozen=True)
class Evidence:
    """One stored event, as a verifier takes it.

    Attributes:
        dataset_id: under which it is stored.
        sealed: the canonical text that was hashed.
        hash: 64 hex digits, as stored.
        person, content: what opens the two commitments; None where it was erased.
    """

    dataset_id: str
    sealed: str
    hash: str
    person: Opening | None
    content: Opening | None


@dataclass(frozen=True)
class Break:
    """Where a chain breaks and how.

    Attributes:
        sequence: the position that is broken, from 1.
        dataset_id: the event found there; None where there is none.
        reason: unreadable, hash-mismatch, wrong-workflow, missing, fork, previous-hash-mismatch,
            person-mismatch or content-mismatch.
        detail: a sentence for people.
    """

    sequence: int
    dataset_id: str | None
    reason: str
    detail: str


@dataclass(frozen=True)
class Verdict:
    """What a chain was found to be.

    Attributes:
        events: how many were read.
        head_hash: the newest event's hash; None of an empty chain.
        breaks: none when the chain is intact.
    """

    events: int
    head_hash: str | None
    breaks: tuple[Break, ...]

    @property
    def intact(self) -> bool:
        """Whether every event is there, unchanged and in its place."""
        return not self.breaks


def verify(workflow_id: str, evidence: Iterable[Evidence]) -> Verdict:
    """Recompute a workflow's chain from what is stored.

    Args:
        workflow_id: whose chain it must be.
        evidence: its events, in any order.

    Returns:
        The verdict, with each break that was found, in the order of the sequence.
    """
    breaks: list[Break] = []
    read: list[tuple[int, Evidence, Json]] = []
    stored = list(evidence)
    for item in stored:
        sealed = _read(item)
        if sealed is None:
            breaks.append(
                Break(0, item.dataset_id, "unreadable", "the sealed part is not canonical JSON of an event")
            )
        else:
            read.append((sealed["sequence"], item, sealed))
    read.sort(key=lambda entry: (entry[0], entry[1].dataset_id))
    for sequence, item, sealed in read:
        breaks.extend(_breaks_in(workflow_id, sequence, item, sealed))
    breaks.extend(_breaks_between(workflow_id, read))
    breaks.sort(key=lambda found: found.sequence)
    return Verdict(len(stored), read[-1][1].hash if read else None, tuple(breaks))


def _read(item: Evidence) -> Json | None:
    try:
        sealed = json.loads(item.sealed)
        if canonical_text(sealed) != item.sealed:
            return None
        texts = ("workflowId", "previousHash", "personCommitment", "contentCommitment")
        # Not isinstance: true is an int to it.
        placed = type(sealed["sequence"]) is int and sealed["sequence"] >= 1
        return sealed if placed and all(isinstance(sealed[name], str) for name in texts) else None
    except (ValueError, KeyError, TypeError, RecursionError, NotCanonical):
        return None


def _breaks_in(workflow_id: str, sequence: int, item: Evidence, sealed: Json) -> Iterable[Break]:
    """What is wrong with one event by itself."""
    if hash_of(item.sealed) != item.hash:
        yield Break(
            sequence, item.dataset_id, "hash-mismatch", "the sealed part does not have the stored hash"
        )
    if sealed["workflowId"] != workflow_id:
        yield Break(sequence, item.dataset_id, "wrong-workflow", f"it belongs to {sealed['workflowId']}")
    parts: tuple[tuple[Part, Opening | None], ...] = (("person", item.person), ("content", item.content))
    for part, opening in parts:
        if opening is not None and not opening.opens(part, sealed[f"{part}Commitment"]):
            yield Break(
                sequence, item.dataset_id, f"{part}-mismatch", f"the {part} part is not what was committed to"
            )


def _breaks_between(workflow_id: str, read: Sequence[tuple[int, Evidence, Json]]) -> Iterable[Break]:
    """What is wrong from each event to the next: gaps, forks, and links that do not hold."""
    expected_sequence, previous_hash = 1, first_previous_hash(workflow_id)
    for sequence, item, sealed in read:
        if sequence < expected_sequence:
            yield Break(sequence, item.dataset_id, "fork", "another event has the same place")
            continue
        for missing in range(expected_sequence, min(sequence, expected_sequence + 100)):
            yield Break(missing, None, "missing", "no event has this place")
        if sequence == expected_sequence and sealed["previousHash"] != previous_hash:
            yield Break(
                sequence, item.dataset_id, "previous-hash-mismatch", "it does not follow the event before it"
            )
        # Linked by what the sealed text hashes to, not by what is stored beside it: a changed event
        # breaks its own hash and its successor's link.
        expected_sequence, previous_hash = sequence + 1, hash_of(item.sealed)
