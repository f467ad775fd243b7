"""Reports: text for a terminal, JSON for programs, and HTML for people.

Reports are written as verdicts arrive, because there can be any number of them.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, Protocol, TextIO

from countersign_verify.evidence import times
from countersign_verify.findings import Finding
from countersign_verify.trust import VerifiedCheckpoint
from countersign_verify.verification import Group, Verdict

MAX_VALID_IN_HTML = 1_000
"""Most valid workflows that the HTML report lists. All that are not valid are listed."""


@dataclass
class Totals:
    """The result of a run.

    Attributes:
        records: records or, for a log, entries that were checked.
        findings: what is wrong, apart from the groups of records.
        count: all findings, those of the groups included.
        checkpoint: the newest checkpoint; None without one.
        notes: sentences about what was and wasn't checked.
    """

    records: int = 0
    findings: list[Finding] = field(default_factory=list)
    count: int = 0
    checkpoint: VerifiedCheckpoint | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def is_valid(self) -> bool:
        """Whether nothing is wrong."""
        return self.count == 0


class Report(Protocol):
    """A format of the result."""

    def verdict(self, verdict: Verdict) -> None:
        """Write the verdict on one group of records."""
        ...

    def close(self, totals: Totals) -> None:
        """Write what applies to all verdicts."""
        ...


def key_note(checkpoint: VerifiedCheckpoint) -> str:
    """Return a sentence about the key of the log."""
    if checkpoint.is_key_pinned:
        return f"The key is the one that you gave ({checkpoint.key.fingerprint})."
    return (
        f"The key came with the files. Compare its fingerprint {checkpoint.key.fingerprint} with one that you got "
        "in another way, or give the key with --key."
    )


@dataclass(frozen=True)
class TextReport:
    """Lines of text. Control characters in texts from the files are replaced."""

    out: TextIO

    def verdict(self, verdict: Verdict) -> None:
        """Write the verdict on one group of records."""
        if verdict.group is Group.UNREADABLE:
            self._line(f"INVALID  {_count(verdict.records, 'unreadable record')}")
        else:
            self._line(f"{'valid  ' if verdict.is_valid else 'INVALID'}  {_summary(verdict)}")
        for finding in verdict.findings:
            self._line(f"         {_describe(finding)}")
        self._more(sum(verdict.counts.values()) - len(verdict.findings), "finding")
        for part in verdict.erased_parts:
            self._line(
                f"         {_position(part.sequence)}{part.part} erased by {part.by} ({part.dataset_id})"
            )
        self._more(verdict.erased - len(verdict.erased_parts), "erased part")
        for note in verdict.notes:
            self._line(f"         {note}")

    def close(self, totals: Totals) -> None:
        """Write what applies to all verdicts."""
        for finding in totals.findings:
            self._line(f"INVALID  {_describe(finding)}")
        if totals.checkpoint is not None:
            checkpoint = totals.checkpoint.checkpoint
            self._line(
                f"checkpoint {checkpoint.origin}: {checkpoint.size} entries, root {checkpoint.root.hex()}"
            )
            self._line(f"         {key_note(totals.checkpoint)}")
            for name, at in times(totals.checkpoint.cosigned).items():
                self._line(f"         witness {name}: {f'signed at {at}' if at else 'has not signed'}")
        for note in totals.notes:
            self._line(note)
        self._line("valid" if totals.is_valid else f"INVALID: {_count(totals.count, 'finding')}")

    def _more(self, number: int, noun: str) -> None:
        if number > 0:
            self._line(f"         and {_count(number, f'more {noun}')}")

    def _line(self, text: str) -> None:
        self.out.write(f"{printable(text)}\n")


def printable(text: str) -> str:
    """Replace characters that could control the terminal or that it might not be able to show."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if char.isascii() and char.isprintable() else "?" for char in text)


def _summary(verdict: Verdict) -> str:
    is_workflow = verdict.group is Group.WORKFLOW
    name = f"workflow {verdict.workflow_id}" if is_workflow else "records outside workflows"
    parts = [_count(verdict.records, "record")]
    if verdict.sealed:
        parts.append(f"{verdict.sealed} in the log")
    if verdict.pending:
        parts.append(f"{verdict.pending} newer than the checkpoint")
    if verdict.erased:
        parts.append(f"{_count(verdict.erased, 'part')} erased")
    if verdict.withheld:
        parts.append(f"{_count(verdict.withheld, 'part')} withheld")
    if verdict.attested is not None:
        parts.append(f"version {verdict.attested.version} attested as {verdict.attested.status}")
    if is_workflow and verdict.is_valid:
        parts.append(f"head {verdict.head}")
    return f"{name}: {', '.join(parts)}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _position(sequence: int) -> str:
    return f"at {sequence}: " if sequence else ""


def _describe(finding: Finding) -> str:
    dataset_id = "" if finding.dataset_id is None else f" ({finding.dataset_id})"
    return f"{_position(finding.sequence)}{finding.code}{dataset_id}: {finding.sentence}"


@dataclass
class JsonReport:
    """One JSON object."""

    out: TextIO
    _is_first: bool = True

    def verdict(self, verdict: Verdict) -> None:
        """Write the verdict on one group of records."""
        self.out.write('{"groups":[\n' if self._is_first else ",\n")
        self._is_first = False
        self.out.write(json.dumps(_verdict_json(verdict)))

    def close(self, totals: Totals) -> None:
        """Write what applies to all verdicts."""
        self.out.write('{"groups":[' if self._is_first else "\n")
        rest = json.dumps(_totals_json(totals))
        self.out.write(f"],{rest[1:]}\n")


def _verdict_json(verdict: Verdict) -> dict[str, Any]:
    attested = verdict.attested
    return {
        "type": verdict.group.value,
        "workflowId": verdict.workflow_id,
        "verdict": _word(is_valid=verdict.is_valid),
        "records": verdict.records,
        "sealed": verdict.sealed,
        "pending": verdict.pending,
        "headHash": verdict.head,
        "attested": attested
        and {
            "version": attested.version,
            "headHash": attested.head_hash,
            "status": attested.status,
            "manifest": attested.manifest,
        },
        "withheld": verdict.withheld,
        "erased": verdict.erased,
        "erasedParts": [
            {
                "sequence": each.sequence or None,
                "datasetId": each.dataset_id,
                "part": each.part,
                "by": each.by,
            }
            for each in verdict.erased_parts
        ],
        "notes": verdict.notes,
        "findingCounts": dict(verdict.counts),
        "findings": [finding.to_json() for finding in verdict.findings],
    }


def _totals_json(totals: Totals) -> dict[str, Any]:
    verified = totals.checkpoint
    return {
        "verdict": _word(is_valid=totals.is_valid),
        "records": totals.records,
        "findingCount": totals.count,
        "findings": [finding.to_json() for finding in totals.findings],
        "checkpoint": verified
        and {
            "origin": verified.checkpoint.origin,
            "size": verified.checkpoint.size,
            "rootHash": verified.checkpoint.root.hex(),
            "keyFingerprint": verified.key.fingerprint,
            "keyPinned": verified.is_key_pinned,
            "witnesses": [{"name": name, "signedAt": at} for name, at in times(verified.cosigned).items()],
        },
        "notes": totals.notes,
    }


def _word(*, is_valid: bool) -> str:
    return "valid" if is_valid else "invalid"


_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#16191f}"
    "h1 span{padding:.1em .5em;border-radius:.3em;color:#fff}.valid{background:#037f0c}.invalid{background:#d91515}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{text-align:left;padding:.4rem;vertical-align:top;"
    "border-bottom:1px solid #d1d5db}code{font-size:.85em;overflow-wrap:anywhere}"
)


@dataclass
class HtmlReport:
    """A page that needs no other file. Texts from the files are escaped."""

    out: TextIO
    _rows: list[str] = field(default_factory=list)
    _valid: int = 0

    def verdict(self, verdict: Verdict) -> None:
        """Write the verdict on one group of records."""
        if verdict.is_valid:
            self._valid += 1
            if self._valid > MAX_VALID_IN_HTML:
                return
        name = verdict.workflow_id or (
            "Unreadable records" if verdict.group is Group.UNREADABLE else "Others"
        )
        details = [_code(finding) for finding in verdict.findings]
        more = sum(verdict.counts.values()) - len(details)
        details += [f"and {more} more"] if more > 0 else []
        details += [
            f"{escape(_position(each.sequence))}{each.part} erased by <code>{escape(each.by)}</code>"
            for each in verdict.erased_parts
        ]
        details += map(escape, verdict.notes)
        summary = escape(_summary(verdict).partition(": ")[2])
        word = _word(is_valid=verdict.is_valid)
        items = "".join(f"<br>{each}" for each in details)
        self._rows.append(f"<tr><td>{word}<td><code>{escape(name)}</code><td>{summary}{items}")

    def close(self, totals: Totals) -> None:
        """Write what applies to all verdicts."""
        word = _word(is_valid=totals.is_valid)
        sections = [
            "<!doctype html><html lang=en><meta charset=utf-8><title>Countersign verification</title>",
            f"<style>{_STYLE}</style><h1>Verification: <span class={word}>{word}</span></h1>",
            f"<p>{_count(totals.records, 'record')} checked, {_count(totals.count, 'finding')}.</p>",
            *(f"<p>{_code(finding)}</p>" for finding in totals.findings),
            _checkpoint_html(totals.checkpoint),
            *(f"<p>{escape(note)}</p>" for note in totals.notes),
        ]
        if self._rows:
            sections.append("<table><tr><th>Verdict<th>Workflow<th>Result")
            sections += self._rows
            sections.append("</table>")
        if self._valid > MAX_VALID_IN_HTML:
            sections.append(f"<p>{self._valid - MAX_VALID_IN_HTML} more workflows are valid.</p>")
        self.out.write("\n".join(sections) + "\n")


def _code(finding: Finding) -> str:
    dataset_id = "" if finding.dataset_id is None else f" <code>{escape(finding.dataset_id)}</code>"
    position = escape(_position(finding.sequence))
    return f"{position}<b>{escape(finding.code)}</b>{dataset_id}: {escape(finding.sentence)}"


def _checkpoint_html(verified: VerifiedCheckpoint | None) -> str:
    if verified is None:
        return "<p>No checkpoint: nothing was compared with the log.</p>"
    checkpoint = verified.checkpoint
    witnesses = "".join(
        f"<li>{escape(name)}: {f'signed at {at}' if at else 'has not signed'}"
        for name, at in times(verified.cosigned).items()
    )
    return (
        f"<p>Checkpoint of <code>{escape(checkpoint.origin)}</code>: {checkpoint.size} entries, root "
        f"<code>{checkpoint.root.hex()}</code>. {escape(key_note(verified))}</p>"
        f"<ul>{witnesses}</ul>"
    )


def write_all(reports: Sequence[Report], verdicts: Iterable[Verdict], totals: Totals) -> None:
    """Write verdicts to all reports, and count their findings."""
    for verdict in verdicts:
        totals.count += sum(verdict.counts.values())
        for report in reports:
            report.verdict(verdict)
