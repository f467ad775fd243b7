"""One service's zip: its sources, the common library's, their dependencies and build.json."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commands import CommandError, run
from zips.archive import compile_modules, zip_bytes
from zips.dependencies import Requirements, installed, locked_requirements
from zips.folders import dependency_files, package_files
from zips.lambda_python import lambda_python


@dataclass(frozen=True)
class BuiltZip:
    """A zip on disk.

    Attributes:
        size: In bytes.
        rebuilt: False if an up-to-date zip existed.
    """

    service: str
    path: Path
    size: int
    sha256: str
    rebuilt: bool


def build_service(root: Path, service: str, *, zips: Path, cache: Path) -> BuiltZip:
    """Build `services/<service>` into `zips/<service>.zip`, unless that is up to date.

    Args:
        root: The clone.
        zips: Folder for the zip; created if missing.
        cache: Folder for installed dependencies.

    Raises:
        CloudError: A dependency isn't available as pure Python.
    """
    folder, common = root / "services" / service, root / "libs" / "common"
    project = _project(folder)
    requirements = locked_requirements(root, project["name"])
    own = package_files(folder / "src") | package_files(common / "src")
    own["build.json"] = _build_info(root, project, _project(common), requirements)

    fingerprint = _fingerprint(own, requirements)
    path, stamp = zips / f"{service}.zip", zips / f"{service}.built-from"
    unchanged = path.exists() and stamp.exists() and stamp.read_text() == fingerprint
    if not unchanged:
        entries = dependency_files(installed(requirements, cache)) | own
        zips.mkdir(parents=True, exist_ok=True)
        stamp.unlink(missing_ok=True)
        _replace(path, zip_bytes(entries | compile_modules(entries)))
        stamp.write_text(fingerprint)
    contents = path.read_bytes()
    return BuiltZip(service, path, len(contents), hashlib.sha256(contents).hexdigest(), rebuilt=not unchanged)


def _project(folder: Path) -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((folder / "pyproject.toml").read_text())["project"]
    return {"folder": folder, "name": project["name"], "version": project["version"]}


def _build_info(
    root: Path, service: dict[str, Any], common: dict[str, Any], requirements: Requirements
) -> bytes:
    """Return build.json, which traces a function's logs and a release back to a commit."""
    sources = [str(each["folder"] / part) for each in (service, common) for part in ("src", "pyproject.toml")]
    commit = _git(root, "rev-parse", "HEAD")
    info = {
        "name": service["name"],
        "version": service["version"],
        "commit": commit or "unknown",
        # Only the zip's own sources count, not a changed README elsewhere.
        "dirty": commit is None or bool(_git(root, "status", "--porcelain", "--", *sources, "uv.lock")),
        "dependencies": {common["name"]: common["version"], **requirements.versions},
    }
    return (json.dumps(info, indent=2) + "\n").encode()


def _git(root: Path, *arguments: str) -> str | None:
    try:
        return run(["git", *arguments], folder=root).strip()
    except CommandError:
        return None


def _fingerprint(own: dict[str, bytes], requirements: Requirements) -> str:
    digest = hashlib.sha256(f"{requirements.digest}\0{lambda_python()}\0".encode())
    for module in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(module.read_bytes())
    for name in sorted(own):
        digest.update(f"{name}\0{len(own[name])}\0".encode())
        digest.update(own[name])
    return digest.hexdigest()


def _replace(path: Path, contents: bytes) -> None:
    """Replace the file in one step: another cloud of this clone may be reading it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as file:
        file.write(contents)
    os.chmod(name, 0o644)
    os.replace(name, path)
