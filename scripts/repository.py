"""The folders of this clone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""Root folder of the clone."""

STATE = ROOT / ".countersign"
"""The ignored folder for everything that is created at run time."""


def service_names(root: Path = ROOT) -> list[str]:
    """Return the folder names under services/, sorted."""
    return sorted(path.parent.name for path in root.glob("services/*/pyproject.toml"))


def packages() -> list[Path]:
    """Return the folders of all packages: libs/*, then services/*."""
    found = (ROOT.glob(f"{kind}/*/pyproject.toml") for kind in ("libs", "services"))
    return [path.parent for paths in found for path in sorted(paths)]


def digest_of(files: Iterable[Path], *texts: str) -> str:
    """Return a SHA-256 digest of files, with their paths, and texts."""
    digest = hashlib.sha256("\0".join(texts).encode())
    for path in files:
        digest.update(f"\0{path}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
