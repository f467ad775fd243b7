"""Run the local cloud: `python scripts/cloud.py up|demo|down|status|plan|apply|clean|env`."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from local_cloud.cloud import NAME_VARIABLE, Cloud
from local_cloud.environment import isolated_environment
from local_cloud.errors import exit_on_error
from local_cloud.running import RunningCloud
from local_cloud.state import cloud_names
from repository import STATE
from story.expense import run_story
from story.printer import StoryPrinter

app = typer.Typer(
    help="The local cloud: Countersign on this machine.", no_args_is_help=True, add_completion=False
)
Name = Annotated[str, typer.Option("--name", envvar=NAME_VARIABLE, help="Which cloud of this clone.")]

_DEFAULT = "demo"
_console = Console(highlight=False)


@app.command()
def up(name: Name = _DEFAULT) -> None:
    """Start the cloud and deploy what changed in this clone."""
    with open_cloud(name) as cloud:
        print_access(cloud.up())


@app.command()
def demo(name: Name = _DEFAULT) -> None:
    """Start and deploy everything, then run one approval and print it with its latencies."""
    with open_cloud(name) as cloud:
        running = cloud.up()
        run_story(running, StoryPrinter(_console))
        _console.print()
        print_access(running)
    _console.print("The cloud keeps running. Stop it with: make down")


@app.command()
def down(name: Name = _DEFAULT) -> None:
    """Stop the cloud and keep its data."""
    with open_cloud(name) as cloud:
        cloud.down()
        _console.print(f"The cloud {name!r} is down.")


@app.command()
def status(name: Name = _DEFAULT) -> None:
    """Show the running servers, the addresses and the accounts."""
    with open_cloud(name) as cloud:
        running = cloud.running()
        for server, pid in cloud.running_servers().items():
            _console.print(f"{server}: process {pid}")
        _console.print(
            f"AWS: {running.endpoint}\nOpenSearch: {running.opensearch_endpoint}\nAPI: {running.api_url}"
        )
        print_access(running)


@app.command()
def plan(name: Name = _DEFAULT) -> None:
    """Print what `apply` would change; exit with code 2 if there are changes."""
    with open_cloud(name) as cloud:
        empty = cloud.show_plan()
    if not empty:
        raise typer.Exit(2)


@app.command()
def apply(name: Name = _DEFAULT) -> None:
    """Deploy zips, Terraform and console, even if nothing changed."""
    with open_cloud(name) as cloud:
        cloud.up(force=True)


@app.command()
def clean(name: Annotated[str | None, typer.Option(help="Only this cloud.")] = None) -> None:
    """Stop every cloud of this clone and delete its data and all build output."""
    for each in [name] if name else cloud_names():
        with open_cloud(each) as cloud:
            cloud.wipe()
            _console.print(f"The cloud {each!r} is deleted.")
    if not name:
        shutil.rmtree(STATE, ignore_errors=True)


@app.command()
def env(name: Name = _DEFAULT) -> None:
    """Print the variables that point any AWS program at the cloud: eval "$(… env)"."""
    with open_cloud(name) as cloud:
        for variable, value in cloud.running().record.aws_environment.items():
            print(f"export {variable}={shlex.quote(value)}")


@contextmanager
def open_cloud(name: str) -> Iterator[Cloud]:
    """Provide the cloud `name`, isolated from the user's settings; report errors without a traceback."""
    isolated_environment(os.environ)
    with exit_on_error():
        cloud = Cloud.named(name)
        with exit_on_error(cloud.logs):
            yield cloud


def print_access(running: RunningCloud) -> None:
    """Print the accounts and the console's address."""
    table = Table("account", "e-mail", "password", title="Accounts", title_justify="left")
    for account, login in running.record.accounts.items():
        table.add_row(account, login["email"], login["password"])
    _console.print(table)
    _console.print(f"Console: {running.console_url}", soft_wrap=True)


if __name__ == "__main__":
    app()
