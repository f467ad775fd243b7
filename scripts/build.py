"""Build the services' zips: `python scripts/build.py [SERVICE…]`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from repository import ROOT, STATE
from zips.dependencies import DependencyError
from zips.service import BuiltZip, build_service, service_names


def main(
    services: Annotated[
        list[str] | None, typer.Argument(help="Which to build; all when none is named.")
    ] = None,
    into: Annotated[Path, typer.Option(help="Where the zips go.")] = STATE / "zips",
) -> None:
    """Build the zips of the services and print their sizes and hashes."""
    console = Console()
    known = service_names(ROOT)
    wanted = services or known
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        console.print(f"[red]No such service: {', '.join(unknown)}.[/] There are: {', '.join(known)}.")
        raise typer.Exit(2)
    built = []
    try:
        for service in wanted:
            with console.status(f"Building {service}.zip"):
                built.append(build_service(ROOT, service, zips=into, cache=STATE / "dependencies"))
    except DependencyError as error:
        console.print(f"[red]{error}[/]")
        raise typer.Exit(1) from None
    console.print(_table(built))


def _table(built: list[BuiltZip]) -> Table:
    table = Table("zip", "size", Column("sha256", overflow="fold"), "")
    for each in built:
        size = f"{each.size / 1024:,.0f} KiB"
        table.add_row(each.path.name, size, each.sha256, "built" if each.rebuilt else "unchanged")
    return table


if __name__ == "__main__":
    typer.run(main)
