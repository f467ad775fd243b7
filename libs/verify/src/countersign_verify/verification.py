"""Verify chains from sorted rows: positions, links, erasures, and what the manifests say.

Written from the published format (docs/proof/README.md in the project's repository), not from the code that writes
the records: an independent implementation also finds errors that the writer makes consistently.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import Protocol

from countersign_verify.erasures import erasures_of
from countersign_verify.evidence import parse_time
from countersign_verify.external_sort import Row
from countersign_verify.findings import Finding
from countersign_verify.record_checks import (
    CONTENT_MISSING,
    CONTENT_WITHHELD,
    PERSON_MISSING,
    PERSON_WITHHELD,
    check_record,
)
from countersign_verify.records import Record
from countersign_verify.rows import (
    NAMED,
    PAGE,
    RECORD,
    STANDALONE_GROUP,
    UNREADABLE_GROUP,
    RecordFacts,
    decode_page,
    decode_record_facts,
    decode_state,
    record_row,
    workflow_of,
)

MAX_MISSING_PER_GAP = 100
"""Most missing sequence numbers to report for one gap. A forged sequence can be any number."""

MAX_LISTED = 1_000
"""Most findings and erased parts that are listed for one group. All of them are counted."""


class Group(StrEnum):
    """What the records of a verdict have in common."""

    WORKFLOW = "workflow"  # events of one workflow, linked by a hash chain
    STANDALONE = "standalone"  # events outside workflows; each is verified alone
    UNREADABLE = "unreadable"  # records whose sealed text can't be read


class Erasures(Protocol):
    """The parts that erasure events name."""

    def event_for(self, dataset_id: str, part: str) -> str | None:
        """Return the ID of the erasure event that names a part of a record, or None."""
        ...


@dataclass(frozen=True)
class ErasedPart:
    """A part that an erasure event explains.

    Attributes:
        sequence: position of the record; 0 without one.
        dataset_id: the record.
        part: person or content.
        by: ID of the erasure event.
    """

    sequence: int
    dataset_id: str
    part: str
    by: str


@dataclass(frozen=True)
class Attested:
    """The newest state of the workflow that a manifest attests."""

    version: int
    head_hash: str
    status: str
    manifest: str


@dataclass
class Verdict:
    """The result for one group of records.

    Attributes:
        group: what the records have in common.
        workflow_id: the workflow; None unless the group is WORKFLOW.
        records: number of records.
        head: hash of the newest record in the chain; None without a chain.
        sealed: records that are proven to be in the log.
        pending: records newer than the checkpoint.
        withheld: parts that the reader was not allowed to see.
        erased: number of parts that were erased.
        erased_parts: the first of them.
        attested: the newest state that a manifest attests.
        notes: what couldn't be verified.
        counts: number of findings by code.
        findings: the first of them.
    """

    group: Group
    workflow_id: str | None
    records: int = 0
    head: str | None = None
    sealed: int = 0
    pending: int = 0
    withheld: int = 0
    erased: int = 0
    erased_parts: list[ErasedPart] = field(default_factory=list)
    attested: Attested | None = None
    notes: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_valid(self) -> bool:
        """True if each record up to the last one given is present, unchanged and in its position."""
        return not self.counts

    def add(self, finding: Finding) -> None:
        """Count a finding, and list it unless there are too many."""
        self.counts[finding.code] += 1
        if len(self.findings) < MAX_LISTED:
            self.findings.append(finding)


def verify_records(records: Iterable[Record]) -> list[Verdict]:
    """Verify records in any order, all of them in memory.

    A chain whose newest records were removed is valid as far as it goes: compare its head with one noted earlier, or
    verify an evidence bundle.

    Returns:
        One verdict per workflow by workflow ID, then one for records outside workflows and one for unreadable
        records, if there are any.
    """
    erased: dict[tuple[str, str], str] = {}
    rows = []
    for record in records:
        checked = check_record(record)
        rows.append(record_row(checked))
        erased.update({(each.dataset_id, each.part): each.event_id for each in erasures_of(record, checked)})
    return list(verify_rows(sorted(rows), _ErasuresInMemory(erased)))


@dataclass(frozen=True)
class _ErasuresInMemory:
    events: dict[tuple[str, str], str]

    def event_for(self, dataset_id: str, part: str) -> str | None:
        return self.events.get((dataset_id, part))


def verify_rows(rows: Iterable[Row], erasures: Erasures) -> Iterator[Verdict]:
    """Yield a verdict for each group of sorted rows that has records, or a page of a bundle."""
    for group, members in groupby(rows, attrgetter("group")):
        verifier = _GroupVerifier(group, erasures)
        verdict = verifier.verify(members)
        if verdict.records or verifier.has_pages:
            yield verdict


_GROUPS = {STANDALONE_GROUP: Group.STANDALONE, UNREADABLE_GROUP: Group.UNREADABLE}
_CLOSED_PARTS = ((PERSON_MISSING, "person"), (CONTENT_MISSING, "content"))


class _GroupVerifier:
    """Verifies one group in the order of its rows, with a state of fixed size."""

    def __init__(self, group: str, erasures: Erasures) -> None:
        workflow_id = workflow_of(group)
        self._verdict = Verdict(_GROUPS.get(group, Group.WORKFLOW), workflow_id)
        self._erasures = erasures
        self._expected = 1
        self._previous_hash = ""
        if workflow_id is not None:
            first = f"countersign/v1/workflow\x00{workflow_id}"
            self._previous_hash = hashlib.sha256(first.encode()).hexdigest()
        self._pages = self._last_pages = 0
        # Records that manifests name, and that are not here: missing if a newer record is, else a missing tail.
        self._absent: dict[int, tuple[str | None, str]] = {}
        # Of the states of earlier positions: the newest manifest that attests one.
        self._attested_by = ""

    @property
    def has_pages(self) -> bool:
        """Whether a page of a bundle is of this group."""
        return self._pages > 0

    def verify(self, rows: Iterable[Row]) -> Verdict:
        """Return the verdict on all rows of the group."""
        verdict = self._verdict
        for sequence, position in groupby(rows, attrgetter("sequence")):
            if not sequence:
                self._verify_position(sequence, position)
                continue
            at_position = list(position)
            row = at_position[0]
            if len(at_position) == 1 and self._follows(row):
                self._expected, self._previous_hash = sequence + 1, row.hash
                verdict.records += 1
                verdict.head = row.hash
            else:
                self._verify_position(sequence, at_position)
        for sequence, (dataset_id, detail) in sorted(self._absent.items()):
            code = "missing-tail" if sequence >= self._expected else "missing"
            verdict.add(Finding(sequence, dataset_id, code, detail))
        if self._pages and not self._last_pages:
            detail = "The bundle has more pages: get them with its cursor, and verify all pages together."
            verdict.add(Finding(0, None, "missing-tail", detail))
        return verdict

    def _follows(self, row: Row) -> bool:
        """Return whether a row is a record of an export that follows the one before, and has nothing else to verify."""
        return (
            row.sequence == self._expected
            and row.previous_hash == self._previous_hash
            and not (row.codes or row.closed or row.extra or row.kind)
        )

    def _verify_position(self, sequence: int, rows: Iterable[Row]) -> None:
        records: list[Row] = []
        named: list[Row] = []
        copies: list[Row] = []
        for row in rows:
            if row.kind == RECORD:
                if copies and (row.id, row.hash) != (copies[0].id, copies[0].hash):
                    records.append(self._merge(copies))
                    copies = []
                    if not sequence:  # any number of records without a position
                        self._verify_record(records.pop(), ())
                copies.append(row)
            elif row.kind == PAGE:
                self._add_page(row)
            else:
                named.append(row)
        if copies:
            records.append(self._merge(copies))
        if sequence and records:
            self._find_gap(sequence)
        names = [row for row in named if row.kind == NAMED]
        for number, record in enumerate(records):
            self._verify_record(record, names)
            if sequence:
                self._verify_link(record, is_first=number == 0)
        if sequence:
            self._find_absent(sequence, records, names)
            states = [row for row in named if row.kind != NAMED]
            self._verify_states(sequence, records, states)
            self._find_set_back(sequence, names, states)

    def _add_page(self, row: Row) -> None:
        facts = decode_page(row.extra)
        if facts.note:
            if facts.note not in self._verdict.notes and len(self._verdict.notes) < MAX_LISTED:
                self._verdict.notes.append(facts.note)
            return
        self._pages += not row.codes
        self._last_pages += facts.is_last
        if row.codes:
            self._verdict.add(Finding(0, row.id or None, row.codes, facts.detail))

    def _merge(self, copies: list[Row]) -> Row:
        """Return one record for all copies of it, and report what is wrong with each."""
        if len(copies) == 1:
            return copies[0]
        closed = 0
        for bits in (PERSON_MISSING | PERSON_WITHHELD, CONTENT_MISSING | CONTENT_WITHHELD):
            part = [copy.closed & bits for copy in copies]
            closed |= max(part) if all(part) else 0  # withheld, if it was in one of the copies
        codes = dict.fromkeys(code for copy in copies for code in copy.codes.split())
        facts = [copy.extra for copy in copies if copy.extra]
        best = min(facts, key=lambda each: _order(decode_record_facts(each))) if facts else ""
        return copies[0]._replace(closed=closed, codes=" ".join(codes), extra=best)

    def _find_gap(self, sequence: int) -> None:
        """Report the positions before a record that have none."""
        for absent in [each for each in self._absent if each < self._expected]:
            # The position has another record.
            dataset_id, detail = self._absent.pop(absent)
            self._verdict.add(Finding(absent, dataset_id, "missing", detail))
        for missing in range(self._expected, min(sequence, self._expected + MAX_MISSING_PER_GAP)):
            dataset_id, detail = self._absent.pop(missing, (None, ""))
            self._verdict.add(Finding(missing, dataset_id, "missing", detail))
        self._absent.clear()

    def _verify_record(self, row: Row, names: Iterable[Row]) -> None:
        """Report what is wrong with a record by itself, in the log and in the manifests."""
        verdict = self._verdict
        verdict.records += 1
        dataset_id = row.id
        for code in row.codes.split() if row.codes else ():
            verdict.add(Finding(row.sequence, dataset_id, code))
        if row.closed:
            self._verify_closed_parts(row)
        facts = decode_record_facts(row.extra) if row.extra else None
        if facts is not None:
            self._verify_in_log(row, facts)
            if facts.erased_in:
                detail = f"Manifest {facts.erased_in} attests that its content was erased, and it is there."
                verdict.add(Finding(row.sequence, dataset_id, "state-mismatch", detail))
        naming = [name for name in names if name.id == dataset_id]
        for name in naming:
            if name.hash != row.hash and (facts is None or facts.is_included is not False):
                detail = f"Manifest {name.extra} has another hash for it."
                verdict.add(Finding(row.sequence, dataset_id, "rewritten", detail))
                break
        if not naming and facts is not None and facts.is_naming_due:
            late = (
                ""
                if facts.is_covered
                else "No manifest of its time or later is in the bundle, after five minutes."
            )
            verdict.add(Finding(row.sequence, dataset_id, "unattested", late))

    def _verify_in_log(self, row: Row, facts: RecordFacts) -> None:
        verdict = self._verdict
        if facts.is_included:
            verdict.sealed += 1
        elif facts.is_included is False:
            detail = "Its proof doesn't lead to the root of the checkpoint."
            verdict.add(Finding(row.sequence, row.id, "rewritten", detail))
        elif facts.is_seal_due:
            verdict.add(Finding(row.sequence, row.id, "not-sealed"))
        else:
            verdict.pending += 1

    def _verify_closed_parts(self, row: Row) -> None:
        verdict = self._verdict
        verdict.withheld += (row.closed & (PERSON_WITHHELD | CONTENT_WITHHELD)).bit_count()
        for bit, part in _CLOSED_PARTS:
            if not row.closed & bit:
                continue
            by = self._erasures.event_for(row.id, part)
            if by is None:
                detail = f"It is the {part} part."
                verdict.add(Finding(row.sequence, row.id, "removed-without-erasure", detail))
                continue
            verdict.erased += 1
            if len(verdict.erased_parts) < MAX_LISTED:
                verdict.erased_parts.append(ErasedPart(row.sequence, row.id, part, by))

    def _verify_link(self, row: Row, *, is_first: bool) -> None:
        """Report a second record at a position, and a link that doesn't match."""
        sequence = row.sequence
        if not is_first:
            self._verdict.add(Finding(sequence, row.id, "fork"))
            return
        if sequence == self._expected and row.previous_hash != self._previous_hash:
            self._verdict.add(Finding(sequence, row.id, "previous-hash-mismatch"))
        self._expected, self._previous_hash = sequence + 1, row.hash
        self._verdict.head = row.hash

    def _find_absent(self, sequence: int, records: list[Row], names: list[Row]) -> None:
        """Note a record that a manifest names at this position, and that is not here."""
        ids = {record.id for record in records}
        for name in names:
            if name.id not in ids and len(self._absent) < MAX_LISTED:
                self._absent[sequence] = (name.id, f"Manifest {name.extra} names it.")

    def _verify_states(self, sequence: int, records: list[Row], states: list[Row]) -> None:
        """Compare the states that manifests attest for this version with the record at it."""
        for row in states:
            state = decode_state(row.extra)
            self._verdict.attested = Attested(sequence, row.hash, state.status, state.manifest)
            record = next((each for each in records if each.hash == row.hash), None)
            if record is None and not records:
                if sequence not in self._absent and len(self._absent) < MAX_LISTED:
                    detail = f"Manifest {state.manifest} attests version {sequence}."
                    self._absent[sequence] = (None, detail)
                continue
            if record is None:
                difference = "another head"
            else:
                if not record.extra:
                    continue
                facts = decode_record_facts(record.extra)
                difference = ""
                if state.status != facts.outcome:
                    difference = f"the status {state.status}"
                elif facts.data_hash and state.data_hash and facts.data_hash != state.data_hash:
                    difference = "other data"
            if difference:
                detail = f"Manifest {state.manifest} attests {difference} for version {sequence}."
                dataset_id = record.id if record else records[0].id
                self._verdict.add(Finding(sequence, dataset_id, "state-mismatch", detail))

    def _find_set_back(self, sequence: int, names: list[Row], states: list[Row]) -> None:
        """Report a manifest that attests an older version although one before it names this event."""
        if self._attested_by and any(
            parse_time(name.extra) <= parse_time(self._attested_by) for name in names
        ):
            detail = f"Manifest {self._attested_by} attests an older version, and version {sequence} was committed."
            self._verdict.add(Finding(sequence, None, "state-mismatch", detail))
        manifests = [decode_state(row.extra).manifest for row in states]
        self._attested_by = max([self._attested_by, *manifests], key=parse_time)


def _order(facts: RecordFacts) -> tuple[int, bool]:
    """Return the order in which the facts of copies of a record count: a proof that fails, one that holds, none.

    Of equal ones, those with a finding come first.
    """
    return {False: 0, True: 1, None: 2}[facts.is_included], not facts.erased_in
