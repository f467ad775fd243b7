"""The command `countersign-verify`."""

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
        records += _records_of(name)
    found = verdicts(records)
    for verdict in found:
        _tell(verdict)
    known = {known_hash for verdict in found for known_hash in verdict.hashes}
    lost = [noted for noted in head or [] if noted.lower() not in known]
    for noted in lost:
        typer.echo(
            f"BROKEN  no record has the head {_printable(noted)} any more: the end of its chain was cut off or changed"
        )
    if lost or not all(verdict.intact for verdict in found):
        raise typer.Exit(BROKEN)


def _records_of(name: str) -> list[Record]:
    try:
        # Bytes, and not the text that a terminal's locale makes of them: what was hashed is UTF-8.
        raw = typer.get_binary_stream("stdin").read() if name == "-" else Path(name).read_bytes()
        records = list(records_in(raw.decode()))
    except (OSError, UnicodeDecodeError, NotARecord, RuntimeError) as error:  # the last of a closed input
        typer.echo(f"{name}: {error}", err=True)
        raise typer.Exit(UNUSABLE) from error
    if not records:
        # Else a download that failed would pass for nothing to object to.
        typer.echo(f"{name}: there is no record in it.", err=True)
        raise typer.Exit(UNUSABLE)
    return records


def _tell(verdict: Verdict) -> None:
    workflow_id = verdict.workflow_id
    whose = "records that cannot be read" if workflow_id is None else f"workflow {_printable(workflow_id)}"
    count = f"{len(verdict.hashes)} record{'' if len(verdict.hashes) == 1 else 's'}"
    erased = f", {verdict.erased} of their parts erased" if verdict.erased else ""
    if verdict.intact:
        typer.echo(f"intact  {whose}: {count}{erased}, head {verdict.hashes[-1]}")
        return
    typer.echo(f"BROKEN  {whose}: {count} read{erased}")
    for each in verdict.breaks:
        where = f"at {each.sequence}" if each.sequence else "somewhere"
        which = "" if each.dataset_id is None else f" ({_printable(each.dataset_id)})"
        typer.echo(f"        {where}: {each.reason}{which}")


def _printable(text: str) -> str:
    """What a forged id could do to a terminal, it must not; and any terminal can show a question mark."""
    return "".join(char if char.isascii() and char.isprintable() else "?" for char in text)
