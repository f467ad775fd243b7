"""A service's run-time dependencies: pinned by the lock, installed once for each state of the lock."""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from commands import run
from local_cloud.errors import CloudError
from zips.lambda_python import LAMBDA_PYTHON

# Part of the Lambda runtime.
_IN_THE_RUNTIME = ("boto3", "botocore", "s3transfer")
# No compiled wheels exist for this platform, so uv chooses the pure-Python wheel of a package that has both.
_PLATFORM = "aarch64-linux-android"


@dataclass(frozen=True)
class Requirements:
    """What the lock pins for one service.

    Attributes:
        text: A requirements file with hashes, without what the runtime provides.
    """

    text: str

    @property
    def versions(self) -> dict[str, str]:
        """Package name → version."""
        return dict(sorted(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", self.text, re.MULTILINE)))

    @property
    def digest(self) -> str:
        """SHA-256 of the text: the key of the installed copy."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def locked_requirements(root: Path, distribution: str) -> Requirements:
    """Return the run-time requirements of `distribution` as `uv.lock` pins them."""
    command = [
        uv(),
        "--quiet",
        "export",
        "--package",
        distribution,
        "--no-dev",
        "--no-emit-workspace",
        "--frozen",
    ]
    command += ["--no-header", "--no-annotate", *(f"--no-emit-package={name}" for name in _IN_THE_RUNTIME)]
    return Requirements(run(command, folder=root))


def installed(requirements: Requirements, cache: Path) -> Path:
    """Return the folder with the installed requirements; the first call for this state of the lock creates it.

    Raises:
        CloudError: A package has no pure-Python wheel, or can't be downloaded.
    """
    target = cache / requirements.digest[:32]
    if target.is_dir():
        return target
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as work:
        folder, file = Path(work, "installed"), Path(work, "requirements.txt")
        folder.mkdir()
        file.write_text(requirements.text)
        command = [
            uv(),
            "--quiet",
            "pip",
            "install",
            "--no-deps",
            "--require-hashes",
            "--only-binary",
            ":all:",
        ]
        command += ["--python-version", LAMBDA_PYTHON, "--python-platform", _PLATFORM]
        run([*command, "--target", str(folder), "--requirement", str(file)])
        _reject_compiled(folder)
        if not target.is_dir():  # another build may have created it
            folder.rename(target)
    return target


def uv() -> str:
    """Return the path of uv: next to this interpreter, otherwise from the PATH."""
    found = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if found is None:
        raise CloudError("uv is missing.", fix="make setup")
    return found


def _reject_compiled(folder: Path) -> None:
    """A wheel that claims to be pure Python may contain a library, too."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".so", ".pyd", ".dylib", ".dll"}:
            raise CloudError(
                f"{path.relative_to(folder)} is compiled, but a zip must run on every architecture.",
                fix="replace the package, or pin a version with a pure-Python wheel (py3-none-any)",
            )
