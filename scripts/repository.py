"""Where things are in this clone, and what git says about it."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The clone's root folder."""

STATE = ROOT / ".countersign"
"""The ignored folder that everything made at run time lives in."""

PACKAGES = ("libs/common", "libs/verify", "services/workflow", "services/audit", "services/notifications")
"""The folders that have a version, a changelog and tests of their own."""


@dataclass(frozen=True)
class Revision:
    """The commit that a build is made from.

    Attributes:
        commit: 40 hexadecimal digits, or "unknown" outside a git clone.
        dirty: whether the sources differ from that commit.
    """

    commit: str
    dirty: bool


def revision(root: Path, sources: list[Path]) -> Revision:
    """The commit checked out in `root`, and whether any of `sources` was changed since.

    Only the given sources count: a changed README elsewhere makes no zip differ from its commit.
    """
    commit = _git(root, "rev-parse", "HEAD")
    if commit is None:
        return Revision(commit="unknown", dirty=True)
    changes = _git(root, "status", "--porcelain", "--", *map(str, sources))
    return Revision(commit=commit, dirty=bool(changes))


def _git(root: Path, *arguments: str) -> str | None:
    try:
        answer = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None
