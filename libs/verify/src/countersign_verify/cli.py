"""The command `countersign-verify`."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from countersign_verify.checkpoints import check_against_older
from countersign_verify.files import UnusableFileError, Verification
from countersign_verify.findings import Finding
from countersign_verify.inputs import InputError, read_consistency_proof, read_note, read_time, read_trust
from countersign_verify.log_copy import LogCopyError, verify_log
from countersign_verify.progress import Progress
from countersign_verify.report import HtmlReport, JsonReport, Report, TextReport, Totals, printable, write_all
from countersign_verify.verification import Verdict
from countersign_verify.witness_cli import witness_app

EXIT_INVALID, EXIT_UNUSABLE = 1, 2


class _Group(TyperGroup):
    """Runs `verify` if the first argument is not a command: `countersign-verify FILES…` is the common case."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["verify", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_Group,
    add_completion=False,
    help="Verify Countersign's audit trail offline. `countersign-verify FILES…` verifies evidence bundles and exports.",
)
app.add_typer(witness_app, name="witness")

Key = Annotated[
    str | None,
    typer.Option(
        help="The key of the log that you trust: a vkey, or a file with a vkey, PEM or DER.",
        show_default=False,
    ),
]
Fingerprint = Annotated[
    str | None,
    typer.Option(help="The fingerprint of the key, SHA256:…, if you don't have the key.", show_default=False),
]
Witness = Annotated[
    list[str] | None,
    typer.Option(help="The vkey of a witness; shows whether it has signed.", show_default=False),
]
Older = Annotated[
    list[Path] | None,
    typer.Option(
        help="A checkpoint that you kept: the newest tree must extend its tree.", show_default=False
    ),
]
Manifests = Annotated[Path | None, typer.Option(help="A copy of the manifest bucket.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Html = Annotated[Path | None, typer.Option(help="Write a report to this file.", show_default=False)]


@app.command()
def verify(
    files: Annotated[
        list[str],
        typer.Argument(help="Evidence bundles or exports; - for standard input.", show_default=False),
    ],
    key: Key = None,
    fingerprint: Fingerprint = None,
    witness: Witness = None,
    checkpoint: Older = None,
    consistency: Annotated[
        list[Path] | None,
        typer.Option(
            help="The response of GET /audit-trail/consistency from the kept checkpoint to the newest.",
            show_default=False,
        ),
    ] = None,
    head: Annotated[
        list[str] | None,
        typer.Option(
            help="A head hash that you noted earlier: one of the records must have it.", show_default=False
        ),
    ] = None,
    manifests: Manifests = None,
    at: Annotated[
        str | None,
        typer.Option(
            help="When you got the files, as 2026-11-24T23:26:00Z, if that was more than an hour ago.",
            show_default=False,
        ),
    ] = None,
    json: Json = False,
    html: Html = None,
) -> None:
    """Verify evidence bundles (GET /workflows/{workflowId}/evidence) and exports of records.

    Exits with 0 if everything is valid, 1 if there are findings, 2 if a file can't be used.
    """
    heads = head or []
    try:
        trust = read_trust(key, fingerprint, witness or [])
        now = datetime.now(UTC) if at is None else read_time(at)
        older = [read_note(path) for path in checkpoint or []]
        proofs = [read_consistency_proof(path) for path in consistency or []]
        with Progress() as progress:
            verification = Verification(trust, frozenset(map(str.lower, heads)), now, progress.update)
            verdicts = _started(verification.verdicts(files, manifests))
    except (InputError, UnusableFileError) as error:
        _fail(error)
    totals = Totals(records=verification.records)
    with _Reports(as_json=json, html=html) as reports:
        write_all(reports, verdicts, totals)
        totals.findings += verification.manifest_findings
        totals.findings += _lost_heads(heads, verification.found_heads)
        try:
            totals.checkpoint, findings = check_against_older(
                list(verification.checkpoints.values()), older, proofs, trust
            )
        except InputError as error:
            _fail(error)
        totals.findings += findings
        if totals.checkpoint is None:
            totals.notes.append(
                "No checkpoint: exports show changes within a chain only. Verify an evidence bundle to find more."
            )
        _close(reports, totals)


@app.command()
def log(
    folder: Annotated[Path, typer.Argument(help="A copy of the proof bucket.", show_default=False)],
    manifests: Manifests = None,
    key: Key = None,
    fingerprint: Fingerprint = None,
    witness: Witness = None,
    checkpoint: Older = None,
    json: Json = False,
    html: Html = None,
) -> None:
    """Verify a copy of the whole log: entries, tiles, checkpoint and manifests.

    Exits with 0 if everything is valid, 1 if there are findings, 2 if the copy can't be used.
    """
    try:
        trust = read_trust(key, fingerprint, witness or [])
        older = [read_note(path) for path in checkpoint or []]
        with Progress() as progress:
            totals = verify_log(folder, manifests, trust, older, progress.update)
    except (InputError, LogCopyError, OSError) as error:
        _fail(error)
    with _Reports(as_json=json, html=html) as reports:
        _close(reports, totals)


def _started(verdicts: Iterator[Verdict]) -> Iterator[Verdict]:
    """Return verdicts after computing the first one, so that nothing is printed for a file that can't be used."""
    first = next(verdicts)
    return chain([first], verdicts)


def _lost_heads(noted: list[str], found: set[str]) -> list[Finding]:
    return [
        Finding(0, None, "missing-tail", f"No record has the head {head}: the end of its chain was removed.")
        for head in noted
        if head.lower() not in found
    ]


class _Reports:
    """The reports of a run; the file of one is closed at the end."""

    def __init__(self, *, as_json: bool, html: Path | None) -> None:
        self._reports: list[Report] = [JsonReport(sys.stdout) if as_json else TextReport(sys.stdout)]
        self._file = None
        if html is not None:
            try:
                self._file = html.open("w", encoding="utf-8")
            except OSError as error:
                _fail(error)
            self._reports.append(HtmlReport(self._file))

    def __enter__(self) -> list[Report]:
        return self._reports

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()


def _close(reports: list[Report], totals: Totals) -> None:
    """Write the end of all reports, and exit with the code of the result."""
    totals.count += len(totals.findings)
    for report in reports:
        report.close(totals)
    if not totals.is_valid:
        raise typer.Exit(EXIT_INVALID)


def _fail(error: Exception) -> NoReturn:
    typer.echo(printable(str(error)), err=True)
    raise typer.Exit(EXIT_UNUSABLE) from error
