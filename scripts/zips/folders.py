"""Read the files of a folder that belong in a zip."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

_EXCLUDED = (
    "*.pyc",
    "bin/*",
    "tests/*",
    "*/tests/*",
    ".lock",
    # Read by installers only. METADATA (importlib.metadata reads versions from it) and licenses stay.
    *(f"*.dist-info/{name}" for name in ("RECORD", "INSTALLER", "REQUESTED", "WHEEL", "*.txt", "*.json")),
    # Five sixths of Powertools, which its logger and metrics don't import. A test imports every handler from its zip.
    "aws_lambda_powertools/event_handler/*",
    "aws_lambda_powertools/utilities/[!_j]*",
)


def package_files(source: Path) -> dict[str, bytes]:
    """Return every file of a package's `src` folder, by path in the zip."""
    return {path: contents for path, contents in _files(source).items() if not path.endswith(".pyc")}


def dependency_files(installed: Path) -> dict[str, bytes]:
    """Return every installed file that a function needs at run time, by path in the zip."""
    files = _files(installed).items()
    return {path: data for path, data in files if not any(fnmatch(path, each) for each in _EXCLUDED)}


def _files(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
