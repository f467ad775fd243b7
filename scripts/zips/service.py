"""One service's zip: its sources, common's, its dependencies and build.json."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

from repository import Revision, revision
from zips.archive import zip_bytes
from zips.compiled import compiled
from zips.dependencies import Requirements, installed, locked_requirements
from zips.folders import dependency_files, package_files
from zips.lambda_python import lambda_python


@dataclass(frozen=True)
class BuiltZip:
    """A zip on disk.

    Attributes:
        service: the service's folder name.
        path: where it is.
        size: bytes.
        sha256: of the file, in hexadecimal.
        rebuilt: False when what was there already was made from the same things.
    """

    service: str
    path: Path
    size: int
    sha256: str
    rebuilt: bool


def service_names(root: Path) -> list[str]:
    """The services that this clone has, sorted."""
    return sorted(path.parent.name for path in root.glob("services/*/pyproject.toml"))


def build_service(root: Path, service: str, *, zips: Path, cache: Path) -> BuiltZip:
    """Build `services/<service>` into `zips/<service>.zip`, unless that was made from the same things.

    Args:
        root: the clone.
        service: folder name under `services/`.
        zips: where the zip goes; made when missing.
        cache: where installed dependencies are kept between builds.

    Raises:
        DependencyError: a dependency is not to be had as pure Python.
        FileNotFoundError: there is no such service.
    """
    folder, common = root / "services" / service, root / "libs" / "common"
    project = _project(folder)
    requirements = locked_requirements(root, project["name"])
    own = package_files(folder / "src") | package_files(common / "src")
    sources = [each / part for each in (folder, common) for part in ("src", "pyproject.toml")]
    at = revision(root, [*sources, root / "uv.lock"])
    own["build.json"] = _build_info(project, _project(common), requirements, at)

    fingerprint = _fingerprint(own, requirements)
    path = zips / f"{service}.zip"
    stamp = zips / f"{service}.made-from"
    unchanged = path.exists() and stamp.exists() and stamp.read_text() == fingerprint
    if not unchanged:
        entries = dependency_files(installed(requirements, cache)) | own
        contents = zip_bytes(entries | compiled(entries))
        zips.mkdir(parents=True, exist_ok=True)
        stamp.unlink(missing_ok=True)
        _replace(path, contents)
        stamp.write_text(fingerprint)
    contents = path.read_bytes()
    return BuiltZip(service, path, len(contents), hashlib.sha256(contents).hexdigest(), rebuilt=not unchanged)


def _project(folder: Path) -> dict[str, str]:
    project = tomllib.loads((folder / "pyproject.toml").read_text())["project"]
    return {"name": project["name"], "version": project["version"]}


def _build_info(
    service: dict[str, str], common: dict[str, str], requirements: Requirements, at: Revision
) -> bytes:
    """What the zip says of itself; a function's logs and a release can be traced back to a commit by it."""
    dependencies = {common["name"]: common["version"], **requirements.versions}
    info = {
        **service,
        "commit": at.commit,
        "dirty": at.dirty,
        "dependencies": dict(sorted(dependencies.items())),
    }
    return (json.dumps(info, indent=2) + "\n").encode()


def _fingerprint(own: dict[str, bytes], requirements: Requirements) -> str:
    digest = hashlib.sha256(f"{requirements.digest}\0{lambda_python()}\0".encode())
    for module in sorted(Path(__file__).parent.glob("*.py")):  # another way of packing makes another zip
        digest.update(module.read_bytes())
    for name in sorted(own):
        digest.update(f"{name}\0{len(own[name])}\0".encode())
        digest.update(own[name])
    return digest.hexdigest()


def _replace(path: Path, contents: bytes) -> None:
    """Whole or not at all: another cloud of this clone may be reading the zip."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as file:
        file.write(contents)
    os.chmod(name, 0o644)
    os.replace(name, path)
