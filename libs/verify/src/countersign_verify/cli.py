"""The command `countersign-verify`."""

from pathlib import Path
from typing import Annotated

import typer

from countersign_verify.records import NotARecordError, Record, read_records
from countersign_verify.verification import Finding, Group, Verdict, verify_records

app = typer.Typer(add_completion=False)

EXIT_BROKEN, EXIT_UNUSABLE = 1, 2


@app.command()
def verify(
    files: Annotated[
        list[str],
        typer.Argument(help="Files of audit records; - for standard input.", show_default=False),
    ],
    head: Annotated[
        list[str] | None,
        typer.Option(
            help="A head hash that you noted earlier: one of the records must have it.", show_default=False
        ),
    ] = None,
) -> None:
    """Verify audit records in the format of the response of GET /audit-trail/{datasetId}.

    Exits with 0 if everything is intact, 1 if something is broken, 2 if a file can't be read or has no records.
    """
    records: list[Record] = []
    for name in files:
        records += _read_file(name)
    verdicts = verify_records(records)
    for verdict in verdicts:
        _print_verdict(verdict)
    hashes = {recomputed for verdict in verdicts for recomputed in verdict.hashes}
    lost = [noted for noted in head or [] if noted.lower() not in hashes]
    for noted in lost:
        typer.echo(
            f"BROKEN  no record has the head {_printable(noted)}: the end of its chain was removed or changed"
        )
    if lost or not all(verdict.is_intact for verdict in verdicts):
        raise typer.Exit(EXIT_BROKEN)


def _read_file(name: str) -> list[Record]:
    try:
        # Read bytes: the hashes are of UTF-8, and the terminal's locale might be something else.
        raw = typer.get_binary_stream("stdin").read() if name == "-" else Path(name).read_bytes()
        records = list(read_records(raw.decode()))
    # Python raises a RuntimeError for a closed standard input.
    except (OSError, UnicodeDecodeError, NotARecordError, RuntimeError) as error:
        typer.echo(f"{name}: {error}", err=True)
        raise typer.Exit(EXIT_UNUSABLE) from error
    if not records:
        # Exiting with 0 would make a failed download look intact.
        typer.echo(f"{name}: no records found.", err=True)
        raise typer.Exit(EXIT_UNUSABLE)
    return records


def _print_verdict(verdict: Verdict) -> None:
    if verdict.group is Group.UNREADABLE:
        typer.echo(f"BROKEN  {_count(len(verdict.findings), 'unreadable record')}")
    else:
        typer.echo(f"{'intact' if verdict.is_intact else 'BROKEN'}  {_summary(verdict)}")
    for finding in verdict.findings:
        typer.echo(f"        {_describe(finding)}")


def _summary(verdict: Verdict) -> str:
    is_workflow = verdict.group is Group.WORKFLOW
    name = f"workflow {_printable(verdict.workflow_id or '')}" if is_workflow else "records outside workflows"
    parts = [_count(len(verdict.hashes), "record")]
    if verdict.erased:
        parts.append(f"{_count(verdict.erased, 'part')} erased")
    if verdict.withheld:
        parts.append(f"{_count(verdict.withheld, 'part')} withheld")
    if is_workflow and verdict.is_intact:
        parts.append(f"head {verdict.hashes[-1]}")
    return f"{name}: {', '.join(parts)}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _describe(finding: Finding) -> str:
    position = f"at {finding.sequence}: " if finding.sequence else ""
    dataset_id = "" if finding.dataset_id is None else f" ({_printable(finding.dataset_id)})"
    return f"{position}{finding.reason}{dataset_id}"


def _printable(text: str) -> str:
    """Replace characters that could control the terminal or that it might not be able to show."""
    return "".join(char if char.isascii() and char.isprintable() else "?" for char in text)
