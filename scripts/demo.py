"""Start the local cloud and run one approval in it: `python scripts/demo.py`."""

from __future__ import annotations

import typer
from rich.console import Console

from cloud import Name, open_cloud, print_access
from story.expense import run_story
from story.printer import StoryPrinter


def main(name: Name = "demo") -> None:
    """Start and deploy everything, then run an approval and print it with its latencies."""
    console = Console()
    with open_cloud(name) as cloud:
        running = cloud.up()
        run_story(running, StoryPrinter(console))
    console.print()
    print_access(running)
    console.print("The cloud keeps running. Stop it with: make down")


if __name__ == "__main__":
    typer.run(main)
