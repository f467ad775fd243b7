"""Reading the files of a folder that belong in a zip."""

from __future__ import annotations

from pathlib import Path

_LEFT_OUT_FOLDERS = {"__pycache__", "tests"}
# Scripts that pip makes next to the packages.
_COMMANDS = "bin"
# What only an installer reads. METADATA (importlib.metadata asks it for versions) and the licences stay.
_INSTALLER_FILES = {
    "RECORD",
    "INSTALLER",
    "REQUESTED",
    "WHEEL",
    "direct_url.json",
    "entry_points.txt",
    "top_level.txt",
}

# Powertools, but for its logger and metrics and what these import: five sixths of it. A test imports every handler
# out of its zip.
_UNUSED = ("aws_lambda_powertools/event_handler/", "aws_lambda_powertools/utilities/")
_USED_ALL_THE_SAME = (
    "aws_lambda_powertools/utilities/__init__.py",
    "aws_lambda_powertools/utilities/jmespath_utils/",
)


def package_files(source: Path) -> dict[str, bytes]:
    """Every file of a service's or library's `src` folder, by its path inside the zip."""
    return {
        path.relative_to(source).as_posix(): path.read_bytes()
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }


def dependency_files(installed: Path) -> dict[str, bytes]:
    """Every file of an installation target that a function needs at run time, by its path inside the zip."""
    return {
        path.relative_to(installed).as_posix(): path.read_bytes()
        for path in installed.rglob("*")
        if path.is_file() and _is_needed(path.relative_to(installed))
    }


def _is_needed(path: Path) -> bool:
    if path.suffix == ".pyc" or _LEFT_OUT_FOLDERS.intersection(path.parts[:-1]):
        return False
    if path.parts[0] == _COMMANDS:
        return False
    if path.as_posix().startswith(_UNUSED) and not path.as_posix().startswith(_USED_ALL_THE_SAME):
        return False
    return not (path.parts[0].endswith(".dist-info") and path.name in _INSTALLER_FILES)
