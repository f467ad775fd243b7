"""A service's run-time dependencies: named by the lock, installed once for each state of the lock."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from zips.lambda_python import LAMBDA_PYTHON

# Part of the Lambda runtime: AWS keeps them current, and a zip without them starts faster.
IN_THE_LAMBDA_RUNTIME = frozenset({"boto3", "botocore", "s3transfer"})


class DependencyError(Exception):
    """The dependencies cannot be had as pure Python; the message names the package and what to do."""


@dataclass(frozen=True)
class Requirements:
    """What the lock pins for one service.

    Attributes:
        text: a requirements file with hashes, in the lock's order, without what the runtime carries.
        versions: package name → version.
    """

    text: str
    versions: dict[str, str]

    @property
    def digest(self) -> str:
        """SHA-256 of the requirements, in hexadecimal: the key of the installed copy."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def locked_requirements(root: Path, distribution: str) -> Requirements:
    """The run-time requirements of `distribution` as `uv.lock` pins them.

    Raises:
        DependencyError: uv is missing, or the lock does not fit the project's files.
    """
    command = [uv(), "export", "--package", distribution, "--no-dev", "--no-emit-workspace", "--frozen"]
    command += ["--no-header", "--no-annotate", "--quiet"]
    answer = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise DependencyError(f"uv cannot export the lock of {distribution}:\n{answer.stderr.strip()}")
    return parse_requirements(answer.stdout)


def parse_requirements(exported: str) -> Requirements:
    """Requirements out of `uv export`'s answer, without the packages of the Lambda runtime."""
    kept, versions = [], {}
    for entry in _entries(exported):
        match = re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", entry)
        if match is None or match[1].lower() in IN_THE_LAMBDA_RUNTIME:
            continue
        versions[match[1]] = match[2]
        kept.append(entry)
    return Requirements(text="".join(kept), versions=dict(sorted(versions.items())))


def installed(requirements: Requirements, cache: Path) -> Path:
    """The folder that `requirements` are installed in, made on the first call for this state of the lock.

    Raises:
        DependencyError: a package has no pure-Python wheel, or cannot be fetched.
    """
    target = cache / requirements.digest[:32]
    if target.is_dir():
        return target
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as work:
        fresh = Path(work, "installed")
        fresh.mkdir()
        if requirements.versions:
            _install(requirements, Path(work, "requirements.txt"), fresh)
        _refuse_compiled(fresh)
        try:
            fresh.rename(target)
        except OSError:
            if not target.is_dir():  # else another build was first with the same
                raise
    return target


def uv() -> str:
    """The uv beside this interpreter, else the one on the PATH.

    Raises:
        DependencyError: there is none.
    """
    beside = Path(sys.executable).with_name("uv")
    found = str(beside) if beside.exists() else shutil.which("uv")
    if found is None:
        raise DependencyError("uv is missing. Fix: make setup")
    return found


def _entries(exported: str) -> list[str]:
    """One string for each requirement, its hash lines included."""
    entries: list[str] = []
    for line in exported.splitlines(keepends=True):
        if line.startswith(("#", "-e ", "\n")):
            continue
        if line[0].isspace() and entries:
            entries[-1] += line
        else:
            entries.append(line)
    return entries


def _install(requirements: Requirements, file: Path, target: Path) -> None:
    file.write_text(requirements.text)
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-compile",
        "--require-hashes",
    ]
    command += ["--only-binary=:all:", "--platform", "any", "--implementation", "py", "--abi", "none"]
    command += ["--python-version", LAMBDA_PYTHON, "--target", str(target), "--requirement", str(file)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise DependencyError(_why(answer.stderr))


def _why(stderr: str) -> str:
    missing = re.search(r"No matching distribution found for ([A-Za-z0-9._-]+==\S+)", stderr)
    if missing is None:
        return f"pip cannot install the dependencies:\n{stderr.strip()}"
    return (
        f"{missing[1]} has no pure-Python wheel (py3-none-any) that can be fetched. The zips run on every "
        "architecture, so a compiled package cannot go in: replace it, or pin a version that has such a wheel."
    )


def _refuse_compiled(folder: Path) -> None:
    """Also a wheel that calls itself pure may carry a library."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".so", ".pyd", ".dylib", ".dll"}:
            raise DependencyError(f"{path.relative_to(folder)} is compiled; a zip may hold pure Python only.")
