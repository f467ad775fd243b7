"""Bring the embedded cloud up and play one approval in it: `python scripts/demo.py`."""

from __future__ import annotations

import typer
from rich.console import Console

from cloud import Name, show_way_in
from embedded_cloud.cloud import Cloud
from embedded_cloud.errors import CloudError
from story.expense import tell
from story.telling import Teller


def main(name: Name = "demo") -> None:
    """Everything from nothing: engines, zips, Terraform, accounts, console, and a story told with its latencies."""
    out = Console()
    cloud = Cloud.named(name)
    try:
        running = cloud.up()
        tell(running, Teller(out))
    except CloudError as error:
        complaint = Console(stderr=True)
        complaint.print(str(error), style="red", markup=False, highlight=False)
        complaint.print(f"The logs are in {cloud.logs}", soft_wrap=True)
        raise typer.Exit(1) from None
    out.print()
    show_way_in(out, running)
    out.print("The cloud stays up. End it with: make down")


if __name__ == "__main__":
    typer.run(main)
