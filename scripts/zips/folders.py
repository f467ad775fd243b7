"""Read the files of a folder that belong in a zip."""

from __future__ import annotations

from pathlib import Path

# Read by installers only. METADATA (importlib.metadata reads versions from it) and licenses stay.
_INSTALLER_FILES = {
    "RECORD",
    "INSTALLER",
    "REQUESTED",
    "WHEEL",
    "direct_url.json",
    "entry_points.txt",
    "top_level.txt",
    "uv_build.json",
    "uv_cache.json",
}

# Five sixths of Powertools are not needed by its logger and metrics. A test imports every handler from its zip.
_UNUSED = ("aws_lambda_powertools/event_handler/", "aws_lambda_powertools/utilities/")
_USED = (
    "aws_lambda_powertools/utilities/__init__.py",
    "aws_lambda_powertools/utilities/jmespath_utils/",
)


def package_files(source: Path) -> dict[str, bytes]:
    """Return every file of a package's `src` folder, by path in the zip."""
    return {
        path.relative_to(source).as_posix(): path.read_bytes()
        for path in source.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def dependency_files(installed: Path) -> dict[str, bytes]:
    """Return every installed file that a function needs at run time, by path in the zip."""
    return {
        path.relative_to(installed).as_posix(): path.read_bytes()
        for path in installed.rglob("*")
        if path.is_file() and _is_needed(path.relative_to(installed))
    }


def _is_needed(path: Path) -> bool:
    if path.suffix == ".pyc" or path.name == ".lock" or path.parts[0] == "bin" or "tests" in path.parts[:-1]:
        return False
    if path.as_posix().startswith(_UNUSED) and not path.as_posix().startswith(_USED):
        return False
    return not (path.parts[0].endswith(".dist-info") and path.name in _INSTALLER_FILES)
