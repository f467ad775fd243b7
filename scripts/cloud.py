"""Run the embedded cloud: `python scripts/cloud.py up|down|status|plan|apply|destroy|clean|env`."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console
from rich.table import Table

from local_cloud.cloud import NAME_VARIABLE, Cloud
from local_cloud.environment import isolated_environment
from local_cloud.errors import CloudError
from local_cloud.running import RunningCloud
from local_cloud.state import names
from repository import STATE

app = typer.Typer(
    help="The embedded cloud: Countersign on this machine.", no_args_is_help=True, add_completion=False
)
Name = Annotated[str, typer.Option("--name", envvar=NAME_VARIABLE, help="Which cloud of this clone.")]

_DEFAULT = "demo"
_out = Console()


@app.command()
def up(name: Name = _DEFAULT) -> None:
    """Start it and bring it up to what this clone's files say."""
    with complaints(chosen(name)) as cloud:
        show_way_in(_out, cloud.up())


@app.command()
def down(name: Name = _DEFAULT) -> None:
    """Stop it; what it holds is kept."""
    with complaints(chosen(name)) as cloud:
        cloud.down()
        _out.print(f"The cloud {name!r} is down.")


@app.command()
def status(name: Name = _DEFAULT) -> None:
    """Say what runs, where, and who can sign in."""
    with complaints(chosen(name)) as cloud:
        running = cloud.running()
        for engine, pid in cloud.engines_running().items():
            _out.print(f"{engine}: process {pid}", highlight=False)
        _out.print(
            f"AWS: {running.endpoint}\nOpenSearch: {running.opensearch_endpoint}\nAPI: {running.api_url}"
        )
        show_way_in(_out, running)


@app.command()
def plan(name: Name = _DEFAULT) -> None:
    """Print what `apply` would change in it; exits 2 when that is something."""
    with complaints(chosen(name)) as cloud:
        empty = cloud.show_plan()
    if not empty:
        raise typer.Exit(2)


@app.command()
def apply(name: Name = _DEFAULT) -> None:
    """Build the zips and apply the `local` stage to it."""
    with complaints(chosen(name)) as cloud:
        cloud.apply()


@app.command()
def destroy(name: Name = _DEFAULT) -> None:
    """Delete everything in it with `terraform destroy`."""
    with complaints(chosen(name)) as cloud:
        cloud.destroy()


@app.command()
def clean(name: Annotated[str | None, typer.Option(help="Only this one.")] = None) -> None:
    """Stop every cloud of this clone, forget all they kept, and remove what was built for them."""
    for each in [name] if name else names():
        with complaints(chosen(each)) as cloud:
            cloud.wipe()
            _out.print(f"The cloud {each!r} is gone.")
    if not name:
        shutil.rmtree(STATE, ignore_errors=True)


@app.command()
def env(name: Name = _DEFAULT) -> None:
    """Print the exports that point any AWS program at it: eval "$(… env)"."""
    with complaints(chosen(name)) as cloud:
        for variable, value in cloud.environment().items():
            print(f"export {variable}={shlex.quote(value)}")


def show_way_in(console: Console, running: RunningCloud) -> None:
    """The console's address and the log-ins."""
    table = Table("account", "e-mail", "password", title="Who can sign in", title_justify="left")
    for account, login in running.accounts.items():
        table.add_row(account, login["email"], login["password"])
    console.print(table)
    console.print(f"Console: {running.console_url}", soft_wrap=True)


@contextmanager
def complaints(cloud: Cloud) -> Iterator[Cloud]:
    """One clear message, and where the logs are, in place of a traceback for what the cloud refuses."""
    try:
        yield cloud
    except (CloudError, BotoCoreError, ClientError) as error:
        complaint = Console(stderr=True)
        complaint.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        if cloud.logs.is_dir():
            complaint.print(f"The logs are in {cloud.logs}", highlight=False, soft_wrap=True)
        raise typer.Exit(1) from None


def chosen(name: str) -> Cloud:
    """The cloud `name`; a name that cannot be one ends the program with a message."""
    isolated_environment(os.environ)
    try:
        return Cloud.named(name)
    except CloudError as error:
        raise typer.BadParameter(str(error)) from None


if __name__ == "__main__":
    app()
