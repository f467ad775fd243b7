"""Artifacts of Maven Central, fetched once by the machine's own Maven (its settings, its proxy, its repository)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from engines.engine import EngineUnavailableError
from engines.run import DOWNLOADS, Run
from local_cloud.state import file_lock

_PATIENCE = 240.0


def fetched(run: Run, name: str, goal: Callable[[Path], list[str]]) -> Path:
    """The folder `name` of the downloads, filled by a Maven goal on the first call.

    Args:
        run: whose end also ends Maven.
        name: with the version, so that another version is another folder.
        goal: Maven's arguments that fill the folder it is given.

    Raises:
        EngineUnavailableError: there is no Maven, or it could not.
    """
    target = DOWNLOADS / name
    with file_lock(DOWNLOADS / f"{name}.lock"):
        if target.is_dir():
            return target
        if shutil.which("mvn") is None:
            raise EngineUnavailableError(
                "Maven, which fetches it, is not on the PATH (apt-get install maven)"
            )
        fresh = DOWNLOADS / f"{name}.fetching"
        shutil.rmtree(fresh, ignore_errors=True)
        run.call(
            ["mvn", "--batch-mode", "--quiet", *goal(fresh)], purpose=f"fetch {name}", patience=_PATIENCE
        )
        fresh.rename(target)
    return target
