"""Bring the embedded cloud up and play one approval in it: `python scripts/demo.py`."""

from __future__ import annotations

import typer
from rich.console import Console

from cloud import Name, chosen, complaints, show_way_in
from story.expense import tell
from story.printer import StoryPrinter


def main(name: Name = "demo") -> None:
    """Everything from nothing: engines, zips, Terraform, accounts, console, and a story told with its latencies."""
    out = Console()
    with complaints(chosen(name)) as cloud:
        running = cloud.up()
        tell(running, StoryPrinter(out))
    out.print()
    show_way_in(out, running)
    out.print("The cloud stays up. End it with: make down")


if __name__ == "__main__":
    typer.run(main)
