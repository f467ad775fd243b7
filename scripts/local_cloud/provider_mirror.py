"""Find a local copy of the AWS provider, so that `terraform init` needs no network."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

PROVIDER = "registry.terraform.io/hashicorp/aws"
VARIABLE = "COUNTERSIGN_TF_MIRROR"

# Where programs are commonly installed. Each is searched down to three levels, without hidden folders.
_INSTALL_ROOTS = ("/opt", "/usr/local", "/usr/share", "/usr/lib", "/srv", "/var/lib")


def find_mirror(environment: Mapping[str, str], roots: tuple[str, ...] = _INSTALL_ROOTS) -> Path | None:
    """Return the folder for `terraform init -plugin-dir`.

    None means that Terraform finds the provider itself: in its own mirror folders ("Implied Local Mirror
    Directories" of the CLI configuration) or in its registry.

    Args:
        environment: May name the folder in COUNTERSIGN_TF_MIRROR.
        roots: Folders to search otherwise.
    """
    named = Path(environment.get(VARIABLE) or os.devnull)
    if (named / PROVIDER).is_dir():
        return named
    for root in map(Path, roots):
        for level in ("", "[!.]*/", "[!.]*/[!.]*/", "[!.]*/[!.]*/[!.]*/"):
            for found in sorted(root.glob(level + PROVIDER)):
                return found.parents[2]
    return None
