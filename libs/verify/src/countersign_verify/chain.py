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

from countersign_verify.records import Opening, Record

GAPS_TOLD = 100
"""Of a gap, so many missing places are told; a forged sequence could name any number."""


@dataclass(frozen=True)
class Break:
    """Where a chain breaks and how.

    Attributes:
        sequence: the place that is broken, from 1; 0 of a record whose place cannot be read.
        dataset_id: the record found there; None where there is none.
        reason: unreadable, hash-mismatch, missing, fork, previous-hash-mismatch, person-mismatch,
            content-mismatch, sealed-shown-differs, person-shown-differs or content-shown-differs.
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
        breaks: none when the chain is intact.
    """

    workflow_id: str | None
    hashes: tuple[str, ...]
    breaks: tuple[Break, ...]

    @property
    def intact(self) -> bool:
        """Whether every record from the first to the last one given is there, unchanged and in its place."""
        return not self.breaks


@dataclass(frozen=True)
class _Link:
    record: Record
    sealed: Mapping[str, Any]

    @property
    def sequence(self) -> int:
        return int(self.sealed["sequence"])


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
    return [*found, Verdict(None, (), tuple(unreadable))] if unreadable else found


def _verdict(workflow_id: str, links: list[_Link]) -> Verdict:
    links.sort(key=lambda link: (link.sequence, link.record.dataset_id))
    # The same record in two files is no second one.
    links = [link for before, link in zip([None, *links], links, strict=False) if link != before]
    breaks = [found for link in links for found in _breaks_in(link)] + list(
        _breaks_between(workflow_id, links)
    )
    breaks.sort(key=lambda found: found.sequence)
    return Verdict(workflow_id, tuple(_sha256(link.record.sealed) for link in links), tuple(breaks))


def _breaks_in(link: _Link) -> Iterator[Break]:
    """What is wrong with one record by itself."""
    record = link.record

    def broken(reason: str) -> Break:
        return Break(link.sequence, record.dataset_id, reason)

    if _sha256(record.sealed) != record.hash:
        yield broken("hash-mismatch")
    if record.shown["sealed"] != link.sealed:
        yield broken("sealed-shown-differs")
    for part, opening in (("person", record.person), ("content", record.content)):
        if opening is not None and _commitment(part, opening) != link.sealed[f"{part}Commitment"]:
            yield broken(f"{part}-mismatch")
        if record.shown[part] != (None if opening is None else _decoded(opening.value)):
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
    try:
        if not isinstance(sealed, dict) or rfc8785.dumps(sealed) != text.encode():
            return None
    except (rfc8785.CanonicalizationError, RecursionError):
        return None
    texts = ("workflowId", "previousHash", "personCommitment", "contentCommitment")
    whole = type(sealed.get("sequence")) is int and all(isinstance(sealed.get(name), str) for name in texts)
    return sealed if whole else None


def _decoded(text: str) -> Any:
    """The JSON in a text; None when there is none, which no part of a record is."""
    try:
        return _JSON.decode(text)
    except (ValueError, RecursionError):
        return None


def _refuse(number: str) -> Any:
    raise ValueError(f"{number}: the format has whole numbers only")


_JSON = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse)


def _commitment(part: str, opening: Opening) -> str:
    return hashlib.sha256(
        f"countersign/v1/{part}".encode() + b"\x00" + opening.salt + opening.value.encode()
    ).hexdigest()


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
