"""Run a command to its end and return its output."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from local_cloud.errors import CloudError
from repository import ROOT


class CommandError(CloudError):
    """A command is missing, fails or takes too long. The message has the end of its output."""


def run(
    command: Sequence[str | Path],
    *,
    folder: Path = ROOT,
    environment: Mapping[str, str] | None = None,
    stdin: str = "",
    timeout: float | None = None,
) -> str:
    """Run a command and return its standard output.

    Args:
        environment: The whole environment; default: this process's.
        stdin: Standard input.
        timeout: In seconds.

    Raises:
        CommandError: It is missing, fails or takes too long.
    """
    name = " ".join(map(str, command[:2]))
    try:
        ended = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            input=stdin,
            timeout=timeout,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise CommandError(f"{command[0]} is missing.") from None
    except subprocess.TimeoutExpired:
        raise CommandError(f"{name} didn't end within {timeout:.0f} s.") from None
    if ended.returncode != 0:
        output = "\n".join((ended.stdout + ended.stderr).strip().splitlines()[-20:])
        raise CommandError(f"{name} failed in {folder}:\n{output}")
    return ended.stdout
