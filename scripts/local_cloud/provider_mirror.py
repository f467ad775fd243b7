"""Finding a local copy of the AWS provider, so that `terraform init` needs no network where one is at hand."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

PROVIDER = Path("registry.terraform.io", "hashicorp", "aws")
VARIABLE = "COUNTERSIGN_TF_MIRROR"

# Folders that programs are commonly installed under; searched to a small depth, hidden folders left out.
_INSTALL_ROOTS = ("/opt", "/usr/local", "/usr/share", "/usr/lib", "/srv", "/var/lib")
_SEARCH_DEPTH = 3


def find_mirror(
    environment: Mapping[str, str], home: Path, roots: tuple[str, ...] = _INSTALL_ROOTS
) -> Path | None:
    """The folder to hand to `terraform init -plugin-dir`, or None: then Terraform asks its registry.

    Looked at in this order: the folder that COUNTERSIGN_TF_MIRROR names, Terraform's implied mirror folders, the usual
    install roots down to three levels.

    Args:
        environment: of the process.
        home: the user's home folder.
        roots: where to search last.
    """
    for candidate in _candidates(environment, home, roots):
        if (candidate / PROVIDER).is_dir():
            return candidate
    return None


def _candidates(environment: Mapping[str, str], home: Path, roots: tuple[str, ...]) -> Iterator[Path]:
    named = environment.get(VARIABLE)
    if named:
        yield Path(named)
    yield from _implied_mirrors(environment, home)
    for root in roots:
        yield from _folders(Path(root), _SEARCH_DEPTH)


def _implied_mirrors(environment: Mapping[str, str], home: Path) -> Iterator[Path]:
    """Terraform CLI configuration, "Implied Local Mirror Directories"."""
    yield home / ".terraform.d" / "plugins"
    if sys.platform == "darwin":
        yield home / "Library" / "Application Support" / "io.terraform" / "plugins"
        yield Path("/Library/Application Support/io.terraform/plugins")
    yield Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share", "terraform", "plugins")
    for folder in (environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":"):
        yield Path(folder, "terraform", "plugins")


def _folders(root: Path, depth: int) -> Iterator[Path]:
    """`root` and the folders under it, `depth` levels down; what may not be read is passed over."""
    yield root
    if depth == 0:
        return
    try:
        children = [Path(each.path) for each in os.scandir(root) if each.is_dir(follow_symlinks=False)]
    except OSError:
        return
    for child in sorted(children):
        if not child.name.startswith("."):
            yield from _folders(child, depth - 1)
