"""The command `countersign-verify witness`."""

import typer

witness_app = typer.Typer(help="Run a witness.")


@witness_app.command()
def keygen() -> None:
    """x."""
