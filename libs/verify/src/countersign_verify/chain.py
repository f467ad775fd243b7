"""The chains that records form, recomputed from nothing but their texts.

Written from the format (the project's docs/adr/0003-hash-chain-with-erasable-parts.md), not from the code that writes
it: two programs that agree are worth more than one that agrees with itself.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785

from countersign_verify.records import Opening, Record, without_duplicates

GAPS_TOLD = 100
"""Of a gap, so many missing places are told; a forged sequence could name any number."""

SALT_BYTES = 32
"""A salt's length. Were it not fixed, bytes could move from value to salt and the commitment would still hold."""


@dataclass(frozen=True)
class Break:
    """Where a chain breaks and how.

    Attributes:
        sequence: the place that is broken, from 1; 0 of a record whose place cannot be read.
        dataset_id: the record found there; None where there is none.
        reason: unreadable, hash-mismatch, missing, fork or previous-hash-mismatch; of person and content
            person-mismatch or person-unreadable; of what is shown sealed-shown-differs or person-shown-differs.
    """

    sequence: int
    dataset_id: str | None
    reason: str


@dataclass(frozen=True)
class Verdict:
    """What one workflow's chain was found to be.

    Attributes:
        workflow_id: None of records in which none can be read.
        hashes: those of the sealed texts, recomputed, in the order of the chain; the last is its head.
        erased: how many persons and contents are not there any more.
        breaks: none when the chain is intact.
    """

    workflow_id: str | None
    hashes: tuple[str, ...]
    erased: int
    breaks: tuple[Break, ...]

    @property
    def intact(self) -> bool:
        """Whether every record from the first to the last one given is there, unchanged and in its place."""
        return not self.breaks


@dataclass(frozen=True)
class _Link:
    """A record, and what stands in its sealed text."""

    record: Record
    sealed: Mapping[str, Any]

    @property
    def sequence(self) -> int:
        return int(self.sealed["sequence"])

    @property
    def place(self) -> tuple[int, str, str]:
        """The same of one record collected twice, be it before and after its person was erased."""
        return self.sequence, self.record.dataset_id, self.record.sealed


def verdicts(records: Iterable[Record]) -> list[Verdict]:
    """A verdict on each workflow that the records tell of, and one on those that cannot be read, if there are any.

    A chain that was cut off at its end is intact as far as it goes: compare the head with one noted elsewhere.
    """
    chains: defaultdict[str, list[_Link]] = defaultdict(list)
    unreadable: list[Break] = []
    for record in records:
        sealed = _sealed_part(record.sealed)
        if sealed is None:
            unreadable.append(Break(0, record.dataset_id, "unreadable"))
        else:
            chains[sealed["workflowId"]].append(_Link(record, sealed))
    found = [_verdict(workflow_id, links) for workflow_id, links in sorted(chains.items())]
    return [*found, Verdict(None, (), 0, tuple(unreadable))] if unreadable else found


def _verdict(workflow_id: str, collected: list[_Link]) -> Verdict:
    collected.sort(key=lambda link: link.place)
    links = list({link.place: link for link in collected}.values())
    breaks = [found for link in collected for found in _breaks_in(link)]
    breaks += _breaks_between(workflow_id, links)
    return Verdict(
        workflow_id,
        tuple(_sha256(link.record.sealed) for link in links),
        sum(opening is None for link in links for opening in link.record.openings.values()),
        tuple(sorted(breaks, key=lambda found: found.sequence)),
    )


def _breaks_in(link: _Link) -> Iterator[Break]:
    """What is wrong with one record by itself."""
    record = link.record

    def broken(reason: str) -> Break:
        return Break(link.sequence, record.dataset_id, reason)

    if _sha256(record.sealed) != record.hash:
        yield broken("hash-mismatch")
    if _canonical(record.shown["sealed"]) != record.sealed:
        yield broken("sealed-shown-differs")
    for part, opening in record.openings.items():
        if opening is None:
            if record.shown[part] is not None:
                yield broken(f"{part}-shown-differs")
        elif not _opens(part, opening, link.sealed[f"{part}Commitment"]):
            yield broken(f"{part}-mismatch")
        elif not isinstance(value := _decoded(opening.value), dict) or _canonical(value) != opening.value:
            yield broken(f"{part}-unreadable")
        elif _canonical(record.shown[part]) != opening.value:
            yield broken(f"{part}-shown-differs")


def _breaks_between(workflow_id: str, links: list[_Link]) -> Iterator[Break]:
    """What is wrong from each record to the next: gaps, forks, and links that do not hold."""
    place, previous_hash = 1, _sha256(f"countersign/v1/workflow\x00{workflow_id}")
    for link in links:
        if link.sequence < place:
            yield Break(link.sequence, link.record.dataset_id, "fork")
            continue
        for missing in range(place, min(link.sequence, place + GAPS_TOLD)):
            yield Break(missing, None, "missing")
        if link.sequence == place and link.sealed["previousHash"] != previous_hash:
            yield Break(place, link.record.dataset_id, "previous-hash-mismatch")
        place, previous_hash = link.sequence + 1, _sha256(link.record.sealed)


def _sealed_part(text: str) -> Mapping[str, Any] | None:
    """What stands in a sealed text; None when it is not in canonical form or lacks what makes a chain."""
    sealed = _decoded(text)
    if not isinstance(sealed, dict) or _canonical(sealed) != text:
        return None
    texts = ("workflowId", "previousHash", "personCommitment", "contentCommitment")
    sequence = sealed.get("sequence")
    # Not isinstance: true is an int to it.
    whole = (
        type(sequence) is int and sequence >= 1 and all(isinstance(sealed.get(name), str) for name in texts)
    )
    return sealed if whole else None


def _decoded(text: str) -> Any:
    """The JSON in a text; None when there is none, which no part of a record is."""
    try:
        return _JSON.decode(text)
    except (ValueError, RecursionError):
        return None


def _refuse(number: str) -> Any:
    raise ValueError(f"{number}: the format has whole numbers only")


_JSON = json.JSONDecoder(object_pairs_hook=without_duplicates, parse_float=_refuse, parse_constant=_refuse)


def _canonical(value: Any) -> str | None:
    """The RFC 8785 text of a value; None when it has none."""
    try:
        return rfc8785.dumps(value).decode()
    except (ValueError, RecursionError):
        return None


def _opens(part: str, opening: Opening, commitment: str) -> bool:
    committed = f"countersign/v1/{part}".encode() + b"\x00" + opening.salt + opening.value.encode()
    return len(opening.salt) == SALT_BYTES and hashlib.sha256(committed).hexdigest() == commitment


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
