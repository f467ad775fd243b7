"""The command `countersign-verify`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from countersign_verify.chain import Verdict, verdicts
from countersign_verify.records import NotARecord, Record, records_in

app = typer.Typer(add_completion=False)

INTACT, BROKEN, UNUSABLE = 0, 1, 2


@app.command()
def verify(
    files: Annotated[
        list[str],
        typer.Argument(help="Files of audit records; - for the standard input.", show_default=False),
    ],
    head: Annotated[
        list[str] | None,
        typer.Option(
            help="A head hash that was noted earlier: the records must still have it.", show_default=False
        ),
    ] = None,
) -> None:
    """Recompute the hash chains of audit records, each as GET /audit-trail/{datasetId} answers it.

    Exit 0 when all are intact, 1 when one is broken, 2 when a file cannot be read or has no record.
    """
    records: list[Record] = []
    for name in files:
        try:
            records += records_in(_text_of(name))
        except (OSError, UnicodeDecodeError, NotARecord) as error:
            _give_up(f"{name}: {error}")
    if not records:
        _give_up(f"There is no record in {', '.join(files)}.")
    found = verdicts(records)
    for verdict in found:
        _tell(verdict)
    known = {known_hash for verdict in found for known_hash in verdict.hashes}
    lost = [noted for noted in head or [] if noted.lower() not in known]
    for noted in lost:
        typer.echo(
            f"BROKEN  no record has the head {noted} any more: the end of its chain was cut off or changed"
        )
    if lost or not all(verdict.intact for verdict in found):
        raise typer.Exit(BROKEN)


def _text_of(name: str) -> str:
    return sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")


def _give_up(why: str) -> None:
    typer.echo(why, err=True)
    raise typer.Exit(UNUSABLE)


def _tell(verdict: Verdict) -> None:
    whose = (
        f"workflow {_printable(verdict.workflow_id)}"
        if verdict.workflow_id
        else "records that cannot be read"
    )
    if verdict.intact:
        typer.echo(f"intact  {whose}: {len(verdict.hashes)} records, head {verdict.hashes[-1]}")
        return
    typer.echo(f"BROKEN  {whose}: {len(verdict.hashes)} records read")
    for each in verdict.breaks:
        where = f"at {each.sequence}" if each.sequence else "somewhere"
        typer.echo(
            f"        {where}: {each.reason}"
            + (f" ({_printable(each.dataset_id)})" if each.dataset_id else "")
        )


def _printable(text: str) -> str:
    """What a forged id could do to a terminal, it must not."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
