"""Build the services' zips: `python scripts/build.py [SERVICE…]`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from local_cloud.errors import CloudError, exit_on_error
from repository import ROOT, STATE, service_names
from zips.service import build_service


def main(
    services: Annotated[list[str] | None, typer.Argument(help="Services to build; default: all.")] = None,
    into: Annotated[Path, typer.Option(help="Folder for the zips.")] = STATE / "zips",
) -> None:
    """Build the zips and print their sizes and hashes."""
    console = Console()
    table = Table("zip", "size", Column("sha256", overflow="fold"), "")
    with exit_on_error():
        for service in services or service_names():
            if service not in service_names():
                raise CloudError(f"No such service: {service}. Services: {', '.join(service_names())}.")
            with console.status(f"Building {service}.zip"):
                built = build_service(ROOT, service, zips=into, cache=STATE / "dependencies")
            result = "built" if built.rebuilt else "unchanged"
            table.add_row(built.path.name, f"{built.size / 1024:,.0f} KiB", built.sha256, result)
    console.print(table)


if __name__ == "__main__":
    typer.run(main)
