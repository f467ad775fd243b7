"""Erase a user from the audit trail: `python scripts/erase.py USER_ID --reason …`, or `make erase`."""

from __future__ import annotations

import json
import os
import sys
import uuid
from typing import Annotated, Any

import typer
from rich.console import Console

from commands import run
from local_cloud.api import Api
from local_cloud.cloud import NAME_VARIABLE, Cloud
from local_cloud.environment import isolated_environment
from local_cloud.errors import CloudError, exit_on_error
from local_cloud.waiting import wait_until
from repository import ROOT, STATE

app = typer.Typer(add_completion=False)

URL_VARIABLE, TOKEN_VARIABLE = "COUNTERSIGN_API_URL", "COUNTERSIGN_ID_TOKEN"
TIMEOUT = 6 * 3600
POLL_SECONDS = 5.0
ENDED = ("DONE", "FAILED")

_PATH = "/audit-trail/erasures"
_console = Console(highlight=False)


@app.command()
def main(
    user_id: Annotated[str, typer.Argument(envvar="USER_ID", help="The user, as in `actionOwner`.")],
    reason: Annotated[str, typer.Option(envvar="REASON", help="Recorded, and never erased.")],
    parts: Annotated[str, typer.Option(envvar="PARTS", help="person, content, or both.")] = "person,content",
    dry_run: Annotated[bool, typer.Option(envvar="DRY_RUN", help="Only count.")] = False,
    stage: Annotated[str | None, typer.Option(help="A stage on AWS; default: the local cloud.")] = None,
    name: Annotated[str, typer.Option(envvar=NAME_VARIABLE, help="Which local cloud.")] = "demo",
    yes: Annotated[bool, typer.Option(envvar="YES", help="Don't ask for a confirmation.")] = False,
) -> None:
    """Show what would be erased, then erase a user and show the progress."""
    with exit_on_error():
        api = local_api(name) if stage is None else stage_api(stage)
        body = {"userId": user_id, "parts": parts.split(","), "reason": reason}
        preview(api, body)
        if dry_run:
            return
        if is_interactive() and not yes:
            typer.confirm("What is erased can't be restored. Erase it?", abort=True)
        erase(api, body)


def is_interactive() -> bool:
    """Return whether there is a terminal for a confirmation."""
    return sys.stdin.isatty()


def preview(api: Api, body: dict[str, Any]) -> None:
    """Print what an erasure would erase.

    Raises:
        CloudError: The API rejects the request.
    """
    found = api.post(_PATH, {**body, "dryRun": True}).expect(200).body
    more = "" if found["complete"] else " or more"
    _console.print(
        f"{found['records']}{more} records of {found['workflows']} workflows: person of {found['person']}, "
        f"content of {found['content']}. {found['held']['count']} more are under a legal hold.",
        soft_wrap=True,
    )


def erase(api: Api, body: dict[str, Any]) -> None:
    """Request an erasure, and print its progress until it has ended.

    Raises:
        CloudError: The API rejects the request, or the erasure fails or takes too long.
    """
    requested = api.post(_PATH, body, Idempotency_Key=str(uuid.uuid4())).expect(202).body
    erasure_id, shown = requested["erasureId"], ""

    def ended() -> dict[str, Any] | None:
        nonlocal shown
        erasure = api.get(f"{_PATH}/{erasure_id}").expect(200).body
        line = progress_of(erasure)
        if line != shown:
            _console.print(line, soft_wrap=True)
            shown = line
        return erasure if erasure["state"] in ENDED else None

    _console.print(f"Erasure {erasure_id}", soft_wrap=True)
    erasure = wait_until(ended, timeout=TIMEOUT, what="the erasure", interval=POLL_SECONDS)
    if erasure["state"] == "FAILED":
        raise CloudError(f"The erasure failed: {erasure['error']}")
    for workflow_id in erasure["held"]["workflowIds"]:
        _console.print(f"Under a legal hold, not erased: workflow {workflow_id}", soft_wrap=True)


def progress_of(erasure: dict[str, Any]) -> str:
    """Return how far an erasure is, in a line."""
    erased, held = erasure["erased"], erasure["held"]["count"]
    counts = f"{erased['person']} person, {erased['content']} content erased, {held} records held"
    return f"{erasure['state']}: {counts}"


def local_api(name: str) -> Api:
    """Return the API of a running local cloud as its admin."""
    isolated_environment(os.environ)
    return Cloud.named(name).running().sign_in("admin").api


def stage_api(stage: str) -> Api:
    """Return the API of a stage on AWS as the admin whose ID token is in the environment.

    Raises:
        CloudError: There is no token, or the stage's URL is not known.
    """
    token = os.environ.get(TOKEN_VARIABLE)
    if not token:
        raise CloudError(f"{TOKEN_VARIABLE} is not set.", fix="export the ID token of an admin")
    return Api(os.environ.get(URL_VARIABLE) or _api_url_of(stage), token)


def _api_url_of(stage: str) -> str:
    folder = ROOT / "terraform" / "stages" / "aws"
    environment = {**os.environ, "TF_DATA_DIR": str(STATE / "terraform" / stage)}
    try:
        outputs = run(["terraform", "output", "-json", "platform"], folder=folder, environment=environment)
        return str(json.loads(outputs)["api_url"])
    except CloudError as error:
        raise CloudError(
            f"The URL of the stage {stage} is not known: {error}",
            fix=f"export {URL_VARIABLE}, or run make plan STAGE={stage} first",
        ) from error


if __name__ == "__main__":
    app()
